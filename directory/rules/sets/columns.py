"""Scores of many candidates at once: signals as columns, conditions as masks of what holds and what does not (what is in neither is not
known). For dry runs over history, and wherever the same candidates are scored again under other rules."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from directory.rules.catalogue import Kind, Op
from directory.rules.conditions import All, Comparison, Condition, Not
from directory.rules.operands import Range
from directory.rules.sets.firing import TESTS
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import Caution, Points, RuleSet
from directory.rules.sets.score import CEILING, FLOOR
from directory.rules.sets.signals import Signals, catalogue_of

Mask = npt.NDArray[np.bool_]
Masks = tuple[Mask, Mask]
"""Where a condition holds, and where it does not."""


class Columns:
    """Made of the signals of many cases. Only the columns that are asked for are made, each once."""

    def __init__(self, rows: Sequence[Signals], kind: SetKind) -> None:
        self._rows, self._kinds = rows, catalogue_of(kind)
        self._known: dict[str, Mask] = {}
        self._values: dict[str, Any] = {}
        self._codes: dict[str, dict[Any, int]] = {}
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
        holds = self._holds(test) & known
        return holds, known & ~holds

    def _known_of(self, name: str) -> Mask:
        if name not in self._known:
            self._known[name] = np.fromiter((name in row for row in self._rows), dtype=bool, count=len(self._rows))
        return self._known[name]

    def _holds(self, test: Comparison) -> Any:
        kind, name = self._kinds[test.field].kind, test.field
        if kind is Kind.NUMBER:
            return _compare(self._numbers(name), test)
        coded, codes = self._coded(name)
        if kind is Kind.SET:
            fits = TESTS[test.op](test.operand)
            return np.isin(coded, [code for value, code in codes.items() if fits(value)])
        wanted = test.operand if isinstance(test.operand, frozenset) else (test.operand,)
        found = np.isin(coded, [codes[each] for each in wanted if each in codes])
        return ~found if test.op in (Op.NE, Op.NOT_IN) else found

    def _numbers(self, name: str) -> Any:
        if name not in self._values:
            nothing = float("nan")
            self._values[name] = np.fromiter((row.get(name, nothing) for row in self._rows), dtype=float, count=len(self._rows))
        return self._values[name]

    def _coded(self, name: str) -> tuple[Any, Mapping[Any, int]]:
        """Values as numbers, each different one its own; -1 for what is not known."""
        if name not in self._values:
            codes: dict[Any, int] = {}
            column = np.empty(len(self._rows), dtype=np.int32)
            for place, row in enumerate(self._rows):
                value = row.get(name)
                column[place] = -1 if value is None else codes.setdefault(value, len(codes))
            self._values[name], self._codes[name] = column, codes
        return self._values[name], self._codes[name]


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
