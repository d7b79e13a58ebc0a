"""Who refers to whom between sectors, in one quarter: how many, answered in time or late, how soon, helped or not. Never an organization,
never a person.

One release is made for each area that people live in, as a table of its own (`table`): what is told of several areas together is the sum of
what is shown of each, so that nobody learns of one area by subtracting others. A share is told where it is of ten or more and neither the
part nor the rest is one to four.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from directory.domain.planning.quarter import Quarter
from directory.domain.planning.reading import FEWEST_EVENTS
from directory.domain.planning.suppression import SMALLEST
from directory.domain.planning.table import NOTHING_ELSE, Elsewhere, Pair, ReleasedTable, release_table
from directory.domain.referrals.measures import Course

SLOW_SHARE = 0.8
"""Where fewer than so many have not been late, a link is slow: four of five, our proposal after the response agreements of the field."""

_SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; neither it nor the rest is one to four."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole


@dataclass(frozen=True, slots=True)
class Told:
    """A number: so many at least; exactly so many where nothing in it is hidden."""

    at_least: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """Referrals from one sector to another ("" where it is not known). `shown`: how many are told; `hidden`: of how many areas it is not.
    `in_time`: those that were not late, answered or still within their time; `helped`: at least partly, as far as is known.
    `answer_days`: until yes or no, the median."""

    first: str
    second: str
    shown: int
    hidden: int
    in_time: Share | None = None
    helped: Share | None = None
    answer_days: float | None = None

    @property
    def count(self) -> Told:
        return Told(self.shown + self.hidden, not self.hidden)

    @property
    def is_slow(self) -> bool:
        return self.in_time is not None and self.in_time.value < SLOW_SHARE


@dataclass(frozen=True, slots=True)
class Network:
    """`flows`: the most first. `rows`, `columns`: by the sector that refers, and that is asked."""

    quarter: Quarter
    flows: tuple[Flow, ...]
    rows: Mapping[str, Told]
    columns: Mapping[str, Told]
    total: Told

    @property
    def is_known(self) -> bool:
        """Whether there is enough to say that something is not there."""
        return self.total.at_least >= FEWEST_EVENTS

    @property
    def slow(self) -> tuple[Flow, ...]:
        """The slowest first."""
        return tuple(sorted((flow for flow in self.flows if flow.is_slow), key=lambda flow: flow.in_time.value if flow.in_time else 1))

    def flow(self, first: str, second: str) -> Flow:
        found = (flow for flow in self.flows if (flow.first, flow.second) == (first, second))
        return next(found, Flow(first, second, 0, 0))


ByArea = Mapping[str, Sequence[Course]]
"""The area that people live in ("" where it is not known) -> what became of their referrals."""


def network_of(
    quarter: Quarter, by_area: ByArea, *, elsewhere: Mapping[str, Elsewhere] | None = None, among: Collection[str] | None = None
) -> Network:  # fmt: skip
    """`elsewhere`: what other figures tell of the referrals of an area. `among`: the areas that are asked for (None: all); each is released
    the same, whatever else is asked for."""
    wanted = sorted(by_area if among is None else by_area.keys() & set(among))
    told = elsewhere or {}
    released = {area: _release(area, by_area[area], told.get(area, NOTHING_ELSE)) for area in wanted}
    return Network(
        quarter=quarter,
        flows=_flows(released, {area: _by_pair(by_area[area]) for area in wanted}),
        rows=_totals(released.values(), 0),
        columns=_totals(released.values(), 1),
        total=_together(_told_total(table) for table in released.values()),
    )


def _by_pair(courses: Iterable[Course]) -> dict[Pair, list[Course]]:
    found: dict[Pair, list[Course]] = {}
    for course in courses:
        if course.counts:
            found.setdefault((course.from_sector, course.to_sector), []).append(course)
    return found


def _release(area: str, courses: Iterable[Course], elsewhere: Elsewhere) -> ReleasedTable:
    return release_table({pair: len(some) for pair, some in _by_pair(courses).items()}, elsewhere=elsewhere, lot=area)


def _flows(released: Mapping[str, ReleasedTable], courses: Mapping[str, Mapping[Pair, Sequence[Course]]]) -> tuple[Flow, ...]:
    pairs = {pair for table in released.values() for pair in (*table.shown, *table.hidden)}
    flows = (_flow(pair, released, courses) for pair in pairs)
    return tuple(sorted(flows, key=lambda flow: (-flow.count.at_least, flow.hidden, flow.first, flow.second)))


def _flow(pair: Pair, released: Mapping[str, ReleasedTable], courses: Mapping[str, Mapping[Pair, Sequence[Course]]]) -> Flow:
    shown = [courses[area][pair] for area, table in released.items() if pair in table.shown]
    together = [course for some in shown for course in some]
    return Flow(
        first=pair[0],
        second=pair[1],
        shown=len(together),
        hidden=sum(pair in table.hidden for table in released.values()),
        in_time=_share((sum(not course.was_late_to_decide for course in some), len(some)) for some in shown),
        helped=_share((sum(course.is_helped for course in some), len(some)) for some in shown),
        answer_days=_days(together),
    )


def _share(areas: Iterable[tuple[int, int]]) -> Share | None:
    """Of the areas that each may be told."""
    told = [(part, whole) for part, whole in areas if whole >= FEWEST_EVENTS and not {part, whole - part} & set(range(1, SMALLEST))]
    return Share(sum(part for part, _whole in told), sum(whole for _part, whole in told)) if told else None


def _days(courses: Iterable[Course]) -> float | None:
    spans = [
        (course.decided_at - course.sent_at).total_seconds() / _SECONDS_A_DAY for course in courses if course.decided_at and course.sent_at
    ]
    return median(spans) if len(spans) >= SMALLEST else None


def _told_total(table: ReleasedTable) -> Told:
    return Told(table.total, True) if table.total is not None else Told(sum(table.shown.values()) + len(table.hidden), False)


def _totals(tables: Iterable[ReleasedTable], side: int) -> dict[str, Told]:
    found: dict[str, list[Told]] = {}
    for table in tables:
        for name, total in (table.columns if side else table.rows).items():
            shown = sum(count for pair, count in table.shown.items() if pair[side] == name)
            hidden = sum(pair[side] == name for pair in table.hidden)
            found.setdefault(name, []).append(Told(total, True) if total is not None else Told(shown + hidden, False))
    return {name: _together(some) for name, some in sorted(found.items())}


def _together(some: Iterable[Told]) -> Told:
    each = list(some)
    return Told(sum(told.at_least for told in each), all(told.is_exact for told in each))
