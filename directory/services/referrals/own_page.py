"""A person's own page: what is kept of them, what they agreed to, who read it, what was sent where; and to take it back.

It is opened by a link that their worker makes, bound to the browser that opens it first; the link is the only key, so nothing of it tells
who they are, and a new one ends those before.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.referrals.codes import Reason
from directory.domain.referrals.consent import Consent, Field
from directory.domain.referrals.contact import Channel, Reachable
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import TAKEN, UNDECIDED, State
from directory.domain.sentences import say
from directory.services.accounts.audit import Audited
from directory.services.messages.letter import address_on
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of, revoke_consent
from directory.services.referrals.links import Purpose, make_link
from directory.services.referrals.own import own_workers_need
from directory.services.referrals.standpoint import as_person
from directory.services.referrals.write import Act, write
from directory.store.tables import Attempt, AuditEntry, HelpedPerson, Need, Organization, Phone, ReferralLink, Service

LONGEST_CONTACT = 254


@dataclass(frozen=True, slots=True)
class SentTo:
    """One attempt as the person is told of it. `shared`: what of them it was meant to tell, within what they agreed to."""

    attempt_id: str
    organization: str
    service: str
    state: State
    end_code: str
    sent_at: datetime
    contact_name: str
    shared: frozenset[Field]
    may_be_withdrawn: bool


@dataclass(frozen=True, slots=True)
class OwnNeed:
    code: str
    category: str
    made_at: datetime
    matters: str
    tried: str
    facts: Mapping[str, Any]
    sent: tuple[SentTo, ...]


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """`recipients`: names of organizations. `holds`: now."""

    id: str
    consent: Consent
    recipients: tuple[str, ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class OwnRead:
    """That an organization read what is of the person, on a day; which of its people is told to their worker."""

    organization: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`is_erased`: nothing of them is kept any more. `may_change_contact`: they agreed that it is kept, so they can correct it."""

    team: str
    team_phone: str
    is_erased: bool
    name: str = ""
    language: str = ""
    reach: Reachable = field(default_factory=Reachable)
    may_change_contact: bool = False
    delete_at: datetime | None = None
    needs: tuple[OwnNeed, ...] = ()
    consents: tuple[OwnConsent, ...] = ()
    reads: tuple[OwnRead, ...] = ()


def give_own_page(parts: Parts, actor: Actor, need_id: str) -> str:
    """The whole address of a new link for whom a need is for, made by the person's own worker: whoever opens it reads everything. Raise
    `NotFound`, and `Forbidden` for others of the team."""
    with parts.database.writing() as session:
        address = own_page_address(parts, session, own_workers_need(session, actor, need_id).person_id)
        session.commit()
        return address


def own_page_address(parts: Parts, session: Session, person_id: str) -> str:
    """The whole address of a new link to a person's own page; those made before are over. The caller commits."""
    now = parts.clock.now()
    before = (ReferralLink.person_id == person_id, ReferralLink.purpose == Purpose.OWN_PAGE.value, ReferralLink.ended_at.is_(None))
    session.execute(update(ReferralLink).where(*before).values(ended_at=now).execution_options(synchronize_session=False))
    return address_on(parts, f"/p/{make_link(session, Purpose.OWN_PAGE, now, person_id=person_id)}")


def read_own_page(parts: Parts, person_id: str) -> OwnPage:
    """Raise `NotFound`."""
    with parts.database.reading() as session:
        person = _person(session, person_id)
        team = session.get_one(Organization, person.organization_id).name
        listed = select(Phone.number).where(Phone.organization_id == person.organization_id)
        phone = session.scalar(listed.order_by(Phone.id).limit(1)) or ""
        if person.erased_at is not None:
            return OwnPage(team, phone, is_erased=True, language=person.language or "")
        needs = session.scalars(select(Need).where(Need.person_id == person_id).order_by(Need.made_at.desc(), Need.id)).all()
        consents = consents_of(session, person_id)
        now = parts.clock.now()
        names = _names(session, {each for _id, consent in consents for each in consent.recipients})
        return OwnPage(
            team=team,
            team_phone=phone,
            is_erased=False,
            name=person.name or "",
            language=person.language or "",
            reach=Reachable(Channel(person.channel), person.contact or "", person.may_leave_message, person.language or ""),
            may_change_contact=_may_change_contact(consents, now),
            delete_at=person.delete_at,
            needs=tuple(_need(session, need, [consent for _id, consent in consents]) for need in needs),
            consents=tuple(
                OwnConsent(key, consent, tuple(sorted(names.get(each, "") for each in consent.recipients)), consent.holds(now))
                for key, consent in consents
            ),
            reads=_reads(session, [need.id for need in needs]),
        )


