"""Small feeds for tests of the importer, and the importer run on them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from directory.services.exchange.report import ImportReport
from directory.services.exchange.request import ImportRequest
from directory.services.exchange.run import import_feed
from directory.services.parts import Parts
from directory.store.tables import Base, IndexConsumer

Row = Mapping[str, Any]

TABLES = (
    "organization", "program", "location", "service", "service_at_location", "taxonomy", "taxonomy_term", "phone", "contact", "language",
    "address", "accessibility", "schedule", "service_area", "funding", "cost_option", "required_document", "url", "service_capacity",
    "attribute", "metadata", "service_category", "translation", "unmapped",
)  # fmt: skip


def write_feed(folder: Path, **files: Iterable[Row]) -> Path:
    """A folder with one NDJSON file for each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        (folder / f"{name}.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def bring(parts: Parts, path: Path, source: str = "food bank", **asked: Any) -> ImportReport:
    return import_feed(parts, ImportRequest(path=path, source=source, **asked))


def bring_rows(
    parts: Parts, folder: Path, source: str = "food bank", asked: Mapping[str, Any] | None = None, **files: Iterable[Row]
) -> ImportReport:
    """Import these rows as the whole feed of the source."""
    for old in folder.glob("*.ndjson"):
        old.unlink()
    return bring(parts, write_feed(folder, **files), source, **(asked or {}))


def everything(session: Session, *without: str) -> dict[str, list[str]]:
    """All rows of all tables that an import writes, as sorted texts; columns named in `without` are left out."""
    found = {}
    for table in TABLES:
        rows = session.execute(text(f"SELECT * FROM {table}")).mappings()
        found[table] = sorted(json.dumps({name: str(value) for name, value in row.items() if name not in without}) for row in rows)
    return found


def one(session: Session, model: type[Base], **where: Any) -> Any:
    return session.scalars(select(model).filter_by(**where)).one()


def all_of(session: Session, model: type[Base], **where: Any) -> list[Any]:
    return list(session.scalars(select(model).filter_by(**where)))


def add_consumer(parts: Parts, name: str = "embedded") -> None:
    with parts.database.writing() as session:
        session.add(IndexConsumer(name=name, created_at=parts.clock.now()))
        session.commit()


def adds_up(report: ImportReport) -> bool:
    return all(
        counts["read"] == counts["created"] + counts["updated"] + counts["unchanged"] + counts["rejected"]
        for counts in report.counts.values()
    )


def messages(report: ImportReport, severity: str = "") -> list[str]:
    return [
        f"{problem.where} {problem.kind}.{problem.field}: {problem.message}"
        for problem in report.problems
        if severity in ("", problem.severity)
    ]


PANTRY: Row = {
    "id": "svc-1",
    "name": "Food pantry",
    "status": "active",
    "organization_id": "org-1",
    "phones": [{"id": "ph-1", "number": "613-555-0142", "type": "voice"}],
    "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "12:00"}],
    "service_at_locations": [{"id": "sal-1", "location_id": "loc-1"}],
}
HOUSE: Row = {"id": "org-1", "name": "Harbour House", "description": "A house by the harbour"}
PLACE: Row = {
    "id": "loc-1",
    "name": "Main Street Centre",
    "location_type": "physical",
    "latitude": 45.42,
    "longitude": -75.69,
    "addresses": [{"address_1": "12 Main Street", "city": "Ottawa", "state_province": "ON", "postal_code": "K1S 1B1", "country": "CA"}],
}
SMALL: dict[str, list[Row]] = {"organizations": [HOUSE], "services": [PANTRY], "locations": [PLACE]}
