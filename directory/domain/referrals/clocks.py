"""How long each state may last, in the receiver's own opening hours: reminder at half of it, alarm at the whole, end at twice.

A clock counts *open minutes* or *working days*. A working day is a date on which the receiver is open at all, and passes in step with its
open minutes: one working day from Monday at noon, halfway through the opening hours, ends on Tuesday halfway through them. The defaults
are our proposal (13 of 17 agencies of Hawaii's No Wrong Door agreed on two working days; Missouri's housing lines on 72 hours); every
community sets its own and publishes them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from directory.domain.errors import InvalidInput
from directory.domain.referrals.states import State
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


@dataclass(frozen=True, slots=True)
class ClockRow:
    """What must have happened when a state has lasted for a term. `from_sent`: counted from sending, not from the state's beginning.
    `waits_for`: who is to act. `expires`: the attempt ends at twice the term; otherwise it is only told."""

    urgent: Term
    routine: Term
    waits_for: str
    from_sent: bool = False
    expires: bool = False

    def term(self, urgency: Urgency) -> Term:
        return self.urgent if urgency is Urgency.URGENT else self.routine


RECEIVER, SENDER = "receiver", "sender"


def _days(urgent: float, routine: float, waits_for: str, **more: bool) -> ClockRow:
    return ClockRow(Term(working_days=urgent), Term(working_days=routine), waits_for, **more)


_FOUR_HOURS = Term(open_minutes=240)

DEFAULT_CLOCKS: Mapping[State, ClockRow] = {
    State.CONSENT_PENDING: _days(3, 3, SENDER),
    State.SENT: ClockRow(_FOUR_HOURS, Term(working_days=1), RECEIVER, expires=True),
    State.SEEN: _days(1, 2, RECEIVER, from_sent=True, expires=True),
    State.INFO_NEEDED: _days(1, 2, SENDER, expires=True),
    State.ACCEPTED: _days(1, 2, RECEIVER),
    State.HANDOFF_PLANNED: _days(2, 5, RECEIVER),
    State.WAITLISTED: _days(21, 21, RECEIVER),
    State.INTRODUCED: _days(10, 10, RECEIVER),
    State.IN_SERVICE: _days(10, 10, RECEIVER),
    State.DECLINED: ClockRow(_FOUR_HOURS, Term(working_days=1), SENDER),
    State.NOT_HELPED: ClockRow(_FOUR_HOURS, Term(working_days=1), SENDER),
    State.EXPIRED: ClockRow(_FOUR_HOURS, Term(working_days=1), SENDER),
}
"""Who waits is asked again after about thirty days (21 working days); who is helped and not spoken of, after about fourteen (10)."""

DRAFT_LASTS = timedelta(days=7)
"""After this long untouched a draft is struck out, and who it was for is forgotten."""


class Step(StrEnum):
    """What the clocks do, in this order. Nothing of it moves a person's data to anybody new."""

    REMIND = "remind"  # half: the receiver's named person is reminded
    ESCALATE = "escalate"  # whole: the backup contact and the sender are told, with alternatives
    EXPIRE = "expire"  # twice: the attempt ends, or, where none ends by itself, planners see it


SHARES: Mapping[Step, float] = {Step.REMIND: 0.5, Step.ESCALATE: 1.0, Step.EXPIRE: 2.0}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When each step is due (UTC)."""

    remind_at: datetime
    due_at: datetime
    expire_at: datetime

    def next_after(self, done: int) -> datetime | None:
        """When the next step is due after so many of them."""
        steps = (self.remind_at, self.due_at, self.expire_at)
        return steps[done] if done < len(steps) else None


DayOpen = Callable[[date], tuple[tuple[int, int], ...]]
"""The minutes of a date's wall clock at which somebody works: sorted, disjoint spans."""


def office_hours(is_holiday: Callable[[date], bool] = lambda _day: False) -> DayOpen:
    """Monday to Friday, 9 to 17: what counts where hours are not known."""

    def spans(day: date) -> tuple[tuple[int, int], ...]:
        return ((540, 1020),) if day.weekday() < 5 and not is_holiday(day) else ()

    return spans


def deadlines(start: datetime, term: Term, zone: str, spans_on: DayOpen) -> Deadlines:
    """The three moments of a term that begins at `start` (aware). Who is not open at all for two months is counted in office hours."""
    spans_on = _ever_open(start, zone, spans_on)
    remind, due, expire = (moment_after(start, term, share, zone, spans_on) for share in SHARES.values())
    return Deadlines(remind, due, expire)


def once_more(from_: datetime, term: Term, zone: str, spans_on: DayOpen) -> datetime:
    """When a whole term has passed again: counted from its own end, this is twice the term."""
    return moment_after(from_, term, 1.0, zone, _ever_open(from_, zone, spans_on))


def _ever_open(start: datetime, zone: str, spans_on: DayOpen) -> DayOpen:
    local = start.astimezone(ZoneInfo(zone)).date()
    is_ever = any(spans_on(local + timedelta(days=number)) for number in range(LOOKED_AHEAD_DAYS))
    return spans_on if is_ever else office_hours()


def step_due(done: int, due_at: datetime | None, now: datetime) -> Step:
    """Which step is to be done, of an attempt whose clock has run to one of them (`done`: how many were). Where nobody swept for long, a
    reminder that the alarm has overtaken is left out; but nothing ends that was not said to be late."""
    if done >= 2:
        return Step.EXPIRE
    return Step.ESCALATE if done == 1 or (due_at is not None and due_at <= now) else Step.REMIND


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


def read_clocks(raw: Mapping[str, object]) -> dict[State, ClockRow]:
    """A community's own terms over the defaults: `{"sent": {"urgent": "4h", "routine": "1d"}}`. Raise `InvalidInput`."""
    found = dict(DEFAULT_CLOCKS)
    for name, terms in raw.items():
        if name not in {state.value for state in DEFAULT_CLOCKS} or not isinstance(terms, Mapping):
            known = ", ".join(state.value for state in DEFAULT_CLOCKS)
            raise InvalidInput("clocks", say('"%(name)s" has no clock; these have one: %(known)s.', name=str(name)[:40], known=known))
        row = found[State(name)]
        urgent, routine = (read_term(str(terms[each])) if each in terms else row.term(each) for each in Urgency)
        found[State(name)] = ClockRow(urgent, routine, row.waits_for, row.from_sent, row.expires)
    return found


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


def write_term(term: Term) -> str:
    """The same, written."""
    return f"{term.open_minutes / 60:g}h" if term.open_minutes else f"{term.working_days:g}d"
