"""Consent: write down what a person agreed to, together with who they are; take it back in one step, so that access closes at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.people import Actor
from directory.domain.referrals.codes import Reason
from directory.domain.referrals.consent import Consent, Field, Hindrance, Level, Method, Proxy, check_given, expiry
from directory.domain.referrals.contact import Channel
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import LIVE, State
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.referrals.keep_until import keep_people_until
from directory.services.referrals.standpoint import Standpoint, as_sender
from directory.services.referrals.start import own_need
from directory.services.referrals.write import Act, write
from directory.store.tables import Attempt, HelpedPerson, Need, PersonConsent

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is written down of it. `name`, `contact`, `channel`, `may_leave_message`: of the person, kept only where the consent says so.
    `for_all_needs`: for every need of this person, not this one alone. `hindrances`: any of these, and nothing is kept."""

    recipients: frozenset[str]
    fields: frozenset[Field]
    level: Level
    method: Method
    language: str
    name: str = ""
    contact: str = ""
    channel: Channel = Channel.NONE
    may_leave_message: bool = False
    days: int | None = None
    witness: str = ""
    proxy: Proxy | None = None
    proxy_name: str = ""
    for_all_needs: bool = False
    hindrances: frozenset[Hindrance] = frozenset()


def give_consent(parts: Parts, actor: Actor, need_id: str, agreed: Agreed) -> str:
    """Keep it; its id. Attempts that waited for it are drafts again. Raise `NotFound`, `InvalidInput`, `Refused`
    for somebody who was erased."""
    now = parts.clock.now()
    consent = Consent(
        recipients=agreed.recipients,
        fields=agreed.fields,
        purpose="referral",
        level=agreed.level,
        method=agreed.method,
        language=agreed.language,
        given_at=now,
        expires_at=expiry(now, agreed.days),
        witness=agreed.witness,
        proxy=agreed.proxy,
        proxy_name=agreed.proxy_name,
    )
    check_given(consent, agreed.hindrances, has_name=bool(agreed.contact.strip()))
    if Field.NAME in agreed.fields and not 0 < len(agreed.name.strip()) <= LONGEST_NAME:
        raise InvalidInput("name", say("Write the name that may be told, or leave it out of what may be told."))
    with parts.database.writing() as session:
        need = own_need(session, actor, need_id)
        person = session.get_one(HelpedPerson, need.person_id)
        if person.erased_at is not None:
            raise Refused(say("Who this was for was erased. Start a new need for them."))
        _keep_person(person, agreed)
        row = _row(consent, need, agreed, actor.label)
        session.add(row)
        keep_people_until(session, [person.id])
        _mean_to_tell(session, need.id, agreed)
        who = as_sender(actor, need.organization_id)
        for attempt_id in _waiting(session, need.id):
            write(parts, session, attempt_id, who, Act(Kind.CONSENT_GIVEN))
        session.commit()
        return row.id


def revoke_consent(parts: Parts, consent_id: str, who: Standpoint, *, person_id: str) -> tuple[str, ...]:
    """It holds no longer from this moment on, and receivers of what rested on it are told to stop; the ids of the attempts that ended.
    Raise `NotFound`."""
    with parts.database.writing() as session:
        row = session.get(PersonConsent, consent_id)
        if row is None or row.person_id != person_id:
            raise NotFound(say("There is no such consent here."))
        if row.revoked_at is not None:
            return ()
        row.revoked_at, row.revoked_by = parts.clock.now(), who.by
        session.flush()
        ended = _resting_on(session, row)
        for attempt in ended:
            standpoint = who if who.organization_id in ("", attempt.sender_id) else Standpoint(who.side, who.by, attempt.sender_id)
            write(parts, session, attempt.id, standpoint, Act(Kind.WITHDRAWN, code=Reason.CONSENT_WITHDRAWN.value))
        session.commit()
        return tuple(attempt.id for attempt in ended)


def consents_of(session: Session, person_id: str, need_id: str | None = None) -> tuple[tuple[str, Consent], ...]:
    """What a person agreed to, with ids, the newest first; with a need: what counts for that one."""
    statement = select(PersonConsent).where(PersonConsent.person_id == person_id)
    if need_id is not None:
        statement = statement.where(or_(PersonConsent.need_id.is_(None), PersonConsent.need_id == need_id))
    rows = session.scalars(statement.order_by(PersonConsent.given_at.desc(), PersonConsent.id)).all()
    return tuple((row.id, _value(row)) for row in rows)


def _value(row: PersonConsent) -> Consent:
    return Consent(
        recipients=frozenset(row.recipients),
        fields=frozenset(Field(each) for each in row.fields),
        purpose=row.purpose,
        level=Level(row.level),
        method=Method(row.method),
        language=row.language,
        given_at=row.given_at,
        expires_at=row.expires_at,
        witness=row.witness or "",
        proxy=Proxy(row.proxy) if row.proxy else None,
        proxy_name=row.proxy_name or "",
        revoked_at=row.revoked_at,
    )


def _row(consent: Consent, need: Need, agreed: Agreed, by: str) -> PersonConsent:
    return PersonConsent(
        person_id=need.person_id,
        need_id=None if agreed.for_all_needs else need.id,
        recipients=sorted(consent.recipients),
        fields=sorted(each.value for each in consent.fields),
        purpose=consent.purpose,
        level=consent.level.value,
        method=consent.method.value,
        language=consent.language,
        witness=consent.witness.strip() or None,
        proxy=consent.proxy.value if consent.proxy else None,
        proxy_name=consent.proxy_name.strip() or None,
        given_at=consent.given_at,
        taken_by=by,
        expires_at=consent.expires_at,
    )


def _keep_person(person: HelpedPerson, agreed: Agreed) -> None:
    if Field.NAME in agreed.fields:
        person.name = agreed.name.strip()
    if Field.CONTACT in agreed.fields:
        person.contact, person.channel = agreed.contact.strip(), agreed.channel.value
        person.may_leave_message = agreed.may_leave_message
    person.language = agreed.language or person.language
    person.hindrance = None


def _mean_to_tell(session: Session, need_id: str, agreed: Agreed) -> None:
    """What is asked already may tell it from now on: what the person agreed to after their code was sent is meant for whoever has it."""
    of_recipients = (Attempt.need_id == need_id, Attempt.receiver_id.in_(agreed.recipients), Attempt.ended_at.is_(None))
    for attempt in session.scalars(select(Attempt).where(*of_recipients)):
        attempt.shares = sorted({*attempt.shares, *(each.value for each in agreed.fields)})


def _waiting(session: Session, need_id: str) -> list[str]:
    return list(session.scalars(select(Attempt.id).where(Attempt.need_id == need_id, Attempt.state == State.CONSENT_PENDING.value)))


def _resting_on(session: Session, row: PersonConsent) -> list[Attempt]:
    """What is live with a recipient of it, under a need that it was for."""
    needs = select(Need.id).where(Need.person_id == row.person_id)
    if row.need_id is not None:
        needs = needs.where(Need.id == row.need_id)
    live = [state.value for state in LIVE if state is not State.DRAFT]
    found = select(Attempt).where(Attempt.need_id.in_(needs), Attempt.receiver_id.in_(row.recipients), Attempt.state.in_(live))
    return list(session.scalars(found.order_by(Attempt.id)))


def moment_of(consent: Consent) -> datetime:
    """When it ends, by itself or because it was taken back."""
    return min(consent.expires_at, consent.revoked_at) if consent.revoked_at is not None else consent.expires_at
