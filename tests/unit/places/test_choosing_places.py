"""Which place of a name is meant: the thresholds, on places made up for the purpose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.place import Bias, KnownPlace, Point, PointKind
from directory.gateways.geocode.choosing import Candidate, choose

ONTARIO, ALBERTA = Bias("CA", "ON", 43.65, -79.38), Bias("CA", "AB", 51.05, -114.07)


def place(
    country: str, region: str, people: int, *, kind: PointKind = PointKind.CITY, rank: int = 1, at: tuple[float, float] = (0, 0)
) -> Candidate:
    return Candidate(KnownPlace(f"{country} {region}", Point(*at, kind, 5_000), country, region), people, rank)


LONDON_ONTARIO, LONDON_ENGLAND = place("CA", "ON", 422_324, at=(42.98, -81.23)), place("GB", "ENG", 8_961_989, at=(51.5, -0.12))


def first(candidates: list[Candidate], bias: Bias | None) -> tuple[str, bool]:
    verdict = choose(candidates, bias)
    return verdict.ordered[0].place.name, verdict.certain


def test_nothing_is_chosen_from_nothing() -> None:
    assert choose([], None).ordered == ()


def test_a_place_of_the_communitys_own_region_is_meant() -> None:
    assert first([LONDON_ENGLAND, LONDON_ONTARIO], ONTARIO) == ("CA ON", True)


def test_a_far_larger_place_abroad_is_asked_about_elsewhere_in_the_country() -> None:
    assert first([LONDON_ENGLAND, LONDON_ONTARIO], ALBERTA) == ("CA ON", False)


def test_without_a_community_the_far_larger_place_is_meant() -> None:
    assert first([LONDON_ENGLAND, LONDON_ONTARIO], None) == ("GB ENG", True)


def test_places_of_like_size_are_asked_about() -> None:
    assert first([place("US", "IL", 114_000, at=(39, -89)), place("US", "MA", 155_000, at=(42, -72))], None) == ("US MA", False)


def test_a_village_of_the_region_is_not_taken_for_a_metropolis_a_hundred_times_larger() -> None:
    assert first([place("US", "OH", 4_900, at=(40, -80)), place("CA", "ON", 2_794_356, at=(43, -79))], Bias("US", "OH")) == ("US OH", False)


def test_a_place_that_only_goes_by_the_name_gives_way_to_one_that_bears_it() -> None:
    known_as = place("US", "PA", 30_000, rank=0, at=(40, -75))
    assert first([known_as, place("US", "OH", 20_000, at=(41, -82))], None) == ("US OH", True)


def test_a_city_stands_before_the_region_it_is_in() -> None:
    assert first([place("US", "NY", 20_000_000, kind=PointKind.REGION), place("US", "NY", 8_800_000, at=(40.7, -74))], None) == (
        "US NY",
        True,
    )
    assert (
        choose([place("US", "NY", 20_000_000, kind=PointKind.REGION), place("US", "NY", 8_800_000)], None).ordered[0].place.point.kind
        == "city"
    )


def test_a_large_city_and_a_region_elsewhere_of_its_name_are_asked_about() -> None:
    state, capital = place("US", "WA", 7_700_000, kind=PointKind.REGION), place("US", "DC", 689_000, at=(38.9, -77))
    assert first([state, capital], None) == ("US WA", False)


def test_a_town_and_its_district_are_one_place() -> None:
    assert first([place("CA", "ON", 60_000, at=(43, -80)), place("CA", "ON", 50_000, at=(43.05, -80))], None) == ("CA ON", True)


_CANDIDATES = st.lists(
    st.builds(
        place,
        st.sampled_from(["CA", "US"]),
        st.sampled_from(["ON", "NY"]),
        st.integers(0, 3_000_000),
        at=st.tuples(st.floats(40, 50), st.floats(-90, -70)),
    ),
    max_size=6,
)


@given(_CANDIDATES, st.sampled_from([None, ONTARIO, ALBERTA]))
def test_the_order_of_the_candidates_changes_nothing(candidates: list[Candidate], bias: Bias | None) -> None:
    assert choose(candidates, bias).certain == choose(candidates[::-1], bias).certain


@given(_CANDIDATES, st.sampled_from([None, ONTARIO, ALBERTA]))
def test_what_is_certain_is_never_hundreds_of_times_smaller_than_another(candidates: list[Candidate], bias: Bias | None) -> None:
    verdict = choose(candidates, bias)
    if verdict.certain:
        assert all(other.people < 101 * verdict.ordered[0].people for other in verdict.ordered)


@pytest.mark.parametrize("people", [0, 500])
def test_two_hamlets_of_unknown_size_are_asked_about(people: int) -> None:
    assert first([place("CA", "NS", people, at=(45, -64)), place("CA", "NS", 0, at=(44, -66))], Bias("CA", "NS")) == ("CA NS", False)
