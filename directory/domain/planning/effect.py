"""How something went after an act: the same measure in the same cell before and after, beside how it went elsewhere in the same time.

Nothing here says that one thing caused another. Values are made of what may be told (`suppression`) and of nothing else; where a part of
them is hidden, they are told as the two ends between which they lie.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directory.domain.planning.quarter import Quarter, quarter_of
from directory.domain.planning.reading import FEWEST_EVENTS, UNMET, Ended
from directory.domain.planning.suppression import SMALLEST

MOST_AFTER = 4
"""Whole quarters after something was done that are looked at."""


class Measure(StrEnum):
    UNMET_SHARE = "unmet_share"  # of those who asked, from 0 to 1
    REACHED = "reached"  # people with usable help within 25 km, of all who live there, from 0 to 1
    USABLE = "usable"  # programs that can be used now
    MEDIAN_DAYS = "median_days"  # from sending a referral to its first answer


LESS_IS_BETTER = frozenset({Measure.UNMET_SHARE, Measure.MEDIAN_DAYS})
OF_QUARTERS = frozenset({Measure.UNMET_SHARE, Measure.MEDIAN_DAYS})
"""Told of whole quarters, also of past ones. The others are told of the day on which they are taken, and cannot be taken afterwards."""
SHARES = frozenset({Measure.UNMET_SHARE, Measure.REACHED})


@dataclass(frozen=True, slots=True)
class Value:
    """A measure as it may be told: it lies between `low` and `high`, which are one number unless something is hidden. `of`: of how many
    it is told at least (events, people); None where it is a share of nothing."""

    low: float
    high: float
    of: int | None = None

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


def share_of(shown: Mapping[Ended, int], hidden: Mapping[Ended, int]) -> Value | None:
    """The unmet share of events: `shown` of each way in which asking ended, and how many counts of each way are `hidden`. A hidden count
    is one at least and less than `SMALLEST`. None where too little is shown."""
    unmet, events = sum(shown.get(each, 0) for each in UNMET), sum(shown.values())
    if events < FEWEST_EVENTS:
        return None
    unmet_hidden = sum(hidden.get(each, 0) for each in UNMET)
    met, met_hidden = events - unmet, sum(hidden.values()) - unmet_hidden
    most = SMALLEST - 1
    low, high = unmet + unmet_hidden, unmet + most * unmet_hidden
    return Value(low / (low + met + most * met_hidden), high / (high + met + met_hidden), events)


class Went(StrEnum):
    TOO_EARLY = "too_early"  # no whole quarter has gone by
    TOO_FEW = "too_few"  # too little may be told
    BETTER = "better"
    WORSE = "worse"
    ALIKE = "alike"  # no difference that can be told


@dataclass(frozen=True, slots=True)
class Taken:
    """What was measured in the cell and, all together, elsewhere. `on`: the day on which it was taken; of whole quarters, one after it."""

    quarter: Quarter
    on: date
    here: Value | None
    elsewhere: Value | None


@dataclass(frozen=True, slots=True)
class Effect:
    """`before` None: nothing was measured before. `after`: the oldest first."""

    measure: Measure
    before: Taken | None
    after: tuple[Taken, ...]

    @property
    def went(self) -> Went:
        return self._went("here")

    @property
    def went_elsewhere(self) -> Went:
        return self._went("elsewhere")

    def _went(self, where: str) -> Went:
        if not self.after:
            return Went.TOO_EARLY
        first: Value | None = getattr(self.before, where) if self.before else None
        return went(self.measure, first, getattr(self.after[0], where))


def went(measure: Measure, before: Value | None, after: Value | None) -> Went:
    """From one value to another. Where the two could be the same number, no difference is told."""
    if before is None or after is None:
        return Went.TOO_FEW
    if after.low > before.high:
        return Went.WORSE if measure in LESS_IS_BETTER else Went.BETTER
    if after.high < before.low:
        return Went.BETTER if measure in LESS_IS_BETTER else Went.WORSE
    return Went.ALIKE


def quarters_before(measure: Measure, done_on: date) -> tuple[Quarter, ...]:
    """The quarters of which a value from before may be, the best first: the whole one before it was done; for what is told of a day, the
    one in which it was done as well, where it was taken before."""
    now = quarter_of(done_on)
    return (now.before,) if measure in OF_QUARTERS else (now, now.before)


def quarters_after(measure: Measure, done_on: date, today: date) -> tuple[Quarter, ...]:
    """The first quarters after the one in which it was done: whole ones that are over; of what is told of a day, those that began."""
    found: list[Quarter] = []
    each = quarter_of(done_on).after
    while len(found) < MOST_AFTER and (each.end if measure in OF_QUARTERS else each.first) <= today:
        found.append(each)
        each = each.after
    return tuple(found)


def effect_of(measure: Measure, done_on: date, today: date, taken: Mapping[Quarter, Taken]) -> Effect:
    """What was measured around a day, as far as it was."""
    before = (taken[each] for each in quarters_before(measure, done_on) if each in taken)
    fitting = (each for each in before if measure in OF_QUARTERS or each.on <= done_on)
    after = tuple(taken[each] for each in quarters_after(measure, done_on, today) if each in taken)
    return Effect(measure, next(fitting, None), after)


def reaches(measure: Measure, value: Value | None, target: float) -> bool | None:
    """Whether a value is at least as good as a target; None where that cannot be told."""
    if value is None:
        return None
    ends = {_at_least_as_good(measure, end, target) for end in (value.low, value.high)}
    return ends.pop() if len(ends) == 1 else None


def _at_least_as_good(measure: Measure, value: float, target: float) -> bool:
    return value <= target if measure in LESS_IS_BETTER else value >= target


def median(days: Iterable[float | None]) -> float | None:
    """The middle one of waiting times, where None is one that has not ended and so is longer than any that has; None where that is the
    middle one itself."""
    rows = [float("inf") if each is None else each for each in days]
    middle = sorted(rows)[(len(rows) - 1) // 2] if rows else float("inf")
    return None if middle == float("inf") else middle
