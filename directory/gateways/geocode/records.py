"""The rows of the data files, how they are written and read, and the packages they come from."""

import importlib
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from directory.domain.errors import Unavailable

SEPARATOR = "|"
FLOATS, WHOLE = frozenset({"latitude", "longitude"}), frozenset({"radius_m", "population"})


class PostalRow(NamedTuple):
    """A postal area: its point, how wrong it may be, and `within`: city and county area ids it lies in, separated by spaces."""

    code: str
    country: str
    region: str
    city: str
    latitude: float
    longitude: float
    radius_m: int
    zone: str
    within: str
    source: str


class PlaceRow(NamedTuple):
    """A city, neighbourhood, region or country. `area`: its own id; `aliases`: other names, separated by bars; `beside`: what tells
    it from its namesakes (`Delaware County`, `near London`) or the city that it is a part of."""

    kind: str
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    radius_m: int
    zone: str
    population: int
    area: str
    within: str
    aliases: str
    beside: str
    source: str


Row = TypeVar("Row", PostalRow, PlaceRow)


def build_package(module: str) -> ModuleType:
    """A package that only the building of data needs; it is no dependency of the product."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Unavailable(f"Building the gazetteer needs the package with module {module!r}: see build_data.py.") from error


def write_rows(path: Path, rows: Iterable[PostalRow] | Iterable[PlaceRow]) -> int:
    """Write rows as xz-compressed tab-separated text, sorted by the caller; gives the size in bytes."""
    lines = ("\t".join(_text(value) for value in row) for row in rows)
    content = ("\n".join(lines) + "\n").encode()
    path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    return path.stat().st_size


def read_rows(path: Path, kind: type[Row]) -> Iterator[Row]:
    """The rows of a file written by `write_rows`, numbers as numbers."""
    casts: list[Any] = [float if name in FLOATS else int if name in WHOLE else str for name in kind._fields]
    for line in lzma.decompress(path.read_bytes()).decode().splitlines():
        yield kind._make(cast(value) for cast, value in zip(casts, line.split("\t"), strict=True))


def _text(value: str | float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value).replace("\t", " ")
