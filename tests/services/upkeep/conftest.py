"""An organization with three listings of its own, and one of somebody else's."""

from dataclasses import dataclass, replace

import pytest

from directory.domain.community import Community
from directory.domain.people import Actor, Grant, Role
from directory.services.indexing.consumers import register_consumer
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.services.upkeep.contacts import ask_from_now_on
from directory.store.tables import Organization, Phone, ScheduleRow, Service, ServiceCategory
from tests.support.listings import THEN, add, add_location, add_organization, add_service

OTTAWA = Community(name="Ottawa directory", place="Ottawa", country="CA", region="ON", zone="America/Toronto", languages=("en", "fr", "es"))


PLANNER = Actor("planner", "planner@example.org", grants=frozenset({Grant(Role.PLANNER)}))


@dataclass(frozen=True)
class House:
    """Ids. The pantry was never verified, the shelter and the class in time; the clinic is somebody else's."""

    organization: str
    other: str
    pantry: str
    shelter: str
    lesson: str
    clinic: str


@pytest.fixture
def house(parts: Parts) -> House:
    save_community(parts, "tests", OTTAWA)
    with parts.database.writing() as session:
        register_consumer(session, parts.consumer, parts.clock.now())
        mine = add_organization(session, name="Harbour House", email="info@harbour.example")
        other = add(session, Organization(name="Clinic of the Ward"))
        centre = add_location(session, zone="America/Toronto")
        pantry = add_service(session, at=centre, organization=mine, name="Food pantry", ways_in=["referral_only"])
        shelter = add_service(session, at=centre, organization=mine, name="Women's shelter", verified_at=THEN, verified_how="owner")
        lesson = add_service(session, organization=mine, name="English class", verified_at=THEN, verified_how="call")
        clinic = add_service(session, organization=other, name="Clinic")
        for service, slug in ((pantry, "food-pantry"), (shelter, "womens-shelter"), (lesson, "language-classes"), (clinic, "primary-care")):
            add(session, ServiceCategory(service_id=service.id, category=slug))
        add(session, ScheduleRow(service_id=pantry.id, freq="WEEKLY", byday="MO,TU,WE,TH,FR", opens_at="09:00", closes_at="17:00"))
        add(session, Phone(organization_id=mine.id, number="613-555-0101", e164="+16135550101"))
        session.commit()
        return House(mine.id, other.id, pantry.id, shelter.id, lesson.id, clinic.id)


def service_row(parts: Parts, service_id: str) -> Service:
    with parts.database.reading() as session:
        row = session.get_one(Service, service_id)
        session.expunge(row)
        return row


@pytest.fixture
def asked(parts: Parts, house: House) -> House:
    """A demo, where mails may be made, and an organization that is asked."""
    save_community(parts, "tests", replace(OTTAWA, is_demo=True))
    with parts.database.writing() as session:
        ask_from_now_on(session, house.organization, "person:anna", parts.clock.now())
        session.commit()
    return house
