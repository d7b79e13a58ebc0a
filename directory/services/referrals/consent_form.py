"""What stands on the form of consent: which organizations may be named, what is known already, who may agree for somebody under age."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput
from directory.domain.people import Actor
from directory.domain.referrals.consent import Consent, Field, Hindrance, MinorRule, check_given, expiry
from directory.domain.referrals.contact import Reachable
from directory.domain.referrals.states import ENDS
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.referrals.agree import LONGEST_NAME, Agreed
from directory.services.referrals.alternatives import alternatives
from directory.services.referrals.own import own_workers_need
from directory.services.referrals.seen_by import for_worker, note_read
from directory.store.tables import Attempt, HelpedPerson, Need, Organization


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organization that may be named. `is_asked`: an attempt with it is under way or written down."""

    id: str
    name: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class ConsentForm:
    need_id: str
    code: str
    organizations: tuple[Recipient, ...]
    name: str
    reach: Reachable
    language: str
    is_minor: bool
    hindrance: Hindrance | None


@dataclass(frozen=True, slots=True)
class Minor:
    """What is said of somebody under age: `age` in years, None where they do not say."""

    age: float | None = None
    understands: bool = False


def read_consent_form(parts: Parts, actor: Actor, need_id: str) -> ConsentForm:
    """For the person's own worker. Raise `NotFound`, `Forbidden`."""
    with parts.database.reading() as session:
        need = own_workers_need(session, actor, need_id)
        person = session.get_one(HelpedPerson, need.person_id)
        seen = for_worker(session, need)
        asked = _asked(session, need)
        found = ConsentForm(
            need_id=need.id, code=need.code, organizations=asked, name=seen.name, reach=seen.reach, language=seen.language,
            is_minor=person.is_minor, hindrance=Hindrance(person.hindrance) if person.hindrance else None,
        )  # fmt: skip
        organization_id = need.organization_id
    if found.name or found.reach.address:
        note_read(parts, actor.label, organization_id, need_id)
    more = alternatives(parts, need_id)
    known = {each.id for each in found.organizations}
    others = {each.listing.organization.id: each.listing.organization.name for each in more if each.listing.organization is not None}
    added = tuple(Recipient(key, name, is_asked=False) for key, name in others.items() if key not in known)
    return ConsentForm(
        found.need_id, found.code, (*found.organizations, *added), found.name, found.reach, found.language, found.is_minor, found.hindrance
    )


def _asked(session: Session, need: Need) -> tuple[Recipient, ...]:
    rows = session.execute(
        select(Organization.id, Organization.name)
        .join(Attempt, Attempt.receiver_id == Organization.id)
        .where(Attempt.need_id == need.id, Attempt.state.not_in([state.value for state in ENDS]))
        .order_by(Organization.name)
        .distinct()
    )
    return tuple(Recipient(row[0], row[1], is_asked=True) for row in rows)


def consent_of(agreed: Agreed, now: datetime) -> Consent:
    """As it would be kept. Raise `InvalidInput`."""
    return Consent(
        recipients=agreed.recipients, fields=agreed.fields, purpose="referral", level=agreed.level, method=agreed.method,
        language=agreed.language, given_at=now, expires_at=expiry(now, agreed.days), witness=agreed.witness, proxy=agreed.proxy,
        proxy_name=agreed.proxy_name,
    )  # fmt: skip


def check_agreed(consent: Consent, agreed: Agreed) -> None:
    """What is checked again when it is kept. Raise `InvalidInput`."""
    check_given(consent, agreed.hindrances, has_name=bool(agreed.contact.strip()))
    if Field.NAME in agreed.fields and not 0 < len(agreed.name.strip()) <= LONGEST_NAME:
        raise InvalidInput("name", say("Write the name that may be told, or leave it out of what may be told."))


def check_minor(rule: MinorRule, agreed: Agreed, minor: Minor) -> None:
    """Raise `InvalidInput` where somebody else must agree for who is under age."""
    is_clear = minor.age is not None or minor.understands  # without an age, understanding is what counts
    if agreed.proxy is not None or (is_clear and "person" in rule.who_may(minor.age, understands=minor.understands)):
        return
    raise InvalidInput(
        "understands",
        say("Say that the young person understands what is asked and what follows from it, or name who agrees in their place."),
    )
