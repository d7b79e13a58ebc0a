"""Which question to ask next: the one that settles most of the programs that are still open, sensitive ones last.

For each fact that is open in some program, each kind of answer is tried: how many programs that ask now would say yes or no? What is
expected of it is weighed by how likely each answer is, and divided by how much is asked of the person (`COST`). Answers are likely as
`Priors` say; where they say nothing, all alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.rules.answers import Answer, Home, Income, exactly
from directory.rules.assess import open_fields
from directory.rules.catalogue import Field, Kind, Privacy
from directory.rules.conditions import Comparison, Condition, comparisons_in
from directory.rules.criteria import Criteria
from directory.rules.evaluation import Answers, evaluate
from directory.rules.facts import FACTS
from directory.rules.operands import Amount, Measure, Range, Share
from directory.rules.outcome import Outcome, all_of
from directory.rules.person import NOBODY, Person
from directory.rules.thresholds import line_of

COST: Mapping[Privacy, float] = {Privacy.PLAIN: 1.0, Privacy.SENSITIVE: 1_000.0}
"""A sensitive question is asked only when no other is left."""

MOST_ANSWERS = 12
_USUAL_HOUSEHOLD = 2
_WORTH_OF_PROGRESS = 0.4
"""What it is worth that a program asks about less than before, beside one that asks nothing more."""

_RARE = 0.01
"""Of the choices of a fact, the first two are what most people are."""

_NONE_OF_THEM, _CHILDLESS_AT_SCHOOL, _SCHOOL_YEARS = 0.5, 0.99, 16.0
"""Half of the people have no children, and nearly all of those at school."""

_LIKELY_NO = 0.8
"""Of yes and no, and of whether a situation holds at all: most people are not in any one situation that programs name."""


@dataclass(frozen=True, slots=True)
class Question:
    """`fact` to ask; `settles`: how many of the open programs are expected to be settled by it, in part those that then ask about less."""

    fact: str
    settles: float


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is open in a program that asks: the conditions that answers can settle. One that cannot say yes is settled by a no alone."""

    conditions: tuple[Condition, ...]
    may_say_yes: bool


def next_question(programs: Sequence[Criteria], person: Person, skipped: frozenset[str] = frozenset()) -> Question | None:
    """The best question about these programs that was not skipped; None when no answer would settle any of them."""
    return next((each for each in rank_questions(programs, person) if each.fact not in skipped), None)


def rank_questions(programs: Sequence[Criteria], person: Person) -> list[Question]:
    """All questions that may settle something, the best first."""
    waiting = Counter(asking for criteria in programs if (asking := _asking(criteria, person)) is not None)
    by_fact: dict[str, list[tuple[_Asking, int]]] = {}
    for asking, count in waiting.items():
        for name in dict.fromkeys(name for condition in asking.conditions for name in open_fields(condition, person)):
            by_fact.setdefault(name, []).append((asking, count))
    ranked = [(_expected(name, programs_of, person), name) for name, programs_of in by_fact.items()]
    order = list(FACTS)
    ranked.sort(key=lambda pair: (-pair[0] / COST[FACTS[pair[1]].privacy], order.index(pair[1])))
    return [Question(name, settles) for settles, name in ranked if settles > 0]


def _asking(criteria: Criteria, person: Person) -> _Asking | None:
    """None for a program that says yes or no already, or that answers cannot settle."""
    said = [(each, evaluate(each.when, person.answers)) for each in criteria.hard]
    if any(outcome is Outcome.NO for _each, outcome in said):
        return None
    open_ones = tuple(each.when for each, outcome in said if outcome is Outcome.ASK and (criteria.may_say_yes or each.may_refuse))
    return _Asking(open_ones, criteria.may_say_yes) if open_ones else None


def _expected(name: str, programs: Sequence[tuple[_Asking, int]], person: Person) -> float:
    tests = [
        test for asking, _count in programs for condition in asking.conditions for test in comparisons_in(condition) if test.field == name
    ]
    assumed = _assumed(name, person)
    total = 0.0
    answers = likely_answers(FACTS[name], tests, person)
    for answer, likelihood in answers:
        told = {**person.answers, **assumed, name: answer}
        total += likelihood * sum(count * _progress(asking, told) for asking, count in programs)
    return total


