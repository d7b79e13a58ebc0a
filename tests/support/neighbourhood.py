"""A small neighbourhood of West Philadelphia, made up: enough listings for a search to find, filter and leave out.

All of it is of one source. Times are those of `MONDAY_MORNING` (10:00 there): the pantry takes people who walk in, the clinic is open and
says nothing of intake, the shelter is confidential, the phone line's hours are not known.
"""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from directory.domain.community import Community, CrisisNumber
from directory.services.indexing.rebuild import rebuild_index
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.store.tables import (
    Accessibility,
    Address,
    Language,
    Phone,
    ScheduleRow,
    Service,
    ServiceAtLocation,
    ServiceCategory,
    Source,
    Translation,
)
from tests.support.listings import THEN, add, add_location, add_organization

WEST_PHILADELPHIA = Community(
    name="West Philadelphia shared directory",
    place="Philadelphia",
    country="US",
    region="PA",
    zone="America/New_York",
    latitude=39.95,
    longitude=-75.2,
    languages=("en", "es"),
    crisis_numbers=(CrisisNumber("911", {"en": "Emergency"}, {"en": "Danger now"}, emergency=True),),
)

PANTRY = "11111111-1111-4111-8111-111111111111"
CLINIC = "22222222-2222-4222-8222-222222222222"
SHELTER = "33333333-3333-4333-8333-333333333333"
PHONE_LINE = "44444444-4444-4444-8444-444444444444"
WITHDRAWN = "55555555-5555-4555-8555-555555555555"
MERGED = "66666666-6666-4666-8666-666666666666"
ORGANIZATION = "77777777-7777-4777-8777-777777777777"
PANTRY_PLACE = "88888888-8888-4888-8888-888888888888"
SECRET_PLACE = "99999999-9999-4999-8999-999999999999"
SECRET_STREET = "13 Hidden Court"
SECRET_NAME_IN_FRENCH = "Maison de la Cour cachée"


def furnish(parts: Parts) -> None:
    """Fill an empty installation and build its index."""
    fill(parts)
    rebuild_index(parts)


def fill(parts: Parts) -> None:
    """Fill an empty installation, for tests that search nothing."""
    save_community(parts, "tests", WEST_PHILADELPHIA)
    with parts.database.writing() as session:
        _fill(session)
        session.commit()


def _fill(session: Session) -> None:
    source = Source(
        name="Made-up feed",
        publisher="Tests",
        licence="CC0-1.0",
        attribution="Made for tests",
        retrieved_on=date(2026, 11, 1),
        created_at=THEN,
    )
    session.add(source)
    session.flush()
    of_source: dict[str, Any] = {"source_id": source.id}
    organization = add_organization(
        session, id=ORGANIZATION, name="Harbour House", sector="food", website="https://harbour.example", **of_source
    )
    of_house: dict[str, Any] = {"organization_id": organization.id, **of_source}
    _pantry(session, of_house)
    _clinic(session, of_house)
    _shelter(session, of_house)
    line = add(
        session,
        Service(id=PHONE_LINE, name="Legal phone line", description="Legal advice on eviction by phone.", remote=["phone"], **of_house),
    )
    add(session, ServiceCategory(service_id=line.id, category="legal"))
    add(session, Service(id=WITHDRAWN, name="Food truck", withdrawn_at=THEN, **of_house))
    add(session, Service(id=MERGED, name="Old pantry", withdrawn_at=THEN, merged_into=PANTRY, **of_house))


def in_french(session: Session, kind: str, object_id: str, **texts: str) -> None:
    """Texts of a record in French, by the standard's names of its fields."""
    for field, text in texts.items():
        session.add(Translation(object_id=object_id, kind=kind, field=field, language="fr", text=text, modified_at=THEN))
    session.flush()


def _pantry(session: Session, of_house: dict[str, Any]) -> None:
    pantry = add(
        session,
        Service(
            id=PANTRY,
            name="Food pantry",
            description="Groceries for anyone who is hungry.",
            eligibility_description="Anyone in 19104",
            minimum_age=18,
            cost=["free"],
            ways_in=["walk_in"],
            verified_at=THEN,
            verified_how="owner",
            **of_house,
        ),
    )
    centre = add_location(
        session,
        id=PANTRY_PLACE,
        name="Main Street Centre",
        latitude=39.96,
        longitude=-75.2,
        zone="America/New_York",
        source_id=of_house["source_id"],
    )
    add(
        session,
        Address(
            location_id=centre.id, address_1="1 Main Street", city="Philadelphia", state_province="PA", postal_code="19104", country="US"
        ),
    )
    add(session, Accessibility(location_id=centre.id, code="wheelchair", description="Step-free"))
    add(session, ServiceAtLocation(service_id=pantry.id, location_id=centre.id))
    add(session, ServiceCategory(service_id=pantry.id, category="food-pantry"))
    add(session, Language(service_id=pantry.id, code="es", name="Spanish"))
    add(session, Phone(service_id=pantry.id, number="215-555-0101", e164="+12155550101"))
    add(session, ScheduleRow(service_id=pantry.id, freq="WEEKLY", byday="MO,TU,WE", opens_at="09:00", closes_at="17:00"))


def _clinic(session: Session, of_house: dict[str, Any]) -> None:
    clinic = add(
        session, Service(id=CLINIC, name="Food and health clinic", description="A nurse and a warm meal.", cost=["sliding"], **of_house)
    )
    ward = add_location(
        session, name="Ward Clinic", latitude=39.95, longitude=-75.21, zone="America/New_York", source_id=of_house["source_id"]
    )
    add(
        session,
        Address(
            location_id=ward.id, address_1="2 Ward Street", city="Philadelphia", state_province="PA", postal_code="19104", country="US"
        ),
    )
    add(session, ServiceAtLocation(service_id=clinic.id, location_id=ward.id))
    in_french(
        session,
        "service",
        clinic.id,
        name="Clinique du quartier",
        description="Une infirmière et un repas chaud pour les gens du quartier.",
        eligibility_description="Pour tout le monde, sans rendez-vous.",
    )
    in_french(session, "organization", of_house["organization_id"], name="Maison du Port")
    in_french(session, "location", ward.id, name="Clinique Ward", transportation="Bus 21, arrêt devant la porte.")
    add(session, ServiceCategory(service_id=clinic.id, category="meals"))
    add(session, ScheduleRow(service_id=clinic.id, freq="WEEKLY", byday="MO", opens_at="08:00", closes_at="12:00"))


def _shelter(session: Session, of_house: dict[str, Any]) -> None:
    shelter = add(
        session, Service(id=SHELTER, name="Women's shelter", description="A safe bed for women and children, and food.", **of_house)
    )
    secret = add_location(
        session,
        id=SECRET_PLACE,
        name="Hidden Court House",
        confidential=True,
        latitude=39.9333,
        longitude=-75.1777,
        zone="America/New_York",
        source_id=of_house["source_id"],
    )
    add(
        session,
        Address(
            location_id=secret.id, address_1=SECRET_STREET, city="Philadelphia", state_province="PA", postal_code="19147", country="US"
        ),
    )
    add(session, ServiceAtLocation(service_id=shelter.id, location_id=secret.id))
    in_french(session, "location", secret.id, name=SECRET_NAME_IN_FRENCH, transportation=f"Sonnez au {SECRET_STREET}")
    add(session, Phone(service_id=shelter.id, number="215-555-0199", e164="+12155550199"))
