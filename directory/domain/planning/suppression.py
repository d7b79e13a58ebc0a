"""Counts by place that may be shown: small ones are hidden, and so is what would give them away by subtraction.

A count of one to four could be of people who are known in the place; it is shown as "fewer than five". Where a total stands beside its
parts, whoever subtracts the parts that are shown learns what the hidden ones come to together. So a total is told only where at least two
parts are hidden and each of them could still be one of five numbers or more; else a further small part is hidden, and where none is left,
the total. Parts of nothing are told as nothing.

One release is made of each count (a need, a way in which asking ended) over places that do not overlap. No other total is ever told: what
is told of several places together is the sum of what is shown of each.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST = 5
"""Counts below this are hidden; and so many numbers each hidden one could be, at least."""

MOST_GIVEN_UP = 10
"""A part of so many or more is worth more than a total: rather than it the total is hidden."""


@dataclass(frozen=True, slots=True)
class Released:
    """`shown` holds the parts that are told, nothing where nothing was counted; `hidden` those that are not; `total` None where it would
    give a hidden part away."""

    shown: Mapping[str, int]
    hidden: frozenset[str]
    total: int | None

    def at_least(self, places: frozenset[str] | None = None) -> int:
        """What is certain of these places (all) together: the sum of what is shown, and one for each that is hidden."""
        inside = {*self.shown, *self.hidden} if places is None else places
        return sum(count for place, count in self.shown.items() if place in inside) + len(self.hidden & inside)


def release(counts: Mapping[str, int]) -> Released:
    """Counts of one thing by place, as they may be told. The same counts always give the same."""
    some = {place: count for place, count in counts.items() if count > 0}
    hidden = {place for place, count in some.items() if count < SMALLEST}
    spare = sorted((place for place in some.keys() - hidden if some[place] < MOST_GIVEN_UP), key=lambda place: (some[place], place))
    while hidden and not _is_open(some, hidden) and spare:
        hidden.add(spare.pop(0))
    total = sum(some.values())
    may_tell = (not hidden or _is_open(some, hidden)) and (total == 0 or total >= SMALLEST)
    return Released({place: count for place, count in some.items() if place not in hidden}, frozenset(hidden), total if may_tell else None)


def _is_open(counts: Mapping[str, int], hidden: set[str]) -> bool:
    """Whether each hidden part could be one of enough numbers, for somebody who knows what they come to together: each is one at least, and
    with others beside it at most what these leave of it."""
    together = sum(counts[place] for place in hidden)
    return len(hidden) > 1 and together - len(hidden) + 1 >= SMALLEST
