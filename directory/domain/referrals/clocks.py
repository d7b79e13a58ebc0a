"""How long something may last, in the receiver's own opening hours: the terms of the clocks, and the moments at which shares of them pass.

A clock counts *open minutes* or *working days*. A working day is a date on which the receiver is open at all, and passes in step with its
open minutes: one working day from Monday at noon, halfway through the opening hours, ends on Tuesday halfway through them. Which terms
hold, and what happens at which share of them, are rules (`rules.sets.routing`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

MOST_DAYS = 400
LOOKED_AHEAD_DAYS = 60


class Urgency(StrEnum):
    URGENT = "urgent"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of the receiver's time: open minutes, or working days; one of the two."""

    open_minutes: int = 0
    working_days: float = 0.0


RECEIVER, SENDER = "receiver", "sender"

DRAFT_LASTS = timedelta(days=7)
"""After this long untouched a draft is struck out, and who it was for is forgotten."""


DayOpen = Callable[[date], tuple[tuple[int, int], ...]]
"""The minutes of a date's wall clock at which somebody works: sorted, disjoint spans."""


def office_hours(is_holiday: Callable[[date], bool] = lambda _day: False) -> DayOpen:
    """Monday to Friday, 9 to 17: what counts where hours are not known."""

    def spans(day: date) -> tuple[tuple[int, int], ...]:
        return ((540, 1020),) if day.weekday() < 5 and not is_holiday(day) else ()

    return spans


def moment_of(start: datetime, term: Term, share: float, zone: str, spans_on: DayOpen) -> datetime:
    """The moment at which this share of a term that begins at `start` (aware) has passed, in UTC; at share 0 the beginning itself. Who is
    not open at all for two months is counted in office hours."""
    return moment_after(start, term, share, zone, _ever_open(start, zone, spans_on)) if share else start.astimezone(UTC)


def _ever_open(start: datetime, zone: str, spans_on: DayOpen) -> DayOpen:
    local = start.astimezone(ZoneInfo(zone)).date()
    is_ever = any(spans_on(local + timedelta(days=number)) for number in range(LOOKED_AHEAD_DAYS))
    return spans_on if is_ever else office_hours()


@dataclass(frozen=True, slots=True)
class Passed:
    """What passed of somebody's working time between two moments."""

    open_minutes: float
    working_days: float

    def share_of(self, term: Term) -> float:
        return self.open_minutes / term.open_minutes if term.open_minutes else self.working_days / term.working_days


def passed_between(start: datetime, end: datetime, zone: str, spans_on: DayOpen) -> Passed:
    """The same the other way around, for looking back over what was."""
    return OpenTime(zone, spans_on).passed(start, end)


class OpenTime:
    """The open time of somebody, over which many look back: the instants of each date are worked out once."""

    def __init__(self, zone: str, spans_on: DayOpen) -> None:
        self._zone = ZoneInfo(zone)
        self._days = cache(lambda day: _pieces_of(day, self._zone, spans_on))
        self._office_days = cache(lambda day: _pieces_of(day, self._zone, office_hours()))
        self._is_ever = cache(lambda day: any(spans_on(day + timedelta(days=number)) for number in range(LOOKED_AHEAD_DAYS)))

    def passed(self, start: datetime, end: datetime) -> Passed:
        first, last = start.astimezone(self._zone).date(), end.astimezone(self._zone).date()
        days = self._days if self._is_ever(first) else self._office_days
        open_minutes = working_days = 0.0
        for number in range((last - first).days + 1):
            pieces, whole, minutes = days(first + timedelta(days=number))
            if 0 < number < (last - first).days - 1:  # the date before the last may reach into it
                open_minutes, working_days = open_minutes + minutes, working_days + (minutes / whole if whole else 0)
                continue
            for begins, ends in pieces:
                here, there = max(begins, start), min(ends, end)
                if here < there:
                    minutes = (there - here).total_seconds() / 60
                    open_minutes, working_days = open_minutes + minutes, working_days + minutes / whole
        return Passed(open_minutes, working_days)


def _pieces_of(day: date, zone: ZoneInfo, spans_on: DayOpen) -> tuple[tuple[tuple[datetime, datetime], ...], float, float]:
    """The open pieces of a date, how many minutes they are on the wall clock, and how many pass."""
    spans = spans_on(day)
    pieces = tuple((_instant(day, first, zone), _instant(day, end, zone)) for first, end in spans)
    passing = sum(max(0.0, (ends - begins).total_seconds() / 60) for begins, ends in pieces)
    return pieces, float(sum(end - first for first, end in spans)), passing


def moment_after(start: datetime, term: Term, share: float, zone: str, spans_on: DayOpen) -> datetime:
    """The moment at which this share of a term has passed, in UTC."""
    left = (term.open_minutes or term.working_days) * share
    counts_days = not term.open_minutes
    for begins, minutes, whole in _pieces(start, ZoneInfo(zone), spans_on):
        passed = minutes / whole if counts_days else float(minutes)
        if passed >= left:
            return begins + timedelta(minutes=left * whole if counts_days else left)
        left -= passed
    return start.astimezone(UTC) + timedelta(days=MOST_DAYS)


def _pieces(start: datetime, zone: ZoneInfo, spans_on: DayOpen) -> Iterator[tuple[datetime, float, float]]:
    """The open pieces of time from a moment on: when each begins (UTC), how many minutes it lasts, and how many its whole date has."""
    local = start.astimezone(zone)
    for number in range(MOST_DAYS):
        day = local.date() + timedelta(days=number)
        spans = spans_on(day)
        whole = float(sum(end - first for first, end in spans))
        for first, end in spans:
            begins, ends = _instant(day, first, zone), _instant(day, end, zone)
            here = max(begins, start.astimezone(UTC)) if number == 0 else begins
            if here < ends:
                yield here, (ends - here).total_seconds() / 60, whole


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The instant of a wall clock's minute; where the clock skips it, the one right after."""
    wall = datetime(day.year, day.month, day.day, tzinfo=zone)
    return (wall.replace(tzinfo=None) + timedelta(minutes=minute)).replace(tzinfo=zone).astimezone(UTC)


def read_term(text: str) -> Term:
    """Of "4h" (open hours) or "2d" (working days). Raise `InvalidInput`."""
    number, unit = text.strip()[:-1].replace(",", "."), text.strip()[-1:].lower()
    try:
        amount = float(number)
    except ValueError:
        amount = 0.0
    if not 0 < amount <= 90 or unit not in ("h", "d"):
        raise InvalidInput("clocks", say("A term is written as 4h (open hours) or 2d (working days), up to 90 of them."))
    return Term(open_minutes=round(amount * 60)) if unit == "h" else Term(working_days=amount)


OFFICE_DAY_MINUTES = 480


def nominal_minutes(term: Term) -> float:
    """By which terms are told apart as shorter and longer, whoever's hours they run in: a working day counts as eight hours."""
    return term.open_minutes or term.working_days * OFFICE_DAY_MINUTES


def write_term(term: Term) -> str:
    """The same, written."""
    return f"{term.open_minutes / 60:g}h" if term.open_minutes else f"{term.working_days:g}d"