def _progress(asking: _Asking, told: Answers) -> float:
    """1 for a program that says yes or no then; a part for one that still asks, but about less."""
    outcomes = [evaluate(condition, told) for condition in asking.conditions]
    together = all_of(outcomes)
    if together is Outcome.NO or (together is Outcome.YES and asking.may_say_yes):
        return 1.0
    return _WORTH_OF_PROGRESS * outcomes.count(Outcome.YES) / len(outcomes) if asking.may_say_yes else 0.0


def _assumed(name: str, person: Person) -> dict[str, Answer]:
    """An income says little without the size of the household, which is then asked next: so it is looked at as if that were known."""
    return {"household_size": exactly(_USUAL_HOUSEHOLD)} if name == "income" and "household_size" not in person.answers else {}


def likely_answers(fact: Field, tests: Sequence[Comparison], person: Person = NOBODY) -> list[tuple[Answer, float]]:
    """Answers of a person that tell programs apart, with how likely each is; together 1."""
    if fact.kind is Kind.YES_NO:
        return [(True, 1 - _LIKELY_NO), (False, _LIKELY_NO)]
    if fact.repeats:
        none = _CHILDLESS_AT_SCHOOL if _is_at_school(person) else _NONE_OF_THEM
        return [((), none), *((answer, likelihood * (1 - none)) for answer, likelihood in _numbers(fact, tests))]
    if fact.kind in (Kind.NUMBER, Kind.MONEY):
        return _numbers(fact, tests)
    mentioned = sorted({word for test in tests if isinstance(test.operand, frozenset) for word in test.operand})[:MOST_ANSWERS]
    each = (1 - _LIKELY_NO) / len(mentioned) if mentioned else 0
    if fact.kind is Kind.CHOICE:
        first, second, *others = fact.choices
        rare = [(value, _RARE) for value in others]
        return [*((value, (1 - _RARE * len(others)) / 2) for value in (first, second)), *rare]
    if fact.kind is Kind.AREA:
        return [*((Home(frozenset((area,))), 0.5 / len(mentioned)) for area in mentioned), (Home(frozenset()), 0.5)]
    found: list[tuple[Answer, float]] = [(frozenset((word, *fact.implies.get(word, ()))), each) for word in mentioned]
    return [*found, (frozenset(), _LIKELY_NO)]


def _is_at_school(person: Person) -> bool:
    age = person.answers.get("age")
    return isinstance(age, tuple) and all(span.high is not None and span.high <= _SCHOOL_YEARS for span in age)


def _numbers(fact: Field, tests: Sequence[Comparison]) -> list[tuple[Answer, float]]:
    """One number of each stretch between the bounds that programs name, all stretches alike; of money in the currency most name."""
    currency = _currency(tests)
    marks = sorted({end for test in tests for end in _ends(test, currency)})
    if not marks:
        return []
    marks = marks[:: -(-len(marks) // MOST_ANSWERS)]
    points = [(low + high) / 2 for low, high in zip([fact.least, *marks], [*marks, min(fact.most, marks[-1] * 2 + 2)], strict=True)]
    if fact.kind is Kind.MONEY:
        return [(Income(point, point, currency), 1 / len(points)) for point in points]
    return [(exactly(point), 1 / len(points)) for point in points]


def _ends(test: Comparison, currency: str) -> list[float]:
    operand = test.operand
    if isinstance(operand, Range):
        return [end for end in (operand.low, operand.high) if end is not None]
    if isinstance(operand, Amount):
        return [operand.a_year] if operand.currency == currency else []
    if isinstance(operand, Share):
        line = line_of(operand.of, operand.year, exactly(_USUAL_HOUSEHOLD), None)
        return [line.highest * operand.percent / 100] if line is not None and line.currency == currency else []
    return [operand] if isinstance(operand, float) else []


def _currency(tests: Sequence[Comparison]) -> str:
    named = [_currency_of(test) for test in tests]
    return max(("USD", "CAD", "GBP", "EUR"), key=named.count)


def _currency_of(test: Comparison) -> str:
    if isinstance(test.operand, Share):
        return "USD" if test.operand.of in (Measure.US_FPL, Measure.AMI) else "CAD"
    return test.operand.currency if isinstance(test.operand, Amount) else ""
