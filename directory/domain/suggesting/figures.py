"""Figures of few cases: drawn toward what is usual, so that two lucky referrals do not make a program the best of all.

Each says of how many cases it is. Of fewer than `SMALLEST` no share is told.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from statistics import median

SMALLEST = 5
FEWEST_TOGETHER = 20
"""From so many people with both needs on, how often two needs come together is told, and takes the place of the list."""

PRIOR_CASES = 10
"""What is usual weighs as much as so many cases."""

SMOOTHING = 5
"""So many people are added as if both needs came together by chance."""


def drawn_share(of_these: int, cases: int, usual: float) -> float:
    """A share (0 to 1) drawn toward the usual one: the mean of a Beta whose prior weighs `PRIOR_CASES`."""
    return (of_these + usual * PRIOR_CASES) / (cases + PRIOR_CASES)


def drawn_median(values: Sequence[float], usual: float | None) -> float:
    """A median drawn toward the usual one, which weighs `SMALLEST` cases: with many of its own it is its own."""
    own = median(values)
    if usual is None:
        return own
    return (own * len(values) + usual * SMALLEST) / (len(values) + SMALLEST)


def lift(with_both: int, with_one: int, with_other: int, of_all: int) -> float:
    """How many times more often two needs come together than by chance, smoothed: 1 is chance."""
    by_chance = with_one * with_other / of_all
    return (with_both + SMOOTHING) / (by_chance + SMOOTHING)


def overlap(one: Collection[str], other: Collection[str]) -> float | None:
    """How much of two sets is the same (Jaccard, 0 to 1); None where one of them is empty: then it is not known."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second) if first and second else None


def working_days(first: date, last: date) -> int:
    """Working days (Monday to Friday) from one day to a later one; on the same day 0. Holidays count as working days."""
    if last <= first:
        return 0
    weeks, rest = divmod((last - first).days, 7)
    return weeks * 5 + sum((first + timedelta(days=number)).weekday() < 5 for number in range(1, rest + 1))
