"""Fitting the gathered places together: ids, what lies within what, zones, and the regions and countries they make up."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from directory.domain.areas import area_id, city_id, slug
from directory.domain.distance import metres_between, metres_from
from directory.gateways.geocode.building.drafts import Draft, Drafts
from directory.gateways.geocode.counties import CountyIndex
from directory.gateways.geocode.names import name_key
from directory.gateways.geocode.records import build_package

OWN_SOURCE = "this directory"
COUNTY_MARK = "county:"
LEAST_REGION_M = 20_000
LANDMARK, LANDMARK_WITHIN_M = 50_000, 150_000  # people; metres
KNOWN_BY_NAME = 20  # a place this many times larger than its namesakes needs no more than its name


def zone_at(latitude: float, longitude: float) -> str:
    """The IANA zone at a point."""
    return str(build_package("tzfpy").get_tz(longitude, latitude))


def link(drafts: Drafts, index: CountyIndex, parts_file: Path) -> list[Draft]:
    """Give every place its id, zone and what it lies in; gives the places, largest first."""
    ordered = sorted(drafts, key=lambda draft: (-draft.population, draft.country, draft.region, draft.name, draft.latitude))
    parts = _parts(parts_file)
    taken: set[str] = set()
    for draft in ordered:
        draft.zone = draft.zone or zone_at(draft.latitude, draft.longitude)
        county = index.at(draft.latitude, draft.longitude) if draft.country == "US" else None
        draft.area = _free_id(draft, county.area if county else "", taken)
        taken.add(draft.area)
        whole = _whole(draft, county.area if county else "", parts, drafts)
        within = (whole, county.area if county else None)
        draft.within = tuple(area for area in within if area and area != draft.area)
    return ordered


def _whole(draft: Draft, county: str, parts: dict[tuple[str, str, str], str], drafts: Drafts) -> str:
    """The id of the larger city that a place is a part of, by the table written by hand; '' if it is far from it."""
    city = parts.get((draft.country, draft.region, name_key(draft.name))) or parts.get(("US", draft.region, county), "")
    near = city and drafts.find(draft.country, draft.region, city, draft.latitude, draft.longitude)
    return city_id(draft.country, draft.region, city) if near else ""


def _free_id(draft: Draft, county: str, taken: set[str]) -> str:
    """The plain id for the largest of its name in a region; the others are told apart by county, else by where they are."""
    plain = city_id(draft.country, draft.region, draft.name)
    by_county = f"{plain}-{county.rsplit('county-', 1)[-1]}" if county else plain
    by_point = f"{plain}-{abs(draft.latitude) * 100:.0f}-{abs(draft.longitude) * 100:.0f}"
    return next((choice for choice in (plain, by_county, by_point) if choice not in taken), f"{by_point}-{draft.origin or 2}")


def tell_apart(places: list[Draft], index: CountyIndex) -> None:
    """Say beside each place what it is a part of, or, when its region has several of the name, its county or the larger city near it."""
    names = {place.area: place.name for place in places}
    namesakes: dict[tuple[str, str, str], list[Draft]] = defaultdict(list)
    for place in places:
        namesakes[(place.country, place.region, name_key(place.name))].append(place)
    large = [place for place in places if place.population >= LANDMARK]
    for place in places:
        whole = next((names[area] for area in place.within if area in names), "")
        others = [other for other in namesakes[(place.country, place.region, name_key(place.name))] if other is not place]
        mistakable = any(place.population < KNOWN_BY_NAME * max(other.population, 1) for other in others)
        place.beside = whole or (_landmark(place, large, index) if mistakable else "")


def _landmark(place: Draft, large: list[Draft], index: CountyIndex) -> str:
    county = index.at(place.latitude, place.longitude) if place.country == "US" else None
    if county is not None:
        return county.name
    near = [
        (metres_between(place.latitude, place.longitude, city.latitude, city.longitude), city.name)
        for city in large
        if city.country == place.country and city is not place and name_key(city.name) != name_key(place.name)
    ]
    distance, name = min(near, default=(0.0, ""))
    return f"near {name}" if name and distance <= LANDMARK_WITHIN_M else ""


def _parts(path: Path) -> dict[tuple[str, str, str], str]:
    """Which place (by name key) or county (by id) lies in which larger city (by name)."""
    found = {}
    with path.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            part = row["part"]
            county = area_id(row["country"], row["region"], "county", part.removeprefix(COUNTY_MARK))
            key = county if part.startswith(COUNTY_MARK) else name_key(part)
            found[(row["country"], row["region"], key)] = row["city"]
    return found


def regions(places: list[Draft], regions_file: Path) -> Iterator[Draft]:
    """Countries and regions as places: the middle of their people, and the distance that holds 98 of 100 of their places."""
    members: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for place in places:
        members[(place.country, place.region)].append(place)
        members[(place.country, "")].append(place)
    with regions_file.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            inside = members[(row["country"], row["region"])]
            if inside:
                yield _region(row, inside)


def _region(row: dict[str, str], inside: list[Draft]) -> Draft:
    latitudes = np.array([place.latitude for place in inside])
    longitudes = np.array([place.longitude for place in inside])
    people = np.array([place.population + 1 for place in inside], dtype=float)
    middle = (float(np.average(latitudes, weights=people)), float(np.average(longitudes, weights=people)))
    radius = max(LEAST_REGION_M, int(np.percentile(metres_from(*middle, latitudes, longitudes), 98)))
    draft = Draft(row["name"], row["country"], row["region"], *middle, radius, int(people.sum()), OWN_SOURCE, kind="region")
    draft.zone = max(inside, key=lambda place: place.population).zone
    draft.aliases = {alias for alias in row["aliases"].split("|") if alias}
    draft.area = area_id(row["country"], row["region"])
    return draft


def largest_holding(cities: Iterable[Draft], latitude: float, longitude: float) -> Draft | None:
    """The most populous city whose built-up disc holds a point, else the nearest town within 15 km."""
    near = [
        city for city in cities if abs(city.latitude - latitude) < 0.5 and abs(city.longitude - longitude) < 0.9 and city.population >= 1000
    ]
    if not near:
        return None
    distances = metres_from(latitude, longitude, np.array([city.latitude for city in near]), np.array([city.longitude for city in near]))
    holding = [city for city, metres in zip(near, distances, strict=True) if metres <= BUILT_UP_SHARE * city.radius_m]
    if holding:
        return max(holding, key=lambda city: city.population)
    nearest = int(np.argmin(distances))
    return near[nearest] if distances[nearest] < 15_000 else None


BUILT_UP_SHARE = 0.58  # British cities hold about 4,500 people to the square kilometre: a disc of .58 of the cautious radius


def neighbourhood_area(city: Draft, name: str) -> str:
    """The id of a neighbourhood inside its city."""
    return f"{city.area}-{slug(name)}"
