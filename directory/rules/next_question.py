"""Which question to ask next: the one that settles most of the programs that are still open, sensitive ones last.

For each fact that is open in some program, each kind of answer is tried: how many programs that ask now would say yes or no? What is
expected of it is weighed by how likely each answer is, and divided by how much is asked of the person (`COST`). Answers are likely as
`Priors` say; where they say nothing, all alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from directory.rules.answers import Answer, Home, Income, exactly
from directory.rules.assess import open_fields
from directory.rules.catalogue import Field, Kind, Privacy
from directory.rules.conditions import Comparison, Condition, comparisons_in
from directory.rules.criteria import Criteria
from directory.rules.evaluation import evaluate
from directory.rules.facts import FACTS
from directory.rules.operands import Amount, Range
from directory.rules.outcome import Outcome, all_of
from directory.rules.person import Person

COST: Mapping[Privacy, float] = {Privacy.PLAIN: 1.0, Privacy.SENSITIVE: 1_000.0}
"""A sensitive question is asked only when no other is left."""

MOST_ANSWERS = 12
_LIKELY_NO = 0.8
"""Of yes and no, and of whether a situation holds at all: most people are not in any one situation that programs name."""


@dataclass(frozen=True, slots=True)
class Question:
    """`fact` to ask; `settles`: how many of the open programs are expected to be settled by it."""

    fact: str
    settles: float


@dataclass(slots=True)
class _Open:
    """A program that asks: what its other criteria say is settled or not, and the conditions on each open fact."""

    others_ask: bool
    conditions: list[Condition] = field(default_factory=list)


def next_question(programs: Sequence[Criteria], person: Person, skipped: frozenset[str] = frozenset()) -> Question | None:
    """The best question about these programs that was not skipped; None when no answer would settle any of them."""
    return next((each for each in rank_questions(programs, person) if each.fact not in skipped), None)


def rank_questions(programs: Sequence[Criteria], person: Person) -> list[Question]:
    """All questions that may settle something, the best first."""
    waiting: dict[tuple[Condition, ...], int] = {}
    for criteria in programs:
        conditions = _asking(criteria, person)
        if conditions:
            waiting[conditions] = waiting.get(conditions, 0) + 1
    by_fact: dict[str, list[tuple[tuple[Condition, ...], int]]] = {}
    for conditions, count in waiting.items():
        for name in dict.fromkeys(name for condition in conditions for name in open_fields(condition, person)):
            by_fact.setdefault(name, []).append((conditions, count))
    ranked = [(_expected(name, programs_of, person), name) for name, programs_of in by_fact.items()]
    order = list(FACTS)
    ranked.sort(key=lambda pair: (-pair[0] / COST[FACTS[pair[1]].privacy], order.index(pair[1])))
    return [Question(name, settles) for settles, name in ranked if settles > 0]


def _asking(criteria: Criteria, person: Person) -> tuple[Condition, ...]:
    """The criteria that are open in a program that asks and that answers can settle; nothing for all others."""
    said = [(each, evaluate(each.when, person.answers)) for each in criteria.hard]
    if criteria.questions or any(outcome is Outcome.NO for _each, outcome in said):
        return ()
    return tuple(each.when for each, outcome in said if outcome is Outcome.ASK)


def _expected(name: str, programs: Sequence[tuple[tuple[Condition, ...], int]], person: Person) -> float:
    tests = [
        test for conditions, _count in programs for condition in conditions for test in comparisons_in(condition) if test.field == name
    ]
    total = 0.0
    answers = likely_answers(FACTS[name], tests)
    for answer, likelihood in answers:
        told = {**person.answers, name: answer}
        settled = sum(
            count for conditions, count in programs if all_of(evaluate(condition, told) for condition in conditions) is not Outcome.ASK
        )
        total += likelihood * settled
    return total


def likely_answers(fact: Field, tests: Sequence[Comparison]) -> list[tuple[Answer, float]]:
    """Answers that tell programs apart, with how likely each is; together 1."""
    if fact.kind is Kind.YES_NO:
        return [(True, 1 - _LIKELY_NO), (False, _LIKELY_NO)]
    if fact.kind in (Kind.NUMBER, Kind.MONEY):
        return _numbers(fact, tests)
    mentioned = sorted({word for test in tests if isinstance(test.operand, frozenset) for word in test.operand})[:MOST_ANSWERS]
    each = (1 - _LIKELY_NO) / len(mentioned) if mentioned else 0
    if fact.kind is Kind.CHOICE:
        values = list(fact.choices)
        return [(value, 1 / len(values)) for value in values]
    if fact.kind is Kind.AREA:
        return [*((Home(frozenset((area,))), 0.5 / len(mentioned)) for area in mentioned), (Home(frozenset()), 0.5)]
    found: list[tuple[Answer, float]] = [(frozenset((word, *fact.implies.get(word, ()))), each) for word in mentioned]
    return [*found, (frozenset(), _LIKELY_NO)]


def _numbers(fact: Field, tests: Sequence[Comparison]) -> list[tuple[Answer, float]]:
    """One number of each stretch between the bounds that programs name; all stretches alike, but for the long one at the end."""
    marks = sorted({end for test in tests for end in _ends(test)})
    if not marks:
        return []
    step = max(1, len(marks) // MOST_ANSWERS)
    marks = marks[::step]
    points = [(low + high) / 2 for low, high in zip([fact.least, *marks], [*marks, min(fact.most, marks[-1] * 2 + 2)], strict=True)]
    if fact.kind is Kind.MONEY:
        return [(Income(point, point, "USD"), 1 / len(points)) for point in points]
    return [(exactly(point), 1 / len(points)) for point in points]


def _ends(test: Comparison) -> list[float]:
    if isinstance(test.operand, Range):
        return [end for end in (test.operand.low, test.operand.high) if end is not None]
    return [test.operand.a_year] if isinstance(test.operand, Amount) else [20_000.0]
