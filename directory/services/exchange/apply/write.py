"""Writing one batch: rows of records and parts in an order that foreign keys allow, then history, then word to the indexes."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.services.editing.sealing import conceal
from directory.services.exchange.apply.beside_people import write_offers
from directory.services.exchange.apply.difference import Work
from directory.services.exchange.apply.inserting import insert_rows
from directory.services.exchange.apply.planned import Row
from directory.services.exchange.apply.tables import INSERT_ORDER, TABLES
from directory.services.exchange.records import ROOT_KINDS
from directory.services.indexing.enqueue import enqueue
from directory.store.tables import Attribute, Change, Service, ServiceAtLocation

CHANGE: Table = Change.__table__  # type: ignore[assignment]
AT_ONCE = 500


def write(session: Session, work: Work, clock: Clock, *, in_bulk: bool = True) -> None:
    """Write a batch into the session's transaction; the caller commits. `in_bulk`: as `enqueue` has it."""
    connection = session.connection()
    for kind in reversed(INSERT_ORDER):
        _delete(session, kind, work.deletes.get(kind, ()))
    for kind in (*ROOT_KINDS, *INSERT_ORDER):
        rows = work.inserts.get(kind)
        if rows and kind == "unit":
            connection.execute(_if_absent(session, TABLES[kind]), rows)
        elif rows:
            insert_rows(connection, TABLES[kind], rows)
    for kind in (*ROOT_KINDS, *INSERT_ORDER):
        for row in (*work.updates.get(kind, ()), *work.resealed.get(kind, ())):
            _update(session, TABLES[kind], row)
    if work.history:
        insert_rows(connection, CHANGE, work.history)
    for kind, ids in work.concealed.items():
        conceal(session, kind, ids)
    write_offers(session, work.offers)
    touched = [*work.new.get("service", ()), *work.changed.get("service", ()), *touched_services(session, work)]
    if touched:
        enqueue(session, touched, clock, in_bulk=in_bulk)


def _if_absent(session: Session, table: Table) -> Any:
    made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](table)
    return made.on_conflict_do_nothing()


def _update(session: Session, table: Table, row: Row) -> None:
    keys = [column.name for column in table.primary_key]
    statement = update(table).where(*(table.c[key] == bindparam(f"is_{key}") for key in keys))
    values = {name: value for name, value in row.items() if name not in keys}
    if table.name == "service":
        values.pop("version", None)  # raised where the indexes are told
    session.connection().execute(statement.values(values), {f"is_{key}": row[key] for key in keys})


def _delete(session: Session, kind: str, keys: Iterable[tuple[Any, ...]]) -> None:
    table = TABLES[kind]
    columns = list(table.primary_key)
    wanted = list(keys)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        condition = columns[0].in_([key[0] for key in some]) if len(columns) == 1 else tuple_(*columns).in_(some)
        session.connection().execute(delete(table).where(condition))


def touched_services(session: Session, work: Work) -> set[str]:
    """Services whose listing shows something that changed: their organization, program, place, or a term said of them."""
    found: set[str] = set()
    changed = {kind: ids for kind, ids in work.changed.items() if ids}
    for kind, column in (("organization", Service.organization_id), ("program", Service.program_id)):
        found |= _services(session, select(Service.id).where, column, changed.get(kind, ()))
    places = [*changed.get("service_at_location", ()), *work.new.get("service_at_location", ())]
    found |= _services(session, select(ServiceAtLocation.service_id).where, ServiceAtLocation.location_id, changed.get("location", ()))
    found |= _services(session, select(ServiceAtLocation.service_id).where, ServiceAtLocation.id, places)
    found |= _services(
        session,
        select(Attribute.link_id).where(Attribute.link_entity == "service").where,
        Attribute.taxonomy_term_id,
        changed.get("taxonomy_term", ()),
    )
    return found


def _services(session: Session, where: Any, column: Any, ids: Sequence[str]) -> set[str]:
    return {found for start in range(0, len(ids), AT_ONCE) for found in session.scalars(where(column.in_(ids[start : start + AT_ONCE])))}
