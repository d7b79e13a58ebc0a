"""Counts by place that may be shown: small ones are hidden, and so is every total that would say something of them.

A count of one to four could be of people who are known in the place; it is shown as "fewer than five". Where a total stands beside its
parts, whoever subtracts the parts that are shown learns what the hidden ones come to together: two that come to eight are four each. So a
total is told only where nothing in it is hidden, and what is told is the same whichever of one to four a hidden count is. That holds for
somebody who knows this rule, too: to hide further counts by their size would tell of them. Parts of nothing are told as nothing.

One release is made of each count (a need, a way in which asking ended) over places that do not overlap. No other total is ever told: what
is told of several places together is the sum of what is shown of each.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST = 5
"""Counts below this are hidden."""


@dataclass(frozen=True, slots=True)
class Released:
    """`shown` holds the parts that are told, nothing where nothing was counted; `hidden` those that are not, each from one to four; `total`
    None where it would say something of them."""

    shown: Mapping[str, int]
    hidden: frozenset[str]
    total: int | None

    def at_least(self, places: frozenset[str] | None = None) -> int:
        """What is certain of these places (all) together: the sum of what is shown, and one for each that is hidden."""
        inside = {*self.shown, *self.hidden} if places is None else places
        return sum(count for place, count in self.shown.items() if place in inside) + len(self.hidden & inside)


def release(counts: Mapping[str, int]) -> Released:
    """Counts of one thing by place, as they may be told. The same counts always give the same."""
    shown = {place: count for place, count in counts.items() if count >= SMALLEST}
    hidden = frozenset(place for place, count in counts.items() if 0 < count < SMALLEST)
    return Released(shown, hidden, None if hidden else sum(shown.values()))
