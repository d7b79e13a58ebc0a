"""Whether a condition can hold at all, and whether one holds wherever another does: by the values that each field is left.

A condition is taken apart into its *ways to hold*, each a set of comparisons that stand together. Where there are too many ways, nothing is
claimed: what is said here is always so, but not all that is so is said.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from directory.rules.catalogue import Catalogue, Field, Kind, Op
from directory.rules.conditions import All, Comparison, Condition, Not
from directory.rules.operands import Range

MOST_WAYS = 256

Way = tuple[tuple[Comparison, bool], ...]
"""Comparisons that stand together; False: it is its opposite that must hold."""


class TooMany(Exception):
    """There are more ways than are gone through."""


@dataclass(frozen=True, slots=True)
class Left:
    """The values that a field is left. `known`: None while nothing asks. `among`: of words and yes or no; None: any. `never`: not these
    (words, or numbers). `has`, `has_not`: of a set of words."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    known: bool | None = None
    among: frozenset[object] | None = None
    never: frozenset[object] = frozenset()
    has: frozenset[str] = frozenset()
    has_not: frozenset[str] = frozenset()
    contradicts: bool = False

    @property
    def is_empty(self) -> bool:
        no_number = self.low > self.high or (self.low == self.high and (self.low_open or self.high_open or self.low in self.never))
        no_word = self.among is not None and not self.among - self.never
        return self.contradicts or no_number or no_word or bool(self.has & self.has_not)


Lefts = dict[str, Left]


def can_hold(condition: Condition, catalogue: Catalogue) -> bool:
    """Whether some values make it hold. True where that is too much to find out."""
    try:
        return any(not _is_empty(_lefts(way, catalogue)) for way in ways(condition))
    except TooMany:
        return True


def holds_wherever(condition: Condition, other: Condition, catalogue: Catalogue) -> bool:
    """Whether the first holds in every case in which the other does. False where that is too much to find out."""
    try:
        lefts = [found for way in ways(other) if not _is_empty(found := _lefts(way, catalogue))]
    except TooMany:
        return False
    return bool(lefts) and all(_follows(condition, left, catalogue, wanted=True) for left in lefts)


def ways(condition: Condition, wanted: bool = True) -> Iterator[Way]:
    """Each way in which it holds (or, not `wanted`, in which its opposite does). Raise `TooMany`."""
    found = _ways(condition, wanted)
    yield from found


def _ways(condition: Condition, wanted: bool) -> list[Way]:
    if isinstance(condition, Comparison):
        return [((condition, wanted),)]
    if isinstance(condition, Not):
        return _ways(condition.part, not wanted)
    together = isinstance(condition, All) is wanted
    parts = [_ways(part, wanted) for part in condition.parts]
    if not together:
        found = [way for part in parts for way in part]
    else:
        found = [()]
        for part in parts:
            if len(found) * len(part) > MOST_WAYS:
                raise TooMany
            found = [(*one, *other) for one in found for other in part]
    if len(found) > MOST_WAYS:
        raise TooMany
    return found


def _lefts(way: Way, catalogue: Catalogue) -> Lefts:
    lefts: Lefts = {}
    for test, wanted in way:
        field = catalogue[test.field]
        before = lefts.get(test.field) or _whole(field)
        lefts[test.field] = narrowed(before, field, test, wanted)
    return lefts


def _whole(field: Field) -> Left:
    """All values of a field."""
    if field.kind is Kind.NUMBER:
        return Left(low=field.least, high=field.most)
    if field.kind is Kind.CHOICE and field.choices:
        return Left(among=frozenset(field.choices))
    return Left(among=frozenset({True, False})) if field.kind is Kind.YES_NO else Left()


def _is_empty(lefts: Lefts) -> bool:
    return any(left.is_empty for left in lefts.values())


_OPPOSITE = {
    Op.GT: Op.LTE, Op.GTE: Op.LT, Op.LT: Op.GTE, Op.LTE: Op.GT, Op.EQ: Op.NE, Op.NE: Op.EQ, Op.IN: Op.NOT_IN, Op.NOT_IN: Op.IN,
    Op.HAS_NONE: Op.HAS_ANY, Op.HAS_ANY: Op.HAS_NONE, Op.IS_KNOWN: Op.IS_UNKNOWN, Op.IS_UNKNOWN: Op.IS_KNOWN,
}  # fmt: skip


