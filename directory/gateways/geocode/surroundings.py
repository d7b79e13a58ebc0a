"""Which areas hold a point: county by boundary, postal areas and city by how near their centres are. Nothing is said of the open sea."""

import tzfpy

from directory.domain.areas import is_county, smallest_first, with_ancestors
from directory.domain.place import KnownPlace, PointKind
from directory.gateways.geocode.reader import GazetteerReader

REACHES_M = (12_000, 60_000, 300_000)
POSTAL_TIES = 1.5  # other postal areas count while not this much further than the nearest, plus 300 m
POSTAL_TIE_M = 300
MOST_POSTAL_AREAS = 3


def areas_of_point(reader: GazetteerReader, latitude: float, longitude: float) -> tuple[str, ...]:
    """Ids of the areas that hold a point: postal areas, city, county, region, country; empty where no known place is near.

    Postal areas have no outlines here. Those whose centre is about as near as the nearest one's are all given, when the point lies within
    their radius: on Canadian codes that is 1.4 areas a point, the true one among them 93 times of 100 (the nearest alone: 82).
    """
    around = _around(reader, latitude, longitude)
    county = reader.county_at(latitude, longitude)
    postal = _postal(around)
    city = _city(around)
    found = [area for place in [*postal, *([city] if city else [])] for area in place.area_ids]
    if not found:
        return with_ancestors(county)
    counties = [area for area in found if is_county(area)]
    kept = [area for area in found if area not in counties or not county or area == county]
    return smallest_first([*kept, *with_ancestors(county)])


def _around(reader: GazetteerReader, latitude: float, longitude: float) -> list[tuple[float, KnownPlace, int]]:
    """What lies near a point, looking further where people are few, but not out at sea."""
    near = reader.around(latitude, longitude, REACHES_M[0])
    if near or not zone_of(latitude, longitude):
        return near
    return next((found for reach in REACHES_M[1:] if (found := reader.around(latitude, longitude, reach))), [])


def _postal(around: list[tuple[float, KnownPlace, int]]) -> list[KnownPlace]:
    postal = [(metres, place) for metres, place, _ in around if place.point.kind == PointKind.POSTAL_CODE]
    if not postal:
        return []
    furthest = POSTAL_TIES * postal[0][0] + POSTAL_TIE_M
    return [place for metres, place in postal if metres <= min(furthest, 1.3 * place.point.radius_m + 200)][:MOST_POSTAL_AREAS]


def _city(around: list[tuple[float, KnownPlace, int]]) -> KnownPlace | None:
    """The city that most likely holds the point: that whose centre is nearest for its size."""
    cities = [
        (metres / place.point.radius_m, -population, place)
        for metres, place, population in around
        if place.point.kind == PointKind.CITY and metres <= place.point.radius_m and population > 0
    ]
    return min(cities, key=lambda item: item[:2])[2] if cities else None


def towns_near(reader: GazetteerReader, latitude: float, longitude: float, within_m: float, limit: int) -> tuple[KnownPlace, ...]:
    """Cities and towns whose centre lies within some metres of a point, the largest first."""
    around = reader.around(latitude, longitude, within_m)
    towns = [(-people, metres, place) for metres, place, people in around if place.point.kind == PointKind.CITY and people > 0]
    return tuple(place for _people, _metres, place in sorted(towns, key=lambda town: town[:2])[:limit])


def zone_of(latitude: float, longitude: float) -> str:
    """The IANA zone at a point; '' on the open sea."""
    zone = str(tzfpy.get_tz(longitude, latitude))
    return "" if zone.startswith("Etc/") else zone