def take_back(parts: Parts, person_id: str, consent_id: str) -> None:
    """The person agrees no longer. Raise `NotFound`."""
    if not is_id(consent_id):
        raise NotFound(say("There is no such consent here."))
    revoke_consent(parts, consent_id, as_person(), person_id=person_id)


def withdraw(parts: Parts, person_id: str, attempt_id: str) -> None:
    """The person wants it no longer. Raise `NotFound`, `IllegalMove`."""
    with parts.database.writing() as session:
        owner = select(Need.person_id).join(Attempt, Attempt.need_id == Need.id).where(Attempt.id == attempt_id)
        if not is_id(attempt_id) or session.scalar(owner) != person_id:
            raise NotFound(say("There is no such referral here."))
        write(parts, session, attempt_id, as_person(), Act(Kind.WITHDRAWN, code=Reason.BY_PERSON.value))
        session.commit()


def correct_contact(parts: Parts, person_id: str, reach: Reachable) -> None:
    """How they can be reached safely from now on; whoever says "do not" leaves no address behind. Raise `NotFound`, `InvalidInput`."""
    address = reach.address.strip()
    wants_address = reach.channel in (Channel.CALL, Channel.TEXT, Channel.MAIL)
    if wants_address and not 3 <= len(address) <= LONGEST_CONTACT:
        raise InvalidInput("contact", say("Write the number or the mail address that is safe for you."))
    with parts.database.writing() as session:
        person = _person(session, person_id)
        if person.erased_at is not None or not _may_change_contact(consents_of(session, person_id), parts.clock.now()):
            raise InvalidInput("contact", say("No way to reach you is kept. Ask your worker if you want one."))
        person.channel, person.contact = reach.channel.value, address if wants_address else None
        person.may_leave_message = reach.may_leave_message and wants_address
        session.commit()


def _person(session: Session, person_id: str) -> HelpedPerson:
    found = session.get(HelpedPerson, person_id) if is_id(person_id) else None
    if found is None:
        raise NotFound(say("This page is here no longer."))
    return found


def _may_change_contact(consents: tuple[tuple[str, Consent], ...], now: datetime) -> bool:
    return any(consent.holds(now) and Field.CONTACT in consent.fields for _id, consent in consents)


def _names(session: Session, ids: set[str]) -> dict[str, str]:
    rows = session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _need(session: Session, need: Need, consents: list[Consent]) -> OwnNeed:
    rows = session.execute(
        select(Attempt, Organization.name, Service.name)
        .join(Organization, Organization.id == Attempt.receiver_id)
        .join(Service, Service.id == Attempt.service_id)
        .where(Attempt.need_id == need.id, Attempt.sent_at.is_not(None))
        .order_by(Attempt.sent_at.desc(), Attempt.id)
    )
    return OwnNeed(
        code=need.code,
        category=need.category,
        made_at=need.made_at,
        matters=need.matters or "",
        tried=need.tried or "",
        facts=json.loads(need.facts) if need.facts else {},
        sent=tuple(_sent(attempt, organization, service, consents) for attempt, organization, service in rows),
    )


def _sent(attempt: Attempt, organization: str, service: str, consents: list[Consent]) -> SentTo:
    state = State(attempt.state)
    agreed = {each for consent in consents if attempt.receiver_id in consent.recipients for each in consent.fields}
    return SentTo(
        attempt_id=attempt.id,
        organization=organization,
        service=service,
        state=state,
        end_code=attempt.code or "",
        sent_at=attempt.sent_at or attempt.made_at,
        contact_name=attempt.contact_name or "",
        shared=frozenset(Field(each) for each in attempt.shares) & agreed,
        may_be_withdrawn=state in TAKEN | UNDECIDED,
    )


def _reads(session: Session, need_ids: list[str]) -> tuple[OwnRead, ...]:
    """The newest first, of every organization."""
    details = [f"need {need_id}" for need_id in need_ids]
    rows = session.execute(
        select(Organization.name, AuditEntry.at)
        .join(Organization, Organization.id == AuditEntry.organization_id)
        .where(AuditEntry.what == Audited.PERSONAL_READ.value, AuditEntry.detail.in_(details))
        .order_by(AuditEntry.at.desc())
        .limit(100)
    )
    return tuple(OwnRead(name, at) for name, at in rows)
