"""A need with the chain of its attempts: all of it for the person's own worker, how it stands for their team, nothing for anybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.people import Actor
from directory.domain.referrals.consent import Consent, Hindrance
from directory.domain.referrals.events import Kind, Side, what_may_happen
from directory.domain.referrals.handoff import How, Meeting
from directory.domain.referrals.states import State
from directory.services.accounts.audit import Audited
from directory.services.accounts.names import PERSON, names_of
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of
from directory.services.referrals.asked import Condition, conditions_of
from directory.services.referrals.seen_by import SeenPerson, for_worker, note_read
from directory.services.referrals.start import own_need
from directory.services.referrals.write import events_of
from directory.store.tables import Attempt, AttemptEvent, AuditEntry, Handoff, HelpedPerson, Need, Organization, Service

READS_SHOWN = 30
BY_LINK = "link:"
"""How labels of those begin who answer without an account."""


@dataclass(frozen=True, slots=True)
class EventRead:
    """`who` is a name of the own team; "" for others, whom `side` tells. `words` only for the person's own worker."""

    kind: Kind
    side: Side
    at: datetime
    who: str
    code: str
    clause: str
    channel: str
    words: str
    is_by_link: bool


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """An introduction. `where`, `to_know` and names only for the person's own worker."""

    starts_at: datetime
    ends_at: datetime
    how: How
    status: Meeting
    where: str
    to_know: str
    receiver_name: str
    made_present: bool
    attended: tuple[str, ...]
    sequence: int


