"""What the directory holds now of records that changed: their rows and the rows of all their parts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from directory.services.exchange.apply.planned import Planned, Row, wanted_ids
from directory.services.exchange.apply.tables import PARTS_OF, TABLES

Parts = dict[str, list[Row]]


def rows_where(session: Session, table: Table, column: str, values: Sequence[str]) -> list[Row]:
    if not values:
        return []
    return [dict(row) for row in session.execute(select(table).where(table.c[column].in_(values))).mappings()]


def stored_roots(session: Session, kind: str, ids: Sequence[str]) -> dict[str, Row]:
    return {row["id"]: row for row in rows_where(session, TABLES[kind], "id", ids)}


def stored_parts(session: Session, kind: str, ids: Sequence[str]) -> dict[str, Parts]:
    """Record id -> kind of part -> rows, with parts of parts under the record they belong to in the end."""
    found: dict[str, Parts] = {object_id: defaultdict(list) for object_id in ids}
    owner: dict[str, str] = {object_id: object_id for object_id in ids}
    for part_kind in PARTS_OF[kind]:
        _collect(session, found, owner, part_kind, f"{kind}_id", ids)
    contacts = [row["id"] for parts in found.values() for row in parts["contact"]]
    _collect(session, found, owner, "phone", "contact_id", contacts)
    phones = [row["id"] for parts in found.values() for row in parts["phone"]]
    _collect(session, found, owner, "language", "phone_id", phones)
    everything = list(owner)
    _collect(session, found, owner, "attribute", "link_id", everything)
    _collect(session, found, owner, "metadata", "resource_id", everything)
    _collect(session, found, owner, "translation", "object_id", ids)
    _collect(session, found, owner, "unmapped", "object_id", ids)
    if kind == "service":
        _collect(session, found, owner, "service_category", "service_id", ids)
    return found


def _collect(session: Session, found: dict[str, Parts], owner: dict[str, str], kind: str, column: str, values: Sequence[str]) -> None:
    for row in rows_where(session, TABLES[kind], column, values):
        root = owner[row[column]]
        found[root][kind].append(row)
        if "id" in row:
            owner[row["id"]] = root


def taken_part_ids(session: Session, planned: Iterable[Planned], stored: dict[str, Parts]) -> dict[str, dict[str, str]]:
    """Of the UUIDs that parts bring along, those that are held already: kind -> id -> id of the record whose part has
    it, "" for another's."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for one in planned:
        for kind, ids in wanted_ids(one).items():
            wanted[kind].update(ids)
    taken: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, own in wanted.items():
        if "id" in TABLES[kind].c:
            column = TABLES[kind].c.id
            taken[kind] = dict.fromkeys(session.scalars(select(column).where(column.in_(own))), "")
    for object_id, parts in stored.items():
        for kind, rows in parts.items():
            taken[kind].update({row["id"]: object_id for row in rows if row.get("id") in taken[kind]})
    return taken


def key_of_part(kind: str, row: Row) -> tuple[Any, ...]:
    """What tells one part of a kind from another."""
    if kind == "translation":
        return (row["object_id"], row["field"], row["language"])
    if kind == "service_category":
        return (row["service_id"], row["category"])
    return (row["object_id"],) if kind == "unmapped" else (row["id"],)
