"""Introductions: who meets whom, when and how. What measurably helps is an appointment made with the person present, and that whoever
referred them hears of a no-show the same day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from directory.domain.referrals.clocks import DayOpen

SLOT_MINUTES = 30
MOST_SLOTS = 12


class How(StrEnum):
    """How two sides and the person meet."""

    IN_PERSON = "in_person"
    THREE_WAY_CALL = "three_way_call"
    VIDEO = "video"
    LETTER = "letter"


class Meeting(StrEnum):
    """What became of it."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    MOVED = "moved"
    CALLED_OFF = "called_off"


class Attended(StrEnum):
    """Who was there."""

    PERSON = "person"
    SENDER = "sender"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which both sides work, both ends in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody's working hours: spans of the wall clock in a zone."""

    zone: str
    spans_on: DayOpen


def slots(first: Side, second: Side, now: datetime, days: int = 10) -> tuple[Slot, ...]:
    """The next times at which both work, at most `MOST_SLOTS`: two in the morning and two in the afternoon of each day."""
    found: list[Slot] = []
    begin = now + timedelta(minutes=60)
    local = begin.astimezone(ZoneInfo(second.zone)).date()
    for number in range(days):
        day = local + timedelta(days=number)
        shared = [slot for slot in _shared(first, second, day) if slot.start >= begin]
        mornings = [slot for slot in shared if slot.start.astimezone(ZoneInfo(second.zone)).hour < 12]
        afternoons = [slot for slot in shared if slot not in mornings]
        found += [*mornings[:2], *afternoons[:2]]
        if len(found) >= MOST_SLOTS:
            break
    return tuple(found[:MOST_SLOTS])


def _shared(first: Side, second: Side, day: date) -> Iterator[Slot]:
    length = timedelta(minutes=SLOT_MINUTES)
    others = list(_open(first, day))
    for start, end in _open(second, day):
        at = start
        while at + length <= end:
            if any(begins <= at and at + length <= ends for begins, ends in others):
                yield Slot(at, at + length)
            at += length


def _open(side: Side, day: date) -> Iterator[tuple[datetime, datetime]]:
    zone = ZoneInfo(side.zone)
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # the wall clock of the place
    for first, end in side.spans_on(day):
        begins, ends = ((midnight + timedelta(minutes=minute)).replace(tzinfo=zone) for minute in (first, end))
        yield begins.astimezone(ZoneInfo("UTC")), ends.astimezone(ZoneInfo("UTC"))