def narrowed(left: Left, field: Field, test: Comparison, wanted: bool) -> Left:
    """What is left of it where the comparison holds, or its opposite does: both only of what is known."""
    op = test.op if wanted else _OPPOSITE.get(test.op, test.op)
    if op in (Op.IS_KNOWN, Op.IS_UNKNOWN):
        return _known(left, op is Op.IS_KNOWN)
    left, value = _known(left, known=True), test.operand
    if op is Op.RANGE:
        return _within(left, value) if wanted and isinstance(value, Range) else left
    if op in (Op.GT, Op.GTE, Op.LT, Op.LTE):
        number = float(str(value))
        is_open = op in (Op.GT, Op.LT)
        bounds = Range(low=number, low_open=is_open) if op in (Op.GT, Op.GTE) else Range(high=number, high_open=is_open)
        return _within(left, bounds)
    if op is Op.IS:
        return _among(left, frozenset({value if wanted else not value}))
    if op in (Op.EQ, Op.NE) and field.kind is Kind.NUMBER:
        number = float(str(value))
        return _within(left, Range(number, number)) if op is Op.EQ else replace(left, never=left.never | {number})
    if op in (Op.HAS_ALL, Op.HAS_ANY, Op.HAS_NONE):
        return _of_set(left, op, value, wanted)
    words: frozenset[object] = frozenset(value) if isinstance(value, frozenset) else frozenset({value})
    if op in (Op.EQ, Op.IN):
        return _among(left, words)
    return replace(left, never=left.never | words) if op in (Op.NE, Op.NOT_IN) else left


def _known(left: Left, known: bool) -> Left:
    return replace(left, known=known, contradicts=left.contradicts or left.known not in (None, known))


def _within(left: Left, bounds: Range) -> Left:
    low, high = left, left
    if bounds.low is not None and (bounds.low > left.low or (bounds.low == left.low and bounds.low_open)):
        low = replace(left, low=bounds.low, low_open=bounds.low_open)
    if bounds.high is not None and (bounds.high < left.high or (bounds.high == left.high and bounds.high_open)):
        high = replace(left, high=bounds.high, high_open=bounds.high_open)
    return replace(left, low=low.low, low_open=low.low_open, high=high.high, high_open=high.high_open)


def _among(left: Left, words: frozenset[object]) -> Left:
    return replace(left, among=words if left.among is None else left.among & words)


def _of_set(left: Left, op: Op, value: object, wanted: bool) -> Left:
    words = frozenset(map(str, value)) if isinstance(value, frozenset) else frozenset()
    if op is Op.HAS_NONE:
        return replace(left, has_not=left.has_not | words)
    if (op is Op.HAS_ALL and wanted) or len(words) == 1:
        return replace(left, has=left.has | words) if wanted or op is Op.HAS_ANY else replace(left, has_not=left.has_not | words)
    return replace(left, contradicts=left.contradicts or (op is Op.HAS_ANY and words <= left.has_not))


def _follows(condition: Condition, lefts: Lefts, catalogue: Catalogue, wanted: bool) -> bool:
    """Whether what is left of the fields makes it hold for sure."""
    if isinstance(condition, Not):
        return _follows(condition.part, lefts, catalogue, not wanted)
    if not isinstance(condition, Comparison):
        together = isinstance(condition, All) is wanted
        follow = (_follows(part, lefts, catalogue, wanted) for part in condition.parts)
        return all(follow) if together else any(follow)
    left, field = lefts.get(condition.field), catalogue[condition.field]
    if left is None:
        return False
    if condition.op in (Op.IS_KNOWN, Op.IS_UNKNOWN):
        return left.known is ((condition.op is Op.IS_KNOWN) is wanted)
    if left.known is not True:
        return False
    if condition.op is Op.RANGE:
        return wanted and isinstance(condition.operand, Range) and _within(left, condition.operand) == left
    if condition.op is Op.HAS_ANY and wanted:
        return isinstance(condition.operand, frozenset) and bool(condition.operand & left.has)
    if condition.op is Op.HAS_ALL and not wanted:
        return isinstance(condition.operand, frozenset) and bool(condition.operand & left.has_not)
    if condition.op is Op.HAS_NONE and not wanted:
        return isinstance(condition.operand, frozenset) and bool(condition.operand & left.has)
    return _values(narrowed(left, field, condition, wanted)) == _values(left)


def _values(left: Left) -> tuple[object, ...]:
    """What is left, in one form: words that may not be are taken out of those that may."""
    among = None if left.among is None else left.among - left.never
    never = left.never if among is None else frozenset()
    return left.low, left.high, left.low_open, left.high_open, among, never, left.has, left.has_not
