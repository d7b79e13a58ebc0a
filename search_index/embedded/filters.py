"""The filters of a query as tantivy queries that all score 0, but for tiers: each soft filter known to be met adds one `TIER`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tantivy import FieldType, Occur, Query

from search_index.blocks import DayAsked, asked_days
from search_index.embedded import schema
from search_index.embedded.snapshot import Snapshot
from search_index.query import SOFT, Box, Facet, Near, OpenAt, ServiceQuery

TIER = 4096.0
"""More than ten words can score; with five soft filters scores still keep a precision of 0.002."""


@dataclass(frozen=True, slots=True)
class Soft:
    """`known`: the listing says that it fits. `silent`: it does not say."""

    known: Query
    silent: Query


def all_of(*queries: Query) -> Query:
    """Sum of scores; everything when nothing is asked."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else unscored(Query.all_query())


def any_of(*queries: Query) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def none_of(*queries: Query) -> Query:
    return Query.boolean_query([(Occur.Must, Query.all_query()), *((Occur.MustNot, query) for query in queries)])


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
            self.soft["open"] = self._open(query.open_at)
        self._hard: dict[str, Query] = {
            facet.value: self.terms(schema.facet_field(facet), values) for facet, values in query.selections if facet not in SOFT
        }
        self._always = [unscored(query) for query in self._unlifted()]

    def clauses(self, lifted: str | None = None) -> list[Query]:
        """All filters but `near`; without the one named `lifted`."""
        hard = [unscored(query) for name, query in self._hard.items() if name != lifted]
        soft = [self._soft_clause(soft) for name, soft in self.soft.items() if name != lifted]
        return [*self._always, *hard, *soft]

    def tier_exactly(self, count: int) -> list[Query]:
        """Clauses that keep the listings known to meet just so many soft filters."""
        known = [soft.known for soft in self.soft.values()]
        if not known:
            return []
        clauses = [unscored(_at_least(count, known))] if count else []
        return clauses if count == len(known) else [*clauses, unscored(none_of(_at_least(count + 1, known)))]

    def terms(self, field: str, values: Iterable[str | int]) -> Query:
        wanted = list(values)
        if len(wanted) == 1:
            return Query.term_query(self._schema, field, wanted[0], "basic")
        return Query.term_set_query(self._schema, field, wanted)

    def beside_the_radius(self, near: Near) -> Query:
        """What matches `near` wherever it lies: reached and serving, or saying neither where it is nor whom it serves."""
        anywhere = self.terms(schema.FLAG, [schema.ANYWHERE])
        if not near.area_ids:
            return anywhere
        reached = all_of(self.terms(schema.FLAG, [schema.REACH]), self.terms(schema.SERVED, sorted(near.area_ids)))
        return any_of(anywhere, reached)

    def _soft_clause(self, soft: Soft) -> Query:
        known = Query.const_score_query(soft.known, TIER)
        return known if self._query.known_only else any_of(known, unscored(soft.silent))

    def _unlifted(self) -> Iterable[Query]:
        if self._query.box is not None:
            yield self._box(self._query.box)
        if self._query.served_area_ids:
            yield self.terms(schema.SERVED, [*sorted(self._query.served_area_ids), schema.UNKNOWN])

    def _soft(self, facet: Facet, values: frozenset[str]) -> Soft:
        field = schema.facet_field(facet)
        return Soft(self.terms(field, sorted(values)), self.terms(field, [schema.UNKNOWN]))

    def _open(self, open_at: OpenAt) -> Soft:
        zones = [asked_days(open_at, zone) for zone in self._snapshot.zones]
        known = [self._open_on(day) for days in zones for day in days]
        heard = [all_of(*(self.terms(schema.OPENING, day.valid) for day in days)) for days in zones]
        if not known:
            return Soft(Query.empty_query(), Query.all_query())
        return Soft(any_of(*known), none_of(*known, *heard))

    def _open_on(self, day: DayAsked) -> Query:
        weekly = Query.boolean_query(
            [
                (Occur.Must, self.terms(schema.OPENING, day.weekly)),
                (Occur.MustNot, self.terms(schema.OPENING, [day.irregular])),
            ]
        )
        return all_of(self.terms(schema.OPENING, day.valid), any_of(weekly, self.terms(schema.OPENING, day.dated)))

    def _box(self, box: Box) -> Query:
        rows = self._range(schema.LATITUDE, box.south, box.north)
        if box.west <= box.east:
            return all_of(rows, self._range(schema.LONGITUDE, box.west, box.east))
        return all_of(rows, any_of(self._range(schema.LONGITUDE, box.west, None), self._range(schema.LONGITUDE, None, box.east)))

    def _range(self, field: str, low: float | None, high: float | None) -> Query:
        return Query.range_query(self._schema, field, FieldType.Float, low, high)


def _at_least(count: int, known: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in known], minimum_number_should_match=count)
