"""Scores of many candidates at once: signals as columns, conditions as masks of what holds and what does not (what is in neither is not
known). For dry runs over history, and wherever the same candidates are scored again under other rules."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from directory.rules.catalogue import Kind, Op
from directory.rules.conditions import All, Comparison, Condition, Not, comparisons_in
from directory.rules.operands import Range
from directory.rules.sets.firing import TESTS
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import Caution, Points, RuleSet
from directory.rules.sets.score import CEILING, FLOOR
from directory.rules.sets.signals import Signals, catalogue_of

Mask = npt.NDArray[np.bool_]
Masks = tuple[Mask, Mask]
"""Where a condition holds, and where it does not."""


_PIECE = 1_000
"""Rows that are looked at together: as many as a processor has at hand."""


class Columns:
    """Made of the signals of many cases. Only the columns that are asked for are made, each once."""

    def __init__(self, rows: Sequence[Signals], kind: SetKind) -> None:
        self._rows = [row if type(row) is dict else dict(row) for row in rows]
        self._kinds = catalogue_of(kind)
        self._numbers: dict[str, Any] = {}
        self._coded: dict[str, tuple[Any, Sequence[Any]]] = {}
        self._tests: dict[Comparison, Masks] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def masks(self, condition: Condition) -> Masks:
        if isinstance(condition, Comparison):
            if condition not in self._tests:
                self._tests[condition] = self._comparison(condition)
            return self._tests[condition]
        if isinstance(condition, Not):
            holds, fails = self.masks(condition.part)
            return fails, holds
        parts = [self.masks(part) for part in condition.parts]
        every, some = np.logical_and.reduce, np.logical_or.reduce
        first, second = (every, some) if isinstance(condition, All) else (some, every)
        return first([holds for holds, _fails in parts]), second([fails for _holds, fails in parts])

    def _comparison(self, test: Comparison) -> Masks:
        known = self._known_of(test.field)
        if test.op is Op.IS_KNOWN:
            return known, ~known
        if test.op is Op.IS_UNKNOWN:
            return ~known, known
        holds = self._holds(test)
        return holds & known, known & ~holds

    def _is_number(self, name: str) -> bool:
        return self._kinds[name].kind is Kind.NUMBER

    def _known_of(self, name: str) -> Mask:
        known: Mask = ~np.isnan(self._numbers_of(name)) if self._is_number(name) else self._codes_of(name)[0] >= 0
        return known

    def _holds(self, test: Comparison) -> Any:
        if self._is_number(test.field):
            return _compare(self._numbers_of(test.field), test)
        codes, values = self._codes_of(test.field)
        holds = TESTS[test.op](test.operand)
        return np.array([*(holds(value) for value in values), False])[codes]

    def _numbers_of(self, name: str) -> Any:
        """Numbers; none where it is not known."""
        self.read((name,))
        return self._numbers[name]

    def _codes_of(self, name: str) -> tuple[Any, Sequence[Any]]:
        """The place of each value among the different ones, and these; -1 for what is not known."""
        self.read((name,))
        return self._coded[name]

    def read(self, names: Iterable[str]) -> None:
        """Take the values of these signals from the rows. Of several at once it takes half the time, since each row is looked at once."""
        values: dict[str, list[Any]] = {name: [] for name in names if name not in self._numbers and name not in self._coded}
        for begin in range(0, len(self._rows) if values else 0, _PIECE):
            piece = self._rows[begin : begin + _PIECE]
            for name, found in values.items():
                found.extend(map(dict.get, piece, repeat(name)))
        for name, found in values.items():
            if self._is_number(name):
                self._numbers[name] = np.array(found, dtype=float)
            else:
                different = tuple(set(found) - {None})
                places = {value: place for place, value in enumerate(different)} | {None: -1}
                self._coded[name] = np.fromiter(map(places.__getitem__, found), dtype=np.int32, count=len(found)), different


def _compare(numbers: Any, test: Comparison) -> Any:
    with np.errstate(invalid="ignore"):
        if isinstance(test.operand, Range):
            within = test.operand
            over = True if within.low is None else numbers > within.low if within.low_open else numbers >= within.low
            under = True if within.high is None else numbers < within.high if within.high_open else numbers <= within.high
            return over & under
        return _NUMBERS[test.op](numbers, test.operand)


_NUMBERS: Mapping[Op, Any] = {
    Op.EQ: np.equal,
    Op.NE: np.not_equal,
    Op.GT: np.greater,
    Op.GTE: np.greater_equal,
    Op.LT: np.less,
    Op.LTE: np.less_equal,
}


def scores(rules: RuleSet, columns: Columns) -> npt.NDArray[np.int32]:
    """The points of each case, as `Scorer.points` gives them."""
    columns.read(sorted({test.field for rule in rules.active_rules for test in comparisons_in(rule.when)}))
    families: dict[str, Any] = {}
    total: Any = np.zeros(len(columns), dtype=np.int32)
    for rule in rules.active_rules:
        then = rule.then
        if isinstance(then, Points):
            given = families.setdefault(rule.family, np.zeros(len(columns), dtype=np.int32))
            given += then.points * columns.masks(rule.when)[0]
        elif isinstance(then, Caution) and then.points:
            total = total + then.points * columns.masks(rule.when)[0]
    for family, given in families.items():
        total = total + np.minimum(given, rules.caps[family])
    clipped: npt.NDArray[np.int32] = np.clip(total, FLOOR, CEILING).astype(np.int32)
    return clipped


def leading(points: npt.NDArray[np.int32], cases: npt.NDArray[np.int64], most: int) -> Mask:
    """Which rows are among the best of their case. `cases`: the number of each row's case, from 0. Of equals the earlier row leads."""
    places = np.arange(len(points), dtype=np.int64)
    worse = (CEILING - points).astype(np.int64)
    keys = np.sort((cases.astype(np.int64) << 40) | (worse << 32) | places)
    sorted_cases = keys >> 40
    goes_on = np.r_[False, sorted_cases[1:] == sorted_cases[:-1]][: len(keys)]
    begins = np.maximum.accumulate(np.where(goes_on, 0, places))
    found = np.zeros(len(points), dtype=bool)
    found[(keys & 0xFFFFFFFF)[places - begins < most]] = True
    return found
