"""The description beside every HSDS export: what it is, of when, of whom, under which licences; and for tables, their columns."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from directory.domain.community import Community
from directory.domain.listing import SourceNote
from directory.services.exchange.hsds.standard import HOME, STANDARD, VERSION, Field, Kind

Json = dict[str, Any]

TABLE_TYPES = {"date": "date", "datetime": "datetime"}
_SHAPES = {"uuid": "uuid", "uri": "uri", "email": "email"}
_OWNERS = {
    "organization_id": "organization", "service_id": "service", "program_id": "program", "location_id": "location", "phone_id": "phone",
    "service_at_location_id": "service_at_location", "contact_id": "contact", "unit_id": "unit", "taxonomy_id": "taxonomy",
    "taxonomy_term_id": "taxonomy_term",
}  # fmt: skip
_FREE_DATES = frozenset({("metadata", "last_action_date")})
"""Columns that the standard calls dates and publishers fill with any text."""


def description(community: Community, sources: Iterable[SourceNote], made: datetime, profile: str, resources: list[Json]) -> Json:
    """A data package (Frictionless). Each source has its own licence; there is none for the whole."""
    listed = [source_of(source) for source in sources]
    return {
        "profile": profile,
        "name": "human_services_data",
        "title": f"{community.name or 'Shared directory'}: services and who offers them",
        "description": (
            "Human Services Data Specification. Each record names its source and licence in an attribute of the taxonomy "
            "“Shared directory: sources”; say the attribution wherever you show the record."
        ),
        "version": VERSION,
        "homepage": HOME,
        "created": made.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "licenses": [
            {"name": name, "title": f"Licence of {', '.join(entry['name'] for entry in listed if entry.get('licence') == name)}"}
            for name in sorted({entry["licence"] for entry in listed if entry.get("licence")})
        ],
        "sources": listed,
        "resources": resources,
    }


def source_of(source: SourceNote) -> Json:
    found = {
        "title": source.publisher or source.name,
        "name": source.name,
        "path": source.url,
        "licence": source.licence,
        "attribution": source.attribution,
        "retrieved_on": source.retrieved_on.isoformat() if source.retrieved_on else "",
    }
    return {name: value for name, value in found.items() if value} | ({"is_sample": True} if source.is_sample else {})


def json_resource(kind: str, path: str) -> Json:
    return {"name": path.partition(".")[0], "path": path, "format": "ndjson", "mediatype": "application/x-ndjson", "encoding": "utf-8",
            "title": f"Objects of kind {kind}, one a line"}  # fmt: skip


def table_resource(kind: Kind, present: frozenset[str]) -> Json:
    """One table with its columns. `present`: the kinds that the package has tables of."""
    keys = [
        {"fields": name, "reference": {"resource": _OWNERS[name], "fields": "id"}}
        for name in kind.columns
        if _OWNERS.get(name) in present and name != "id"
    ]
    schema: Json = {"primaryKey": "id", "fields": [_column(kind.name, kind.fields[name]) for name in kind.columns]}
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": kind.name, "path": kind.file, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _column(kind: str, field: Field) -> Json:
    found: Json = {"name": field.name, "type": field.type}
    if field.format in TABLE_TYPES and (kind, field.name) not in _FREE_DATES:
        found["type"] = TABLE_TYPES[field.format]
    elif field.format in _SHAPES:
        found["format"] = _SHAPES[field.format]
    rules: Json = {"required": True} if field.needed and field.name not in BLANK_WHERE_NOT_KNOWN.get(kind, ()) else {}
    if field.name == "id":
        rules["unique"] = True
    if field.choices:
        rules["enum"] = list(field.choices)
    return found | ({"constraints": rules} if rules else {})


BLANK_WHERE_NOT_KNOWN = {
    kind.name: frozenset(field.name for field in kind.fields.values() if field.needed == "json" and field.type == "string"
                         and not field.format and not field.choices and field.name != "name" and field.name != "number")
    for kind in STANDARD.values()
}  # fmt: skip
"""Texts that the standard needs and a listing may not have: the cell is there and blank, never filled with a word of ours."""
