"""The signals of a listing are what its rows say, of all that the catalogue names, however many are read at once."""

from datetime import timedelta

from sqlalchemy import event

from directory.domain.people import Role
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signals import signals_of
from directory.services.parts import Parts
from directory.services.quality.signals import read_cases
from directory.store.tables import (
    CostOption,
    Language,
    Location,
    Phone,
    RoleGrant,
    ScheduleRow,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    ServiceCategory,
    WorkerReport,
)
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.listings import add, add_location, add_organization, add_service
from tests.support.people import somebody

BARE = {
    "was_verified": False, "has_description": False, "description_length": 0, "has_way_in": False, "has_criteria": False, "risk": "other",
    "categories": frozenset(), "has_category": False, "tells_of_room": False, "is_reported": False, "has_phone": False,
    "has_way_to_reach": False, "has_place": False, "has_hours": False, "has_area": False, "has_cost": False, "has_languages": False,
    "has_owner": False,
}  # fmt: skip


def signals(parts: Parts, service_id: str) -> dict[str, object]:
    now = parts.clock.now()
    with parts.database.reading() as session:
        found = read_cases(session, [service_id], now)[service_id]
    return {name.removeprefix("listing."): value for name, value in found.at(now).items()}


def test_a_bare_listing_lacks_everything_and_what_it_does_not_have_is_not_known(parts: Parts):
    with parts.database.writing() as session:
        service = add(session, Service(name="Bare"))
        session.commit()
    assert signals(parts, service.id) == BARE
    assert {f"listing.{name}" for name in BARE} <= set(signals_of(SetKind.QUALITY))


def test_a_full_listing_is_told_in_all_that_the_catalogue_names(parts: Parts):
    now = parts.clock.now()
    planner = somebody(parts, Role.PLANNER, "planner@example.org")
    with parts.database.writing() as session:
        organization = add_organization(session, name="House")
        organization.sector = "food"
        grant = {"person_id": planner.person_id, "organization_id": organization.id, "granted_at": now, "granted_by": "tests"}
        session.add(RoleGrant(role="editor", **grant))
        place = add_location(session)
        service = add_service(
            session, at=place, organization=organization, name="Full", description="Hot meals.", ways_in=["walk_in"], cost=["free"],
            minimum_age=70, maximum_age=18, verified_at=now - timedelta(days=9), verified_how="owner",
        )  # fmt: skip
        add(session, ServiceCategory(service_id=service.id, category="food-pantry"))
        add(session, ServiceCapacity(service_id=service.id, updated=now - timedelta(days=12), status="waitlist"))
        told = now - timedelta(days=2)
        add(session, WorkerReport(service_id=service.id, kind="moved", told_at=told, ends_at=told, by="person:1"))
        add(session, Phone(organization_id=organization.id, number="1"))
        add(session, Language(location_id=place.id, name="French"))
        add(session, ServiceArea(service_id=service.id, name="Ottawa"))
        add(session, ScheduleRow(service_id=service.id, freq="WEEKLY", byday="MO", opens_at="09:00", closes_at="17:00"))
        add(session, ScheduleRow(service_id=service.id, freq="WEEKLY", byday="MO", opens_at="10:00", closes_at="19:00"))
        session.commit()
    told_of = signals(parts, service.id)
    assert told_of == {
        **dict.fromkeys(BARE, True), "description_length": 10, "risk": "basic", "categories": frozenset({"food-pantry"}),
        "sector": "food", "minimum_age": 70, "maximum_age": 18, "ages_are_reversed": True, "hours_contradict": True,
        "has_point": told_of["has_point"], "days_since_verified": 9, "room_days": 9, "reported_days": 2,
    }  # fmt: skip
    left = {name.removeprefix("listing.") for name in signals_of(SetKind.QUALITY)} - set(told_of)
    assert left == {"link", "link_days"}


def test_what_was_looked_at_since_or_answered_is_reported_no_longer(parts: Parts):
    now = parts.clock.now()
    with parts.database.writing() as session:
        looked = add(session, Service(name="Looked at", verified_at=now - timedelta(days=1)))
        answered = add(session, Service(name="Answered"))
        for service, at in ((looked, None), (answered, now)):
            told = now - timedelta(days=2)
            add(session, WorkerReport(service_id=service.id, kind="moved", told_at=told, ends_at=told, by="person:1", answered_at=at))
        session.commit()
    assert not signals(parts, looked.id)["is_reported"]
    assert not signals(parts, answered.id)["is_reported"]


def test_a_secret_place_is_a_place_and_wants_no_point(parts: Parts):
    with parts.database.writing() as session:
        service = add(session, Service(name="Shelter"))
        place = add(session, Location(name="House", confidential=True))
        add(session, ServiceAtLocation(service_id=service.id, location_id=place.id))
        session.commit()
    found = signals(parts, service.id)
    assert found["has_place"] is True
    assert "has_point" not in found


@ONE_IS_ENOUGH
def test_a_hundred_listings_take_no_more_statements_than_one(parts: Parts):
    with parts.database.writing() as session:
        ids = [add(session, Service(name=f"Service {number}", cost=[])).id for number in range(100)]
        for service_id in ids:
            add(session, CostOption(service_id=service_id, option="fee"))
        session.commit()
    counts = []
    with parts.database.reading() as session:
        said: list[str] = []
        event.listen(session.get_bind(), "before_cursor_execute", lambda *args: said.append(args[2]))
        for some in (ids[:1], ids[:1], ids):
            said.clear()
            read_cases(session, some, parts.clock.now())
            counts.append(len(said))
        said.clear()
        read_cases(session, ids, parts.clock.now(), {"listing.risk"})
        assert len(said) == 2, said
    assert counts[1] == counts[2] <= 14
