"""Seal anew, with the newest key, what an older one sealed: after the night that follows, the old key can be thrown away."""

from sqlalchemy import Table, bindparam, select, type_coerce, update
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from directory.services.parts import Parts
from directory.store.sealing import Sealed, UnreadableSeal
from directory.store.tables import Base

AT_ONCE = 200


def reseal(parts: Parts) -> int:
    """How many texts were sealed anew. What no key opens is left as it is."""
    sealed = [(table, column.name) for table in Base.metadata.sorted_tables for column in table.c if isinstance(column.type, Sealed)]
    return sum(_reseal_column(parts, table, name) for table, name in sealed)


def _reseal_column(parts: Parts, table: Table, name: str) -> int:
    """Short transactions, so that nobody waits long; a text that was changed meanwhile is left for the next night."""
    keyring, column, keys = parts.database.keyring, type_coerce(table.c[name], String), list(table.primary_key)
    with parts.database.reading() as session:
        rows = session.execute(select(*keys, column).where(column.is_not(None))).all()
    stale = [(row[:-1], row[-1]) for row in rows if not keyring.is_newest(row[-1])]
    done = 0
    for start in range(0, len(stale), AT_ONCE):
        with parts.database.writing() as session:
            for key, text in stale[start : start + AT_ONCE]:
                try:
                    done += _replace(session, table, name, key, text, keyring.seal(keyring.unseal(text)))
                except UnreadableSeal:
                    continue
            session.commit()
    return done


def _replace(session: Session, table: Table, name: str, key: tuple[object, ...], before: str, after: str) -> int:
    column = table.c[name]
    conditions = [primary == value for primary, value in zip(table.primary_key, key, strict=True)]
    statement = (
        update(table)
        .where(*conditions, type_coerce(column, String) == bindparam("before", type_=String))
        .values({name: type_coerce(bindparam("after", type_=String), String)})
    )
    changed: int = session.connection().execute(statement, {"before": before, "after": after}).rowcount
    return changed
