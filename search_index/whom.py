"""Whom help is looked for, as an index may know it: it leaves out what is surely not for them, and never more.

A listing has **marks** of whom it is only for: the name of a fact that excludes somebody (`gender`), and beside it every value that it does
not exclude (`gender=female`). A fact that it does not name excludes nobody. Marks that begin with `!` say what a listing does that a person
may want to keep away from (`!asks_status`). Numbers lie between two **limits**; a listing without limits has the widest there are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NUMBERS = ("age", "child.age", "income.USD", "income.CAD")
"""The numbers that are limited."""

WIDEST = 1e12
"""Stands for no limit; engines keep both limits of every listing, since a number that is missing would match nothing."""

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Whom:
    """`numbers`: each a name of `NUMBERS` and the spans of which one must touch the limits; where there are none (no children), limits of
    any kind exclude. `values`: each a fact and the values of which one must be among those a listing is only for. `avoids`: marks, without
    their `!`, that a listing must not have. `is_turned`: exactly what would be left out otherwise."""

    numbers: tuple[tuple[str, tuple[Interval, ...]], ...] = ()
    values: tuple[tuple[str, frozenset[str]], ...] = ()
    avoids: frozenset[str] = frozenset()
    is_turned: bool = False


def mark(fact: str, value: str = "") -> str:
    """The mark of a fact that excludes somebody, or of a value that it does not."""
    return f"{fact}={value}" if value else fact


def avoided(name: str) -> str:
    """The mark of what a listing does that a person may want to keep away from."""
    return f"!{name}"


def both_limits(limits: Mapping[str, Interval], name: str) -> Interval:
    """Both limits of a number, the widest where there are none."""
    low, high = limits.get(name, (-WIDEST, WIDEST))
    return min(max(low, -WIDEST), WIDEST), max(min(high, WIDEST), -WIDEST)


def is_limited(limits: Mapping[str, Interval], name: str) -> bool:
    return both_limits(limits, name) != (-WIDEST, WIDEST)


def number_marks(limits: Mapping[str, Interval]) -> Iterator[str]:
    """Numbers that are limited are marked like other facts: whoever has none of their kind is excluded."""
    return (mark(name) for name in NUMBERS if is_limited(limits, name))


def may_fit(whom: Whom, marks: frozenset[str], limits: Mapping[str, Interval]) -> bool:
    """What engines decide by their own means."""
    return _fits(whom, marks, limits) is not whom.is_turned


def _fits(whom: Whom, marks: frozenset[str], limits: Mapping[str, Interval]) -> bool:
    for name, spans in whom.numbers:
        low, high = both_limits(limits, name)
        if is_limited(limits, name) and not any(first <= high and last >= low for first, last in spans):
            return False
    for fact, values in whom.values:
        if mark(fact) in marks and not any(mark(fact, value) in marks for value in values):
            return False
    return not any(avoided(name) in marks for name in whom.avoids)
