"""What readers are given of a service, and what they are never given."""

from datetime import UTC, datetime, timedelta

import pytest

from directory.domain.hours.values import WayIn
from directory.domain.listing import Listing
from directory.store.listings import load_listings
from directory.store.session import Database
from directory.store.tables import (
    Address,
    Contact,
    Language,
    Phone,
    ScheduleRow,
    Service,
    ServiceArea,
    ServiceCapacity,
    ServiceCategory,
    Translation,
    Unit,
)
from tests.support.listings import THEN, add, add_location, add_organization, add_service

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def read(database: Database, service: Service) -> Listing:
    with database.reading() as session:
        return load_listings(session, [service.id], default_zone="America/Toronto", now=NOW)[service.id]


def test_a_confidential_place_gives_no_address_no_point_no_name_and_no_directions(database: Database) -> None:
    with database.writing() as session:
        place = add_location(
            session, name="Rose Lane", description="Blue door", transportation="Bus 9", latitude=45.4, longitude=-75.7, confidential=True
        )
        add(session, Address(location_id=place.id, address_1="12 Rose Lane", city="Ottawa"))
        service = add_service(session, at=place, name="Women's shelter")
        session.commit()
    listing = read(database, service)
    shown = listing.places[0]
    assert shown.confidential
    assert (shown.address, shown.point, shown.name, shown.directions, shown.description) == (None, None, "", "", "")
    assert "Rose Lane" not in repr(listing)
    assert "45.4" not in repr(listing)


def test_confidential_phones_and_unpublished_contacts_are_left_out(database: Database) -> None:
    with database.writing() as session:
        service = add_service(session)
        add(session, Phone(service_id=service.id, number="613-555-0100", e164="+16135550100"))
        add(session, Phone(service_id=service.id, number="613-555-0199", confidential=True))
        add(session, Contact(service_id=service.id, name="Ana Secret"))
        add(session, Contact(service_id=service.id, name="Bo Open", published=True))
        session.commit()
    listing = read(database, service)
    assert [phone.number for phone in listing.phones] == ["613-555-0100"]
    assert [contact.name for contact in listing.contacts] == ["Bo Open"]
    assert "0199" not in repr(listing)
    assert "Ana" not in repr(listing)


def test_hours_of_the_service_at_the_place_win_over_hours_of_the_place(database: Database) -> None:
    with database.writing() as session:
        place = add_location(session)
        service = add_service(session, at=place, ways_in=["walk_in"])
        add(session, ScheduleRow(location_id=place.id, freq="WEEKLY", byday="MO", opens_at="08:00", closes_at="20:00"))
        add(session, ScheduleRow(service_id=service.id, freq="WEEKLY", byday="TU", opens_at="09:00", closes_at="12:00"))
        add(session, ScheduleRow(service_id=service.id, purpose="intake", freq="WEEKLY", byday="TU", opens_at="09:00", closes_at="10:00"))
        session.commit()
    access = read(database, service).places[0].access
    assert access is not None
    assert [row.byday for row in access.hours.schedules] == [("TU",)]
    assert access.intake is not None
    assert access.intake.schedules[0].closes_at is not None
    assert access.intake.schedules[0].closes_at.hour == 10
    assert access.ways_in == {WayIn.WALK_IN}


def test_a_service_without_a_place_still_has_one_to_show_its_hours_at(database: Database) -> None:
    with database.writing() as session:
        service = add_service(session)
        add(session, ScheduleRow(service_id=service.id, freq="WEEKLY", byday="MO", opens_at="08:00", closes_at="20:00"))
        session.commit()
    listing = read(database, service)
    assert [place.id for place in listing.places] == [service.id]
    assert listing.places[0].zone == "America/Toronto"
    assert listing.places[0].access is not None
    assert listing.places[0].access.hours.known


@pytest.mark.parametrize(("hours", "shown"), [(1, 1), (-1, 0)])
def test_room_is_told_until_it_runs_out(database: Database, hours: int, shown: int) -> None:
    with database.writing() as session:
        service = add_service(session)
        unit = add(session, Unit(name="bed"))
        add(
            session,
            ServiceCapacity(
                service_id=service.id,
                unit_id=unit.id,
                available=3,
                status="capacity",
                updated=THEN,
                expires_at=NOW + timedelta(hours=hours),
            ),
        )
        session.commit()
    assert len(read(database, service).rooms) == shown


def test_everything_else_of_a_listing_is_read_with_it(database: Database) -> None:
    with database.writing() as session:
        organization = add_organization(session, sector="food", website="https://harbour.example")
        place = add_location(session, latitude=45.4, longitude=-75.7, point_kind="postal_code", point_radius_m=900, area_id="ca-on-ottawa")
        add(session, Address(location_id=place.id, address_1="12 Main St", city="Ottawa", state_province="ON", country="CA"))
        service = add_service(session, at=place, organization=organization, cost=["free"], name="Café communautaire")
        add(session, ServiceCategory(service_id=service.id, category="meals"))
        add(session, Language(service_id=service.id, code="fr", name="French"))
        add(session, ServiceArea(service_id=service.id, name="Ottawa", area_id="ca-on-ottawa"))
        add(
            session, Translation(object_id=service.id, kind="service", field="name", language="en", text="Community café", modified_at=THEN)
        )
        session.commit()
    listing = read(database, service)
    assert listing.organization is not None
    assert listing.organization.name == "Harbour House"
    assert listing.categories == ("meals",)
    assert listing.cost == ("free",)
    assert [language.code for language in listing.languages] == ["fr"]
    assert listing.texts == {"en": {"name": "Community café"}}
    assert listing.served[0].area_id == "ca-on-ottawa"
    shown = listing.places[0]
    assert shown.address is not None
    assert shown.address.one_line == "12 Main St, Ottawa ON"
    assert shown.point is not None
    assert shown.point.radius_m == 900
    assert shown.access is not None
    assert shown.access.hours.holiday_region == "CA-ON"
