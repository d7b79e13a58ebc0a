"""What the person's own worker does on their side of a referral. A colleague of the team takes the need over first: one hand at a time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import Forbidden, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.referrals.consent import Field, fields_open_to
from directory.domain.referrals.events import Kind
from directory.domain.referrals.fold import Standing
from directory.domain.referrals.handoff import Meeting
from directory.domain.referrals.states import CAME_BACK, ENDS, State
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of, revoke_consent
from directory.services.referrals.introduce import Met, Planned, close_handoff, plan_handoff
from directory.services.referrals.read_need import NeedRead
from directory.services.referrals.standpoint import as_sender
from directory.services.referrals.start import add_attempt, close_need, own_need
from directory.services.referrals.write import Act, act_on
from directory.store.tables import Attempt, Handoff, Need, Service

NEXT_STEPS = ("reroute", "call", "told", "stopped")
"""What may follow on a no: ask elsewhere, call, the person knows what to do, nothing more."""


def act_for_person(parts: Parts, actor: Actor, need_id: str, attempt_id: str, act: Act) -> Standing:
    """One event of the sender's side. Raise `NotFound`, `Forbidden`, `IllegalMove`, `InvalidInput`."""
    with parts.database.reading() as session:
        need = own_workers_need(session, actor, need_id)
        _attempt_of(session, need, attempt_id)
        who = as_sender(actor, need.organization_id)
    return act_on(parts, attempt_id, who, act)


def reroute(
    parts: Parts, actor: Actor, need_id: str, came_back: str, service_id: str, place_id: str = "", *, asked_first: bool = False
) -> str:  # fmt: skip
    """The id of a draft of a new attempt in the stead of one that came back, or beside others where `came_back` is "". It may tell what
    the person agreed to tell this receiver, and nothing else. Raise as `add_attempt` does."""
    with parts.database.reading() as session:
        need = own_workers_need(session, actor, need_id)
        receiver = session.scalar(select(Service.organization_id).where(Service.id == service_id)) if is_id(service_id) else None
        agreed = _agreed(session, need.person_id, need_id, receiver or "", parts.clock.now())
    return add_attempt(
        parts, actor, need_id, service_id, place_id=place_id, replaces=came_back, shares=agreed, asked_first=asked_first
    )  # fmt: skip


def choose_next_step(parts: Parts, actor: Actor, need_id: str, attempt_id: str, step: str) -> None:
    """Call, told or stopped: what comes after a no. With the last two the need is closed where nothing else is under way. Raise
    `NotFound`."""
    if step not in NEXT_STEPS:
        raise NotFound(say("There is no such step."))
    act_for_person(parts, actor, need_id, attempt_id, Act(Kind.NEXT_STEP_CHOSEN, channel=step))
    if step in ("told", "stopped") and not _is_live(parts, need_id):
        close_need(parts, actor, need_id, step)


def note_answers_read(parts: Parts, actor: Actor, read: NeedRead) -> None:
    """What ended was read by the person's own worker: with that its loop is closed."""
    if not read.is_own:
        return
    who = as_sender(actor, read.organization_id)
    for attempt in read.attempts:
        if attempt.state in ENDS and not attempt.was_read and Kind.SENDER_READ in attempt.may:
            act_on(parts, attempt.id, who, Act(Kind.SENDER_READ))


def plan_meeting(parts: Parts, actor: Actor, need_id: str, attempt_id: str, planned: Planned) -> str:
    """Plan an introduction, or move it; its id. Raise as `plan_handoff` does."""
    with parts.database.reading() as session:
        need = own_workers_need(session, actor, need_id)
        _attempt_of(session, need, attempt_id)
        who = as_sender(actor, need.organization_id)
    return plan_handoff(parts, attempt_id, who, planned)


def close_meeting(parts: Parts, actor: Actor, need_id: str, attempt_id: str, met: Met) -> None:
    """It was held, or somebody did not come. Raise as `close_handoff` does."""
    with parts.database.reading() as session:
        need = own_workers_need(session, actor, need_id)
        _attempt_of(session, need, attempt_id)
        who = as_sender(actor, need.organization_id)
    close_handoff(parts, attempt_id, who, met)


def take_back_consent(parts: Parts, actor: Actor, need_id: str, consent_id: str) -> int:
    """Access closes at once; how many referrals ended with it. Raise `NotFound`, `Forbidden`."""
    with parts.database.reading() as session:
        need = own_workers_need(session, actor, need_id)
        person_id, who = need.person_id, as_sender(actor, need.organization_id)
    return len(revoke_consent(parts, consent_id, who, person_id=person_id))


def open_again(parts: Parts, actor: Actor, need_id: str) -> None:
    """A closed need is worked on again. Raise `NotFound`, `Forbidden`."""
    with parts.database.writing() as session:
        need = own_workers_need(session, actor, need_id)
        need.closed_at = need.closed_why = None
        session.commit()


def close(parts: Parts, actor: Actor, need_id: str, why: str) -> None:
    """Nothing more is done about it; what came back has its next step with that. Raise as `close_need` does."""
    with parts.database.reading() as session:
        own_workers_need(session, actor, need_id)
    close_need(parts, actor, need_id, why)


def own_workers_need(session: Session, actor: Actor, need_id: str) -> Need:
    """A need of which the actor is the person's own worker. Raise `NotFound`, `Forbidden`."""
    need = own_need(session, actor, need_id)
    if need.worker_id != actor.person_id:
        raise Forbidden(say("A colleague looks after this. Take it over first."))
    return need


def newest_meeting(session: Session, need: Need, attempt_id: str) -> Handoff:
    """The introduction that is planned, else the last one, for a calendar. Raise `NotFound`."""
    _attempt_of(session, need, attempt_id)
    rows = session.scalars(
        select(Handoff).where(Handoff.attempt_id == attempt_id).order_by(Handoff.made_at.desc(), Handoff.sequence.desc())
    )
    found = rows.all()
    if not found:
        raise NotFound(say("No introduction is planned."))
    return next((row for row in found if row.status == Meeting.PLANNED.value), found[0])


def _attempt_of(session: Session, need: Need, attempt_id: str) -> Attempt:
    found = session.get(Attempt, attempt_id) if is_id(attempt_id) else None
    if found is None or found.need_id != need.id:
        raise NotFound(say("There is no such referral here."))
    return found


def _agreed(session: Session, person_id: str, need_id: str, receiver_id: str, now: datetime) -> frozenset[Field]:
    return fields_open_to((consent for _id, consent in consents_of(session, person_id, need_id)), receiver_id, now)


def _is_live(parts: Parts, need_id: str) -> bool:
    over = [state.value for state in (*ENDS, State.DRAFT)]
    back = [state.value for state in CAME_BACK]
    with parts.database.reading() as session:
        live = select(Attempt.id).where(Attempt.need_id == need_id, Attempt.state.not_in(over)).limit(1)
        open_ends = select(Attempt.id).where(Attempt.need_id == need_id, Attempt.state.in_(back), Attempt.has_next_step.is_(False)).limit(1)
        return session.scalar(live) is not None or session.scalar(open_ends) is not None


def code_to_carry(parts: Parts, actor: Actor, need_id: str) -> str:
    """The code of a need of the own team. Raise `NotFound`."""
    with parts.database.reading() as session:
        return own_need(session, actor, need_id).code
