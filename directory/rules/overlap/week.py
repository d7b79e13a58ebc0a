"""The usual week as half hours that are open or not, so that two weeks are held against each other at once."""

from collections.abc import Iterable

from directory.domain.hours.values import MinuteSpan
from directory.rules.overlap.bounds import NOT_KNOWN, Bounds, share_of

SLOT_MINUTES = 30
SLOTS = 7 * 24 * 60 // SLOT_MINUTES


def week_of(spans: Iterable[MinuteSpan]) -> int:
    """Half hours of the week (Monday 0:00 first) as bits. Each end is taken to the nearest half hour; what is open at all has one."""
    bits = 0
    for start, end in spans:
        first, last = round(start / SLOT_MINUTES), round(end / SLOT_MINUTES)
        last = min(SLOTS, max(last, first + 1))
        first = min(first, last - 1)
        bits |= ((1 << (last - first)) - 1) << first
    return bits


def hours_in(week: int) -> float:
    return week.bit_count() * SLOT_MINUTES / 60


def hours_together(first: int | None, second: int | None) -> Bounds:
    """The hours that both are open, of the hours of whichever is open less. None, and a week without an open hour: not known."""
    if not first or not second:
        return NOT_KNOWN
    return Bounds.exactly(share_of((first & second).bit_count(), min(first.bit_count(), second.bit_count())))
