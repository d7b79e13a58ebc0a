"""Write down that somebody looked at a listing. Verified is not edited: what the listing says stays as it is, and so does its last
change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.editing.authors import Author
from directory.domain.editing.authors import How as Act
from directory.domain.errors import NotFound
from directory.domain.people import Role
from directory.domain.sentences import say
from directory.domain.upkeep.found import SHOWN_AS, TAKEN_OUT, VERIFIES, Found, How
from directory.domain.upkeep.reports import Answer
from directory.domain.webhooks import EventType
from directory.services.indexing.enqueue import enqueue
from directory.services.listings.community import community_in
from directory.services.upkeep.confirm import confirm_criteria, take_confirmation_back
from directory.store.base import new_id
from directory.store.tables import Change, Location, Organization, Service, ServiceAtLocation, Verification, WorkerReport


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked, how, and at which fields. `by` is the label of an actor. `link_id`, `call_id`: through which link, in which call."""

    how: How
    by: str
    fields: tuple[str, ...] = ()
    link_id: str | None = None
    call_id: str | None = None


def note_found(session: Session, service_id: str, look: Look, found: Found, clock: Clock, *, why: str = "") -> None:
    """Write down what somebody found of a listing, and what follows: it is verified, or withdrawn so that no import brings it back.
    Whatever workers reported of it is answered. The caller commits. Raise `NotFound`."""
    service = session.get(Service, service_id)
    if service is None or service.merged_into is not None:
        raise NotFound(say("There is no such listing."))
    now = clock.now()
    event = Verification(
        id=new_id(),
        service_id=service_id,
        at=now,
        how=look.how,
        found=found,
        by=look.by,
        fields=list(look.fields),
        link_id=look.link_id,
        call_id=look.call_id,
    )
    session.add(event)
    if found in VERIFIES:
        event.before = _verify(session, service, look, event.id, now)
    else:
        _take_out(session, service, look, TAKEN_OUT[found], why, now)
    answer_reports(session, [service_id], Answer.CORRECTED if found is Found.CORRECTED else Answer.RIGHT_NOW, look.by, now)
    session.flush()
    enqueue(session, [service_id], clock, event=EventType.VERIFIED)


def _verify(session: Session, service: Service, look: Look, act_id: str, now: datetime) -> dict[str, Any]:
    """The listing, its organization and its places: what the page showed was all of that. How each was verified before."""
    shown = SHOWN_AS[look.how]
    by = community_in(session).name if shown in ("call", "visit") else None
    sites = list(session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.service_id == service.id, *_alive(ServiceAtLocation))))
    places = select(Location).where(Location.id.in_([site.location_id for site in sites]), *_alive(Location))
    records: list[Any] = [service, *sites, *session.scalars(places)]
    if service.organization_id and (organization := session.get(Organization, service.organization_id)):
        records.append(organization)
    before: dict[str, Any] = {}
    author = _author(session, service, look, Act.VERIFIED)
    for record in records:
        at = record.verified_at.isoformat() if record.verified_at else None
        before[f"{_KINDS[type(record)]}:{record.id}"] = [at, record.verified_how, record.verified_by]
        _note(session, record, "verified_at", record.verified_at, now, author, now, act_id)
        record.verified_at, record.verified_how, record.verified_by = now, shown, by or None
    if shown == "owner":
        before[_CRITERIA] = confirm_criteria(service, now.date())
    return before


def take_verification_back(session: Session, service_id: str, by: str, since: datetime, clock: Clock) -> bool:
    """Somebody tapped by mistake: each record that was verified by it is as verified as before, unless somebody has looked since. Whether
    there was something to take back. The caller commits."""
    mine = (Verification.service_id == service_id, Verification.by == by, Verification.at >= since, Verification.undone_at.is_(None))
    event = session.scalar(select(Verification).where(*mine, Verification.before.is_not(None)).order_by(Verification.at.desc()).limit(1))
    if event is None:
        return False
    now, act_id, event.undone_at = clock.now(), new_id(), clock.now()
    author = _author(session, session.get_one(Service, service_id), Look(How(event.how), by), Act.UNVERIFIED)
    take_confirmation_back(session.get_one(Service, service_id), (event.before or {}).get(_CRITERIA) or {})
    for key, (at, how, who) in ((key, before) for key, before in (event.before or {}).items() if key != _CRITERIA):
        kind, _colon, record_id = key.partition(":")
        record: Any = session.get(_TABLES[kind], record_id)
        if record is not None and record.verified_at == event.at:
            moment = datetime.fromisoformat(at) if at else None
            _note(session, record, "verified_at", record.verified_at, moment, author, now, act_id)
            record.verified_at, record.verified_how, record.verified_by = moment, how, who
    session.flush()
    enqueue(session, [service_id], clock)
    return True


def _alive(table: Any) -> tuple[Any, ...]:
    return (table.withdrawn_at.is_(None), table.merged_into.is_(None))


def _take_out(session: Session, service: Service, look: Look, state: str, why: str, now: datetime) -> None:
    _note(session, service, "withdrawn_at", service.withdrawn_at, now, _author(session, service, look, Act.TAKEN_OUT, why), now, new_id())
    service.withdrawn_at, service.withdrawn_why, service.modified_at = service.withdrawn_at or now, state, now


def list_again(session: Session, service_id: str, by: str, clock: Clock) -> None:
    """Put back a listing that staff or its organization took out. The caller commits. Raise `NotFound` where it is not one of these."""
    service = session.get(Service, service_id)
    if service is None or service.withdrawn_why not in TAKEN_OUT.values() or service.merged_into is not None:
        raise NotFound(say("There is no such listing."))
    now = clock.now()
    _note(session, service, "withdrawn_at", service.withdrawn_at, None, Author(by, Role.PLANNER.value, how=Act.LISTED_AGAIN), now, new_id())
    service.withdrawn_at, service.withdrawn_why, service.modified_at = None, None, now
    session.flush()
    enqueue(session, [service_id], clock)


def answer_reports(session: Session, service_ids: Iterable[str], answer: Answer, by: str, now: datetime) -> None:
    """The organization, or staff, has answered what workers reported: it is shown no longer. The caller commits."""
    session.execute(
        update(WorkerReport)
        .where(WorkerReport.service_id.in_(list(service_ids)), WorkerReport.answered_at.is_(None))
        .values(answered_at=now, answer=answer, answered_by=by)
        .execution_options(synchronize_session=False)
    )


_CRITERIA = "criteria"
_KINDS = {Service: "service", ServiceAtLocation: "service_at_location", Location: "location", Organization: "organization"}
_TABLES: dict[str, Any] = {kind: table for table, kind in _KINDS.items()}


def _author(session: Session, service: Service, look: Look, act: Act, why: str = "") -> Author:
    """Whom the public is told of: the organization where it speaks for itself, else a planner; never a person."""
    organization = session.get(Organization, service.organization_id) if service.organization_id else None
    if SHOWN_AS[look.how] == "owner" and organization is not None:
        return Author(look.by, Role.EDITOR.value, organization.name, act, why)
    return Author(look.by, Role.PLANNER.value, "", act, why)


def _note(
    session: Session, record: Any, field: str, before: datetime | None, after: datetime | None, author: Author, now: datetime, act_id: str
) -> None:
    session.add(
        Change(
            object_kind=_KINDS[type(record)],
            object_id=record.id,
            field=field,
            before=before.isoformat() if before else None,
            after=after.isoformat() if after else None,
            at=now,
            actor=author.actor,
            why=author.why,
            how=author.how,
            role=author.role,
            organization=author.organization or None,
            act_id=act_id,
        )
    )
