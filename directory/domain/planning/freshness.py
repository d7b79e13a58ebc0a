"""How old what listings say is: when somebody looked last, and which are past the date by which somebody should. Of listings, never of
people: nothing here is too small to be told."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from directory.domain.upkeep.due import Risk

BAR_DAYS = 30
BARS = 24
"""The distribution is told in bars of thirty days; what is older than twenty-four of them is one more, what nobody looked at another."""


class Age(StrEnum):
    """How long ago somebody looked, in classes."""

    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TWO_YEARS = "two_years"
    OLDER = "older"
    NEVER = "never"


UP_TO: Mapping[Age, int] = {Age.QUARTER: 90, Age.HALF: 180, Age.YEAR: 365, Age.TWO_YEARS: 730}
"""Days, that one included; they begin where the class before ends."""


_ENDS = [*UP_TO.values()]
_CLASSES = [*UP_TO, Age.OLDER]


@dataclass(frozen=True, slots=True)
class Aged:
    """One listing. `days` since somebody looked, None where nobody has; `is_due`: somebody should look now. "" where it is of no
    organization, or of no sector. `needs`: the widest categories that it is filed under."""

    risk: Risk
    days: int | None
    is_due: bool
    organization_id: str = ""
    sector: str = ""
    needs: frozenset[str] = frozenset()

    @property
    def age(self) -> Age:
        if self.days is None:
            return Age.NEVER
        return _CLASSES[bisect_left(_ENDS, self.days)]


@dataclass(frozen=True, slots=True)
class Group:
    """Listings that have something in common, its name in `key`. `median_days`: of those that somebody looked at; None where nobody has."""

    key: str
    listings: int
    due: int
    by_age: Mapping[Age, int]
    median_days: int | None

    @property
    def never(self) -> int:
        return self.by_age[Age.NEVER]

    @property
    def due_share(self) -> float:
        return self.due / self.listings if self.listings else 0.0


def grouped(listings: Iterable[Aged], keys_of: Callable[[Aged], Iterable[str]], most: int | None = None) -> tuple[Group, ...]:
    """A listing counts in each group that it belongs to. Those with the most past their date first, at most so many."""
    found: dict[str, list[Aged]] = {}
    for each in listings:
        for key in keys_of(each):
            found.setdefault(key, []).append(each)
    ranked = sorted((-sum(each.is_due for each in some), -len(some), key) for key, some in found.items())
    return tuple(group_of(key, found[key]) for _due, _count, key in ranked[:most])


def group_of(key: str, listings: Sequence[Aged]) -> Group:
    by_age = dict.fromkeys(Age, 0)
    for each in listings:
        by_age[each.age] += 1
    days = [each.days for each in listings if each.days is not None]
    return Group(key, len(listings), sum(each.is_due for each in listings), by_age, round(median(days)) if days else None)


@dataclass(frozen=True, slots=True)
class Distribution:
    """`bars`: how many were looked at in each thirty days, from now backwards; `older` and `never` beyond. `due_days`: after so many
    somebody should look again, None where no rule says."""

    bars: tuple[int, ...]
    older: int
    never: int
    due_days: int | None


def distribution(listings: Iterable[Aged], due_days: int | None) -> Distribution:
    bars, older, never = [0] * BARS, 0, 0
    for each in listings:
        if each.days is None:
            never += 1
        elif each.days >= BARS * BAR_DAYS:
            older += 1
        else:
            bars[max(0, each.days) // BAR_DAYS] += 1
    return Distribution(tuple(bars), older, never, due_days)
