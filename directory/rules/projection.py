"""What an index may leave out beforehand: for each fact, the answers under which a program's outcome is surely no.

Only criteria that may refuse enter. A program says nothing about a fact that by itself excludes nobody, so whatever is left blank is kept;
and whatever is kept is looked at exactly (`assess`). So an index can show too much and never too little.

- `bounds`: fact -> (low, high); outside of them the outcome is no, whatever else is told. It is the hull of all that is not surely no.
- `only`: fact -> the values of which one must hold; where none does, the outcome is no.

Each fact is looked at by itself, with everything else not known. Of a fact that has one value every possible answer is tried. Of one that
has several (children, kinds of insurance, the areas that hold a home) it is asked what happens when no test on it is met: tests inside a
`not` then count as not known, which can only keep more.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from directory.domain.areas import COUNTY, DISTRICT, is_postal
from directory.rules.answers import DECLINED, Answer, Home, Income, Span
from directory.rules.catalogue import Kind, Op
from directory.rules.conditions import All, Comparison, Condition, Not, comparisons_in
from directory.rules.criteria import Criteria
from directory.rules.evaluation import evaluate
from directory.rules.facts import FACTS
from directory.rules.operands import Amount, Operand, Range, Share
from directory.rules.outcome import Outcome, all_of, any_of
from directory.rules.thresholds import line_of

Interval = tuple[float, float]
EVERYTHING: Interval = (-math.inf, math.inf)

NUMBERS = ("age", "child.age", "income.USD", "income.CAD")
"""The numbers that are projected: those that exclude many."""

_POSITIVE = (Op.RANGE, Op.EQ, Op.GT, Op.GTE, Op.LT, Op.LTE, Op.IN, Op.HAS_ANY, Op.HAS_ALL, Op.IS)
_BENEATH, _KIND = "<", "?"


@dataclass(frozen=True, slots=True)
class Projection:
    bounds: Mapping[str, Interval] = field(default_factory=dict)
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """The same of a person. `numbers`: fact -> the spans of which one must touch the bounds, none where there is nobody (no children).
    `values`: fact -> the values of which one must be among those that a program is only for."""

    numbers: Mapping[str, tuple[Interval, ...]] = field(default_factory=dict)
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)


NO_PROJECTION = Projection()


def project(criteria: Criteria) -> Projection:
    refusing = All(tuple(each.when for each in criteria.criteria if each.may_refuse))
    tests: dict[str, list[Comparison]] = {}
    for test in comparisons_in(refusing):
        tests.setdefault(test.field, []).append(test)
    bounds: dict[str, Interval] = {}
    only: dict[str, frozenset[str]] = {}
    for name, found in tests.items():
        kind = FACTS[name].kind
        if kind is Kind.MONEY:
            for currency in ("USD", "CAD"):
                _bound(bounds, f"income.{currency}", _hull_of_income(refusing, found, currency))
        elif kind is Kind.NUMBER and name in NUMBERS:
            _bound(bounds, name, _hull_of_several(refusing, name, found) if FACTS[name].repeats else _hull(refusing, name, found))
        elif kind in (Kind.CHOICE, Kind.YES_NO):
            _limit(only, name, _values_left(refusing, name, found))
        elif kind in (Kind.SET, Kind.AREA) and _unmet(refusing, name) is Outcome.NO:
            words = {word for test in found if test.op in _POSITIVE for word in _words(test.operand)}
            only[name] = frozenset(token for word in words for token in area_tokens(word)) if kind is Kind.AREA else frozenset(words)
    return Projection(bounds, only)


def asked_of(answers: Mapping[str, Answer]) -> Asked:
    numbers: dict[str, tuple[Interval, ...]] = {}
    values: dict[str, frozenset[str]] = {}
    for name, answer in answers.items():
        if answer is DECLINED:
            continue
        if isinstance(answer, Income):
            numbers[f"income.{answer.currency}"] = (_interval(answer.low, answer.high),)
        elif isinstance(answer, tuple):
            numbers[name] = tuple(_interval(span.low, span.high) for span in answer)
        elif isinstance(answer, Home):
            values[name] = home_tokens(answer)
        elif isinstance(answer, bool):
            values[name] = frozenset(("yes" if answer else "no",))
        elif isinstance(answer, str):
            values[name] = frozenset((answer,))
        elif isinstance(answer, frozenset):
            values[name] = answer
    return Asked({name: spans for name, spans in numbers.items() if name in NUMBERS}, values)


def may_fit(projection: Projection, asked: Asked) -> bool:
    """What an index decides by; engines do the same with their own means."""
    for name, spans in asked.numbers.items():
        if name in projection.bounds:
            low, high = projection.bounds[name]
            if not any(first <= high and last >= low for first, last in spans):
                return False
    return all(name not in projection.only or projection.only[name] & values for name, values in asked.values.items())


def area_tokens(area: str) -> Iterator[str]:
    """An area that a program is only for, and what else somebody may know of a home that could lie in it (`Home.may_lie_in`)."""
    yield area
    parts = area.split("-")
    if is_postal(area):
        yield f"{_KIND}postal-{parts[0]}"
        return
    for length in range(1, len(parts)):
        yield f"{_BENEATH}{'-'.join(parts[:length])}"
    if len(parts) > 3 and parts[2] in (COUNTY, DISTRICT):
        yield f"{_KIND}{parts[2]}-{'-'.join(parts[:2])}"


def home_tokens(home: Home) -> frozenset[str]:
    """What of `area_tokens` speaks for a home: areas that hold it, areas within the finest known, kinds of area not known of it."""
    found = {*home.areas, *(f"{_BENEATH}{area}" for area in home.finest)}
    if not any(map(is_postal, home.areas)):
        found |= {f"{_KIND}postal-{area.split('-')[0]}" for area in home.areas}
    regions = {"-".join(area.split("-")[:2]) for area in home.areas if not is_postal(area) and "-" in area}
    for kind in (COUNTY, DISTRICT):
        if not any(f"-{kind}-" in area for area in home.areas):
            found |= {f"{_KIND}{kind}-{region}" for region in regions}
    return frozenset(found)


def _bound(bounds: dict[str, Interval], name: str, hull: Interval | None) -> None:
    if hull is None:
        bounds[name] = (math.inf, -math.inf)
    elif hull != EVERYTHING:
        bounds[name] = hull


def _limit(only: dict[str, frozenset[str]], name: str, left: frozenset[str] | None) -> None:
    if left is not None:
        only[name] = left


def _hull(refusing: Condition, name: str, tests: list[Comparison]) -> Interval | None:
    """From the least to the largest value under which the outcome is not no."""
    return _tried(refusing, name, {bound for test in tests for bound in _ends(test.operand)}, lambda low, high: (Span(low, high),))


def _hull_of_income(refusing: Condition, tests: list[Comparison], currency: str) -> Interval | None:
    ends: set[float] = set()
    for test in tests:
        if isinstance(test.operand, Amount) and test.operand.currency == currency:
            ends.add(test.operand.a_year)
        elif isinstance(test.operand, Share):
            line = line_of(test.operand.of, test.operand.year, None, None, test.operand.percent)
            if line is not None and line.currency == currency:
                ends |= {line.lowest * test.operand.percent / 100, line.highest * test.operand.percent / 100}
    return _tried(refusing, "income", ends, lambda low, high: Income(low, high, currency)) if ends else EVERYTHING


def _tried(refusing: Condition, name: str, ends: set[float], told: Callable[[float | None, float | None], Answer]) -> Interval | None:
    """Between two neighbouring bounds all tests say the same: so each bound is tried, and one number between any two.

    Then what lies to one side of all that is left is tried at once: told vaguely, it may leave open what no single number meets (at least
    60 and at most 50), and then that side is left too.
    """
    if not ends:
        return EVERYTHING

    def is_left(low: float | None, high: float | None) -> bool:
        return evaluate(refusing, {name: told(low, high)}) is not Outcome.NO

    marks = sorted(ends)
    numbers = [marks[0] - 1, marks[0]]
    for first, second in itertools.pairwise(marks):
        numbers += [(first + second) / 2, second]
    numbers.append(marks[-1] + 1)
    left = [place for place, number in enumerate(numbers) if is_left(number, number)]
    if not left:
        return EVERYTHING if is_left(None, None) else None
    first, last = left[0], left[-1]
    is_low_open = first == 0 or is_left(None, numbers[first - 1])
    is_high_open = last == len(numbers) - 1 or is_left(numbers[last + 1], None)
    # places of even number lie between two bounds and reach from the one to the other
    return (
        -math.inf if is_low_open else numbers[first - 1 + first % 2],
        math.inf if is_high_open else numbers[last + 1 - last % 2],
    )


def _hull_of_several(refusing: Condition, name: str, tests: list[Comparison]) -> Interval | None:
    if _unmet(refusing, name) is not Outcome.NO:
        return EVERYTHING
    ranges = [test.operand for test in tests if test.op in _POSITIVE]
    ends = [_interval(each.low, each.high) if isinstance(each, Range) else EVERYTHING for each in ranges]
    return (min(low for low, _high in ends), max(high for _low, high in ends))


def _values_left(refusing: Condition, name: str, tests: list[Comparison]) -> frozenset[str] | None:
    """The values of a fact that has one under which the outcome is not no; None where that is every one."""
    if FACTS[name].kind is Kind.YES_NO:
        tried: dict[str, Answer] = {"yes": True, "no": False}
    else:
        tried = {word: word for word in (*FACTS[name].choices, *(word for test in tests for word in _words(test.operand)))}
    left = frozenset(word for word, answer in tried.items() if evaluate(refusing, {name: answer}) is not Outcome.NO)
    return None if len(left) == len(tried) else left


def _unmet(condition: Condition, name: str) -> Outcome:
    """What is left to say when nothing meets any test on a fact: no for each of them, ask for everything else."""
    if isinstance(condition, Comparison):
        return Outcome.NO if condition.field == name and condition.op in _POSITIVE else Outcome.ASK
    if isinstance(condition, Not):
        return Outcome.ASK
    parts = (_unmet(part, name) for part in condition.parts)
    return all_of(parts) if isinstance(condition, All) else any_of(parts)


def _ends(operand: Operand) -> Iterable[float]:
    if isinstance(operand, Range):
        return [bound for bound in (operand.low, operand.high) if bound is not None]
    return [operand] if isinstance(operand, float) else []


def _words(operand: Operand) -> Iterable[str]:
    return operand if isinstance(operand, frozenset) else [operand] if isinstance(operand, str) else []


def _interval(low: float | None, high: float | None) -> Interval:
    return (-math.inf if low is None else low, math.inf if high is None else high)
