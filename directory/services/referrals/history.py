"""Take over what happened before, elsewhere or in a made-up history: needs with their attempts and dated events, in any number.

Every event is held to the same table as one that is written now; nothing is mailed, no listing is changed, and nobody's name is taken over.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from directory.domain.referrals.clocks import DRAFT_LASTS, Urgency
from directory.domain.referrals.events import KEEPS_CLOCK, Event, Kind, Side
from directory.domain.referrals.fold import Standing, after, begin
from directory.domain.referrals.handoff import SLOT_MINUTES, How, Meeting
from directory.domain.referrals.states import LIVE, State
from directory.rules.sets.route_steps import next_at
from directory.services.parts import Parts
from directory.services.referrals.follow_up_plan import DAYS
from directory.services.referrals.keep_until import keep_people_until
from directory.services.referrals.kept import event_columns, standing_columns
from directory.services.referrals.route_signals import Asked
from directory.services.referrals.running import MAY_WAIT, Clocks, start_of
from directory.services.referrals.start import free_codes
from directory.store.base import new_id
from directory.store.tables import Attempt, AttemptEvent, FollowUp, Handoff, HelpedPerson, Need

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PastEvent:
    """`by` is a label; `meets_at`: of a planned introduction."""

    event: Event
    by: str
    meets_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastAttempt:
    service_id: str
    receiver_id: str
    begun_at: datetime
    events: tuple[PastEvent, ...]
    place_id: str | None = None
    contact_name: str = ""


@dataclass(frozen=True, slots=True)
class PastNeed:
    """The attempts are in their order, each in the stead of the one before. `answers`: what the person said later, by days after *yes*."""

    organization_id: str
    worker_id: str | None
    category: str
    urgency: Urgency
    made_at: datetime
    attempts: tuple[PastAttempt, ...]
    area_id: str | None = None
    language: str | None = None
    closed_at: datetime | None = None
    closed_why: str | None = None
    answers: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Recorded:
    needs: int = 0
    attempts: int = 0
    events: int = 0


def record_history(parts: Parts, needs: Iterable[PastNeed], progress: Callable[[int], None] = lambda _done: None) -> Recorded:
    """Keep them, some hundred in each transaction. Raise as `fold.after` does; then what was kept before stays."""
    done = Recorded()
    left = iter(needs)
    recorder = _Recorder(parts)
    while some := list(islice(left, AT_ONCE)):
        with parts.database.writing() as session:
            rows = recorder.rows(session, some)
            for table, values in rows.items():
                if values:
                    session.execute(insert(table), values)
            keep_people_until(session, [row["id"] for row in rows[HelpedPerson]])
            session.commit()
        done.needs += len(some)
        done.attempts += len(rows[Attempt])
        done.events += len(rows[AttemptEvent])
        progress(done.needs)
        parts.stop_if_asked()
    return done


class _Recorder:
    """Remembers when receivers work, from one batch to the next."""

    def __init__(self, parts: Parts) -> None:
        self._clocks = Clocks(parts)

    def rows(self, session: Session, needs: Sequence[PastNeed]) -> dict[Any, list[dict[str, Any]]]:
        """Rows by table, in the order in which they can be kept."""
        found: dict[Any, list[dict[str, Any]]] = {table: [] for table in (HelpedPerson, Need, Attempt, AttemptEvent, Handoff, FollowUp)}
        for need, code in zip(needs, free_codes(session, len(needs)), strict=True):
            self._add_need(session, need, code, found)
        return found

    def _add_need(self, session: Session, need: PastNeed, code: str, found: dict[Any, list[dict[str, Any]]]) -> None:
        person_id, need_id = new_id(), new_id()
        found[HelpedPerson].append(
            {
                "id": person_id,
                "organization_id": need.organization_id,
                "worker_id": need.worker_id,
                "channel": "none",
                "language": need.language,
                "made_at": need.made_at,
            }
        )
        found[Need].append(
            {
                "id": need_id,
                "code": code,
                "person_id": person_id,
                "organization_id": need.organization_id,
                "worker_id": need.worker_id,
                "category": need.category,
                "area_id": need.area_id,
                "urgency": need.urgency.value,
                "made_at": need.made_at,
                "closed_at": need.closed_at,
                "closed_why": need.closed_why,
            }
        )
        before: str | None = None
        for attempt in need.attempts:
            before = self._add_attempt(session, need, need_id, before, attempt, found)

    def _add_attempt(
        self,
        session: Session,
        need: PastNeed,
        need_id: str,
        before: str | None,
        attempt: PastAttempt,
        found: dict[Any, list[dict[str, Any]]],
    ) -> str:
        attempt_id = new_id()
        standing, clock_from = begin(attempt.begun_at), attempt.begun_at
        events = [_event_row(attempt_id, 1, Event(Kind.DRAFTED, Side.SENDER, attempt.begun_at), _sender(need), standing)]
        for past in attempt.events:
            standing = after(standing, past.event)
            clock_from = clock_from if past.event.kind in KEEPS_CLOCK else past.event.at
            events.append(_event_row(attempt_id, len(events) + 1, past.event, past.by, standing))
            if past.event.kind is Kind.ACCEPTED:
                found[FollowUp] += [_follow_up_row(need, need_id, attempt_id, day, past.event.at) for day in DAYS]
        row = {
            "id": attempt_id,
            "need_id": need_id,
            "replaces_id": before,
            "service_id": attempt.service_id,
            "place_id": attempt.place_id,
            "sender_id": need.organization_id,
            "receiver_id": attempt.receiver_id,
            "urgency": need.urgency.value,
            "category": need.category,
            "shares": [],
            "contact_name": attempt.contact_name or None,
            "made_at": attempt.begun_at,
            "reminded": 0,
            "version": len(events),
            **standing_columns(standing),
            **self._clock(session, need, attempt, standing, clock_from),
        }
        found[Attempt].append(row)
        found[AttemptEvent] += events
        found[Handoff] += _handoff_rows(attempt_id, attempt.events)
        return attempt_id

    def _clock(self, session: Session, need: PastNeed, attempt: PastAttempt, standing: Standing, start: datetime) -> dict[str, Any]:
        is_settled = standing.has_next_step or (standing.state not in LIVE and need.closed_at is not None)
        nobody = {"waits_for": None, "due_at": None, "check_at": start + DRAFT_LASTS if standing.state is State.DRAFT else None}
        if is_settled or standing.state not in MAY_WAIT:
            return nobody
        asked = Asked(attempt.service_id, attempt.place_id, need.urgency.value, need.category, need.organization_id, attempt.receiver_id)
        decided = self._clocks.decide(session, asked, standing.state, standing.code)
        counts_from = start_of(decided.route, start, standing.sent_at, paused_once=standing.paused_once)
        running = self._clocks.running(session, asked, decided, counts_from)
        if running is None:
            return nobody
        check_at = next_at(running.route.told, 0, running.moment, running.more, counts_from)
        return {"waits_for": running.route.waits_for, "due_at": running.moment(1), "check_at": check_at}


def _sender(need: PastNeed) -> str:
    return f"person:{need.worker_id}" if need.worker_id else f"organization:{need.organization_id}"


def _event_row(attempt_id: str, number: int, event: Event, by: str, standing: Standing) -> dict[str, Any]:
    return {"attempt_id": attempt_id, "number": number, **event_columns(event, standing, by)}


def _follow_up_row(need: PastNeed, need_id: str, attempt_id: str, day: int, accepted_at: datetime) -> dict[str, Any]:
    due_at = accepted_at + timedelta(days=day)
    answer = need.answers.get(day)
    told = due_at + timedelta(hours=5)
    return {
        "id": new_id(),
        "need_id": need_id,
        "attempt_id": attempt_id,
        "day": day,
        "due_at": due_at,
        "asked_at": due_at if answer else None,
        "asked_how": "text" if answer else None,
        "answered_at": told if answer else None,
        "answer": answer,
        "answered_by": "person" if answer else None,
    }


_BECAME = {
    Kind.INTRODUCED: Meeting.HELD,
    Kind.HANDOFF_MISSED: Meeting.MISSED,
    Kind.HANDOFF_MOVED: Meeting.MOVED,
    Kind.WITHDRAWN: Meeting.CALLED_OFF,
    Kind.NOT_HELPED: Meeting.CALLED_OFF,
}


def _handoff_rows(attempt_id: str, events: Iterable[PastEvent]) -> list[dict[str, Any]]:
    """An introduction for each that was planned, with what became of it."""
    rows: list[dict[str, Any]] = []
    for past in events:
        if rows and rows[-1]["status"] == Meeting.PLANNED.value and past.event.kind in _BECAME:
            rows[-1]["status"] = _BECAME[past.event.kind].value
            rows[-1]["attended"] = ["person", "receiver", "sender"] if past.event.kind is Kind.INTRODUCED else []
        if past.meets_at is not None:
            rows.append(
                {
                    "id": new_id(),
                    "attempt_id": attempt_id,
                    "starts_at": past.meets_at,
                    "ends_at": past.meets_at + timedelta(minutes=SLOT_MINUTES),
                    "how": past.event.channel or How.IN_PERSON.value,
                    "made_present": past.event.side is Side.SENDER,
                    "status": Meeting.PLANNED.value,
                    "attended": [],
                    "sequence": 0,
                    "made_at": past.event.at,
                    "made_by": past.by,
                }
            )
    return rows
