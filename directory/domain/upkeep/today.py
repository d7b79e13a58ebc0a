"""What an organization tells for today only: it ends by itself when the day does, and can be taken back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Today(StrEnum):
    """What may hold for one day."""

    CLOSED = "closed"
    FULL = "full"
    JUST_COME = "just_come"  # no referral needed, no appointment


@dataclass(frozen=True, slots=True)
class TodayNotice:
    """`day` on the calendar of the place; told at `told_at`, over at `ends_at`, which is the end of that day there."""

    kind: Today
    day: date
    told_at: datetime
    ends_at: datetime


def day_at(zone: str, now: datetime) -> date:
    """Which day it is at a place."""
    return now.astimezone(ZoneInfo(zone)).date()


def end_of_day(zone: str, day: date) -> datetime:
    """The moment (UTC) at which a day ends at a place: its next midnight, also where clocks change that day."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
