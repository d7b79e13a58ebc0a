"""How the community's rules (`flag`) read pairs of offerings: worth a conversation, a choice, complementary, partners, not comparable.

The first rule that holds reads a pair. Where a part of a pair lies between two ends, a rule holds only if it holds at both; a rule that
cannot be decided is named, so that whoever knows may put the listings right. Rules about duplicate records do not read offerings.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from directory.rules.catalogue import Op
from directory.rules.conditions import Comparison
from directory.rules.operands import Range
from directory.rules.overlap.compare import Compared, Ends
from directory.rules.overlap.offering import is_for_a_culture, languages_beside
from directory.rules.overlap.pair import Parts
from directory.rules.overlap.table import Codes, Rows, Shares, Table
from directory.rules.sets.columns import Columns, Mask, Masks
from directory.rules.sets.firing import TESTS
from directory.rules.sets.kinds import IfUnknown, Reading, SetKind, Severity
from directory.rules.sets.rule import FlagPair, Rule, RuleSet
from directory.rules.sets.signals import Signals, catalogue_of
from directory.rules.uncollected import uncollected

_NUMBERS = {"pair.service_overlap": "service", "pair.people_overlap": "people", "pair.area_overlap": "area", "pair.hours_overlap": "hours"}
Tristate = int
NO, YES, NOT_KNOWN = 0, 1, -1


@dataclass(frozen=True, slots=True)
class Read:
    """`rule`: the id of the rule that reads it, "" where none does: then `reading` says not comparable. `asks`: ids of rules before it that
    could not be decided, because something of the two listings is not known."""

    reading: Reading
    severity: Severity
    rule: str = ""
    asks: tuple[str, ...] = ()


def rules_for_offerings(rules: RuleSet) -> tuple[Rule, ...]:
    return tuple(
        rule for rule in rules.active_rules if isinstance(rule.then, FlagPair) and rule.then.reading is not Reading.POSSIBLE_DUPLICATE
    )


@dataclass(frozen=True, slots=True)
class Usual:
    """The languages of a community, its first one before the others."""

    languages: tuple[str, ...] = ("en",)

    @property
    def first(self) -> str:
        return self.languages[0] if self.languages else ""


class PairColumns(Columns):
    """The signals of pairs as columns of two ends each. `others`: of the signals that are no numbers, what makes a column of what is known,
    when a rule asks for it."""

    def __init__(self, numbers: Mapping[str, Ends], others: Mapping[str, Callable[[], Sequence[object]]], size: int) -> None:
        super().__init__((), SetKind.FLAG)
        self._numbers_between, self.others, self._size = numbers, others, size

    def __len__(self) -> int:
        return self._size

    def _comparison(self, test: Comparison) -> Masks:
        if test.field in self._numbers_between:
            return _between(test, *self._numbers_between[test.field])
        if test.field in self.others:
            return _of_values(test, self.others[test.field]())
        nowhere, everywhere = np.zeros(self._size, dtype=bool), np.ones(self._size, dtype=bool)
        if test.op is Op.IS_KNOWN:
            return nowhere, everywhere
        return (everywhere, nowhere) if test.op is Op.IS_UNKNOWN else (nowhere, nowhere)


@uncollected()
def read_pairs(rules: RuleSet, columns: PairColumns) -> list[Read]:
    """The reading of each pair."""
    found = rules_for_offerings(rules)
    masks = [columns.masks(rule.when) for rule in found]
    holds = np.array([yes for yes, _no in masks], dtype=bool).reshape(len(found), len(columns))
    fails = np.array(
        [no | (rule.if_unknown is IfUnknown.COUNT_AS_FALSE) for rule, (_yes, no) in zip(found, masks, strict=True)], dtype=bool
    )
    asks = ~holds & ~fails.reshape(holds.shape)
    patterns: dict[bytes, Read] = {}
    keys = np.packbits(np.concatenate([holds, asks]), axis=0).T
    readings = []
    for place, key in enumerate(keys):
        name = key.tobytes()
        if name not in patterns:
            patterns[name] = _read(found, holds[:, place], asks[:, place])
        readings.append(patterns[name])
    return readings


def _read(rules: Sequence[Rule], holds: Mask, asks: Mask) -> Read:
    first = int(np.argmax(holds)) if holds.any() else len(rules)
    open_ = tuple(rule.id for rule, is_open in zip(rules[:first], asks[:first], strict=True) if is_open)
    if first == len(rules):
        return Read(Reading.NOT_COMPARABLE, Severity.LOW, "", open_)
    then = rules[first].then
    assert isinstance(then, FlagPair)
    return Read(then.reading, then.severity, rules[first].id, open_)


def columns_of(table: Table, pairs: Compared, usual: Usual) -> PairColumns:
    """The signals of pairs that were just compared."""
    numbers: dict[str, Ends] = {name: pairs.parts[part] for name, part in _NUMBERS.items()}
    numbers["pair.metres"] = (np.nan_to_num(pairs.metres, nan=-np.inf), np.nan_to_num(pairs.metres, nan=np.inf))
    sectors = [offering.sector or None for offering in table.offerings]
    others: dict[str, Callable[[], Sequence[object]]] = {
        "pair.is_same_organization": lambda: [False] * len(pairs),
        "pair.is_for_a_culture": lambda: _culture(table, pairs, usual),
        "pair.shares_language": lambda: _shared_languages(table, pairs, frozenset(usual.languages)),
        "pair.shared_categories": lambda: _shared_categories(table, pairs),
        "a.sector": lambda: [sectors[row] for row in pairs.first.tolist()],
        "b.sector": lambda: [sectors[row] for row in pairs.second.tolist()],
    }
    return PairColumns(numbers, others, len(pairs))


def signals_of_pair(parts: Parts, others: Signals, metres: float | None) -> tuple[dict[str, tuple[float, float]], Signals]:
    """The signals of one pair as they were kept: numbers with their two ends, and what is known of the others."""
    numbers = {name: (getattr(parts, part).low, getattr(parts, part).high) for name, part in _NUMBERS.items()}
    return numbers | ({} if metres is None else {"pair.metres": (metres, metres)}), others


def columns_of_kept(rows: Sequence[tuple[Mapping[str, tuple[float, float]], Signals]]) -> PairColumns:
    """The signals of pairs that were kept (`signals_of_pair`), to be read under other rules."""
    fields = catalogue_of(SetKind.FLAG)
    numbers = {
        name: (
            np.array([row.get(name, (-np.inf, np.inf))[0] for row, _others in rows], dtype=float),
            np.array([row.get(name, (-np.inf, np.inf))[1] for row, _others in rows], dtype=float),
        )
        for name in (*_NUMBERS, "pair.metres")
    }
    others = {name: partial(_column, rows, name) for name in fields if name not in numbers}
    return PairColumns(numbers, others, len(rows))


def _column(rows: Sequence[tuple[Mapping[str, tuple[float, float]], Signals]], name: str) -> list[object]:
    return [known.get(name) for _row, known in rows]


def _between(test: Comparison, low: Shares, high: Shares) -> Masks:
    """Holds at both ends and so all between; or at none of what lies between."""
    known = np.isfinite(low) & np.isfinite(high)
    if test.op in (Op.IS_KNOWN, Op.IS_UNKNOWN):
        known &= (high - low) < 1e-9
        return (known, ~known) if test.op is Op.IS_KNOWN else (~known, known)
    least, most, least_open, most_open = _range(test)
    over_low = (low > least) if least_open else (low >= least)
    under_high = (high < most) if most_open else (high <= most)
    inside = over_low & under_high
    above = (low >= most) if most_open else (low > most)
    below = (high <= least) if least_open else (high < least)
    outside = above | below
    return (outside, inside) if test.op is Op.NE else (inside, outside)


def _range(test: Comparison) -> tuple[float, float, bool, bool]:
    given = test.operand
    if isinstance(given, Range):
        low, high = -np.inf if given.low is None else given.low, np.inf if given.high is None else given.high
        return low, high, given.low_open, given.high_open
    assert isinstance(given, float)
    return {
        Op.GT: (given, np.inf, True, False),
        Op.GTE: (given, np.inf, False, False),
        Op.LT: (-np.inf, given, False, True),
        Op.LTE: (-np.inf, given, False, False),
    }.get(test.op, (given, given, False, False))


def _of_values(test: Comparison, values: Sequence[object]) -> Masks:
    codes = Codes(values)
    if test.op in (Op.IS_KNOWN, Op.IS_UNKNOWN):
        tells = np.array([(value is not None) is (test.op is Op.IS_KNOWN) for value in codes], dtype=bool)
        return tells[codes.of], ~tells[codes.of]
    fits = TESTS[test.op](test.operand)
    yes = np.array([value is not None and fits(value) for value in codes], dtype=bool)
    no = np.array([value is not None and not fits(value) for value in codes], dtype=bool)
    return yes[codes.of], no[codes.of]


def _tristate(value: bool | None) -> Tristate:
    return NOT_KNOWN if value is None else int(value)


def _either(first: Rows, second: Rows) -> Rows:
    """Yes where one is; not known where one might be."""
    return np.where((first == YES) | (second == YES), YES, np.minimum(first, second))


def _culture(table: Table, pairs: Compared, usual: Usual) -> list[object]:
    culture = np.array([_tristate(is_for_a_culture(each, usual.first)) for each in table.offerings], dtype=np.int64)
    return _known(_either(culture[pairs.first], culture[pairs.second]))


def _known(column: Rows) -> list[object]:
    return [None if value == NOT_KNOWN else bool(value) for value in column.tolist()]


def _shared_languages(table: Table, pairs: Compared, usual: frozenset[str]) -> list[object]:
    beside = [languages_beside(offering, usual) for offering in table.offerings]
    tells = [bool(offering.languages) for offering in table.offerings]
    rows = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    return [bool(beside[one] & beside[other]) if tells[one] and tells[other] else None for one, other in rows]


def _shared_categories(table: Table, pairs: Compared) -> list[object]:
    own, of = table.helps.columns, table.helps.of
    return [own[of[one]] & own[of[other]] for one, other in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)]
