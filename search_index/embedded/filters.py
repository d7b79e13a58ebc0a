"""The filters of a query as tantivy clauses that all score 0, but for tiers: each soft filter known to be met adds one `TIER`, and a place
that is known, where one is asked for, more than all of them together.

A soft filter is one clause that decides and scores at once: what is known to fit, or else what is silent, which is looked up and never
counted as "all that does not speak".
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tantivy import FieldType, Occur, Query

from search_index import marks
from search_index.embedded import schema
from search_index.embedded.clauses import Clause, all_of, any_of, any_term, every, none_of, unscored
from search_index.embedded.opening import opening
from search_index.embedded.snapshot import Snapshot
from search_index.marks import Tiers
from search_index.query import OPEN, SOFT, Box, Facet, Near, ServiceQuery
from search_index.whom import Whom, avoided, mark

TIER = 4096.0
"""More than ten words can score; with five soft filters and a place scores still keep a precision of 0.004."""


@dataclass(frozen=True, slots=True)
class Soft:
    """`known`: the listing says that it fits. `silent`: it does not say; a listing that says so of a part may be in both."""

    known: Query
    silent: Query

    @property
    def kept(self) -> Query:
        """What fits or does not say."""
        return any_of(self.known, self.silent)


class Filters:
    """Compiles the filters of one query against one snapshot."""

    def __init__(self, snapshot: Snapshot, query: ServiceQuery) -> None:
        self._snapshot = snapshot
        self._schema = snapshot.schema
        self._query = query
        self.soft: dict[str, Soft] = {facet.value: self._soft(facet, values) for facet, values in query.selections if facet in SOFT}
        if query.open_at is not None:
            asked = opening(snapshot, query.open_at)
            self.soft[OPEN] = Soft(asked.is_open, asked.silent)
        self.tiers = Tiers(len(self.soft), query.near is not None)
        self._hard: dict[str, Query] = {
            facet.value: self.terms(schema.facet_field(facet), values) for facet, values in query.selections if facet not in SOFT
        }
        self._always = list(self._unlifted())

    def clauses(self, lifted: str | None = None) -> list[Clause]:
        """All filters but `near`, without the one named `lifted`; nothing scores."""
        soft = [self._kept(each) for name, each in self.soft.items() if name != lifted]
        return [*((Occur.Must, unscored(query)) for query in (*self._must(lifted), *soft)), *self._left_out()]

    def scored_clauses(self) -> list[Clause]:
        """The same, none lifted, with one `TIER` for each soft filter that is known to be met."""
        hard = [(Occur.Must, unscored(query)) for query in self._must(None)]
        soft = [(Occur.Must, self._tiered(each)) for each in self.soft.values()]
        if self.tiers.asks_where:
            soft.append((Occur.Should, Query.const_score_query(self._somewhere(), TIER * self.tiers.weight_of_place)))
        return [*hard, *soft, *self._left_out()]

    def tier_exactly(self, tier: int) -> list[Clause]:
        """Clauses that keep the listings of one tier."""
        count, is_placed = self.tiers.known_of(tier)
        known = [soft.known for soft in self.soft.values()]
        kept = [(Occur.Must, unscored(_at_least(count, known)))] if count else []
        if count < len(known):
            kept.append((Occur.MustNot, _at_least(count + 1, known)))
        if self.tiers.asks_where:
            kept.append((Occur.Must if is_placed else Occur.MustNot, unscored(self._somewhere())))
        return kept

    def _left_out(self) -> list[Clause]:
        services = sorted(self._query.without_services)
        return [(Occur.MustNot, self.terms(schema.SERVICE, services))] if services else []

    def _somewhere(self) -> Query:
        return self.terms(schema.FLAG, [marks.SOMEWHERE])

    def _must(self, lifted: str | None) -> Iterator[Query]:
        """What must hold besides the soft filters."""
        yield from self._always
        yield from (query for name, query in self._hard.items() if name != lifted)
        if self.tiers.asks_where and self._query.known_only:
            yield self._somewhere()

    def _kept(self, soft: Soft) -> Query:
        return soft.known if self._query.known_only else soft.kept

    def _tiered(self, soft: Soft) -> Query:
        fits = Query.const_score_query(soft.known, TIER)
        return fits if self._query.known_only else any_of(fits, unscored(soft.silent))

    def terms(self, field: str, values: Iterable[str | int]) -> Query:
        return any_term(self._schema, field, values)

    def beside_the_radius(self, near: Near) -> Query:
        """What matches `near` wherever it lies: reached and serving, or saying neither where it is nor whom it serves."""
        anywhere = self.terms(schema.FLAG, [marks.ANYWHERE])
        if not near.area_ids:
            return anywhere
        return any_of(anywhere, self._reached(marks.REACH, near))

    def reached_places(self, near: Near) -> Query | None:
        """Those among them that have a place; None when there can be none."""
        return unscored(self._reached(marks.REACH_PLACED, near)) if near.area_ids else None

    def _reached(self, flag: str, near: Near) -> Query:
        return all_of(self.terms(schema.FLAG, [flag]), self.terms(schema.SERVED, sorted(near.area_ids)))

    def _unlifted(self) -> Iterable[Query]:
        if self._query.box is not None:
            yield self._box(self._query.box)
        if self._query.served_area_ids:
            yield self.terms(schema.SERVED, [*sorted(self._query.served_area_ids), marks.UNKNOWN])
        if self._query.whom is not None:
            excluding = list(self._excluding(self._query.whom))
            if self._query.whom.is_turned:
                yield any_of(*excluding) if excluding else Query.empty_query()
            elif excluding:
                yield none_of(*excluding)

    def _excluding(self, whom: Whom) -> Iterator[Query]:
        """What is surely not for somebody, for one reason each."""
        for number, spans in whom.numbers:
            low, high = schema.limit_fields(number)
            touching = [all_of(self._range(low, None, last), self._range(high, first, None)) for first, last in spans]
            yield self._and_not(self.terms(schema.ONLY_FOR, [mark(number)]), touching)
        for fact, values in whom.values:
            fitting = self.terms(schema.ONLY_FOR, [mark(fact, value) for value in sorted(values)])
            yield self._and_not(self.terms(schema.ONLY_FOR, [mark(fact)]), [fitting])
        if whom.avoids:
            yield self.terms(schema.ONLY_FOR, [avoided(name) for name in sorted(whom.avoids)])

    def _and_not(self, kept: Query, left: Sequence[Query]) -> Query:
        return every([(Occur.Must, unscored(kept)), *((Occur.MustNot, query) for query in left)])

    def _soft(self, facet: Facet, values: frozenset[str]) -> Soft:
        field = schema.facet_field(facet)
        return Soft(self.terms(field, sorted(values)), self.terms(field, [marks.UNKNOWN]))

    def _box(self, box: Box) -> Query:
        rows = self._range(schema.LATITUDE, box.south, box.north)
        if box.west <= box.east:
            return all_of(rows, self._range(schema.LONGITUDE, box.west, box.east))
        return all_of(rows, any_of(self._range(schema.LONGITUDE, box.west, None), self._range(schema.LONGITUDE, None, box.east)))

    def _range(self, field: str, low: float | None, high: float | None) -> Query:
        return Query.range_query(self._schema, field, FieldType.Float, low, high)


def _at_least(count: int, known: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in known], minimum_number_should_match=count)
