"""Whether something is for a person, as JSON: the outcome of each program, its reasons, what would settle it, what to ask next."""

from directory.api.shapes.facts import Json
from directory.rules.assess import Assessment, Reason
from directory.rules.catalogue import Field, Kind, Privacy
from directory.rules.conditions import written
from directory.rules.criteria import Criteria
from directory.rules.facts import FACTS
from directory.rules.next_question import Question
from directory.rules.operands import CURRENCIES, Per
from directory.rules.outcome import Outcome
from directory.services.finding.criteria_words import words_of
from directory.services.finding.eligibility import Fit

_CODES = {Outcome.YES: "fits", Outcome.ASK: "asks", Outcome.NO: "does_not_fit"}
_UNITS = {Kind.MONEY: {"currency": list(CURRENCIES), "per": [each.value for each in Per]}}


def of_result(assessment: Assessment | None) -> Json:
    """What a result says to the person; nothing where nothing is known of one."""
    if assessment is None:
        return {"eligibility": None, "probably_not": None, "settles": []}
    return {"eligibility": assessment.outcome.word, "probably_not": assessment.is_doubtful, "settles": list(assessment.settles)}


def reasons(assessment: Assessment, locale: str = "en") -> list[Json]:
    """One of each criterion; a soft one only where it holds, and with it they come first."""
    hard = [each for each in assessment.reasons if each.criterion.strength.value == "hard"]
    first = [each for each in assessment.reasons if each not in hard and each.outcome is Outcome.YES]
    return [
        *(_reason(each, "probably_not" if each.is_doubted else _CODES[each.outcome], locale) for each in hard),
        *(_reason(each, "comes_first", locale) for each in first),
        *({"code": "asks_itself", "data": {"question": question}} for question in assessment.questions),
    ]


def _reason(reason: Reason, code: str, locale: str) -> Json:
    criterion = reason.criterion
    return {
        "code": code,
        "data": {
            "criterion": criterion.id,
            "when": written(criterion.when),
            "whom": words_of(criterion, locale),
            "words": criterion.words,
            "confirmed_on": criterion.confirmed_on.isoformat() if criterion.confirmed_on else None,
        },
    }


def question(asked: Question | None) -> Json | None:
    """What to ask next."""
    if asked is None:
        return None
    found = FACTS[asked.fact]
    return {"fact": asked.fact, "question": found.question, "reason": found.reason or None, "settles": round(asked.settles, 1)}


def fit(found: Fit | None) -> Json | None:
    if found is None:
        return None
    return {
        "yes": found.yes,
        "ask": found.asks,
        "probably_not": found.probably_not,
        "unfit": found.unfit,
        "exact": found.is_exact,
        "next_question": question(found.question),
    }


def program(criteria: Criteria, assessment: Assessment, asked: Question | None) -> Json:
    """One program by itself."""
    return {
        "eligibility": assessment.outcome.word,
        "probably_not": assessment.is_doubtful,
        "comes_first": assessment.comes_first,
        "reasons": reasons(assessment),
        "settles": list(assessment.settles),
        "questions": [{"id": each.id, "text": each.words, "question": each.question} for each in criteria.questions],
        "next_question": question(asked),
    }


def fact(found: Field) -> Json:
    """A fact that may be told: its name, type, unit and wording."""
    return {
        "name": found.name,
        "type": found.kind.value,
        "unit": found.unit or None,
        "label": found.label,
        "question": found.question,
        "reason": found.reason or None,
        "sensitive": found.privacy is Privacy.SENSITIVE,
        "repeats": found.repeats,
        "min": found.least if found.kind is Kind.NUMBER else None,
        "max": found.most if found.kind is Kind.NUMBER else None,
        "choices": [{"value": value, "label": words} for value, words in found.choices.items()],
        **_UNITS.get(found.kind, {}),
    }


def facts() -> list[Json]:
    """Those that may be told; what somebody's status is, is none of them."""
    return [fact(found) for found in FACTS.values() if found.privacy is not Privacy.NEVER_HELD]
