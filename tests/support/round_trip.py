"""An export brought into an empty directory, and what two directories hold compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.clock import FixedClock
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.report import ImportReport
from directory.services.exchange.request import ImportRequest
from directory.services.exchange.run import import_feed
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.session import Database
from directory.store.tables import Location, Source
from search_index.embedded import TantivyEngine
from tests.support.moments import MONDAY_MORNING
from tests.support.places import FewPlaces

OF_THE_INSTALLATION = frozenset(
    {
        "source_id", "external_id", "digest", "version", "created_at", "modified_at", "changed_at", "withdrawn_at", "withdrawn_why",
        "merged_into",
    }
)  # fmt: skip
"""Columns that say how a record came here, not what it says."""
NOT_GIVEN_OUT = frozenset({"assurer_email"})


@contextmanager
def empty_parts(template: Path, folder: Path) -> Iterator[Parts]:
    """The parts of an empty directory on SQLite."""
    folder.mkdir(parents=True)
    (folder / "directory.sqlite").write_bytes(template.read_bytes())
    settings = Settings(data_dir=folder, secret_key="a key for tests only, of good length")
    database, search = Database(settings.database_address), TantivyEngine(settings.index_dir)
    yield Parts(settings=settings, database=database, search=search, geocoding=FewPlaces(), clock=FixedClock(MONDAY_MORNING))
    search.close()
    database.close()


def bring_back(parts: Parts, path: Path, source: str, **asked: Any) -> ImportReport:
    return import_feed(parts, ImportRequest(path=path, source=source, **asked))


def held(session: Session, source: str) -> dict[str, dict[tuple[Any, ...], dict[str, Any]]]:
    """Table -> key -> what a row says, of one source; records that are confidential or not listed, and what hangs on them, left out."""
    source_id = session.scalars(select(Source.id).where(Source.name == source)).one()
    found: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {}
    known: set[str] = set()
    hidden = set(session.scalars(select(Location.id).where(Location.confidential)))
    for kind, table in TABLES.items():
        rows = [dict(row) for row in session.execute(select(table)).mappings()]
        if "source_id" in table.c:
            rows = [row for row in rows if row["source_id"] == source_id and row["withdrawn_at"] is None and not row.get("confidential")]
        elif kind != "unit":  # those are sorted out at the end
            rows = [row for row in rows if _owner(row) in known and _may_go_out(kind, row)]
        known |= {row["id"] for row in rows if "id" in row}
        if kind == "service_at_location":
            rows = [{**row, "location_id": "confidential" if row["location_id"] in hidden else row["location_id"]} for row in rows]
        found[kind] = {tuple(row[column.name] for column in table.primary_key): _said(row) for row in rows}
    named = {row["unit_id"] for row in found["service_capacity"].values()}
    found["unit"] = {key: row for key, row in found["unit"].items() if key[0] in named}
    del found["unmapped"]
    return found


def _owner(row: dict[str, Any]) -> Any:
    names = ("link_id", "resource_id", "object_id", "contact_id", "phone_id", "service_at_location_id", "location_id", "service_id",
             "organization_id")  # fmt: skip
    return next((row[name] for name in names if row.get(name)), None)


def _may_go_out(kind: str, row: dict[str, Any]) -> bool:
    if kind == "attribute":
        return any(row[name] for name in ("value", "label", "taxonomy_term_id"))
    return not row.get("confidential") and (kind != "contact" or row["published"])


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in OF_THE_INSTALLATION | NOT_GIVEN_OUT | {"published"}}


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What the second directory says otherwise, at most ten lines a table."""
    found = []
    for kind, rows in before.items():
        told = [f"{kind} {key} is lost" for key in rows.keys() - after[kind].keys()]
        told += [f"{kind} {key} is more" for key in after[kind].keys() - rows.keys()]
        for key in rows.keys() & after[kind].keys():
            told += [
                f"{kind} {key} {name}: {value!r} became {after[kind][key][name]!r}"
                for name, value in rows[key].items()
                if value != after[kind][key][name]
            ]
        found += sorted(told)[:10]
    return found
