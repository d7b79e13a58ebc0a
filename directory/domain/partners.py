"""Agreements between organizations: what can be agreed, how long things are kept, and where an agreement stands.

Nothing counts as agreed before every party has said yes to the same terms; each party may end it alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

MOST_PARTIES = 6
LONGEST_WORDS = 2_000
LONGEST_HOURS = 400
"""Ten weeks of forty working hours."""

REVIEW_WITHIN = timedelta(days=3 * 366)
USUAL_REVIEW = timedelta(days=365)
REMIND_BEFORE = timedelta(days=14)
KEPT_AFTER_END = timedelta(days=365)
OPEN_FOR = timedelta(days=180)
"""A proposal that nobody answers for so long is taken as declined."""

TALKED_ABOUT = timedelta(days=366)
"""How far back somebody may note that the sides spoke."""

INTRODUCTION_OPEN = timedelta(days=30)
INTRODUCTION_KEPT = timedelta(days=90)


class Standing(StrEnum):
    """Where an agreement stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ENDED = "ended"
    DECLINED = "declined"


def standing(agreed_at: datetime | None, ended_at: datetime | None) -> Standing:
    if ended_at is not None:
        return Standing.ENDED if agreed_at is not None else Standing.DECLINED
    return Standing.AGREED if agreed_at is not None else Standing.PROPOSED


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed. Times are working hours until an answer; None: nothing is promised."""

    urgent_hours: int | None
    routine_hours: int | None
    shared_intake: bool
    words: str
    review_on: date


def checked_terms(*, urgent: str, routine: str, shared_intake: bool, words: str, review_on: str, today: date) -> Terms:
    """Terms as somebody typed them. Raise `InvalidInput` for what cannot be agreed, or where nothing is."""
    urgent_hours, routine_hours = _hours("urgent", urgent), _hours("routine", routine)
    if urgent_hours and routine_hours and urgent_hours > routine_hours:
        raise InvalidInput("urgent", say("Answer when it is urgent: write no more hours than for what can wait."))
    words = words.strip()
    if len(words) > LONGEST_WORDS:
        raise InvalidInput("words", say("What is agreed: write less, at most %(count)s letters.", count=LONGEST_WORDS))
    if urgent_hours is None and routine_hours is None and not shared_intake and not words:
        raise InvalidInput("words", say("What is agreed: promise a time, share intake, or say in words what you agree on."))
    return Terms(urgent_hours, routine_hours, shared_intake, words, checked_review(review_on, today))


def _hours(field: str, typed: str) -> int | None:
    typed = typed.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 4 or not 1 <= int(typed) <= LONGEST_HOURS:
        if field == "urgent":
            raise InvalidInput(field, say("Answer when it is urgent: write whole working hours, from 1 to %(most)s.", most=LONGEST_HOURS))
        raise InvalidInput(field, say("Answer in general: write whole working hours, from 1 to %(most)s.", most=LONGEST_HOURS))
    return int(typed)


def checked_review(typed: str, today: date) -> date:
    """The day on which both sides look at the agreement again. Raise `InvalidInput`."""
    found = _day(typed)
    if found is None or not today < found <= today + REVIEW_WITHIN:
        raise InvalidInput("review", say("Look at it again on: choose a day that is to come, within three years."))
    return found


def checked_talk(typed: str, today: date) -> date:
    """The day on which the sides spoke. Raise `InvalidInput`."""
    found = _day(typed)
    if found is None or not today - TALKED_ABOUT <= found <= today:
        raise InvalidInput("spoke", say("We spoke on: choose today or a day of the last year."))
    return found


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
