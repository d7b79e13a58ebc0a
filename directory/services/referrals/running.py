"""A clock that runs: what was decided of it when it began, from when and in whose hours it counts. One `Clocks` is made for a pass or for
one event, and reads rules, signals and working times once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from directory.domain.referrals.clocks import SENDER, moment_of
from directory.domain.referrals.events import KEEPS_CLOCK, Kind
from directory.domain.referrals.states import CAME_BACK, LIVE, State
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.routing import Route, Router
from directory.services.parts import Parts
from directory.services.referrals.route_cases import Decided, keep_case, read_case
from directory.services.referrals.route_signals import Asked, SignalReader, asked_of
from directory.services.referrals.working_time import Times, WorkingTime
from directory.services.rules.versions import Held, held_now
from directory.store.tables import Attempt, AttemptEvent

MAY_WAIT = (LIVE | CAME_BACK) - {State.DRAFT}
"""The states that may have a clock. A draft has none: after a week untouched it is forgotten, whatever rules say."""


@dataclass(frozen=True, slots=True)
class Running:
    """`start`: from when it counts. The route has a term."""

    decided: Decided
    start: datetime
    time: WorkingTime

    @property
    def route(self) -> Route:
        return self.decided.route

    def moment(self, share: float) -> datetime:
        """When this share of the clock has passed."""
        return self.more(self.start, share)

    def more(self, start: datetime, share: float) -> datetime:
        """When this share of the term has passed again, from a moment on."""
        assert self.route.term is not None
        return moment_of(start, self.route.term, share, self.time.zone, self.time.spans_on)


class Clocks:
    """What the clocks of many referrals need, each read once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.times = Times(parts)
        self._signals = SignalReader(parts.clock.now())
        self._rules: tuple[Held, Router] | None = None
        self._kept: dict[tuple[str, int, frozenset[object]], int] = {}
        self._read: dict[int, Decided | None] = {}

    def decide(self, session: Session, asked: Asked, state: State, code: str) -> Decided:
        """By the rules that hold now."""
        held, router = self._held(session)
        seen = self._signals.of(session, router.wanted, asked, state, code)
        return Decided(held.name, held.version, seen, router.route(seen))

    def case_id(self, session: Session, decided: Decided, at: datetime) -> int:
        key = (decided.set_name, decided.version, frozenset(decided.seen.items()))
        if key not in self._kept:
            self._kept[key] = keep_case(session, decided, at)
        return self._kept[key]

    def forget_kept(self) -> None:
        """Cases that were kept in a transaction that failed went with it: they are kept anew."""
        self._kept.clear()
        self._read.clear()

    def running(self, session: Session, asked: Asked, decided: Decided, start: datetime) -> Running | None:
        """None where nobody is waited for."""
        route = decided.route
        if route.term is None:
            return None
        time = self.times.office(session) if route.waits_for == SENDER else self.times.at(session, asked.service_id, asked.place_id)
        return Running(decided, start, time)

    def running_of(self, session: Session, attempt: Attempt, events: Sequence[AttemptEvent]) -> tuple[Running | None, AttemptEvent]:
        """The clock of an attempt as it was decided when it began, with the event that began it; where that was not kept, as it would be
        decided now. `events`: all of them, in their order."""
        begun = clock_event(events)
        if attempt.state not in MAY_WAIT or attempt.has_next_step:
            return None, begun
        asked = asked_of(attempt)
        decided = self._case(session, begun.case_id) if begun.case_id else None
        if decided is None:
            decided = self.decide(session, asked, State(attempt.state), attempt.code or "")
        paused = any(event.kind == Kind.INFO_ASKED for event in events)
        start = start_of(decided.route, begun.at, attempt.sent_at, paused_once=paused)
        return self.running(session, asked, decided, start), begun

    def _case(self, session: Session, case_id: int) -> Decided | None:
        if case_id not in self._read:
            self._read[case_id] = read_case(session, case_id)
        return self._read[case_id]

    def _held(self, session: Session) -> tuple[Held, Router]:
        if self._rules is None:
            held = held_now(self._parts, session, SetKind.ROUTE)
            self._rules = held, Router(held.rules)
        return self._rules


def start_of(route: Route, at: datetime, sent_at: datetime | None, *, paused_once: bool) -> datetime:
    """From when a clock counts that begins with an event at a moment. A receiver's clock stops for a question once, and begins anew with
    the answer; the question itself runs on the sender's."""
    return sent_at if route.from_sent and sent_at is not None and not paused_once else at


def clock_event(events: Sequence[AttemptEvent]) -> AttemptEvent:
    """The last of them that began a clock, or ended one."""
    return next((event for event in reversed(events) if event.kind not in KEEPS_CLOCK), events[0])
