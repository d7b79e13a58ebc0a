"""The tabular form of HSDS written as one JSON object: tables by the names of their files, rows that point to one another by id.

Rows of parts are hung on the rows they name, so that what comes out is the nested form. Such an object is held whole.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Row = dict[str, Any]

_ROOTS = {
    "organizations": "organization", "programs": "program", "services": "service", "locations": "location",
    "service_at_location": "service_at_location", "service_at_locations": "service_at_location", "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}  # fmt: skip
_PARTS = {
    "phones": "phones", "contacts": "contacts", "schedules": "schedules", "addresses": "addresses", "languages": "languages",
    "accessibility": "accessibility", "service_areas": "service_areas", "funding": "funding", "cost_options": "cost_options",
    "required_documents": "required_documents", "service_capacity": "capacities", "organization_identifiers": "organization_identifiers",
    "url": "additional_urls", "urls": "additional_urls", "attributes": "attributes", "metadata": "metadata",
}  # fmt: skip
_OWNERS = (
    "phone_id",
    "contact_id",
    "service_at_location_id",
    "service_id",
    "location_id",
    "program_id",
    "organization_id",
    "link_id",
    "resource_id",
)
"""Columns that name what a row of parts hangs on, the nearest first."""


def is_tabular(value: Mapping[str, Any]) -> bool:
    return bool(value) and all(name.endswith(".csv") and isinstance(rows, list) for name, rows in value.items())


def nested_records(value: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """(kind, record, where in the object) of each record, with its parts inside."""
    tables = {name.removesuffix(".csv"): [dict(row) if isinstance(row, dict) else row for row in rows] for name, rows in value.items()}
    by_id = {row["id"]: row for rows in tables.values() for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)}
    for name, key in _PARTS.items():
        for row in tables.get(name, ()):
            if isinstance(row, dict) and (owner := _owner(row, by_id)) is not None:
                _hang(row, owner, "additional_websites" if name.startswith("url") and "service_id" not in row else key, by_id)
    for name, kind in _ROOTS.items():
        for index, row in enumerate(tables.get(name, ())):
            yield kind, row, f"{name}.csv[{index}]"


def _owner(row: Row, by_id: dict[str, Row]) -> Row | None:
    return next((by_id[row[column]] for column in _OWNERS if row.get(column) in by_id and by_id[row[column]] is not row), None)


def _hang(row: Row, owner: Row, key: str, by_id: dict[str, Row]) -> None:
    if row.get("unit_id") in by_id:
        row["unit"] = by_id[row["unit_id"]]
    owner.setdefault(key, []).append(row)