@dataclass(frozen=True, slots=True)
class AttemptRead:
    """One try. `may`: what the sender may write now. `meeting`: the newest introduction. `conditions`: what receivers of this listing named
    before, for an attempt that was not sent yet."""

    id: str
    service_id: str
    service_name: str
    receiver_id: str
    receiver_name: str
    place_id: str
    state: State
    since: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    waits_for: str
    code: str
    clause: str
    contact_name: str
    wait_position: int | None
    review_at: datetime | None
    has_next_step: bool
    was_read: bool
    is_contested: bool
    replaces_id: str
    events: tuple[EventRead, ...]
    meeting: MeetingRead | None
    may: tuple[Kind, ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class ReadBy:
    """Who read what is of the person, and when. `who` a name of the own team, else ""; `organization` whose people it was."""

    at: datetime
    who: str
    organization: str
    is_by_link: bool


@dataclass(frozen=True, slots=True)
class ConsentRead:
    id: str
    consent: Consent
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiblingNeed:
    """Another need of the same person."""

    id: str
    code: str
    category: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class NeedRead:
    """`is_own`: the reader is the person's own worker; only then are `person`, `consents`, `reads` and `siblings` filled in."""

    id: str
    code: str
    category: str
    area_id: str
    urgency: str
    made_at: datetime
    closed_at: datetime | None
    closed_why: str
    organization_id: str
    organization_name: str
    worker_name: str
    is_own: bool
    is_minor: bool
    hindrance: Hindrance | None
    is_erased: bool
    attempts: tuple[AttemptRead, ...]
    person: SeenPerson = field(default_factory=SeenPerson)
    consents: tuple[ConsentRead, ...] = ()
    reads: tuple[ReadBy, ...] = ()
    siblings: tuple[SiblingNeed, ...] = ()


def read_need(parts: Parts, actor: Actor, need_id: str) -> NeedRead:
    """As the actor may see it. What is personal is written down as read first. Raise `NotFound`."""
    with parts.database.reading() as session:
        need = own_need(session, actor, need_id)
        is_own, organization_id = need.worker_id == actor.person_id, need.organization_id
        is_somebody = is_own and for_worker(session, need).is_somebody
    if is_somebody:
        note_read(parts, actor.label, organization_id, need_id)
    with parts.database.reading() as session:
        return _read(parts, session, own_need(session, actor, need_id), is_own=is_own)


def _read(parts: Parts, session: Session, need: Need, *, is_own: bool) -> NeedRead:
    person = session.get_one(HelpedPerson, need.person_id)
    rows = session.scalars(select(Attempt).where(Attempt.need_id == need.id).order_by(Attempt.made_at, Attempt.id)).all()
    worker = f"{PERSON}{need.worker_id}"
    found = NeedRead(
        id=need.id, code=need.code, category=need.category, area_id=need.area_id or "", urgency=need.urgency, made_at=need.made_at,
        closed_at=need.closed_at, closed_why=need.closed_why or "", organization_id=need.organization_id,
        organization_name=session.get_one(Organization, need.organization_id).name,
        worker_name=names_of(session, [worker]).get(worker, "") if need.worker_id else "",
        is_own=is_own, is_minor=person.is_minor, hindrance=Hindrance(person.hindrance) if person.hindrance else None,
        is_erased=person.erased_at is not None, attempts=_attempts(parts, session, rows, is_own=is_own),
    )  # fmt: skip
    return _with_person(session, need, found) if is_own else found


def _with_person(session: Session, need: Need, found: NeedRead) -> NeedRead:
    consents = consents_of(session, need.person_id, need.id)
    names = _organization_names(session, {each for _id, consent in consents for each in consent.recipients})
    others = session.execute(
        select(Need.id, Need.code, Need.category, Need.closed_at)
        .where(Need.person_id == need.person_id, Need.id != need.id, Need.organization_id == need.organization_id)
        .order_by(Need.made_at)
    )
    return replace(
        found,
        person=for_worker(session, need),
        consents=tuple(
            ConsentRead(key, consent, tuple(sorted(names.get(each, "") for each in consent.recipients))) for key, consent in consents
        ),
        reads=_reads(session, need.id),
        siblings=tuple(SiblingNeed(row.id, row.code, row.category, row.closed_at is not None) for row in others),
    )


def _attempts(parts: Parts, session: Session, rows: Sequence[Attempt], *, is_own: bool) -> tuple[AttemptRead, ...]:
    events = events_of(session, [row.id for row in rows])
    who = names_of(session, {event.by for each in events.values() for event in each if event.side == Side.SENDER})
    receivers = _organization_names(session, {row.receiver_id for row in rows})
    names = select(Service.id, Service.name).where(Service.id.in_({row.service_id for row in rows}))
    services = {service_id: name for service_id, name in session.execute(names)} if rows else {}  # noqa: C416  # typed rows
    meetings = _meetings(session, [row.id for row in rows], is_own=is_own)
    now = parts.clock.now()
    return tuple(
        AttemptRead(
            id=row.id, service_id=row.service_id, service_name=services.get(row.service_id, ""), receiver_id=row.receiver_id,
            receiver_name=receivers.get(row.receiver_id, ""), place_id=row.place_id or "", state=State(row.state), since=row.since,
            sent_at=row.sent_at, ended_at=row.ended_at, due_at=row.due_at, waits_for=row.waits_for or "", code=row.code or "",
            clause=row.clause or "", contact_name=row.contact_name or "", wait_position=row.wait_position, review_at=row.review_at,
            has_next_step=row.has_next_step, was_read=row.was_read, is_contested=row.is_contested, replaces_id=row.replaces_id or "",
            events=tuple(_event(event, who, is_own=is_own) for event in events.get(row.id, ())), meeting=meetings.get(row.id),
            may=what_may_happen(State(row.state), Side.SENDER),
            conditions=conditions_of(session, row.service_id, now) if row.sent_at is None else (),
        )
        for row in rows
    )  # fmt: skip


def _event(row: AttemptEvent, who: Mapping[str, str], *, is_own: bool) -> EventRead:
    return EventRead(
        kind=Kind(row.kind), side=Side(row.side), at=row.at, who=who.get(row.by, ""), code=row.code or "", clause=row.clause or "",
        channel=row.channel or "", words=(row.words or "") if is_own else "", is_by_link=row.by.startswith(BY_LINK),
    )  # fmt: skip


def _meetings(session: Session, attempt_ids: Sequence[str], *, is_own: bool) -> dict[str, MeetingRead]:
    """The newest introduction of each attempt."""
    rows = session.scalars(select(Handoff).where(Handoff.attempt_id.in_(attempt_ids)).order_by(Handoff.made_at, Handoff.sequence))
    return {
        row.attempt_id: MeetingRead(
            starts_at=row.starts_at, ends_at=row.ends_at, how=How(row.how), status=Meeting(row.status),
            where=(row.where or "") if is_own else "", to_know=(row.to_know or "") if is_own else "",
            receiver_name=(row.receiver_name or "") if is_own else "", made_present=row.made_present, attended=tuple(row.attended),
            sequence=row.sequence,
        )
        for row in rows
    }  # fmt: skip


def _reads(session: Session, need_id: str) -> tuple[ReadBy, ...]:
    rows = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.detail == f"need {need_id}", AuditEntry.what == Audited.PERSONAL_READ.value)
        .order_by(AuditEntry.id.desc())
        .limit(READS_SHOWN)
    ).all()
    who = names_of(session, {row.actor for row in rows})
    organizations = _organization_names(session, {row.organization_id for row in rows if row.organization_id})
    own = session.scalar(select(Need.organization_id).where(Need.id == need_id))
    return tuple(
        ReadBy(
            row.at,
            who.get(row.actor, "") if row.organization_id == own else "",
            organizations.get(row.organization_id or "", ""),
            row.actor.startswith(BY_LINK),
        )
        for row in rows
    )


def _organization_names(session: Session, ids: set[str]) -> dict[str, str]:
    rows = session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids))) if ids else ()
    return {row[0]: row[1] for row in rows}
