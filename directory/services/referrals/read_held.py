"""What is held about whom a code stands for, where, and until when: so that it can be told to them. Nothing that is sealed is opened for
it; that is done only when asked for, and stands in the audit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from directory.domain.referrals.consent import AFTER_THE_END
from directory.services.accounts.audit import Audited
from directory.services.parts import Parts
from directory.services.referrals.persons import person_of_code
from directory.services.referrals.seen_by import note_read, open_fields
from directory.store.tables import (
    Attempt,
    AttemptEvent,
    AuditEntry,
    FollowUp,
    Handoff,
    HelpedPerson,
    LegalHold,
    Need,
    Organization,
    PersonConsent,
    ReferralLink,
)


@dataclass(frozen=True, slots=True)
class HeldAttempt:
    """`open_to_receiver`: what of the person the receiver may see now. `with_words`: events with which somebody wrote something."""

    id: str
    code: str
    sender: str
    receiver: str
    state: str
    since: datetime
    events: int
    with_words: int
    open_to_receiver: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldConsent:
    recipients: tuple[str, ...]
    fields: tuple[str, ...]
    given_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    has_names: bool


@dataclass(frozen=True, slots=True)
class HeldOrder:
    asked_at: datetime
    confirmed_at: datetime | None
    ends_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """`sealed`: what is kept sealed, by where it stands. `delete_at`: when all of that goes; None where it has gone. `reads`: how often
    something of it was looked at, and last when. `shown`: the words themselves, where they were asked for."""

    codes: tuple[str, ...]
    made_at: datetime
    delete_at: datetime | None
    erased_at: datetime | None
    channel: str
    sealed: tuple[str, ...]
    attempts: tuple[HeldAttempt, ...]
    consents: tuple[HeldConsent, ...]
    introductions: int
    links: tuple[tuple[str, datetime], ...]
    questions: int
    orders: tuple[HeldOrder, ...]
    reads: int
    last_read_at: datetime | None
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def gone_from_receivers_after(self) -> int:
        """Days after an attempt's end in which who helped may still see whom."""
        return AFTER_THE_END.days


def read_held(parts: Parts, code: str, *, show: bool = False, by: str = "server") -> Held:
    """All of it. `show`: open what is sealed, too. Raise `NotFound`."""
    if show:
        _note(parts, code, by)
    with parts.database.reading() as session:
        person = person_of_code(session, code)
        person_id = person.id
        closed = (defer(Need.matters), defer(Need.tried), defer(Need.facts))
        needs = session.scalars(select(Need).where(Need.person_id == person_id).order_by(Need.made_at, Need.id).options(*closed)).all()
        ids = [need.id for need in needs]
        reads, last = session.execute(
            select(func.count(), func.max(AuditEntry.at)).where(
                AuditEntry.what == Audited.PERSONAL_READ.value, AuditEntry.detail.in_([f"need {need_id}" for need_id in ids])
            )
        ).one()
        attempts = _attempts(session, needs, parts.clock.now())
        attempt_ids = [attempt.id for attempt in attempts]
        return Held(
            codes=tuple(need.code for need in needs),
            made_at=person.made_at,
            delete_at=person.delete_at,
            erased_at=person.erased_at,
            channel=person.channel,
            sealed=_sealed(session, person_id),
            attempts=attempts,
            consents=_consents(session, person_id),
            introductions=_count(session, Handoff.attempt_id.in_(attempt_ids)),
            links=_links(session, person_id, attempt_ids, parts.clock.now()),
            questions=_count(session, FollowUp.need_id.in_(ids)),
            orders=_orders(session, person_id),
            reads=reads,
            last_read_at=last,
            shown=_shown(person, needs) if show else {},
        )


def _note(parts: Parts, code: str, by: str) -> None:
    with parts.database.reading() as session:
        person = person_of_code(session, code)
        organization_id = person.organization_id
        needs = session.scalars(select(Need.id).where(Need.person_id == person.id)).all()
    for need_id in needs:
        note_read(parts, by, organization_id, need_id)


