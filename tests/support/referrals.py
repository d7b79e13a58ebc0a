"""A school that refers and two organizations that are asked, with somebody who works at each: what tests of referrals begin with."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from directory.domain.community import Community
from directory.domain.people import Actor, Role
from directory.domain.referrals.consent import Field, Level, Method
from directory.domain.referrals.contact import Channel
from directory.domain.referrals.events import Kind
from directory.services.indexing.consumers import register_consumer
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.services.referrals.agree import Agreed, give_consent
from directory.services.referrals.standpoint import as_receiver, as_sender
from directory.services.referrals.start import NewNeed, add_attempt, send, start_need
from directory.services.referrals.write import Act, act_on
from directory.store.tables import Attempt, Organization, OutgoingMessage, ScheduleRow, ServiceCategory
from tests.support.listings import add, add_location, add_organization, add_service
from tests.support.people import somebody

TOWN = Community(
    name="Ottawa directory",
    place="Ottawa",
    country="CA",
    region="ON",
    zone="America/Toronto",
    languages=("en", "fr", "es"),
    is_demo=True,
)
NAME, CONTACT = "Zélie Okonkwo-Planted", "+16135550199"
MATTERS, TRIED = "Quillfeather needs her own bed", "Twice at Marrowstone hall"
PLANTED = (NAME, CONTACT, "Planted", "5550199", "Quillfeather", "Marrowstone")
"""What is of the person, and must never turn up where it was not agreed to."""


@dataclass(frozen=True)
class Town:
    """Ids, and who acts. The shelter is open on working days from 9 to 17 in Toronto; the clinic's hours are not known."""

    school: str
    house: str
    health: str
    shelter: str
    clinic: str
    place: str
    worker: Actor
    colleague: Actor
    keeper: Actor
    nurse: Actor


def make_town(parts: Parts) -> Town:
    save_community(parts, "tests", TOWN)
    with parts.database.writing() as session:
        register_consumer(session, parts.consumer, parts.clock.now())
        school = add_organization(session, name="Maple School", email="office@school.example")
        house = add_organization(session, name="Harbour House", email="intake@harbour.example")
        health = add(session, Organization(name="Ward Clinic", email="desk@clinic.example"))
        centre = add_location(session, zone="America/Toronto")
        shelter = add_service(session, at=centre, organization=house, name="Night shelter")
        clinic = add_service(session, organization=health, name="Walk-in clinic")
        for service, slug in ((shelter, "emergency-shelter"), (clinic, "primary-care")):
            add(session, ServiceCategory(service_id=service.id, category=slug))
        add(session, ScheduleRow(service_id=shelter.id, freq="WEEKLY", byday="MO,TU,WE,TH,FR", opens_at="09:00", closes_at="17:00"))
        session.commit()
        ids = (school.id, house.id, health.id, shelter.id, clinic.id, centre.id)
    people = (
        somebody(parts, Role.WORKER, email="worker@school.example", organization_id=ids[0]),
        somebody(parts, Role.WORKER, email="colleague@school.example", organization_id=ids[0]),
        somebody(parts, Role.EDITOR, email="keeper@harbour.example", organization_id=ids[1]),
        somebody(parts, Role.WORKER, email="nurse@clinic.example", organization_id=ids[2]),
    )
    return Town(*ids, *people)


@pytest.fixture
def town(parts: Parts) -> Town:
    return make_town(parts)


def need_of(parts: Parts, town: Town, **more: object) -> str:
    """A need of a person that nothing is known of, but what they said."""
    wish = {"category": "emergency-shelter", "area_id": "ca-on-ottawa", "matters": MATTERS, "tried": TRIED, **more}
    return start_need(parts, town.worker, town.school, NewNeed(**wish))  # type: ignore[arg-type]


def agreed_by(town: Town, **more: object) -> Agreed:
    """Consent to tell the shelter everything."""
    wish = {
        "recipients": frozenset({town.house}), "fields": frozenset(Field), "level": Level.THESE, "method": Method.TICKED, "language": "en",
        "name": NAME, "contact": CONTACT, "channel": Channel.TEXT, "may_leave_message": True, **more,
    }  # fmt: skip
    return Agreed(**wish)  # type: ignore[arg-type]


def sent_to_shelter(parts: Parts, town: Town, *, with_consent: bool = True) -> tuple[str, str]:
    """The ids of a need and of its attempt, which was sent to the shelter just now."""
    need = need_of(parts, town)
    if with_consent:
        give_consent(parts, town.worker, need, agreed_by(town))
    attempt = add_attempt(parts, town.worker, need, town.shelter, shares=frozenset(Field))
    send(parts, town.worker, attempt)
    return need, attempt


def receiver_does(parts: Parts, town: Town, attempt: str, kind: Kind, **more: object) -> None:
    """The shelter's keeper writes an event."""
    act_on(parts, attempt, as_receiver(town.keeper, town.house), Act(kind, **more))  # type: ignore[arg-type]


def sender_does(parts: Parts, town: Town, attempt: str, kind: Kind, **more: object) -> None:
    act_on(parts, attempt, as_sender(town.worker, town.school), Act(kind, **more))  # type: ignore[arg-type]


def row_of(parts: Parts, attempt: str) -> Attempt:
    with parts.database.reading() as session:
        row = session.get_one(Attempt, attempt)
        session.expunge(row)
        return row


def mails_of(parts: Parts) -> list[tuple[str, str, str]]:
    """Whom the mails that wait are for, with subject and body, in the order of their recipients."""
    with parts.database.reading() as session:
        rows = session.scalars(select(OutgoingMessage)).all()
        return sorted((row.recipient, row.subject, row.body) for row in rows)
