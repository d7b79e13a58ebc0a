"""The filters of a query as expressions of Meilisearch: everything that decides what matches, but for words and distance.

Every expression says that it means listings, so the documents that tell of the index itself are never among what is found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from search_index import marks
from search_index.blocks import DaysAsked, asked_everywhere, narrowed, zones_of
from search_index.marks import Tiers
from search_index.meili import contract
from search_index.meili.contract import facet_attribute
from search_index.meili.values import NOTHING, all_of, any_of, any_value, none_of, ordered, term
from search_index.query import OPEN, SOFT, Box, Facet, Near, OpenAt, ServiceQuery
from search_index.whom import Whom, avoided, mark


@dataclass(frozen=True, slots=True)
class Soft:
    """`known`: the listing says that it fits. `silent`: it does not say; a listing that says so of a part may be in both."""

    known: str
    silent: str


class Filters:
    """Compiles the filters of one query. `openings`: the telling tokens of all calendars of the index."""

    def __init__(self, query: ServiceQuery, openings: frozenset[str]) -> None:
        self._query = query
        self.soft: dict[str, Soft] = {facet.value: _soft(facet, values) for facet, values in query.selections if facet in SOFT}
        if query.open_at is not None:
            self.soft[OPEN] = opening(query.open_at, openings)
        self.tiers = Tiers(len(self.soft), query.near is not None)
        self._hard = {facet.value: facet_filter(facet, values) for facet, values in query.selections if facet not in SOFT}

    def clauses(self, lifted: str | None = None) -> list[str]:
        """All filters but words and distance, without the one named `lifted`."""
        return [flag(contract.PLACE), *self._unlifted(), *self._liftable(lifted)]

    def tier_exactly(self, tier: int) -> list[str]:
        """Clauses that keep, of what matches, the listings of one tier."""
        count, is_placed = self.tiers.known_of(tier)
        known = [soft.known for soft in self.soft.values()]
        kept = [_at_least(count, known)] if count else []
        if count < len(known):
            kept.append(none_of(_at_least(count + 1, known)))
        if self.tiers.asks_where:
            kept.append(flag(marks.SOMEWHERE) if is_placed else none_of(flag(marks.SOMEWHERE)))
        return kept

    def _liftable(self, lifted: str | None) -> Iterator[str]:
        yield from (expression for name, expression in self._hard.items() if name != lifted)
        for name, soft in self.soft.items():
            if name != lifted:
                yield soft.known if self._query.known_only else any_of(soft.known, soft.silent)

    def _unlifted(self) -> Iterator[str]:
        query = self._query
        if query.box is not None:
            yield _box(query.box)
        if query.served_area_ids:
            yield _served([*sorted(query.served_area_ids), marks.UNKNOWN])
        if self.tiers.asks_where and query.known_only:
            yield flag(marks.SOMEWHERE)
        if query.whom is not None:
            yield from _whom(query.whom)
        if query.without_services:
            yield none_of(any_value(contract.SERVICE, map(ordered, sorted(query.without_services))))


def _whom(whom: Whom) -> Iterator[str]:
    excluding = list(_excluding(whom))
    if whom.is_turned:
        yield any_of(*excluding)
    elif excluding:
        yield none_of(*excluding)


def _excluding(whom: Whom) -> Iterator[str]:
    """What is surely not for somebody, for one reason each."""
    for number, spans in whom.numbers:
        low, high = contract.limit_attributes(number)
        touching = [all_of(f"{low} <= {last!r}", f"{high} >= {first!r}") for first, last in spans]
        yield _and_not(_only_for([mark(number)]), touching)
    for fact, values in whom.values:
        yield _and_not(_only_for([mark(fact)]), [_only_for(mark(fact, value) for value in values)])
    if whom.avoids:
        yield _only_for(map(avoided, whom.avoids))


def _and_not(kept: str, left: Iterable[str]) -> str:
    excepted = any_of(*left)
    return kept if excepted == NOTHING else all_of(kept, none_of(excepted))


def _only_for(marks_asked: Iterable[str]) -> str:
    return any_value(contract.ONLY_FOR, _terms(marks_asked))


def flag(name: str) -> str:
    return any_value(contract.FLAG, [name])


def beside_the_radius(near: Near) -> str:
    """What matches `near` wherever it lies: reached and serving, or saying neither where it is nor whom it serves."""
    if not near.area_ids:
        return flag(marks.ANYWHERE)
    return any_of(flag(marks.ANYWHERE), all_of(flag(marks.REACH), _served(sorted(near.area_ids))))


def opening(open_at: OpenAt, openings: frozenset[str]) -> Soft:
    """What is open when it is asked, and what does not say."""
    days = [narrowed(day, openings) for day in asked_everywhere(open_at, zones_of(openings))]
    outside = [_opening(day.outside) for day in days]
    return Soft(any_of(*map(_open_on, days)), any_of(_opening([marks.UNKNOWN]), *outside))


def _open_on(day: DaysAsked) -> str:
    usual = all_of(_opening(day.weekly), none_of(_opening(day.irregular)))
    return all_of(any_of(usual, _opening(day.dated)), none_of(_opening(day.outside)))


def _opening(tokens: Iterable[str]) -> str:
    return any_value(contract.OPENING, tokens)


def _soft(facet: Facet, values: frozenset[str]) -> Soft:
    return Soft(facet_filter(facet, values), facet_filter(facet, [marks.UNKNOWN]))


def facet_filter(facet: Facet, values: Iterable[str]) -> str:
    """Met by what holds any of these values of a facet."""
    return any_value(facet_attribute(facet), _terms(values))


def _served(areas: Iterable[str]) -> str:
    return any_value(contract.SERVED, _terms(areas))


def _terms(values: Iterable[str]) -> Iterator[str]:
    for value in sorted(values):
        try:
            yield term(value)
        except ValueError:  # no listing can hold it
            continue


def _box(box: Box) -> str:
    rows = f"{contract.LATITUDE} {box.south!r} TO {box.north!r}"
    if box.west <= box.east:
        return all_of(rows, f"{contract.LONGITUDE} {box.west!r} TO {box.east!r}")
    return all_of(rows, f"{contract.LONGITUDE} >= {box.west!r} OR {contract.LONGITUDE} <= {box.east!r}")


def _at_least(count: int, known: list[str]) -> str:
    return any_of(*(all_of(*some) for some in combinations(known, count))) if known else NOTHING
