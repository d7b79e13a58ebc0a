"""How the parts of an installation are: whether the database and the index answer, and how far the index is behind."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from directory.services.parts import Parts
from directory.store.migrate import current_revision, newest_revision
from directory.store.tables import IndexConsumer, IndexPending
from search_index.port import IndexHealth

NAMED = 20
"""How many of the services that were refused are named."""


@dataclass(frozen=True, slots=True)
class DatabaseHealth:
    """`reachable` and `migrated` to the tables of this version; `detail` says what is wrong."""

    reachable: bool
    migrated: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A service that the index refused, why, and how often it was tried; its next change tries again, and so does a rebuild."""

    service_id: str
    why: str
    attempts: int


@dataclass(frozen=True, slots=True)
class PendingHealth:
    """Services that the index has yet to hear of; `parked` ones were refused and wait for a person. `lag_seconds` is the age of the oldest
    that waits, 0 when none does. `refused` names the first of those parked."""

    waiting: int = 0
    parked: int = 0
    lag_seconds: float = 0.0
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class DriftHealth:
    """What the last check of the index found to differ, and when; `found` is None before there was one."""

    checked_at: datetime | None = None
    found: int | None = None


@dataclass(frozen=True, slots=True)
class FallbackHealth:
    """This host's own index, which answers when that of a server does not."""

    consumer: str
    index: IndexHealth
    pending: PendingHealth
    drift: DriftHealth = DriftHealth()


@dataclass(frozen=True, slots=True)
class Health:
    """`index` is the one that answers when all is well, `fallback` the one in reserve, where there is one."""

    database: DatabaseHealth
    index: IndexHealth
    pending: PendingHealth
    drift: DriftHealth = DriftHealth()
    fallback: FallbackHealth | None = None

    @property
    def degraded(self) -> bool:
        """The index does not answer, or is none: what is answered comes from the other one, where there is one that can."""
        return not self.index.reachable or (not self.index.ready and self.has_reserve)

    @property
    def has_reserve(self) -> bool:
        """Whether there is another index that can answer."""
        return self.fallback is not None and self.fallback.index.ready

    @property
    def ok(self) -> bool:
        """Whether searches and pages can be answered. A lag does not keep anybody from finding."""
        return self.database.reachable and self.database.migrated and (self.index.ready or self.has_reserve)


def read_health(parts: Parts) -> Health:
    """Look at every part; nothing is raised for a part that does not answer."""
    database = _database(parts)
    is_well = database.reachable and database.migrated
    pending, drift = _kept(parts) if is_well else (PendingHealth(), DriftHealth())
    return Health(database, parts.search.health(), pending, drift, _fallback(parts, is_well=is_well))


def _kept(parts: Parts) -> tuple[PendingHealth, DriftHealth]:
    return read_pending(parts), _drift(parts)


def _fallback(parts: Parts, *, is_well: bool) -> FallbackHealth | None:
    """`is_well`: the database can be asked."""
    if not parts.indexes:
        return None
    own = parts.each_index()[-1]
    return FallbackHealth(own.consumer, own.search.health(), *(_kept(own) if is_well else (PendingHealth(), DriftHealth())))


@cache
def _newest() -> str | None:
    """The revision of this program's tables, which does not change while it runs."""
    return newest_revision()


def _database(parts: Parts) -> DatabaseHealth:
    try:
        revision = current_revision(parts.database)
    except SQLAlchemyError as error:
        return DatabaseHealth(False, False, f"The database does not answer: {str(error).splitlines()[0]}")
    newest = _newest()
    if revision == newest:
        return DatabaseHealth(True, True)
    return DatabaseHealth(True, False, f"The tables are those of revision {revision or 'none'}, this version needs {newest}.")


def read_pending(parts: Parts) -> PendingHealth:
    """What waits for the index. Needs a migrated database."""
    own = IndexPending.consumer == parts.consumer
    with parts.database.reading() as session:
        waiting, oldest = session.execute(
            select(func.count(), func.min(IndexPending.enqueued_at)).where(own, IndexPending.parked_why.is_(None))
        ).one()
        is_parked = (own, IndexPending.parked_why.is_not(None))
        parked = session.scalar(select(func.count()).where(*is_parked)) or 0
        first = select(IndexPending.service_id, IndexPending.parked_why, IndexPending.attempts).where(*is_parked)
        rows = session.execute(first.order_by(IndexPending.service_id).limit(NAMED)).all() if parked else ()
    refused = tuple(Refused(row.service_id, row.parked_why or "", row.attempts) for row in rows)
    return PendingHealth(waiting, parked, _age(oldest, parts.clock.now()), refused)


def _drift(parts: Parts) -> DriftHealth:
    with parts.database.reading() as session:
        row = session.get(IndexConsumer, parts.consumer)
        if row is None or row.checked_at is None:
            return DriftHealth()
        return DriftHealth(row.checked_at, (row.found_missing or 0) + (row.found_extra or 0) + (row.found_stale or 0))


def _age(oldest: datetime | None, now: datetime) -> float:
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
