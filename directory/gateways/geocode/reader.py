"""Reading the gazetteer's database: rows as places. One connection a thread, opened when first needed, so a fork shares none."""

import math
import os
import sqlite3
import threading
from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from directory.domain.distance import metres_between
from directory.domain.place import KnownPlace, Point, PointKind
from directory.gateways.geocode.choosing import Candidate
from directory.gateways.geocode.database import connect
from directory.gateways.geocode.reading import Gazetteer, Where

_PLACE = "SELECT place.* FROM place"
METRES_PER_DEGREE = 111_195
SHORE_DEGREES = 0.05  # county boundaries are simplified: a point this little outside every county belongs to the nearest


class NamedArea(NamedTuple):
    """An area that bears a name. `weight`: 3 country or region, 2 county, 1 city or district; `county`: the one a city lies in."""

    area: str
    weight: int
    people: int
    county: str


class GazetteerReader:
    """The tables of `tables.sql`, read only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    @property
    def _database(self) -> sqlite3.Connection:
        if getattr(self._local, "process", None) != os.getpid():
            self._local.connection, self._local.process = connect(self._path), os.getpid()
        connection: sqlite3.Connection = self._local.connection
        return connection

    @cached_property
    def regions(self) -> Gazetteer:
        """Names and codes of regions and countries. Irish provinces have one-letter codes that nobody writes."""
        names: dict[str, set[Where]] = defaultdict(set)
        codes: dict[str, set[Where]] = defaultdict(set)
        sql = (
            "SELECT name.key, place.country, place.region FROM place JOIN name ON name.place_id = place.id "
            "WHERE place.id IN (SELECT id FROM place WHERE kind = 'region' AND source = 'this directory')"
        )
        for key, country, region in self._database.execute(sql):
            names[key].add(Where(country, region))
            if len(region) > 1:
                codes[region].add(Where(country, region))
            elif not region:
                codes[country].add(Where(country))
        return Gazetteer(
            {key: frozenset(meanings) for key, meanings in names.items()}, {code: frozenset(meanings) for code, meanings in codes.items()}
        )

    @cached_property
    def not_places(self) -> frozenset[str]:
        """Keys that mean no place when they stand alone."""
        return frozenset(row["key"] for row in self._database.execute("SELECT key FROM not_place"))

    def named(self, key: str) -> list[Candidate]:
        """The places with exactly this name key."""
        sql = "SELECT place.*, name.rank FROM name JOIN place ON place.id = name.place_id WHERE name.key = ?"
        return [Candidate(_place(row), row["population"], row["rank"]) for row in self._database.execute(sql, (key,))]

    def regions_coded(self, meanings: frozenset[Where]) -> list[Candidate]:
        """The regions and countries that a code alone means."""
        sql = f"{_PLACE} WHERE kind = 'region' AND source = 'this directory' AND country = ? AND region = ?"
        rows = [row for where in sorted(meanings, key=repr) for row in self._database.execute(sql, (where.country, where.region))]
        return [Candidate(_place(row), row["population"]) for row in rows]

    def postal(self, code: str, country: str) -> KnownPlace | None:
        """The postal area of a code as written in the data: `19104`, `T2P`, `BT1`."""
        sql = f"{_PLACE} JOIN postal ON postal.place_id = place.id WHERE postal.code = ? AND postal.country = ?"
        row = self._database.execute(sql, (code, country)).fetchone()
        return _place(row) if row else None

    def postal_near(self, code: str, country: str, limit: int) -> list[KnownPlace]:
        """Postal areas whose codes begin like this one, nearest in order first: what a mistyped code may have been."""
        prefix = code[:-1] if country != "US" else code[:3]
        sql = f"{_PLACE} JOIN postal ON postal.place_id = place.id WHERE postal.country = ? AND postal.code BETWEEN ? AND ? ORDER BY code"
        rows = self._database.execute(sql, (country, prefix, prefix + "~")).fetchall()
        closest = sorted(rows, key=lambda row: abs(int(row["name"]) - int(code)) if code.isdigit() else 0)
        return [_place(row) for row in closest[:limit]]

    @cached_property
    def spellings(self) -> list[str]:
        """The name keys that a misspelt name is compared with: some 57,000, five megabytes, read when first needed."""
        return [row["key"] for row in self._database.execute("SELECT key FROM spelling")]

    def around(self, latitude: float, longitude: float, within_m: float) -> list[tuple[float, KnownPlace, int]]:
        """Postal areas and cities within some metres of a point: metres, place, population; nearest first."""
        north = within_m / METRES_PER_DEGREE
        narrow = max(0.05, math.cos(math.radians(latitude)))
        east = north / narrow
        sql = f"{_PLACE} JOIN spot ON spot.id = place.id WHERE spot.south >= ? AND spot.north <= ? AND spot.west >= ? AND spot.east <= ?"
        box = (latitude - north, latitude + north, longitude - east, longitude + east)
        found = [
            (metres_between(latitude, longitude, row["latitude"], row["longitude"]), _place(row), row["population"])
            for row in self._database.execute(sql, box)
        ]
        return sorted((item for item in found if item[0] <= within_m), key=lambda item: item[0])

    def county_at(self, latitude: float, longitude: float) -> str:
        """The county id at a point, also just off a simplified shore; '' outside the United States."""
        import shapely

        sql = (
            "SELECT area, boundary FROM county JOIN county_box ON county_box.id = county.id "
            "WHERE south <= ? AND north >= ? AND west <= ? AND east >= ?"
        )
        reach = SHORE_DEGREES
        rows = self._database.execute(sql, (latitude + reach, latitude - reach, longitude + reach, longitude - reach))
        point = shapely.Point(longitude, latitude)
        near = [(shapely.from_wkb(row["boundary"]).distance(point), row["area"]) for row in rows]
        distance, area = min(near, default=(1.0, ""))
        return area if distance <= reach else ""

    def areas_named(self, key: str) -> list[NamedArea]:
        """Areas with this name key, the heaviest kind first."""
        sql = "SELECT area, weight, people, county FROM area_name WHERE key = ? ORDER BY weight DESC, area"
        return [NamedArea(*row) for row in self._database.execute(sql, (key,))]


def _place(row: sqlite3.Row) -> KnownPlace:
    point = Point(row["latitude"], row["longitude"], PointKind(row["kind"]), row["radius_m"])
    return KnownPlace(row["label"], point, row["country"], row["region"], row["zone"], tuple(row["areas"].split()), row["source"])
