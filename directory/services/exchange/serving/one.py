"""One record by its id: the object and when it changed last. Gone ones say so, merged ones where they went."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import Moved, NotFound, Withdrawn
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.export.run import one_view
from directory.services.exchange.serving import objects
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.lists import records_of
from directory.services.exchange.serving.shapes import Json
from directory.services.exchange.serving.terms import TermLists
from directory.services.parts import Parts

TABLE_OF = {
    "services": "service", "organizations": "organization", "service_at_locations": "service_at_location", "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}  # fmt: skip


def read_one(parts: Parts, kind: str, object_id: str, query: HsdsQuery) -> tuple[Json, datetime | None]:
    """Raise `NotFound`, `Withdrawn` and `Moved`."""
    with one_view(parts.database) as session:
        records = records_of(parts, session)
        if kind in ("taxonomies", "taxonomy_terms"):
            lists = TermLists(records, kind, HsdsQuery())
            if object_id in lists.own:
                return lists.own[object_id], None
            changed = _alive(session, kind, object_id)
            found = list(lists.objects([object_id]))
        else:
            changed = _alive(session, kind, object_id)
            found = list(objects.MAKERS[kind](records, [object_id], query))
    if not found:
        raise Withdrawn(f"This {_words(kind)} is no longer listed.")
    return found[0], changed


def _words(kind: str) -> str:
    return TABLE_OF[kind].replace("_", " ")


def _alive(session: Session, kind: str, object_id: str) -> datetime | None:
    """When a record that is still listed changed last."""
    table = TABLES[TABLE_OF[kind]]
    row: Any = session.execute(select(table).where(table.c.id == object_id)).mappings().first()
    if row is None:
        raise NotFound(f"There is no {_words(kind)} at this address.")
    if row["merged_into"]:
        raise Moved(f"This {_words(kind)} is now part of another record.", row["merged_into"])
    if row["withdrawn_at"] is not None:
        raise Withdrawn(f"This {_words(kind)} is no longer listed.")
    found: datetime = row.get("changed_at") or row["modified_at"]
    return found