def _sealed(session: Session, person_id: str) -> tuple[str, ...]:
    """What there is, told from whether there is something."""
    of_person = (HelpedPerson.name, HelpedPerson.contact)
    row = session.execute(select(*(column.is_not(None) for column in of_person)).where(HelpedPerson.id == person_id)).one()
    found = [column.key for column, is_there in zip(of_person, row, strict=True) if is_there]
    of_need = (Need.matters, Need.tried, Need.facts)
    there = select(Need.code, *(column.is_not(None) for column in of_need)).where(Need.person_id == person_id).order_by(Need.code)
    for code, *are_there in session.execute(there):
        found += [f"{column.key} ({code})" for column, is_there in zip(of_need, are_there, strict=True) if is_there]
    return tuple(found)


def _shown(person: HelpedPerson, needs: Any) -> dict[str, str]:
    found = {"name": person.name or "", "contact": person.contact or "", "language": person.language or ""}
    for need in needs:
        found[f"need ({need.code})"] = need.category
        found.update({f"{name} ({need.code})": getattr(need, name) or "" for name in ("matters", "tried", "facts")})
    return {name: words for name, words in found.items() if words}


def _attempts(session: Session, needs: Any, now: datetime) -> tuple[HeldAttempt, ...]:
    codes = {need.id: need.code for need in needs}
    names = _names(session)
    found = select(Attempt).where(Attempt.need_id.in_(codes)).order_by(Attempt.made_at, Attempt.id)
    rows = session.scalars(found.options(defer(Attempt.contact_name))).all()
    counted = select(AttemptEvent.attempt_id, func.count(), func.count(AttemptEvent.words)).group_by(AttemptEvent.attempt_id)
    counts = {row[0]: (row[1], row[2]) for row in session.execute(counted.where(AttemptEvent.attempt_id.in_([row.id for row in rows])))}
    return tuple(
        HeldAttempt(
            row.id,
            codes[row.need_id],
            names(row.sender_id),
            names(row.receiver_id),
            row.state,
            row.since,
            *counts.get(row.id, (0, 0)),
            tuple(sorted(each.value for each in open_fields(session, row, now))),
        )
        for row in rows
    )


def _names(session: Session) -> Any:
    def name(organization_id: str) -> str:
        found = session.get(Organization, organization_id)
        return found.name if found is not None else organization_id

    return name


def _consents(session: Session, person_id: str) -> tuple[HeldConsent, ...]:
    names = _names(session)
    has_names = PersonConsent.witness.is_not(None) | PersonConsent.proxy_name.is_not(None)
    told = (PersonConsent.recipients, PersonConsent.fields, PersonConsent.given_at, PersonConsent.expires_at, PersonConsent.revoked_at)
    rows: Any = session.execute(select(*told, has_names).where(PersonConsent.person_id == person_id).order_by(PersonConsent.given_at)).all()
    return tuple(HeldConsent(tuple(sorted(names(each) for each in to)), tuple(fields), *rest) for to, fields, *rest in rows)


def _links(session: Session, person_id: str, attempt_ids: list[str], now: datetime) -> tuple[tuple[str, datetime], ...]:
    working = (ReferralLink.ended_at.is_(None), ReferralLink.expires_at > now)
    questions = select(FollowUp.id).where(FollowUp.attempt_id.in_(attempt_ids))
    of_them = (ReferralLink.person_id == person_id) | ReferralLink.attempt_id.in_(attempt_ids) | ReferralLink.follow_up_id.in_(questions)
    rows = session.execute(select(ReferralLink.purpose, ReferralLink.expires_at).where(*working, of_them).order_by(ReferralLink.expires_at))
    return tuple((row.purpose, row.expires_at) for row in rows)


def _orders(session: Session, person_id: str) -> tuple[HeldOrder, ...]:
    rows = session.scalars(
        select(LegalHold).where(LegalHold.person_id == person_id).order_by(LegalHold.asked_at).options(defer(LegalHold.order_words))
    )
    return tuple(HeldOrder(row.asked_at, row.confirmed_at, row.ends_at, row.ended_at) for row in rows)


def _count(session: Session, condition: Any) -> int:
    return session.scalar(select(func.count()).where(condition)) or 0
