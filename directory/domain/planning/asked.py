"""Organizations are asked of a pair of records that may be one, before anything is merged: what they may answer, until when they are
awaited, and what stands in the way of a merge. An answer rests on what both records said when it was given, and counts while they do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

LASTS = timedelta(days=14)
"""So long is an organization awaited; our proposal."""

LONGEST_WORDS = 500
LONGEST_ANYWAY = 300


class Answer(StrEnum):
    """What an organization finds of the two."""

    LEFT = "left"  # the same, and the one with the smaller id is the one to keep
    RIGHT = "right"  # the same, and the other is the one to keep
    DIFFERENT = "different"
    CLOSED = "closed"  # one of them is no more
    UNSURE = "unsure"


class Hindrance(StrEnum):
    """Why a merge waits for an organization."""

    DIFFERENT = "different"  # it says that they are two
    AWAITED = "awaited"  # it was asked, and has time yet
    NOT_ASKED = "not asked"  # nobody asked it, or only of what the two said before


@dataclass(frozen=True, slots=True)
class Asked:
    """When they were asked, of which facts, and until when they may answer."""

    fingerprint: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was given, of which facts; `role`: of whoever gave it."""

    answer: Answer
    words: str
    role: str
    at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Voice:
    """An organization whose record it is. `can_answer`: somebody of it has an account. `counts`: what it said rests on what the two say
    now. `hindrance` None where the merge need not wait for it."""

    organization_id: str
    name: str
    can_answer: bool
    said: Said | None
    counts: bool
    hindrance: Hindrance | None


def voice(organization_id: str, name: str, can_answer: bool, asked: Asked | None, said: Said | None, facts: str, now: datetime) -> Voice:
    """Where an organization stands. `facts`: the fingerprint of what the two say now."""
    counts = said is not None and said.fingerprint == facts
    if counts and said is not None:
        hindrance = Hindrance.DIFFERENT if said.answer is Answer.DIFFERENT else None
    elif not can_answer:
        hindrance = None
    elif asked is None or asked.fingerprint != facts:
        hindrance = Hindrance.NOT_ASKED
    else:
        hindrance = Hindrance.AWAITED if now < asked.until else None
    return Voice(organization_id, name, can_answer, said, counts, hindrance)


def checked_answer(answer: str, words: str) -> tuple[Answer, str]:
    """As somebody chose and wrote. Raise `InvalidInput`."""
    if answer not in {each.value for each in Answer}:
        raise InvalidInput("answer", say("Choose what the two are to each other."))
    words = " ".join(words.split())
    if len(words) > LONGEST_WORDS:
        raise InvalidInput("words", say("Write at most %(most)s letters.", most=LONGEST_WORDS))
    if answer == Answer.DIFFERENT.value and not words:
        raise InvalidInput("words", say("Write why they are two, in a few words; the planners read it."))
    return Answer(answer), words


def checked_anyway(words: str) -> str:
    """A planner's reason for going on without, or against, an organization. Raise `InvalidInput`."""
    words = " ".join(words.split())
    if len(words) > LONGEST_ANYWAY:
        raise InvalidInput("anyway", say("Write at most %(most)s letters.", most=LONGEST_ANYWAY))
    return words
