"""A record with its parts as rows, as the importer reads them, to be read as a form and changed through one."""

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from directory.services.exchange.apply.stored import stored_parts, stored_roots
from directory.services.exchange.apply.tables import row_of
from directory.store.base import new_id

Row = dict[str, Any]

TABLE_OF = {"service": "service", "site": "service_at_location", "location": "location", "organization": "organization"}
FORM_OF = {table: form for form, table in TABLE_OF.items()}
"""What a form calls a record, and the table that holds it."""


@dataclass
class Record:
    """`kind` is the table's name. `at`: the moment at which it is read or changed; `country` reads telephone numbers."""

    kind: str
    root: Row
    at: datetime
    parts: dict[str, list[Row]] = field(default_factory=dict)
    country: str = ""

    @property
    def object_id(self) -> str:
        return str(self.root["id"])

    @property
    def is_confidential(self) -> bool:
        return bool(self.root.get("confidential"))

    @property
    def form_kind(self) -> str:
        return FORM_OF[self.kind]

    @property
    def owner(self) -> str:
        """The column by which parts hang on this record."""
        return f"{self.kind}_id"

    def rows(self, kind: str, condition: Callable[[Row], bool] = bool) -> list[Row]:
        """Its own parts of a kind, without parts of parts, in the order of their ids."""
        found = [row for row in self.parts.get(kind, ()) if row.get(self.owner) == self.object_id and condition(row)]
        return sorted(found, key=lambda row: str(row["id"]) if "id" in row else "")

    def replace(self, kind: str, before: Iterable[Row], after: Iterable[Row]) -> None:
        """Put rows in the place of others, and take out what hung on those that are gone."""
        gone = [id(row) for row in before]
        self.parts[kind] = [row for row in self.parts.get(kind, ()) if id(row) not in gone] + list(after)
        self.drop_orphans()

    def new_part(self, kind: str, fields: Row, part_id: str = "") -> Row:
        """A row of a part that hangs on this record."""
        return row_of(kind, fields, **{"id": part_id or new_id(), self.owner: self.object_id})

    def drop_orphans(self) -> None:
        """Take out parts of parts whose part is gone."""
        present = {row["id"] for rows in self.parts.values() for row in rows if "id" in row} | {self.object_id}
        hangs_on = ("phone_id", "contact_id", "link_id", "resource_id")
        for kind, rows in self.parts.items():
            self.parts[kind] = [row for row in rows if all(row.get(column) in present for column in hangs_on if row.get(column))]

    def copy(self) -> "Record":
        return Record(self.kind, dict(self.root), self.at, deepcopy(self.parts), self.country)


def load_records(session: Session, kind: str, ids: Sequence[str], at: datetime, country: str = "") -> dict[str, Record]:
    """Records of a table by id, those that were withdrawn too."""
    if not ids:
        return {}
    roots, parts = stored_roots(session, kind, ids), stored_parts(session, kind, ids)
    return {key: Record(kind, root, at, dict(parts[key]), country) for key, root in roots.items()}
