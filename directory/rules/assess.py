"""Whether a program is for a person: yes, no or ask, with the reason of each criterion and the facts that would settle it.

Hard criteria are all-of. One that may refuse and says no decides; one that may not makes it *probably not*, which is an ask. A program that
states nothing asks. Questions of the listing's own always ask. Soft criteria never decide; they tell who comes first.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.rules.answers import DECLINED
from directory.rules.catalogue import Op, Privacy
from directory.rules.conditions import Comparison, Condition, Not
from directory.rules.criteria import Criteria, Criterion
from directory.rules.evaluation import Answers, evaluate
from directory.rules.facts import FACTS
from directory.rules.outcome import Outcome
from directory.rules.person import Person


@dataclass(frozen=True, slots=True)
class Reason:
    """What one criterion says. `is_doubted`: it says no, but may not."""

    criterion: Criterion
    outcome: Outcome
    is_doubted: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """`reasons` in the order that helps to read: what speaks against it, what is open, what fits. `settles`: facts that would decide what
    is open, the most telling first. `questions`: those of the listing that no fact answers, by their ids. `comes_first`: a soft criterion
    holds. `is_doubtful`: an ask that is *probably not*."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    settles: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    comes_first: bool = False
    is_doubtful: bool = False

    @property
    def rank(self) -> int:
        """Yes before ask before probably not before no; within yes and ask those that come first before others."""
        order = {Outcome.YES: 0, Outcome.ASK: 2, Outcome.NO: 6}[self.outcome] + (2 if self.is_doubtful else 0)
        return order if self.comes_first else order + 1


def outcome_of(criteria: Criteria, answers: Answers) -> Outcome:
    """The outcome alone, for many programs at a time."""
    found = Outcome.YES if criteria.may_say_yes else Outcome.ASK
    for each in criteria.criteria:
        if each.strength.value == "hard":
            said = evaluate(each.when, answers)
            if said is Outcome.NO and each.may_refuse:
                return Outcome.NO
            if said is not Outcome.YES:
                found = Outcome.ASK
    return found


def assess(criteria: Criteria, person: Person) -> Assessment:
    reasons = [Reason(each, evaluate(each.when, person.answers)) for each in criteria.hard]
    told = [Reason(each.criterion, each.outcome, each.outcome is Outcome.NO and not each.criterion.may_refuse) for each in reasons]
    outcome = outcome_of(criteria, person.answers)
    firsts = [Reason(each, evaluate(each.when, person.answers)) for each in criteria.soft]
    return Assessment(
        outcome,
        (*sorted(told, key=lambda each: each.outcome), *firsts),
        () if outcome is Outcome.NO else _settling(told, person),
        tuple(each.id for each in criteria.questions),
        any(each.outcome is Outcome.YES for each in firsts),
        outcome is Outcome.ASK and any(each.is_doubted for each in told),
    )


def _settling(reasons: Iterable[Reason], person: Person) -> tuple[str, ...]:
    """Facts that are not told and could turn a criterion; those that alone decide one before those that need another."""
    alone: list[str] = []
    others: list[str] = []
    for reason in reasons:
        if reason.outcome is not Outcome.ASK:
            continue
        open_ones = [name for name in open_fields(reason.criterion.when, person) if name not in alone]
        (alone if len(open_ones) == 1 else others).extend(open_ones)
    return tuple(dict.fromkeys([*alone, *others]))


def open_fields(condition: Condition, person: Person) -> list[str]:
    """The facts whose answer matters to a condition and that may be asked, in the order written."""
    if isinstance(condition, Comparison):
        is_askable = condition.op is not Op.MEETS and FACTS[condition.field].privacy is not Privacy.NEVER_HELD
        if not is_askable or evaluate(condition, person.answers) is not Outcome.ASK:
            return []
        missing = [condition.field] if condition.field not in person.answers else []
        if FACTS[condition.field].name == "income" and person.answers.get("income") not in (None, DECLINED):
            missing = [name for name in ("household_size", "area") if name not in person.answers]
        return missing
    parts = [condition.part] if isinstance(condition, Not) else list(condition.parts)
    open_parts = [part for part in parts if evaluate(part, person.answers) is Outcome.ASK]
    return list(dict.fromkeys(name for part in open_parts for name in open_fields(part, person)))
