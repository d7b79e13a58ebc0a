"""What one program says to a person, for a terminal."""

import textwrap
from collections.abc import Iterator

from directory.rules.assess import Assessment, Reason
from directory.rules.criteria import Criteria
from directory.rules.facts import FACTS
from directory.rules.outcome import Outcome
from directory.services.finding.criteria_words import words_of
from directory.services.finding.one_program import AskedProgram

WIDTH = 96
OUTCOMES = {Outcome.YES: "Yes, as far as the listing says", Outcome.ASK: "Ask", Outcome.NO: "No"}
_MARKS = {Outcome.YES: "✓", Outcome.ASK: "?", Outcome.NO: "✗"}


def lines_of(asked: AskedProgram) -> Iterator[str]:
    yield f"{asked.listing.name}: {outcome_words(asked.assessment)}"
    yield from reason_lines(asked.assessment, asked.criteria, has_text=bool(asked.listing.eligibility))
    if asked.question is not None:
        found = FACTS[asked.question.fact]
        yield f"Next: {found.question} (--fact {found.name}=…)"
        if found.reason:
            yield f"      {found.reason}"


def outcome_words(assessment: Assessment) -> str:
    return "Probably not; ask" if assessment.is_doubtful else OUTCOMES[assessment.outcome]


def reason_lines(assessment: Assessment, criteria: Criteria, *, has_text: bool) -> Iterator[str]:
    for reason in assessment.reasons:
        if reason.criterion.strength.value == "hard":
            yield from _wrapped(_reason(reason))
        elif reason.outcome is Outcome.YES:
            yield from _wrapped(f"✓ They come first: {words_of(reason.criterion)}")
    for question in criteria.questions:
        yield from _wrapped(f"? {question.question}")
    if not criteria.says_something or criteria.is_partial:
        more = "who else" if criteria.says_something else "who"
        yield f"   ? Its own words say {more} it is for: read them." if has_text else f"   ? The listing does not say {more} it is for."


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent="   ", subsequent_indent="     ")


def _reason(reason: Reason) -> str:
    unconfirmed = " (the listing says so; unconfirmed)" if not reason.criterion.may_refuse else ""
    return f"{_MARKS[reason.outcome]} {words_of(reason.criterion)}{unconfirmed}"
