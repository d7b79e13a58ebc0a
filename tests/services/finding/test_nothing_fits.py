"""When nothing fits: where the nearest lies, which other needs are near, whom to ask."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from directory.domain.community import INFORMATION, CrisisNumber
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.indexing.rebuild import rebuild_index
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.store.tables import Address, ServiceCategory
from search_index.query import Facet
from tests.support.listings import add, add_location, add_service
from tests.support.neighbourhood import WEST_PHILADELPHIA

FAR = {"latitude": 40.35, "longitude": -75.93}  # Reading, some 75 km off
ASK = CrisisNumber("211", {"en": "Information"}, {"en": "day and night"}, kinds=(INFORMATION,))


def fill(session: Session) -> None:
    reading = add_location(session, **FAR)
    add(session, Address(location_id=reading.id, address_1="1 Penn Street", city="Reading", state_province="PA", country="US"))
    far = add_service(session, name="Detox centre", at=reading)
    add(session, ServiceCategory(service_id=far.id, category="detox"))
    hidden = add_service(session, name="Hidden detox", at=add_location(session, confidential=True, **FAR))
    add(session, ServiceCategory(service_id=hidden.id, category="detox"))
    beside = add_service(session, name="Addiction counselling", remote=["phone"])
    add(session, ServiceCategory(service_id=beside.id, category="addiction-counselling"))


@pytest.fixture
def directory(parts: Parts) -> Parts:
    save_community(parts, "tests", replace(WEST_PHILADELPHIA, crisis_numbers=(*WEST_PHILADELPHIA.crisis_numbers, ASK)))
    with parts.database.writing() as session:
        fill(session)
        session.commit()
    rebuild_index(parts)
    return parts


NEAR = FindRequest(near="19104", selections={Facet.CATEGORY: ("detox",)})


def test_the_nearest_match_beyond_the_distance_is_named_with_the_step_that_holds_it(directory: Parts) -> None:
    page = find_services(directory, NEAR)
    assert [found.listing.name for found in page.results] == ["Hidden detox"]  # says neither where it is nor whom it serves
    assert page.farther is not None
    assert page.farther.place == "Reading"
    assert 60 < page.farther.distance_km < 100
    assert (page.farther.within_km, page.farther.total) == (100.0, 2)
    assert find_services(directory, replace(NEAR, within_km=page.farther.within_km)).total == page.farther.total


def test_nothing_is_said_of_a_farther_place_where_something_is_near_or_no_distance_was_asked(directory: Parts) -> None:
    assert find_services(directory, replace(NEAR, within_km=200)).farther is None
    assert find_services(directory, FindRequest(text="zzzz")).farther is None


def test_needs_near_the_one_that_was_meant_are_offered_with_what_they_would_show(directory: Parts) -> None:
    page = find_services(directory, NEAR)
    offered = {other.category: other.total for other in page.other_needs}
    assert "detox" not in offered
    assert all(total > 0 for total in offered.values())
    for slug, total in offered.items():
        assert find_services(directory, replace(NEAR, selections={Facet.CATEGORY: (slug,)})).total == total


def test_whom_to_ask_begins_with_the_information_line(directory: Parts) -> None:
    assert [entry.number for entry in find_services(directory, NEAR).whom_to_ask] == ["211", "911"]


def test_a_search_that_finds_enough_offers_nothing_of_this(parts: Parts) -> None:
    save_community(parts, "tests", WEST_PHILADELPHIA)
    with parts.database.writing() as session:
        for number in range(3):
            add_service(session, name=f"Food {number}")
        session.commit()
    rebuild_index(parts)
    page = find_services(parts, FindRequest(text="food"))
    assert (page.farther, page.other_needs, page.whom_to_ask) == (None, (), ())
