"""The tables that an import writes, with what their columns need: defaults, dates, and what each part hangs on."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table

from directory.store import tables
from directory.store.base import UtcDateTime

TABLES: dict[str, Table] = {
    kind: model.__table__  # type: ignore[misc]
    for kind, model in {
        "taxonomy": tables.Taxonomy, "taxonomy_term": tables.TaxonomyTerm, "organization": tables.Organization, "program": tables.Program,
        "location": tables.Location, "service": tables.Service, "service_at_location": tables.ServiceAtLocation, "phone": tables.Phone,
        "contact": tables.Contact, "language": tables.Language, "address": tables.Address, "accessibility": tables.Accessibility,
        "schedule": tables.ScheduleRow, "service_area": tables.ServiceArea, "funding": tables.Funding, "cost_option": tables.CostOption,
        "required_document": tables.RequiredDocument, "url": tables.Url, "organization_identifier": tables.OrganizationIdentifier,
        "service_capacity": tables.ServiceCapacity, "unit": tables.Unit, "attribute": tables.Attribute, "metadata": tables.Metadata,
        "translation": tables.Translation, "service_category": tables.ServiceCategory, "unmapped": tables.Unmapped,
    }.items()
}  # fmt: skip

INSERT_ORDER = (
    "unit", "contact", "phone", "language", "address", "accessibility", "schedule", "service_area", "funding", "cost_option",
    "required_document", "url", "organization_identifier", "service_capacity", "attribute", "metadata", "translation", "service_category",
    "unmapped",
)  # fmt: skip
"""Parts in an order in which what is named stands before what names it; they are deleted the other way round."""

PARTS_OF: dict[str, tuple[str, ...]] = {
    "organization": ("phone", "contact", "funding", "url", "organization_identifier"),
    "program": (),
    "service": (
        "phone", "contact", "schedule", "service_area", "language", "funding", "cost_option", "required_document", "service_capacity",
        "url",
    ),
    "service_at_location": ("phone", "contact", "schedule", "service_area"),
    "location": ("address", "phone", "contact", "schedule", "language", "accessibility"),
    "taxonomy": (),
    "taxonomy_term": (),
}  # fmt: skip
"""Parts that name the record in a column `<kind>_id`. Attributes, metadata, translations and what is kept aside name it in other ways."""

NOT_FROM_FEEDS = frozenset(
    {
        "id", "source_id", "external_id", "digest", "version", "created_at", "modified_at", "changed_at", "withdrawn_at", "withdrawn_why",
        "merged_into",
    }
)  # fmt: skip
KEPT_IF_NOT_TOLD = {
    "organization": frozenset({"sector", "verified_at", "verified_how", "verified_by"}),
    "location": frozenset(
        {
            "zone",
            "area_id",
            "point_kind",
            "point_radius_m",
            "latitude",
            "longitude",
            "confidential",
            "verified_at",
            "verified_how",
            "verified_by",
        }
    ),
}
"""What people and the directory itself add to a record stays when the feed says nothing of it."""
KEPT_ALWAYS = frozenset({"verified_at", "verified_how", "verified_by"})


def kept_if_not_told(kind: str) -> frozenset[str]:
    return KEPT_IF_NOT_TOLD.get(kind, KEPT_ALWAYS)


def _default(column: Any) -> Callable[[], Any] | None:
    default = column.default
    if default is None:
        return None
    if default.is_callable:
        return list if column.type.__class__.__name__ == "JSON" else None
    value = default.arg
    return lambda: value


DEFAULTS: dict[str, dict[str, Callable[[], Any]]] = {
    kind: {column.name: default for column in table.c if (default := _default(column)) is not None} for kind, table in TABLES.items()
}
COLUMNS: dict[str, tuple[str, ...]] = {kind: tuple(column.name for column in table.c) for kind, table in TABLES.items()}
MOMENTS: dict[str, tuple[str, ...]] = {
    kind: tuple(column.name for column in table.c if isinstance(column.type, UtcDateTime)) for kind, table in TABLES.items()
}
DAYS: dict[str, tuple[str, ...]] = {
    kind: tuple(column.name for column in table.c if isinstance(column.type, Date)) for kind, table in TABLES.items()
}
_BLANK: dict[str, dict[str, Any]] = {kind: dict.fromkeys(columns) for kind, columns in COLUMNS.items()}


def row_of(kind: str, fields: dict[str, Any], /, **more: Any) -> dict[str, Any]:
    """A whole row of a table: what is known, defaults for the rest, texts of moments and days as values."""
    row = {**_BLANK[kind], **fields, **more}
    for name, default in DEFAULTS[kind].items():
        if row[name] is None:
            row[name] = default()
    for name in MOMENTS[kind]:
        if isinstance(row[name], str):
            row[name] = datetime.fromisoformat(row[name])
    for name in DAYS[kind]:
        if isinstance(row[name], str):
            row[name] = date.fromisoformat(row[name])
    return row
