"""Filling the gazetteer's tables from its data files: places with their labels and areas, names, postal codes, counties, spellings."""

import csv
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from directory.domain.areas import area_id, city_id, county_name, district_id, is_county, postal_id, with_ancestors
from directory.domain.distance import metres_between
from directory.domain.errors import InvalidInput
from directory.domain.place import PointKind
from directory.gateways.geocode.counties import County, read_counties
from directory.gateways.geocode.names import name_key
from directory.gateways.geocode.records import SEPARATOR, PlaceRow, PostalRow, read_rows

OTHER_NAME, OWN_NAME, CURATED_NAME = 0, 1, 2
OWN_SOURCE = "this directory"
PEOPLE_PER_ZIP = 8_000  # ranks counties among their namesakes; no more than that
SPELLED_FROM = 1_000  # people; smaller places are found by their exact name only


@dataclass(slots=True)
class Filling:
    """What is known while the tables are filled."""

    connection: sqlite3.Connection
    next_id: int = 1
    by_name: dict[tuple[str, str, str], list[tuple[int, PlaceRow]]] = field(default_factory=lambda: defaultdict(list))
    districts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    region_names: dict[tuple[str, str], str] = field(default_factory=dict)
    zips: Counter[str] = field(default_factory=Counter)
    county_zones: dict[str, str] = field(default_factory=dict)
    spelled: set[str] = field(default_factory=set)

    def add_place(self, row: PlaceRow, label: str, areas: tuple[str, ...]) -> int:
        number, self.next_id = self.next_id, self.next_id + 1
        self.connection.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number, row.kind, row.name, label, row.country, row.region, row.latitude, row.longitude, row.radius_m, row.zone,
             row.population, " ".join(areas), row.source),
        )  # fmt: skip
        return number

    def remove_place(self, number: int) -> None:
        """Take out a place that another stands for."""
        for statement in ("DELETE FROM place WHERE id = ?", "DELETE FROM name WHERE place_id = ?", "DELETE FROM spot WHERE id = ?"):
            self.connection.execute(statement, (number,))

    def add_name(self, name: str, number: int, rank: int, *, spelled: bool) -> None:
        key = name_key(name)
        self.connection.execute(
            "INSERT INTO name VALUES (?,?,?) ON CONFLICT DO UPDATE SET rank = max(rank, excluded.rank)", (key, number, rank)
        )
        if spelled and len(key) > 3:
            self.spelled.add(key)

    def add_area(self, area: str, weight: int, *names: str, people: int = 0, county: str = "") -> None:
        keys = {name_key(name) for name in names}
        self.connection.executemany(
            "INSERT OR IGNORE INTO area_name VALUES (?,?,?,?,?)", [(key, area, weight, people, county) for key in keys if key]
        )


def fill(connection: sqlite3.Connection, data: Path, progress: Callable[[str], None]) -> None:
    """Fill every table inside the caller's transaction."""
    filling = Filling(connection)
    progress("counties")
    counties = read_counties(data / "counties.json.xz")
    _fill_boundaries(connection, counties)
    filling.districts = _fill_districts(filling, data / "districts.csv")
    progress("places")
    for row in read_rows(data / "places.tsv.xz", PlaceRow):
        _fill_place(filling, row)
    progress("postal codes")
    _fill_postal(filling, data / "postal.tsv.xz")
    _fill_counties(filling, counties)
    _fill_aliases(filling, data / "aliases.csv")
    words = (data / "not_places.txt").read_text(encoding="utf-8").splitlines()
    connection.executemany("INSERT OR IGNORE INTO not_place VALUES (?)", [(name_key(line),) for line in words if not line.startswith("#")])
    progress("spellings")
    connection.executemany("INSERT INTO spelling VALUES (?)", [(key,) for key in sorted(filling.spelled)])


def _fill_boundaries(connection: sqlite3.Connection, counties: list[County]) -> None:
    for number, county in enumerate(counties, start=1):
        west, south, east, north = county.boundary.bounds
        connection.execute("INSERT INTO county VALUES (?,?,?)", (number, county.area, county.boundary.wkb))
        connection.execute("INSERT INTO county_box VALUES (?,?,?,?,?)", (number, south, north, west, east))


def _fill_districts(filling: Filling, path: Path) -> dict[str, tuple[str, ...]]:
    """Area id of a member (city or county) -> the districts it belongs to."""
    members: dict[str, tuple[str, ...]] = defaultdict(tuple)
    with path.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            country, region = row["country"], row["region"]
            district = district_id(country, region, row["name"])
            filling.add_area(district, 1, row["name"], *row["aliases"].split(SEPARATOR))
            for member in row["members"].split(SEPARATOR):
                prefix, _, name = member.rpartition(":")
                city = area_id(country, prefix if prefix.isupper() else region, "county" if prefix == "county" else "", name)
                members[city] += (district,)
    return members


def _areas(filling: Filling, *areas: str) -> tuple[str, ...]:
    """Areas, the districts that they belong to, and everything above."""
    districts = [district for area in areas for district in filling.districts.get(area, ())]
    return with_ancestors(*areas, *districts)


def place_label(name: str, country: str, region: str, region_names: dict[tuple[str, str], str], beside: str = "") -> str:
    """A name that tells a place from its namesakes: `Springfield, IL`, `London, England`, `Malvern, Scarborough, ON`."""
    short = country in {"CA", "US", "AU"}
    where = region if short else region_names.get((country, region), region)
    return ", ".join(part for part in (name, beside, where) if part)


