"""The filters of a query as tantivy clauses that all score 0, but for tiers: each soft filter known to be met adds one `TIER`, and a place
that is known, where one is asked for, more than all of them together.

What must hold is put so that the engine looks at the rarest first and only then at the others: a soft filter is a `Should` that scores
beside a `Must` or `MustNot` that decides, never a union over everything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tantivy import FieldType, Occur, Query, Schema

from search_index.blocks import DayAsked, asked_days
from search_index.embedded import schema
from search_index.embedded.snapshot import Snapshot
from search_index.query import OPEN, SOFT, Box, Facet, Near, OpenAt, ServiceQuery

TIER = 4096.0
"""More than ten words can score; with five soft filters and a place scores still keep a precision of 0.004."""

MOST_SINGLE_TERMS = 1_000
"""Up to so many terms are looked up one by one. A set of terms is made into an automaton and a map of all documents, which takes a fifth of
a millisecond for 100,000 documents however few the terms are; with more than these it is the quicker one."""

Clause = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Soft:
    """`known`: the listing says that it fits. `kept`: the clauses that keep what fits or does not say."""

    known: Query
    kept: tuple[Clause, ...]


def every(clauses: Iterable[Clause]) -> Query:
    """What meets all clauses; scores are added up."""
    given = list(clauses)
    if not any(occur == Occur.Must for occur, _ in given):
        given.append((Occur.Must, unscored(Query.all_query())))
    return given[0][1] if len(given) == 1 else Query.boolean_query(given)


def all_of(*queries: Query) -> Query:
    """Sum of scores; everything when nothing is asked."""
    return every((Occur.Must, query) for query in queries)


def any_of(*queries: Query) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def none_of(*queries: Query) -> Query:
    return every((Occur.MustNot, query) for query in queries)


def any_term(schema: Schema, field: str, values: Iterable[str | int]) -> Query:
    """What holds any of the values. The score means nothing: to be wrapped in a constant one."""
    wanted = list(values)
    if len(wanted) > MOST_SINGLE_TERMS:
        return Query.term_set_query(schema, field, wanted)
    return any_of(*(Query.term_query(schema, field, value, "basic") for value in wanted)) if wanted else Query.empty_query()


def unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


class Filters:
    """Compiles the filters of one query against one snapshot."""

    def __init__(self, snapshot: Snapshot, query: ServiceQuery) -> None:
        self._snapshot = snapshot
        self._schema = snapshot.schema
        self._query = query
        self.soft: dict[str, Soft] = {facet.value: self._soft(facet, values) for facet, values in query.selections if facet in SOFT}
        if query.open_at is not None:
            self.soft[OPEN] = self._open(query.open_at)
        self.place_weight = len(self.soft) + 1 if query.near is not None else 0
        self._hard: dict[str, Query] = {
            facet.value: self.terms(schema.facet_field(facet), values) for facet, values in query.selections if facet not in SOFT
        }
        self._always = list(self._unlifted())

    def clauses(self, lifted: str | None = None) -> list[Clause]:
        """All filters but `near`, without the one named `lifted`; nothing scores."""
        hard = [query for name, query in self._hard.items() if name != lifted]
        soft = [clause for name, each in self.soft.items() if name != lifted for clause in self._kept(each)]
        if self.place_weight and self._query.known_only:
            soft.append((Occur.Must, unscored(self._somewhere())))
        return [*((Occur.Must, unscored(query)) for query in (*self._always, *hard)), *soft]

    def tiers(self) -> list[Clause]:
        """Clauses that score one `TIER` for each soft filter that is known to be met."""
        soft = [(Occur.Should, Query.const_score_query(each.known, TIER)) for each in self.soft.values()]
        if not self.place_weight:
            return soft
        return [*soft, (Occur.Should, Query.const_score_query(self._somewhere(), TIER * self.place_weight))]

    def tier_numbers(self) -> list[int]:
        """Every tier there can be, the best first."""
        counts = range(len(self.soft), -1, -1)
        return [*(self.place_weight + count for count in counts), *counts] if self.place_weight else list(counts)

    def known_of(self, tier: int) -> tuple[int, bool]:
        """How many soft filters a listing of this tier is known to meet, and whether its place or area is known."""
        return (tier % self.place_weight, tier >= self.place_weight) if self.place_weight else (tier, True)

    def tier_exactly(self, tier: int) -> list[Clause]:
        """Clauses that keep the listings of one tier."""
        count, is_placed = self.known_of(tier)
        known = [soft.known for soft in self.soft.values()]
        kept = [(Occur.Must, unscored(_at_least(count, known)))] if count else []
        if count < len(known):
            kept.append((Occur.MustNot, _at_least(count + 1, known)))
        if self.place_weight:
            kept.append((Occur.Must if is_placed else Occur.MustNot, unscored(self._somewhere())))
        return kept

    def _somewhere(self) -> Query:
        return self.terms(schema.FLAG, [schema.SOMEWHERE])

    def _kept(self, soft: Soft) -> tuple[Clause, ...]:
        return ((Occur.Must, unscored(soft.known)),) if self._query.known_only else soft.kept

    def terms(self, field: str, values: Iterable[str | int]) -> Query:
        return any_term(self._schema, field, values)

    def beside_the_radius(self, near: Near) -> Query:
        """What matches `near` wherever it lies: reached and serving, or saying neither where it is nor whom it serves."""
        anywhere = self.terms(schema.FLAG, [schema.ANYWHERE])
        if not near.area_ids:
            return anywhere
        return any_of(anywhere, self._reached(schema.REACH, near))

    def reached_places(self, near: Near) -> Query | None:
        """Those among them that have a place; None when there can be none."""
        return unscored(self._reached(schema.REACH_PLACED, near)) if near.area_ids else None

    def _reached(self, flag: str, near: Near) -> Query:
        return all_of(self.terms(schema.FLAG, [flag]), self.terms(schema.SERVED, sorted(near.area_ids)))

    def _unlifted(self) -> Iterable[Query]:
        if self._query.box is not None:
            yield self._box(self._query.box)
        if self._query.served_area_ids:
            yield self.terms(schema.SERVED, [*sorted(self._query.served_area_ids), schema.UNKNOWN])

    def _soft(self, facet: Facet, values: frozenset[str]) -> Soft:
        field = schema.facet_field(facet)
        fits_or_silent = self.terms(field, [*sorted(values), schema.UNKNOWN])
        return Soft(self.terms(field, sorted(values)), ((Occur.Must, unscored(fits_or_silent)),))

    def _open(self, open_at: OpenAt) -> Soft:
        zones = [asked_days(open_at, zone) for zone in self._snapshot.zones]
        known = [any_of(*(self._open_on(day) for day in days)) for days in zones if days]
        closed = [self._closed(days, is_open) for days, is_open in zip(zones, known, strict=True)]
        return Soft(any_of(*known) if known else Query.empty_query(), tuple((Occur.MustNot, query) for query in closed))

    def _closed(self, days: Sequence[DayAsked], is_open: Query) -> Query:
        """Known on every day that is asked, and not open."""
        heard = [(Occur.Must, self._any_opening([days[0].known]))]
        return every([*heard, *(self._not_outside(day) for day in days), (Occur.MustNot, is_open)])

    def _open_on(self, day: DayAsked) -> Query:
        usual = every([(Occur.Must, self._any_opening(day.weekly)), (Occur.MustNot, self._any_opening([day.irregular]))])
        return every([(Occur.Must, any_of(usual, self._any_opening(day.dated))), self._not_outside(day)])

    def _not_outside(self, day: DayAsked) -> Clause:
        return Occur.MustNot, self._any_opening(day.outside)

    def _any_opening(self, tokens: Sequence[str]) -> Query:
        return self.terms(schema.OPENING, tokens)

    def _box(self, box: Box) -> Query:
        rows = self._range(schema.LATITUDE, box.south, box.north)
        if box.west <= box.east:
            return all_of(rows, self._range(schema.LONGITUDE, box.west, box.east))
        return all_of(rows, any_of(self._range(schema.LONGITUDE, box.west, None), self._range(schema.LONGITUDE, None, box.east)))

    def _range(self, field: str, low: float | None, high: float | None) -> Query:
        return Query.range_query(self._schema, field, FieldType.Float, low, high)


def _at_least(count: int, known: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in known], minimum_number_should_match=count)
