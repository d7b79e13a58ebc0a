"""Reading records with everything that hangs on them, a batch at a time and a select a table: only what may go out.

Withdrawn and merged records are not read; nor are unpublished contacts, confidential phones, what was kept aside unread, and of a
confidential place everything that could tell where it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.prepare.fields import PARTS

Row = dict[str, Any]

AT_ONCE = 2_000
"""Ids in one select."""

PARTS_KEY = "_parts"
"""Where a row carries its parts: list name of HSDS -> rows."""

_BY_LINK = {"attributes": ("attribute", "link_id"), "metadata": ("metadata", "resource_id")}
_OPEN_OF_A_HIDDEN_PLACE = ("phones", "schedules", "languages", "accessibility")
_KEPT_OF_A_HIDDEN_PLACE = ("id", "source_id", "location_type", "confidential", "zone")
_KEPT_OF_ITS_PARTS = {
    "phones": ("id", "number", "extension", "type", "sms", "e164"),
    "languages": ("id", "name", "code"),
    "accessibility": ("id", "code"),
    "schedules": (
        "id", "valid_from", "valid_to", "dtstart", "timezone", "until", "count", "wkst", "freq", "interval", "byday", "byweekno",
        "bymonthday", "byyearday", "opens_at", "closes_at", "purpose", "effect",
    ),
}  # fmt: skip
"""Fields that hold a code, a number or a time. What is free text may tell where a place is, and stays here."""


def is_public(table: Table) -> tuple[Any, ...]:
    """What makes a record one that may go out, as conditions: neither withdrawn nor merged."""
    return (table.c.withdrawn_at.is_(None), table.c.merged_into.is_(None))


def public_rows(session: Session, kind: str, ids: Iterable[str]) -> dict[str, Row]:
    """Public records of a kind by id, in the order of the ids, each with its parts under `PARTS_KEY`."""
    table = TABLES[kind]
    wanted = list(dict.fromkeys(ids))
    found = {row["id"]: row for row in _in_chunks(session, select(table).where(*is_public(table)), table.c.id, wanted)}
    return _with_parts(session, kind, {key: found[key] for key in wanted if key in found})


def rows_by(session: Session, kind: str, column: str, values: Sequence[str]) -> dict[str, Row]:
    """Public records of a kind that name one of these in a column, each with its parts, by id and in its order."""
    table = TABLES[kind]
    statement = select(table).where(*is_public(table)).order_by(table.c.id)
    return _with_parts(session, kind, {row["id"]: row for row in _in_chunks(session, statement, table.c[column], values)})


def _with_parts(session: Session, kind: str, rows: dict[str, Row]) -> dict[str, Row]:
    _hang_parts(session, kind, list(rows.values()))
    if kind == "location":
        return {key: _hidden(row) if row["confidential"] else row for key, row in rows.items()}
    if kind == "service":
        table = TABLES["service_category"]
        statement = select(table).order_by(table.c.category)
        for entry in _in_chunks(session, statement, table.c.service_id, list(rows)):
            rows[entry["service_id"]][PARTS_KEY]["categories"].append(entry)
    return rows


def _in_chunks(session: Session, statement: Select[Any], column: Any, values: Sequence[str]) -> Iterator[Row]:
    for start in range(0, len(values), AT_ONCE):
        for row in session.execute(statement.where(column.in_(values[start : start + AT_ONCE]))).mappings():
            yield dict(row)


def _hang_parts(session: Session, kind: str, rows: list[Row]) -> None:
    """Read the parts of rows of one kind and theirs, and hang each on what it belongs to."""
    everything = _hang(session, kind, rows)
    owners = {row["id"]: row for row in everything}
    for name, (part, column) in _BY_LINK.items():
        table = TABLES[part]
        for row in _in_chunks(session, select(table).order_by(table.c.id), table.c[column], list(owners)):
            owners[row[column]].setdefault(PARTS_KEY, {}).setdefault(name, []).append(row)
            owners[row["id"]] = row  # an attribute has a change log of its own


def _hang(session: Session, kind: str, rows: list[Row]) -> list[Row]:
    owners = {row["id"]: row for row in rows}
    for row in rows:
        row[PARTS_KEY] = defaultdict(list)
    everything = list(rows)
    for name, part in PARTS.get(kind, {}).items():
        if name in _BY_LINK or not owners:
            continue
        column = "object_id" if part == "translation" else f"{kind}_id"
        found = list(_parts(session, part, column, list(owners)))
        for row in found:
            owners[row[column]][PARTS_KEY][name].append(row)
        if part in PARTS:
            everything += _hang(session, part, found)
        elif part != "translation":
            everything += found
    return everything


def _parts(session: Session, kind: str, column: str, owners: Sequence[str]) -> Iterator[Row]:
    table = TABLES[kind]
    statement = select(table).order_by(*table.primary_key)
    if kind == "phone":
        statement = statement.where(table.c.confidential.is_(False))
    elif kind == "contact":
        statement = statement.where(table.c.published.is_(True))
    yield from _in_chunks(session, statement, table.c[column], owners)


def _hidden(row: Row) -> Row:
    """A confidential place with what says nothing of where it is."""
    parts = {
        name: [{field: part.get(field) for field in _KEPT_OF_ITS_PARTS[name]} for part in row[PARTS_KEY].get(name, ())]
        for name in _OPEN_OF_A_HIDDEN_PLACE
    }
    for feature in parts["accessibility"]:
        feature["description"] = feature["code"]
    return {field: row[field] for field in _KEPT_OF_A_HIDDEN_PLACE} | {PARTS_KEY: parts}
