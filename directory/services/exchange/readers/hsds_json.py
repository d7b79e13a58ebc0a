"""Reader of HSDS 3 in JSON: one object, an array, a page with `contents`, an object of arrays, or one object a line (NDJSON).

What kind of record an object is, the name of its file says ("organizations.ndjson", "service_full.json") or the array it stands in; where
neither does, the object's own fields do.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from directory.services.exchange.readers.json_stream import Found, Malformed, lines_of, values_of
from directory.services.exchange.readers.json_tables import is_tabular, nested_records
from directory.services.exchange.readers.text_decoding import TextLines
from directory.services.exchange.records import FeedFile, Problem, ReaderOptions, Record, Severity, Where

LINES = frozenset({".ndjson", ".jsonl"})
SUFFIXES = LINES | {".json"}

_NAMES = (
    (re.compile(r"service_?at_?location"), "service_at_location"),
    (re.compile(r"taxonomy_?term"), "taxonomy_term"),
    (re.compile(r"taxonom"), "taxonomy"),
    (re.compile(r"organi[sz]ation|agenc"), "organization"),
    (re.compile(r"program"), "program"),
    (re.compile(r"location|site"), "location"),
    (re.compile(r"service"), "service"),
)
_SHAPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("service_at_location", frozenset({"service_id", "location_id"})),
    ("taxonomy_term", frozenset({"term_uri", "taxonomy_detail", "taxonomy_id", "parent_id"})),
    ("location", frozenset({"location_type", "latitude", "longitude", "addresses", "transportation"})),
    (
        "service",
        frozenset({"service_at_locations", "organization", "organization_id", "eligibility_description", "status", "application_process"}),
    ),
    ("organization", frozenset({"services", "programs", "website", "tax_id", "organization_identifiers", "legal_status", "locations"})),
    ("taxonomy", frozenset({"version", "uri"})),
)


def kind_of_name(name: str) -> str:
    """The kind that a file's or array's name tells; "" when it tells none."""
    stem = PurePosixPath(name).name.split(".")[0].lower()
    return next((kind for pattern, kind in _NAMES if pattern.search(stem)), "")


def kind_of_shape(data: Mapping[str, Any]) -> str:
    """The kind that an object's own fields tell; "" when they tell none."""
    keys = data.keys()
    if "location" in keys and ("service" in keys or "name" not in keys):
        return "service_at_location"
    if {"service_id", "location_id"} <= keys:
        return "service_at_location"
    return next((kind for kind, signs in _SHAPES[1:] if signs & keys), "")


class HsdsJsonReader:
    format = "hsds-json"

    def sniff(self, files: list[FeedFile]) -> bool:
        return any(_is_wanted(file) for file in files)

    def read(self, files: list[FeedFile], options: ReaderOptions) -> Iterator[Record | Problem]:  # noqa: ARG002
        for file in files:
            if _is_wanted(file):
                yield from _read_file(file)


def _is_wanted(file: FeedFile) -> bool:
    path = PurePosixPath(file.name)
    return path.suffix.lower() in SUFFIXES and path.name != "datapackage.json"


def _read_file(file: FeedFile) -> Iterator[Record | Problem]:
    kind = kind_of_name(file.name)
    text = TextLines(file)
    by_lines = PurePosixPath(file.name).suffix.lower() in LINES
    for found in lines_of(text) if by_lines else values_of(text):
        yield from _records(found, kind, file.name)
    yield from text.problems()


def _records(found: Found, kind: str, file: str) -> Iterator[Record | Problem]:
    value = found.value
    where = Where(file, found.line)
    if isinstance(value, Malformed):
        yield Problem(kind or "record", where, "", value.message)
    elif not isinstance(value, dict):
        yield Problem(kind or "record", where, "", 'A record must be an object with fields, as in {"id": …, "name": …}.')
    elif "openapi_url" in value and "name" not in value:
        yield Problem("file", where, "", "This is the first page of an API, not a listing; nothing is read from it.", Severity.NOTED)
    elif isinstance(value.get("contents"), list):
        for index, item in enumerate(value["contents"]):
            yield from _item(item, kind, Where(file, found.line, f"contents[{index}]"))
    elif is_tabular(value):
        for kind, item, path in nested_records(value):
            yield from _item(item, kind, Where(file, found.line, path))
    elif arrays := _arrays_of_records(value, kind):
        for name, items in arrays.items():
            for index, item in enumerate(items):
                yield from _item(item, kind_of_name(name), Where(file, found.line, f"{name}[{index}]"))
    else:
        yield from _item(value, kind_of_name(found.inside) or kind, where)


def _arrays_of_records(value: Mapping[str, Any], kind: str) -> dict[str, list[Any]]:
    """{"organizations": […], "services": […]}: an object that is nothing but named arrays."""
    if "id" in value or "name" in value or (kind and "organization_id" in value):
        return {}
    arrays = {name: items for name, items in value.items() if isinstance(items, list) and kind_of_name(name)}
    return arrays if arrays and all(isinstance(items, list | dict | None) or name.startswith("_") for name, items in value.items()) else {}


def _item(item: Any, kind: str, where: Where) -> Iterator[Record | Problem]:
    if not isinstance(item, dict):
        yield Problem(kind or "record", where, "", 'A record must be an object with fields, as in {"id": …, "name": …}.')
        return
    kind = kind or kind_of_shape(item)
    if not kind:
        message = "It is not clear what this is; name the file after it, as in services.json or organizations.ndjson."
        yield Problem("record", where, "", message)
        return
    yield Record(kind, item, where)
