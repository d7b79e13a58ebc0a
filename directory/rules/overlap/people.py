"""For whom two listings are, held against each other: ages, situations, income.

Only what is told as data counts. What is not told is not open to all: of a listing that tells its ages alone, nobody knows whom else it
leaves out, so the people it shares with another lie between none and as many as what is told lets be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from directory.rules.catalogue import Kind, Op
from directory.rules.conditions import All, Comparison, Condition
from directory.rules.criteria import Criteria
from directory.rules.facts import FACTS
from directory.rules.operands import Amount, Range, Share
from directory.rules.overlap.bounds import share_of

OLDEST = 121.0
IN_A_SITUATION = 0.5
"""How far a listing for people in one situation and one for anybody are for the same people. How many are in it is not known to the
directory, so that this is a convention: half."""
GENDERS: Mapping[str, float] = {"female": 0.48, "male": 0.48, "nonbinary": 0.02, "two_spirit": 0.02}
"""How much each counts where one listing is for some and another for all."""
BESIDE = ("area",)
"""Facts that another part of a pair speaks of."""


class Open(Enum):
    """Of a fact that a listing does not speak of: it takes anyone, or that is not known."""

    ANYONE = "anyone"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Span:
    """From an age up to another, in years; the end lies outside: 18 to 24 is 18 up to 25."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ceiling:
    """An income that must not be passed: so much, `of` a currency or a published line."""

    most: float
    of: str


Limit = Span | Ceiling | frozenset[str]
Told = Limit | Open


@dataclass(frozen=True)
class People:
    """`limits`: fact -> what it must be. `is_whole`: that is all; whatever it does not speak of is open to anyone."""

    limits: Mapping[str, Limit] = field(default_factory=dict)
    is_whole: bool = False

    def told(self, fact: str) -> Told:
        return self.limits.get(fact, Open.ANYONE if self.is_whole else Open.NOT_KNOWN)


NOBODY_TOLD = People()


def people_of(criteria: Criteria) -> People:
    """What the hard criteria of a listing say that each test alone can tell; a condition of another form is not known."""
    limits: dict[str, Limit] = {}
    is_whole = criteria.may_say_yes
    for each in criteria.hard:
        for test in _joined_by_and(each.when):
            if isinstance(test, Comparison) and test.field in BESIDE:
                continue
            found = _limit(test) if isinstance(test, Comparison) else None
            both = _both(limits.get(test.field), found) if isinstance(test, Comparison) and found is not None else None
            if isinstance(test, Comparison) and both is not None:
                limits[test.field] = both
            else:
                is_whole = False
    return People(limits, is_whole)


def for_the_same(fact: str, first: Told, second: Told) -> float:
    """At most how far both are for the same people, by one fact."""
    if Open.NOT_KNOWN in (first, second):
        return 1.0
    if isinstance(first, Open) or isinstance(second, Open):
        limit = second if isinstance(first, Open) else first
        return 1.0 if isinstance(limit, Open) else _of_anyone(fact, limit)
    if isinstance(first, Span) and isinstance(second, Span):
        together = min(first.high, second.high) - max(first.low, second.low)
        return share_of(together, min(first.high - first.low, second.high - second.low))
    if isinstance(first, Ceiling) and isinstance(second, Ceiling):
        low, high = sorted((first.most, second.most))
        return share_of(low, high) if first.of == second.of and high > 0 else 1.0
    if isinstance(first, frozenset) and isinstance(second, frozenset):
        return _of_sets(fact, first, second)
    return 1.0


def _of_anyone(fact: str, limit: Limit) -> float:
    if isinstance(limit, Span):
        return 1.0 if fact == "age" else IN_A_SITUATION
    if fact == "gender" and isinstance(limit, frozenset):
        return _weight(limit)
    return IN_A_SITUATION


def _of_sets(fact: str, first: frozenset[str], second: frozenset[str]) -> float:
    """Genders: of all that either takes. Situations, where one may be a part of another: of those of whichever takes fewer."""
    one, other = _spread(fact, first), _spread(fact, second)
    if fact == "gender":
        return share_of(_weight(one & other), _weight(one | other))
    return share_of(len(one & other), min(len(one), len(other)))


def _weight(genders: frozenset[str]) -> float:
    return sum(GENDERS.get(each, 0.0) for each in sorted(genders))


def _spread(fact: str, values: frozenset[str]) -> frozenset[str]:
    """With every value that stands for one of them: whoever has "any disability" has one of all."""
    implies = FACTS[fact].implies
    return values | {value for value, meant in implies.items() if values & set(meant)}


def _joined_by_and(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _joined_by_and(part)
    else:
        yield condition


def _limit(test: Comparison) -> Limit | None:
    """What a test leaves; None where it cannot be told as one."""
    kind, operand = FACTS[test.field].kind, test.operand
    if kind is Kind.NUMBER and FACTS[test.field].unit == "years":
        return _ages(test)
    if kind is Kind.MONEY and test.op in (Op.LT, Op.LTE):
        if isinstance(operand, Amount):
            return Ceiling(operand.a_year, operand.currency)
        return Ceiling(operand.percent, operand.of.value) if isinstance(operand, Share) else None
    if kind is Kind.YES_NO and isinstance(operand, bool):
        return frozenset(("yes" if operand else "no",))
    if test.op is Op.EQ and isinstance(operand, str):
        return frozenset((operand,))
    if test.op in (Op.IN, Op.HAS_ANY) and isinstance(operand, frozenset):
        return operand
    return None


def _ages(test: Comparison) -> Span | None:
    operand = test.operand
    if isinstance(operand, Range):
        low = 0.0 if operand.low is None else _after(operand.low) if operand.low_open else operand.low
        high = OLDEST if operand.high is None else operand.high if operand.high_open else _after(operand.high)
        return Span(low, high) if low < high else None
    if not isinstance(operand, float):
        return None
    spans = {
        Op.GTE: (operand, OLDEST),
        Op.GT: (_after(operand), OLDEST),
        Op.LTE: (0.0, _after(operand)),
        Op.LT: (0.0, operand),
        Op.EQ: (operand, _after(operand)),
    }
    low, high = spans.get(test.op, (0.0, 0.0))
    return Span(low, high) if low < high else None


def _after(age: float) -> float:
    """Whoever is 17 is so up to the birthday after."""
    return age + 1 if age.is_integer() else age


def _both(before: Limit | None, found: Limit) -> Limit | None:
    """Two limits of one fact that must both be kept."""
    if before is None:
        return found
    if isinstance(before, Span) and isinstance(found, Span):
        low, high = max(before.low, found.low), min(before.high, found.high)
        return Span(low, high) if low < high else None
    if isinstance(before, frozenset) and isinstance(found, frozenset):
        return before & found or None
    if isinstance(before, Ceiling) and isinstance(found, Ceiling) and before.of == found.of:
        return min(before, found, key=lambda each: each.most)
    return None