def _fill_place(filling: Filling, row: PlaceRow) -> None:
    wide = row.kind == PointKind.REGION
    areas = _areas(filling, row.area, *row.within.split())
    if wide:
        filling.region_names[(row.country, row.region)] = row.name
        country = filling.region_names.get((row.country, ""), "")
        label = f"{row.name}, {country}" if row.region else row.name
    else:
        label = place_label(row.name, row.country, row.region, filling.region_names, row.beside)
    number = filling.add_place(row, label, areas)
    aliases = [alias for alias in row.aliases.split(SEPARATOR) if alias]
    spelled = row.population >= SPELLED_FROM
    filling.add_name(row.name, number, OWN_NAME, spelled=spelled)
    for alias in aliases:
        filling.add_name(alias, number, OWN_NAME if wide else OTHER_NAME, spelled=spelled)
    names = (row.name, *aliases, row.region) if wide else (row.name,)
    county = next((area for area in areas if is_county(area)), "")
    filling.add_area(row.area, 3 if wide else 1, *names, people=row.population, county=county)
    if not wide:
        filling.by_name[(row.country, row.region, name_key(row.name))].append((number, row))
        filling.connection.execute(
            "INSERT INTO spot VALUES (?,?,?,?,?)", (number, row.latitude, row.latitude, row.longitude, row.longitude)
        )


def _fill_postal(filling: Filling, path: Path) -> None:
    for row in read_rows(path, PostalRow):
        area = postal_id(row.country, row.code)
        areas = _areas(filling, area, *row.within.split(), area_id(row.country, row.region))
        label = place_label(row.code, row.country, row.region, filling.region_names, row.city)
        place = PlaceRow(
            PointKind.POSTAL_CODE, row.code, row.country, row.region, row.latitude, row.longitude, row.radius_m, row.zone, 0, area, "", "",
            "", row.source,
        )  # fmt: skip
        number = filling.add_place(place, label, areas)
        filling.connection.execute("INSERT INTO postal VALUES (?,?,?)", (row.code, row.country, number))
        filling.connection.execute(
            "INSERT INTO spot VALUES (?,?,?,?,?)", (number, row.latitude, row.latitude, row.longitude, row.longitude)
        )
        for county in (area for area in row.within.split() if "-county-" in area):
            filling.zips[county] += 1
            filling.county_zones.setdefault(county, row.zone)


def _fill_counties(filling: Filling, counties: list[County]) -> None:
    """Counties as areas by both their names, and as places by their full one (`Cook County`), where people live."""
    for county in counties:
        filling.add_area(county.area, 2, county.name, county_name(county.name))
        if county.name != county_name(county.name) and county.area in filling.county_zones:
            row = _county_place(filling, county)
            number = filling.add_place(
                row, place_label(county.name, "US", county.region, filling.region_names), _areas(filling, county.area)
            )
            filling.add_name(county.name, number, OWN_NAME, spelled=False)


def _county_place(filling: Filling, county: County) -> PlaceRow:
    middle = county.boundary.representative_point()
    west, south, east, north = county.boundary.bounds
    corners = ((south, west), (south, east), (north, west), (north, east))
    radius = int(max(metres_between(middle.y, middle.x, *corner) for corner in corners))
    people = PEOPLE_PER_ZIP * max(1, filling.zips[county.area])
    return PlaceRow(
        PointKind.REGION, county.name, "US", county.region, middle.y, middle.x, radius, filling.county_zones[county.area], people,
        county.area, "", "", "", "US Census",
    )  # fmt: skip


def _fill_aliases(filling: Filling, path: Path) -> None:
    """Names written by hand: a row with coordinates is a place of its own, the others point to a place by country, region and name."""
    with path.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        if row["latitude"]:
            _fill_own_place(filling, row)
    for row in rows:
        number, place = _target(filling, row)
        filling.add_name(row["alias"], number, CURATED_NAME, spelled=True)
        filling.add_area(place.area, 1, row["alias"])


def _fill_own_place(filling: Filling, row: dict[str, str]) -> None:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    nearby = [
        (metres_between(latitude, longitude, place.latitude, place.longitude), place.zone) for _, place in _all(filling, row["country"])
    ]
    place = PlaceRow(
        row["kind"], row["name"], row["country"], row["region"], latitude, longitude, int(row["radius_m"]), min(nearby)[1], 0,
        city_id(row["country"], row["region"], row["name"]), "", "", "", OWN_SOURCE,
    )  # fmt: skip
    areas = _areas(filling, place.area)
    for double, _ in filling.by_name.pop((place.country, place.region, name_key(place.name)), []):
        filling.remove_place(double)
    number = filling.add_place(place, place_label(place.name, place.country, place.region, filling.region_names), areas)
    filling.add_name(place.name, number, CURATED_NAME, spelled=True)
    filling.add_area(place.area, 1, place.name)
    filling.by_name[(place.country, place.region, name_key(place.name))].insert(0, (number, place))


def _all(filling: Filling, country: str) -> Iterator[tuple[int, PlaceRow]]:
    return (pair for (where, _, _), pairs in filling.by_name.items() if where == country for pair in pairs)


def _target(filling: Filling, row: dict[str, str]) -> tuple[int, PlaceRow]:
    found = filling.by_name.get((row["country"], row["region"], name_key(row["name"])))
    if not found:
        raise InvalidInput("aliases.csv", f"The alias {row['alias']!r} names {row['name']!r}, {row['region']}, which is no known place.")
    return max(found, key=lambda pair: (pair[1].source == OWN_SOURCE, pair[1].population))
