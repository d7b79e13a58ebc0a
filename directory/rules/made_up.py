"""Made-up people who fit a program and who do not, so that whoever writes criteria sees whom they let in and whom they keep out.

People are drawn from the values that the criteria speak of and their neighbours, with a fixed seed: the same criteria show the same people.
What no fact can settle (a listing's own words, a person's status) is left open and does not count against anybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from directory.domain.areas import with_ancestors
from directory.domain.errors import InvalidInput
from directory.rules.catalogue import Field, Kind, Op, Privacy
from directory.rules.conditions import Comparison, Condition, comparisons_in
from directory.rules.criteria import Criteria
from directory.rules.evaluation import evaluate
from directory.rules.facts import FACTS, HOLDS_FOR_CHILD
from directory.rules.operands import Amount, Range, Share
from directory.rules.outcome import Outcome
from directory.rules.person import Person, read_person

SHOWN = 3
_DRAWN = 600
_ELSEWHERE = "zz-elsewhere"
_LIVES_ON = (12_000, 24_000, 48_000, 90_000)
_USUAL_AGES = (4, 15, 19, 34, 52, 71)


@dataclass(frozen=True, slots=True)
class MadeUp:
    """`told`: what is known of the person, in the JSON form of facts. `fails`: the condition that does not hold; None for who fits."""

    told: Mapping[str, Any]
    fails: Condition | None = None


@dataclass(frozen=True, slots=True)
class MadeUpPeople:
    fit: tuple[MadeUp, ...] = ()
    do_not_fit: tuple[MadeUp, ...] = ()


def made_up_people(criteria: Criteria) -> MadeUpPeople:
    """Three who fit and three who do not, as far as there are any; nobody where nothing is asked that a fact can settle."""
    conditions = tuple(each.when for each in criteria.hard if not _is_open(each.when))
    if not conditions:
        return MadeUpPeople()
    fit: list[MadeUp] = []
    others: dict[Condition, list[MadeUp]] = {}
    for person in _people(conditions):
        outcomes = [evaluate(condition, person.answers) for condition in conditions]
        fails = [condition for condition, outcome in zip(conditions, outcomes, strict=True) if outcome is Outcome.NO]
        if fails and len(fails) == 1:
            others.setdefault(fails[0], []).append(MadeUp(person.told, fails[0]))
        elif all(outcome is Outcome.YES for outcome in outcomes) and len(fit) < SHOWN and person.told not in [each.told for each in fit]:
            fit.append(MadeUp(person.told))
    return MadeUpPeople(tuple(fit), tuple(_in_turns(conditions, others)))


def _in_turns(conditions: tuple[Condition, ...], others: Mapping[Condition, list[MadeUp]]) -> Iterator[MadeUp]:
    """Somebody for each condition before a second one for any, each only once."""
    shown: list[Mapping[str, Any]] = []
    for turn in range(SHOWN):
        for condition in conditions:
            fresh = [each for each in others.get(condition, ()) if each.told not in shown]
            if len(shown) < SHOWN and len(fresh) > 0 and turn <= len(others[condition]):
                shown.append(fresh[0].told)
                yield fresh[0]


def _is_open(condition: Condition) -> bool:
    """Whether no fact settles it."""
    return all(test.op is Op.MEETS or FACTS[test.field].privacy is Privacy.NEVER_HELD for test in comparisons_in(condition))


def _people(conditions: tuple[Condition, ...]) -> Iterator[Person]:
    """Half of them as the criteria want, as far as single facts tell; the others with one fact drawn from all its values."""
    random = Random(3)  # noqa: S311  # the same people each time; nothing secret
    values = _values_of(conditions)
    good = {name: _good(name, values[name], conditions) or values[name] for name in values}
    for number in range(_DRAWN):
        other = random.choice(list(values)) if number % 2 else ""
        told = {name: random.choice((values if name == other else good)[name]) for name in values}
        person = _person(_consistent(told))
        if person is not None:
            yield person


def _good(name: str, values: list[Any], conditions: tuple[Condition, ...]) -> list[Any]:
    of_it = [condition for condition in conditions if {test.field for test in comparisons_in(condition)} == {name}]
    return [
        value
        for value in values
        if (person := _person({name: value})) and all(evaluate(condition, person.answers) is not Outcome.NO for condition in of_it)
    ]


def _person(told: Mapping[str, Any]) -> Person | None:
    try:
        return read_person(told, areas=with_ancestors)
    except InvalidInput:
        return None


def _values_of(conditions: tuple[Condition, ...]) -> dict[str, list[Any]]:
    """Fact -> the values that people are drawn from, in the order of the catalogue."""
    tests: dict[str, list[Comparison]] = {"age": []}
    for condition in conditions:
        for test in comparisons_in(condition):
            tests.setdefault(test.field, []).append(test)
    if any(isinstance(test.operand, Share) for test in tests.get("income", ())):
        tests.setdefault("household_size", [])
    return {name: _values(FACTS[name], tests[name]) for name in FACTS if name in tests}


def _consistent(told: dict[str, Any]) -> dict[str, Any]:
    """People as they are: whoever has small children is a parent and not a child, and no man of seventy is pregnant."""
    children = told.get(HOLDS_FOR_CHILD)
    if children:
        told["age"] = min(max(told["age"], children[0] + 18), children[0] + 44)
        told.pop("parent", None)
        if "household_size" in told:
            told["household_size"] = max(told["household_size"], 2)
    if told.get("pregnant") and (told.get("gender") == "male" or not 14 <= told["age"] <= 48):
        told["pregnant"] = False
    if "grade" in told:
        told.pop("student", None)
        told["age"] = told["grade"] + 6
    return told


def _values(field: Field, tests: list[Comparison]) -> list[Any]:
    """Values on both sides of what the tests name."""
    if field.kind is Kind.YES_NO:
        return [True, False]
    if field.kind is Kind.MONEY:
        return _amounts(tests)
    if field.kind is Kind.NUMBER:
        found = _numbers(field, tests)
        return [[number] for number in found] + [[]] if field.repeats else found
    named = sorted({value for test in tests if isinstance(test.operand, frozenset) for value in test.operand})
    named += [test.operand for test in tests if isinstance(test.operand, str) and test.op is not Op.MEETS]
    if field.kind is Kind.AREA:
        return [*named, _ELSEWHERE]
    if field.kind is Kind.CHOICE:
        return list(dict.fromkeys([*named, *list(field.choices)[:2]]))
    return [*([value] for value in named), []]


def _numbers(field: Field, tests: list[Comparison]) -> list[int]:
    marks: list[float] = [end for test in tests if isinstance(test.operand, Range) for end in (test.operand.low, test.operand.high) if end]
    marks += [test.operand for test in tests if isinstance(test.operand, float) and not isinstance(test.operand, bool)]
    near = {int(mark) + step for mark in marks for step in (-9, -1, 0, 1, 16)}
    usual = _USUAL_AGES if field.name == "age" else ()
    return sorted({min(max(number, int(field.least)), int(min(field.most, 95))) for number in (near | set(usual)) or {1, 2, 4}})


def _amounts(tests: list[Comparison]) -> list[dict[str, Any]]:
    limits = [test.operand for test in tests if isinstance(test.operand, Amount)]
    if not limits:
        return [{"min": amount, "max": amount, "currency": _currency(tests), "per": "year"} for amount in _LIVES_ON]
    return [
        {"min": amount, "max": amount, "currency": limit.currency, "per": limit.per.value}
        for limit in limits
        for amount in (round(limit.amount * times) for times in (0.5, 0.9, 1.2, 2))
    ]


def _currency(tests: list[Comparison]) -> str:
    return "CAD" if any(isinstance(test.operand, Share) and test.operand.of.value.startswith("ca_") for test in tests) else "USD"
