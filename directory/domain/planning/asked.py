"""Organizations are asked of a pair of records that may be one, before anything is merged: what they may answer, until when they are
awaited, and what stands in the way of a merge. An answer rests on what both records said when it was given, and counts while they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

LASTS = timedelta(days=14)
"""So long is an organization awaited; our proposal."""

LONGEST_WORDS = 500
LONGEST_ANYWAY = 300

BY_LINK = "link"
"""The role of whoever answered behind the link that was mailed to the organization. It stands in the table, so it never changes."""


class Answer(StrEnum):
    """What an organization finds of the two."""

    LEFT = "left"  # the same, and the one with the smaller id is the one to keep
    RIGHT = "right"  # the same, and the other is the one to keep
    DIFFERENT = "different"
    CLOSED = "closed"  # one of them is no more
    UNSURE = "unsure"


SAME = frozenset({Answer.LEFT, Answer.RIGHT})


class Way(StrEnum):
    """How an organization answers."""

    ACCOUNT = "account"
    LINK = "link"  # nobody there has an account; a link was mailed to it, and works yet
    NONE = "none"


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
    """An organization whose record it is. `counts`: what it said rests on what the two say now. `hindrance` None where the merge need not
    wait for it."""

    organization_id: str
    name: str
    way: Way
    said: Said | None
    counts: bool
    hindrance: Hindrance | None


def voice(organization_id: str, name: str, way: Way, asked: Asked | None, said: Said | None, facts: str, now: datetime) -> Voice:
    """Where an organization stands. `facts`: the fingerprint of what the two say now."""
    counts = said is not None and said.fingerprint == facts
    if counts and said is not None:
        hindrance = Hindrance.DIFFERENT if said.answer is Answer.DIFFERENT else None
    elif way is Way.NONE:
        hindrance = None
    elif asked is None or asked.fingerprint != facts:
        hindrance = Hindrance.NOT_ASKED
    else:
        hindrance = Hindrance.AWAITED if now < asked.until else None
    return Voice(organization_id, name, way, said, counts, hindrance)


class Agreement(StrEnum):
    """What the answers that count come to, taken together."""

    ALL_ONE = "all one"  # everybody whose record it is says the same, and wants the same one to stay
    ONE = "one"  # somebody says the same, and nobody says otherwise
    AGAINST = "against"  # one says the same and another two, or each wants another one to stay
    TWO = "two"  # somebody says two, and nobody the same
    OPEN = "open"  # nobody says either


def agreement(voices: Sequence[Voice]) -> Agreement:
    """Of all whose record it is, also of those who said nothing yet."""
    said = [each.said.answer if each.counts and each.said is not None else None for each in voices]
    same, is_two = {each for each in said if each in SAME}, Answer.DIFFERENT in said
    if len(same) > 1 or (same and is_two):
        return Agreement.AGAINST
    if same:
        return Agreement.ALL_ONE if set(said) == same else Agreement.ONE
    return Agreement.TWO if is_two else Agreement.OPEN


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
