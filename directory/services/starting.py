"""Beginning: whether an installation is empty, and emptying one that is to be another community's."""

from pathlib import Path

from sqlalchemy import delete, func, select

from directory.services.listings.community import is_set, read_community
from directory.services.parts import Parts
from directory.store.tables import Base, Organization, Service


def count_services(parts: Parts) -> int:
    with parts.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Service)) or 0


def is_empty(parts: Parts) -> bool:
    """No community has been set, and there is neither service nor organization."""
    if is_set(read_community(parts)) or count_services(parts):
        return False
    with parts.database.reading() as session:
        return not session.scalar(select(func.count()).select_from(Organization))


def keep_a_copy(parts: Parts) -> Path | None:
    """A copy of the whole database beside it, named by the time; None on a database server, which has its own way of copies."""
    if not parts.database.is_sqlite:
        return None
    path = parts.settings.data_dir / f"directory-until-{parts.clock.now():%Y%m%d-%H%M%S}.sqlite"
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    connection = parts.database.engine.raw_connection()  # a copy cannot be made inside a transaction, and a session always has one
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(partial),))
    finally:
        connection.close()
    partial.replace(path)
    return path


def start_over(parts: Parts) -> None:
    """Empty every table in one transaction. The index still holds what was there: rebuild it next."""
    with parts.database.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
        session.commit()
