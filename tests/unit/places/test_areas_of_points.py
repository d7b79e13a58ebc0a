"""Which areas hold a point, and which zone."""

import pytest

from directory.domain.place import PointKind
from directory.gateways.geocode.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("latitude", "longitude", "areas"),
    [
        (39.9526, -75.1652, {"us-pa-philadelphia", "us-pa-county-philadelphia", "us-pa", "us"}),
        (51.0447, -114.0719, {"ca-fsa-t2p", "ca-ab-calgary", "ca-ab-district-calgary-region", "ca-ab", "ca"}),
        (54.5970, -5.9300, {"gb-outcode-bt1", "gb-nir-belfast", "gb-nir", "gb"}),
        (43.7730, -79.2578, {"ca-on-scarborough", "ca-on-toronto", "ca-on", "ca"}),
        (41.8781, -87.6298, {"us-il-chicago", "us-il-county-cook", "us-il", "us"}),
        (39.4143, -77.4105, {"us-md-county-frederick", "us-md", "us"}),
    ],
)
def test_a_point_lies_in_its_city_county_region_and_country(
    gazetteer: Gazetteer, latitude: float, longitude: float, areas: set[str]
) -> None:
    assert areas <= set(gazetteer.areas_of_point(latitude, longitude))


@pytest.mark.parametrize(("latitude", "longitude"), [(30.0, -40.0), (0.0, 0.0), (48.85, 2.35), (89.0, 0.0), (-60.0, 170.0), (0.0, 180.0)])
def test_nothing_is_said_of_the_sea_or_of_countries_not_covered(gazetteer: Gazetteer, latitude: float, longitude: float) -> None:
    assert gazetteer.areas_of_point(latitude, longitude) == ()


def test_a_point_lies_in_one_county_only(gazetteer: Gazetteer) -> None:
    for latitude, longitude in ((39.95, -75.16), (40.0, -75.3), (38.99, -77.0), (41.7, -87.55)):
        counties = [area for area in gazetteer.areas_of_point(latitude, longitude) if "-county-" in area]
        assert len(counties) == 1


def test_a_point_of_the_far_north_lies_in_its_territory(gazetteer: Gazetteer) -> None:
    assert "ca-nu" in gazetteer.areas_of_point(63.75, -68.52)


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [(51.05, -114.07, "America/Edmonton"), (47.56, -52.71, "America/St_Johns"), (51.5, -0.12, "Europe/London"), (30.0, -40.0, "")],
)
def test_a_point_has_the_zone_of_its_clocks(gazetteer: Gazetteer, latitude: float, longitude: float, zone: str) -> None:
    assert gazetteer.zone_of(latitude, longitude) == zone


def test_towns_around_a_point_come_the_largest_first_and_no_further_than_asked(gazetteer: Gazetteer) -> None:
    near = gazetteer.towns_near(45.42, -75.69, 30_000)
    assert [place.area_ids[0] for place in near[:2]] == ["ca-on-ottawa", "ca-qc-gatineau"]
    assert all(place.point.kind is PointKind.CITY for place in near)
    assert [place.name for place in gazetteer.towns_near(45.42, -75.69, 30_000, limit=1)] == [near[0].name]
    assert gazetteer.towns_near(0.0, -30.0, 30_000) == ()
