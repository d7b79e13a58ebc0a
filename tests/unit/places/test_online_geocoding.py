"""Online geocoders: only streets, only when allowed, slowly, remembered, and never believed against the address itself."""

from typing import Any

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.location import Location

from directory.domain.errors import InvalidInput
from directory.domain.place import PointKind
from directory.gateways.geocode.chain import Chain, is_street_address
from directory.gateways.geocode.gazetteer import Gazetteer
from directory.gateways.geocode.online import MemoryCache, OnlineGeocoder, Pace, make_online_geocoder

ADDRESS = "1601 Market St, Philadelphia, PA 19103"
HOUSE = Location("1601 Market Street", (39.9530, -75.1673, 0.0), {"address": {"house_number": "1601"}})
STREET = Location("Market Street", (39.9530, -75.1673, 0.0), {"addresstype": "road"})


class Service:
    """A geopy service that gives one answer, or fails, and counts how often it was asked."""

    def __init__(self, answer: Location | None, error: Exception | None = None) -> None:
        self.answer, self.error = answer, error
        self.asked: list[str] = []

    def geocode(self, query: str, **_: Any) -> Location | None:
        self.asked.append(query)
        if self.error is not None:
            raise self.error
        return self.answer


def online(service: Service) -> OnlineGeocoder:
    return OnlineGeocoder("tests", service, cache=MemoryCache(), pace=Pace(0))


def test_a_house_is_an_address_and_a_street_is_a_street() -> None:
    house, street = online(Service(HOUSE)).locate(ADDRESS), online(Service(STREET)).locate(ADDRESS)
    assert house is not None
    assert house.point.kind == PointKind.ADDRESS
    assert street is not None
    assert street.point.kind == PointKind.STREET
    assert street.point.radius_m > house.point.radius_m


@pytest.mark.parametrize("answer", [HOUSE, None])
def test_nothing_is_asked_twice_not_even_what_was_not_found(answer: Location | None) -> None:
    service = Service(answer)
    geocoder = online(service)
    assert geocoder.locate(ADDRESS) == geocoder.locate("  1601 Market St,  Philadelphia, PA 19103 ")
    assert service.asked == [ADDRESS]


def test_a_service_that_does_not_answer_is_asked_again_next_time() -> None:
    service = Service(HOUSE, GeocoderTimedOut("too slow"))
    geocoder = online(service)
    assert geocoder.locate(ADDRESS) is None
    service.error = None
    assert geocoder.locate(ADDRESS) is not None


def test_a_second_lies_between_two_calls() -> None:
    now, waits = [100.0], []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    pace = Pace(1.0, clock=lambda: now[0], wait=wait)
    pace.hold()
    now[0] += 0.25
    pace.hold()
    now[0] += 5
    pace.hold()
    assert waits == [0.75]


@pytest.mark.parametrize(
    ("text", "street"),
    [
        (ADDRESS, True),
        ("12B Rue Sainte-Catherine", True),
        ("Unit 4, 123 Main St", True),
        ("19104", False),
        ("Calgary", False),
        ("T2P 1J9", False),
    ],
)
def test_a_street_address_begins_with_a_house_number(text: str, street: bool) -> None:
    assert is_street_address(text) is street


@pytest.mark.parametrize("text", [ADDRESS, "Philadelphia", "asdf"])
def test_what_a_visitor_types_never_leaves_the_machine(gazetteer: Gazetteer, text: str) -> None:
    service = Service(HOUSE)
    chain = Chain(gazetteer, online(service))
    assert chain.lookup(text) == gazetteer.lookup(text)
    assert service.asked == []


def test_a_visitors_street_goes_out_when_the_setting_allows_it(gazetteer: Gazetteer) -> None:
    service = Service(HOUSE)
    chain = Chain(gazetteer, online(service), visitors_may_go_online=True)
    place = chain.lookup(ADDRESS).place
    assert place is not None
    assert place.point.kind == PointKind.ADDRESS
    chain.lookup("Philadelphia")
    assert service.asked == [ADDRESS]


def test_an_imported_street_gets_its_house_and_the_areas_around_it(gazetteer: Gazetteer) -> None:
    place = Chain(gazetteer, online(Service(HOUSE))).locate_address(ADDRESS).place
    assert place is not None
    assert (place.country, place.region, place.zone) == ("US", "PA", "America/New_York")
    assert "us-pa-county-philadelphia" in place.area_ids


def test_a_service_that_puts_a_street_in_another_state_is_not_believed(gazetteer: Gazetteer) -> None:
    far = Location("1601 Market Street", (37.79, -122.4, 0.0), {"address": {"house_number": "1601"}})
    place = Chain(gazetteer, online(Service(far))).locate_address(ADDRESS).place
    assert place == gazetteer.lookup(ADDRESS).place


def test_a_service_that_knows_nothing_leaves_the_gazetteers_answer(gazetteer: Gazetteer) -> None:
    assert Chain(gazetteer, online(Service(None))).locate_address(ADDRESS) == gazetteer.lookup(ADDRESS)


@pytest.mark.parametrize(
    ("name", "agent", "field"), [("nosuch", "x (a@example.org)", "GEOCODER"), ("nominatim", " ", "GEOCODER_USER_AGENT")]
)
def test_a_service_that_cannot_be_used_is_refused_by_the_setting_that_names_it(name: str, agent: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        make_online_geocoder(name, user_agent=agent, options={}, cache=MemoryCache())
    assert caught.value.field == field


def test_an_option_that_a_service_does_not_have_is_refused() -> None:
    with pytest.raises(InvalidInput, match="cannot be set up"):
        make_online_geocoder("nominatim", user_agent="x (a@example.org)", options={"no_such": 1}, cache=MemoryCache())


def test_a_known_service_is_made_without_calling_it() -> None:
    made = make_online_geocoder(
        "photon", user_agent="Riverside (help@example.org)", options={"domain": "geo.example.org"}, cache=MemoryCache()
    )
    assert made.provider == "photon"
