"""What an organization's referrals came to, counted from their events: seen and decided in time, loop closed, **helped**, introductions
held, days by step. Pure: the same events give the same figures, in whatever order the attempts come.

In time means that the alarm of the clock had not rung (`clocks`): the receiver's own opening hours are counted in it. An attempt that was
sent by mistake counts nowhere; of what was said to have helped and is contested nothing counts as help.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from statistics import median

from directory.domain.referrals.events import Event, Kind, Side
from directory.domain.referrals.fold import after, begin
from directory.domain.referrals.states import State

SMALLEST = 5
"""Of fewer than these no rate is shown: it would say more of single people than of the work."""

MISSOURI_HELPED = 0.36
MISSOURI_CALLERS = 1_235
"""Of callers of 211 in Missouri that many got help (Boyum and others, 2016): what rates here stand beside."""

_SECONDS_A_DAY = 86_400.0
STEPS: Mapping[str, tuple[str, str]] = {
    "seen": ("sent_at", "seen_at"),
    "decided": ("sent_at", "decided_at"),
    "introduced": ("accepted_at", "introduced_at"),
    "helping": ("accepted_at", "started_at"),
    "ended": ("sent_at", "ended_at"),
}
"""The steps whose days are told, with the moments that they lie between."""


@dataclass(frozen=True, slots=True)
class Course:
    """What the events of one attempt come to. `was_late_to_see`, `was_late_to_decide`: the alarm rang before it was. `replaces`: it was
    sent in the stead of one that came back. `from_sector`, `to_sector` "" where they are not known."""

    need_id: str
    from_sector: str = ""
    to_sector: str = ""
    replaces: bool = False
    state: State = State.DRAFT
    sent_at: datetime | None = None
    seen_at: datetime | None = None
    decided_at: datetime | None = None
    accepted_at: datetime | None = None
    introduced_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    was_late_to_see: bool = False
    was_late_to_decide: bool = False
    planned: int = 0
    held: int = 0
    is_contested: bool = False
    is_confirmed: bool = False
    was_read: bool = False

    @property
    def counts(self) -> bool:
        return self.sent_at is not None and self.state is not State.VOID

    @property
    def is_helped(self) -> bool:
        return self.state is State.HELPED and not self.is_contested


@dataclass(frozen=True, slots=True)
class Counts:
    """How many attempts. Each is a part of `sent`, but for `planned`, `held`, `needs` and `rerouted`: introductions that were planned, each
    time anew after a missed one, with how many of these were held; and needs, with how many were asked elsewhere."""

    sent: int = 0
    seen: int = 0
    seen_in_time: int = 0
    decided: int = 0
    decided_in_time: int = 0
    accepted: int = 0
    ended: int = 0
    closed: int = 0
    helped: int = 0
    contested: int = 0
    confirmed: int = 0
    planned: int = 0
    held: int = 0
    needs: int = 0
    rerouted: int = 0

    def rate(self, part: str, whole: str) -> float | None:
        """A share from 0 to 1; None of fewer than `SMALLEST`."""
        of: int = getattr(self, whole)
        share: int = getattr(self, part)
        return share / of if of >= SMALLEST else None


@dataclass(frozen=True, slots=True)
class Figures:
    """`days`: the median of each step, in days, with how many it is of; left out below `SMALLEST`. `pairs`: by the sectors of sender and
    receiver, the most first."""

    counts: Counts
    days: Mapping[str, tuple[float, int]]
    pairs: Sequence[tuple[str, str, Counts]]


RATES: Mapping[str, tuple[str, str]] = {
    "helped": ("helped", "sent"),
    "seen_in_time": ("seen_in_time", "sent"),
    "decided_in_time": ("decided_in_time", "sent"),
    "closed": ("closed", "sent"),
    "confirmed": ("confirmed", "helped"),
    "held": ("held", "planned"),
    "rerouted": ("rerouted", "needs"),
}
"""The rates that are shown: what is counted, of what."""


def course_of(
    need_id: str, events: Iterable[Event], *, from_sector: str = "", to_sector: str = "", replaces: bool = False
) -> Course:  # fmt: skip
    """What one attempt's events come to, in their order. Raise as `fold.after` does."""
    at: dict[str, datetime] = {}
    late_to_see = late_to_decide = False
    planned = held = 0
    standing = None
    for event in events:
        before = standing.state if standing is not None else State.DRAFT
        standing = begin(event.at) if standing is None else after(standing, event)
        if event.kind is Kind.ESCALATED:
            late_to_see |= before is State.SENT
            late_to_decide |= before in (State.SENT, State.SEEN)
        if event.side is Side.RECEIVER:
            at.setdefault("seen_at", event.at)
        planned += event.kind is Kind.HANDOFF_PLANNED
        held += event.kind is Kind.INTRODUCED and before is State.HANDOFF_PLANNED
        if (name := _MOMENTS.get(event.kind)) is not None:
            at.setdefault(name, event.at)
    assert standing is not None
    return Course(
        need_id=need_id, from_sector=from_sector, to_sector=to_sector, replaces=replaces, state=standing.state, sent_at=standing.sent_at,
        decided_at=standing.decided_at, ended_at=standing.ended_at, was_late_to_see=late_to_see, was_late_to_decide=late_to_decide,
        planned=planned, held=held, is_contested=standing.is_contested, is_confirmed=standing.is_confirmed, was_read=standing.was_read,
        **at,
    )  # fmt: skip


_MOMENTS = {Kind.ACCEPTED: "accepted_at", Kind.INTRODUCED: "introduced_at", Kind.SERVICE_STARTED: "started_at"}


def figures_of(courses: Iterable[Course]) -> Figures:
    """What they come to together."""
    sent = [course for course in courses if course.counts]
    by_pair: dict[tuple[str, str], list[Course]] = {}
    for course in sent:
        by_pair.setdefault((course.from_sector, course.to_sector), []).append(course)
    pairs = [(first, second, count(some)) for (first, second), some in by_pair.items()]
    pairs.sort(key=lambda row: (-row[2].sent, row[0], row[1]))
    return Figures(count(sent), _days(sent), tuple(pairs))


def count(courses: Iterable[Course]) -> Counts:
    """The counts behind every rate."""
    found = [course for course in courses if course.counts]
    return Counts(
        sent=len(found),
        seen=sum(course.seen_at is not None for course in found),
        seen_in_time=sum(course.seen_at is not None and not course.was_late_to_see for course in found),
        decided=sum(course.decided_at is not None for course in found),
        decided_in_time=sum(course.decided_at is not None and not course.was_late_to_decide for course in found),
        accepted=sum(course.accepted_at is not None for course in found),
        ended=sum(course.ended_at is not None for course in found),
        closed=sum(course.ended_at is not None and course.was_read for course in found),
        helped=sum(course.is_helped for course in found),
        contested=sum(course.is_contested for course in found),
        confirmed=sum(course.is_helped and course.is_confirmed for course in found),
        planned=sum(course.planned for course in found),
        held=sum(course.held for course in found),
        needs=len({course.need_id for course in found}),
        rerouted=len({course.need_id for course in found if course.replaces}),
    )


def _days(courses: Sequence[Course]) -> dict[str, tuple[float, int]]:
    found: dict[str, tuple[float, int]] = {}
    for step, (start, end) in STEPS.items():
        moments = ((getattr(each, start), getattr(each, end)) for each in courses)
        spans = [(last - first).total_seconds() / _SECONDS_A_DAY for first, last in moments if first and last]
        if len(spans) >= SMALLEST:
            found[step] = (median(spans), len(spans))
    return found


COUNT_NAMES = tuple(each.name for each in fields(Counts))
