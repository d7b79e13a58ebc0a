"""Five things worth an hour of a planner: the next acts of every kind, on one scale. The scale is our proposal, and a simple one:

    worth = what a wrong word costs there x how likely the hour changes something x how quickly x how many asked x how long it has waited

*Costs*: 3 where a night or a life hangs on it, 2 for a meal, a bed, a dose or a doctor, 1 else (`domain.upkeep.due`). *Likely*: from 0 to
1, what is known of it: how probable a duplicate is (`likely_one` where organizations said something of it), which share is unmet, how much
two offers overlap, which share of the listings is old. *How quickly*: half as much again where an organization said that two records are
one and a merge waits for nobody, so that minutes are left of it. *How many asked*: 1 and the decimal logarithm of one more than may be
shown, so that ten times as many count one more, and no number that is hidden counts. *Waited*: 1 for what came today, 2 after two weeks, at
most 3: nobody who waits for an answer is passed over for long.

Of one kind at most two are named while others are there, and never five.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from directory.domain.planning.asked import Agreement
from directory.domain.upkeep.due import Risk

HOW_MANY = 5
FIRST_OF_A_KIND, MOST_OF_A_KIND = 2, 4
COSTS = {Risk.CRISIS: 3.0, Risk.BASIC: 2.0, Risk.OTHER: 1.0}
QUICK = 1.5
SURE = 0.95
"""So likely are two records one where an organization says so, unless the comparing finds it likelier; our proposal."""
EVEN = 0.5
"""So likely, where one says that they are one and another that they are two."""
LONG = 14
"""After so many days of waiting a thing is worth twice as much."""


class Kind(StrEnum):
    DUPLICATE = "duplicate"  # two records that are as good as certain to be one
    UNMET = "unmet"  # a need in an area for which nothing can be used
    TALK = "talk"  # two offers alike, of which one has room; or two organizations that do not agree on whether two records are one
    STALE = "stale"  # much asked for, and what is listed is old
    ANSWER = "answer"  # an organization waits for planners


@dataclass(frozen=True, slots=True)
class Worth:
    """Something to do. `key`: what it is about, as its kind names it. `likely`: from 0 to 1. `asked`: events that may be shown, 0 where
    none are. `days`: how long somebody has waited for it. `is_quick`: it takes minutes."""

    kind: Kind
    key: tuple[str, ...]
    risk: Risk
    likely: float
    asked: int = 0
    days: int = 0
    is_quick: bool = False

    @property
    def worth(self) -> float:
        waited = 1 + min(max(self.days, 0), 2 * LONG) / LONG
        quick = QUICK if self.is_quick else 1.0
        return COSTS[self.risk] * min(max(self.likely, 0.0), 1.0) * quick * (1 + math.log10(1 + max(self.asked, 0))) * waited


def likely_one(probability: float, said: Agreement) -> float:
    """How likely two records are one, by what a comparing finds and what the organizations say, which goes first."""
    return {
        Agreement.ALL_ONE: 1.0,
        Agreement.ONE: max(probability, SURE),
        Agreement.AGAINST: EVEN,
        Agreement.TWO: min(probability, 1 - SURE),
        Agreement.OPEN: probability,
    }[said]


def worth_an_hour(found: Iterable[Worth], how_many: int = HOW_MANY) -> tuple[Worth, ...]:
    """What is worth most, the most first; the same whatever the order in which it came."""
    ranked = sorted({each for each in found if each.worth > 0}, key=lambda each: (-each.worth, each.kind, each.key))
    chosen = _at_most(ranked, FIRST_OF_A_KIND)[:how_many]
    if len(chosen) < how_many:
        chosen = _at_most([*chosen, *(each for each in ranked if each not in chosen)], MOST_OF_A_KIND)[:how_many]
    return tuple(sorted(chosen, key=ranked.index))


def _at_most(ranked: Iterable[Worth], most: int) -> list[Worth]:
    seen: Counter[Kind] = Counter()
    kept = []
    for each in ranked:
        if seen[each.kind] < most:
            seen[each.kind] += 1
            kept.append(each)
    return kept
