"""Finding, through the index and the database: who is found, in what order, and what is said of each."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.community import Community
from directory.domain.errors import InvalidInput, Unavailable
from directory.domain.hours.values import Taking
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage
from directory.services.finding.suggest import suggest
from directory.services.indexing.rebuild import rebuild_index
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.store.tables import Address, Area, Change, Language, ScheduleRow, Service, ServiceArea, ServiceCategory, Source
from search_index.query import Facet
from tests.support.listings import THEN, add, add_location, add_organization, add_service

OTTAWA = {"latitude": 45.42, "longitude": -75.70}


@pytest.fixture
def directory(parts: Parts) -> Callable[[Callable[[Session], object]], Parts]:
    """Fill a directory whose community is in Ottawa, and index it."""
    save_community(parts, "operator", Community("Test", "Ottawa", "CA", "ON", "America/Toronto", 45.42, -75.69, ("en", "fr")))

    def fill(write: Callable[[Session], object]) -> Parts:
        with parts.database.writing() as session:
            write(session)
            session.commit()
        rebuild_index(parts)
        return parts

    return fill


def names(page: FindPage) -> list[str]:
    return [result.listing.name for result in page.results]


def codes(page: FindPage) -> set[str]:
    return {reason.code for reason in page.results[0].reasons}


Directory = Callable[[Callable[[Session], object]], Parts]


def test_a_place_in_the_words_keeps_what_is_near_and_what_serves_from_afar(directory: Directory) -> None:
    def write(session: Session) -> None:
        add_service(session, name="Food here", at=add_location(session, **OTTAWA))
        add_service(session, name="Food far away", at=add_location(session, latitude=43.65, longitude=-79.38))
        phone = add_service(session, name="Food by phone", remote=["phone"], at=add_location(session, latitude=43.65, longitude=-79.38))
        add(session, ServiceArea(service_id=phone.id, area_id="ca-on", name="Ontario"))
        other = add_service(session, name="Food by phone elsewhere", remote=["phone"])
        add(session, ServiceArea(service_id=other.id, area_id="ca-bc", name="British Columbia"))

    page = find_services(directory(write), FindRequest(text="food near Ottawa"))
    assert set(names(page)) == {"Food here", "Food by phone"}
    assert page.words == "food"
    by_name = {result.listing.name: result for result in page.results}
    assert by_name["Food here"].distance_km == pytest.approx(0.3, abs=0.3)
    assert by_name["Food by phone"].serves_here is True


def test_a_confidential_shelter_is_found_without_distance_and_says_why(directory: Directory) -> None:
    def write(session: Session) -> None:
        shelter = add_service(session, name="Women's shelter", at=add_location(session, confidential=True, **OTTAWA))
        add(session, ServiceArea(service_id=shelter.id, area_id="ca-on-ottawa", name="Ottawa"))

    page = find_services(directory(write), FindRequest(text="shelter near Ottawa"))
    assert names(page) == ["Women's shelter"]
    assert page.results[0].distance_km is None
    assert page.results[0].place.point is None
    assert {"place_not_published", "serves_area"} <= codes(page)


def test_a_blank_language_never_hides_and_comes_after_the_known_one(directory: Directory) -> None:
    def write(session: Session) -> None:
        add_service(session, name="Legal aid clinic")
        french = add_service(session, name="Legal aid clinic two")
        add(session, Language(service_id=french.id, code="fr", name="French"))
        english = add_service(session, name="Legal aid clinic three")
        add(session, Language(service_id=english.id, code="en", name="English"))

    parts = directory(write)
    asked = FindRequest(text="legal aid", selections={Facet.LANGUAGE: ("fr",)}, facets=frozenset({Facet.LANGUAGE}))
    page = find_services(parts, asked)
    assert names(page) == ["Legal aid clinic two", "Legal aid clinic"]
    assert page.results[1].unknown == ("language",)
    group = page.facets[0]
    assert {value.value: value.count for value in group.values} == {"en": 1, "fr": 1}
    assert group.unknown == 1


def test_open_now_takes_intake_where_it_is_known_and_keeps_unknown_hours_last(directory: Directory) -> None:
    """It is Monday 10:00 in Ottawa."""

    def hours(session: Session, name: str, opens: str, closes: str, intake: tuple[str, str] | None = None) -> None:
        service = add_service(session, name=name)
        add(session, ScheduleRow(service_id=service.id, freq="WEEKLY", byday="MO", opens_at=opens, closes_at=closes))
        if intake:
            add(
                session,
                ScheduleRow(service_id=service.id, purpose="intake", freq="WEEKLY", byday="MO", opens_at=intake[0], closes_at=intake[1]),
            )

    def write(session: Session) -> None:
        hours(session, "Detox that admits by day", "00:00", "23:59", ("08:00", "16:00"))
        hours(session, "Detox that admits at night", "00:00", "23:59", ("20:00", "23:00"))
        hours(session, "Detox of unknown intake", "09:00", "17:00")
        hours(session, "Detox closed now", "12:00", "17:00")
        add_service(session, name="Detox of unknown hours")

    page = find_services(directory(write), FindRequest(text="detox open now"))
    found = {result.listing.name: result.access for result in page.results}
    assert set(found) == {"Detox that admits by day", "Detox of unknown intake", "Detox of unknown hours"}
    assert names(page)[-1] == "Detox of unknown hours"
    assert found["Detox that admits by day"].taking is Taking.TAKES_PEOPLE
    assert found["Detox of unknown intake"].taking is Taking.OPEN_INTAKE_UNKNOWN
    assert found["Detox of unknown hours"].open is None
    assert (page.open_count, page.hours_unknown) == (2, 1)


def test_a_window_shows_the_first_opening_inside_it(directory: Directory) -> None:
    def write(session: Session) -> None:
        service = add_service(session, name="Food bank")
        add(session, ScheduleRow(service_id=service.id, freq="WEEKLY", byday="TU", opens_at="09:30", closes_at="11:00"))

    page = find_services(directory(write), FindRequest(text="food tomorrow morning"))
    assert page.results[0].access.open is True
    assert page.results[0].access.until is not None
    assert page.results[0].access.until.isoformat() == "2026-11-24T11:00:00-05:00"


def test_what_was_withdrawn_is_not_shown_however_old_the_index_is(directory: Directory) -> None:
    parts = directory(lambda session: [add_service(session, name=f"Food {number}") for number in range(3)])
    with parts.database.writing() as session:
        session.execute(update(Service).where(Service.name == "Food 1").values(withdrawn_at=THEN))
        session.commit()
    assert set(names(find_services(parts, FindRequest(text="food")))) == {"Food 0", "Food 2"}


def test_a_search_that_finds_nothing_says_what_hides_the_most(directory: Directory) -> None:
    def write(session: Session) -> None:
        for number in range(4):
            service = add_service(session, name=f"Food {number}", cost=["fee"])
            add(session, ScheduleRow(service_id=service.id, freq="WEEKLY", byday="SU", opens_at="09:30", closes_at="11:00"))
        free = add_service(session, name="Food free of charge", cost=["free"])
        add(session, ScheduleRow(service_id=free.id, freq="WEEKLY", byday="SA", opens_at="09:30", closes_at="11:00"))

    page = find_services(directory(write), FindRequest(text="food", open_at="now", selections={Facet.COST: ("free",)}))
    assert page.total == 0
    assert [(entry.field, entry.total) for entry in page.relaxations] == [("open_at", 1)]


def test_organizations_are_counted_by_their_names(directory: Directory) -> None:
    def write(session: Session) -> None:
        harbour = add_organization(session, name="Harbour House", sector="food")
        add_service(session, name="Food bank", organization=harbour)
        add_service(session, name="Food bus", organization=harbour)

    page = find_services(directory(write), FindRequest(facets=frozenset({Facet.ORGANIZATION, Facet.SECTOR})))
    labels = {group.facet: [(value.label or value.value, value.count) for value in group.values] for group in page.facets}
    assert labels == {Facet.SECTOR: [("food", 2)], Facet.ORGANIZATION: [("Harbour House", 2)]}


def test_a_page_with_made_up_listings_says_so(directory: Directory) -> None:
    def write(session: Session) -> None:
        source = add(session, Source(name="sample", is_sample=True))
        add_service(session, name="Food bank", source_id=source.id)

    assert find_services(directory(write), FindRequest(text="food")).has_sample_data


def test_a_quarter_of_the_community_is_a_place_that_no_gazetteer_need_know(directory: Directory) -> None:
    def write(session: Session) -> None:
        add(session, Area(id="ca-on", name="Ontario", kind="region"))
        add(session, Area(id="ca-on-mills", name="Les Moulins", kind="neighbourhood", parent_id="ca-on", latitude=45.42, longitude=-75.70))
        add_service(session, name="Food here", at=add_location(session, **OTTAWA))
        add_service(session, name="Food far away", at=add_location(session, latitude=43.65, longitude=-79.38))

    parts = directory(write)
    page = find_services(parts, FindRequest(text="food near les moulins"))
    assert names(page) == ["Food here"]
    assert page.place is not None
    assert page.place.area_ids == ("ca-on-mills", "ca-on")
    unknown = find_services(parts, FindRequest(text="food", near="Les Mulins"))
    assert unknown.place_question is not None
    assert [place.name for place in unknown.place_question.suggestions] == ["Les Moulins"]


def test_an_area_that_is_drawn_anew_counts_at_once(directory: Directory) -> None:
    def drawn(south: float) -> str:
        ring = [[-76.0, south], [-75.0, south], [-75.0, south + 1], [-76.0, south + 1], [-76.0, south]]
        return json.dumps({"type": "Polygon", "coordinates": [ring]})

    def write(session: Session) -> None:
        service = add_service(session, name="Food by phone", remote=["phone"])
        add(session, ServiceArea(service_id=service.id, extent=drawn(60.0), extent_type="geojson"))

    parts = directory(write)
    asked = FindRequest(text="food near Ottawa")
    assert names(find_services(parts, asked)) == []
    with parts.database.writing() as session:
        area = session.scalars(select(ServiceArea)).one()
        area.extent = drawn(45.0)
        said = {"object_kind": "service", "object_id": area.service_id, "part": "service_area", "field": "changed"}
        session.add(Change(**said, at=THEN, actor="operator", why=""))
        session.commit()
    rebuild_index(parts)
    assert names(find_services(parts, asked)) == ["Food by phone"]


def test_a_category_brings_everything_under_it(directory: Directory) -> None:
    def write(session: Session) -> None:
        pantry = add_service(session, name="North hall")
        add(session, ServiceCategory(service_id=pantry.id, category="food-pantry"))
        add_service(session, name="South hall")

    parts = directory(write)
    assert names(find_services(parts, FindRequest(selections={Facet.CATEGORY: ("food",)}))) == ["North hall"]


def test_a_town_in_an_address_is_found_by_its_name(directory: Directory) -> None:
    def write(session: Session) -> None:
        place = add_location(session, **OTTAWA)
        add(session, Address(location_id=place.id, address_1="1 Rue Principale", city="Gatineau", country="CA"))
        add_service(session, name="Food bank", at=place)

    assert names(find_services(directory(write), FindRequest(text="food bank gatineau"))) == ["Food bank"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"per_page": 101}, "per_page"),
        ({"per_page": 0}, "per_page"),
        ({"page": 0}, "page"),
        ({"page": 51}, "page"),
        ({"per_page": 100, "page": 11}, "page"),
        ({"box": (50.0, 0.0, 40.0, 1.0)}, "bbox"),
        ({"serves": "nowhere at all"}, "serves"),
        ({"text": "x" * 500}, "q"),
    ],
)
def test_a_request_that_cannot_be_answered_names_its_field(directory: Directory, fields: dict[str, object], name: str) -> None:
    parts = directory(add_service)
    with pytest.raises(InvalidInput) as caught:
        find_services(parts, FindRequest(**fields))  # type: ignore[arg-type]
    assert caught.value.field == name


def test_before_an_index_is_built_the_search_says_so(parts: Parts) -> None:
    with pytest.raises(Unavailable):
        find_services(parts, FindRequest(text="food"))


def test_typing_is_helped_with_needs_and_names(directory: Directory) -> None:
    parts = directory(lambda session: add_service(session, name="Foothills Centre"))
    texts = [entry.text for entry in suggest(parts, "foo")]
    assert "Foothills Centre" in texts
    assert any(entry.kind == "category" and entry.value == "food" for entry in suggest(parts, "foo"))
    assert suggest(parts, "f") == []
