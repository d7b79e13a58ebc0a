"""Shared outcomes: what organizations want to have changed together, for a need in an area, by when, and how they will know. Credit is
joint: it is of all who signed, or of nobody."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directory.domain.errors import InvalidInput
from directory.domain.planning.effect import LESS_IS_BETTER, SHARES, Measure, Value, reaches
from directory.domain.planning.quarter import Quarter, quarter_of
from directory.domain.sentences import say

FEWEST_SIGNERS = 2
MOST_SIGNERS = 12
LONGEST_NOTE = 1000
LONGEST_SOURCE = 200
LARGEST = 10_000.0


class State(StrEnum):
    DRAFT = "draft"  # fewer than two have signed
    AGREED = "agreed"
    REVIEWED = "reviewed"  # somebody looked at what came of it


class Verdict(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


class Answer(StrEnum):
    """What an organization says to what it was asked."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Aim:
    """What is wanted. `source`: where a baseline comes from that the directory does not know; "" where it does, or there is none."""

    need: str
    area: str
    measure: Measure
    target: float
    target_quarter: Quarter
    review_on: date
    note: str
    baseline: Value | None
    baseline_quarter: Quarter | None
    source: str


def checked_number(field: str, measure: Measure, written: str) -> float:
    """A value as somebody writes it: of shares the percentage, else a number. Raise `InvalidInput`."""
    try:
        found = float(written.strip().removesuffix("%").strip().replace(",", "."))
    except ValueError:
        raise InvalidInput(field, say("Write a number, such as 20.")) from None
    most = 100.0 if measure in SHARES else LARGEST
    if not 0 <= found <= most:
        raise InvalidInput(field, say("Write a number from 0 to %(most)s.", most=round(most)))
    return found / 100 if measure in SHARES else found


def check_dates(today: date, target_quarter: Quarter, review_on: date) -> None:
    """Raise `InvalidInput`."""
    if target_quarter < quarter_of(today):
        raise InvalidInput("target_quarter", say("Choose a quarter that is not over."))
    if review_on <= today:
        raise InvalidInput("review_on", say("Choose a day to come, on which you look at it together."))


def check_target(measure: Measure, baseline: Value | None, target: float) -> None:
    """A target is better than what there is. Raise `InvalidInput`."""
    if reaches(measure, baseline, target):
        wanted = say("Choose less than it is now.") if measure in LESS_IS_BETTER else say("Choose more than it is now.")
        raise InvalidInput("target", wanted)


def state_of(signed: int, verdict: Verdict | None) -> State:
    if verdict is not None:
        return State.REVIEWED
    return State.AGREED if signed >= FEWEST_SIGNERS else State.DRAFT


def checked_review(state: State, verdict: str, why: str) -> tuple[Verdict, str]:
    """What came of it, and why in words. Raise `InvalidInput`."""
    if state is State.DRAFT:
        raise InvalidInput("verdict", say("At least two organizations sign it first."))
    if verdict not in {each.value for each in Verdict}:
        raise InvalidInput("verdict", say("Choose what came of it."))
    return Verdict(verdict), checked_words("why", why, needed=True)


def checked_words(field: str, words: str, *, needed: bool = False, longest: int = LONGEST_NOTE) -> str:
    """Raise `InvalidInput`."""
    words = words.strip()
    if needed and not words:
        raise InvalidInput(field, say("Say why, in a few words."))
    if len(words) > longest:
        raise InvalidInput(field, say("Write at most %(most)s letters.", most=longest))
    return words
