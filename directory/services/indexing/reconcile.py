"""Hold the index against the database, service by service in id order: what is missing, what should not be there, what is out of date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from directory.services.indexing.enqueue import enqueue_again
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.store.tables import IndexConsumer, IndexPending, Service

STOPS_AFTER = 1_000
"""After so many services it is seen whether the process is to end."""

NAMED = 20
"""How many ids of each kind a report names."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Counts, with the first ids of each kind. `stale` counts other versions, older or (after a restore) newer. `waiting` and `parked` are
    pending rows: a difference that waits is on its way, not lost."""

    checked: int
    missing: int
    extra: int
    stale: int
    waiting: int
    parked: int
    missing_ids: tuple[str, ...] = ()
    extra_ids: tuple[str, ...] = ()
    stale_ids: tuple[str, ...] = ()

    @property
    def in_step(self) -> bool:
        return not (self.missing or self.extra or self.stale)


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of services, in order."""

    checked: int
    missing: Sequence[str]
    extra: Sequence[str]
    stale: Sequence[str]

    @property
    def ids(self) -> list[str]:
        return [*self.missing, *self.extra, *self.stale]


def compare(parts: Parts) -> Differences:
    """Walk through both sides."""
    missing: list[str] = []
    extra: list[str] = []
    stale: list[str] = []
    checked = 0
    for service_id, wanted, held in _walk(_database_versions(parts), parts.search.versions()):
        checked += wanted is not None
        if checked % STOPS_AFTER == 0:
            parts.stop_if_asked()
        if held is None:
            missing.append(service_id)
        elif wanted is None:
            extra.append(service_id)
        elif wanted != held:
            stale.append(service_id)
    return Differences(checked, missing, extra, stale)


def check_index(parts: Parts, *, repair: bool = False) -> CheckReport:
    """Compare; with `repair`, every service that differs is enqueued anew."""
    found = compare(parts)
    missing, extra, stale, checked = found.missing, found.extra, found.stale, found.checked
    if repair and found.ids:
        with parts.database.writing() as session:
            enqueue_again(session, parts.consumer, found.ids, parts.clock)
            session.commit()
    _note(parts, len(missing), len(extra), len(stale))
    waiting, parked = _pending(parts)
    return CheckReport(
        checked=checked,
        missing=len(missing),
        extra=len(extra),
        stale=len(stale),
        waiting=waiting,
        parked=parked,
        missing_ids=tuple(missing[:NAMED]),
        extra_ids=tuple(extra[:NAMED]),
        stale_ids=tuple(stale[:NAMED]),
    )


def _database_versions(parts: Parts) -> Iterator[tuple[str, int]]:
    with parts.database.reading() as session:
        statement = select(Service.id, Service.version).where(*listed_condition()).order_by(Service.id)
        for row in session.execute(statement.execution_options(yield_per=5_000)):
            yield row.id, row.version


def _walk(wanted: Iterator[tuple[str, int]], held: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int | None, int | None]]:
    """Merge two walks in id order into (id, version wanted, version held)."""
    left, right = next(wanted, None), next(held, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None
            yield left[0], left[1], None
            left = next(wanted, None)
        elif left is None or right[0] < left[0]:
            yield right[0], None, right[1]
            right = next(held, None)
        else:
            yield left[0], left[1], right[1]
            left, right = next(wanted, None), next(held, None)


def _note(parts: Parts, missing: int, extra: int, stale: int) -> None:
    """So that `doctor`, `/health` and `/metrics` can tell."""
    with parts.database.writing() as session:
        session.execute(
            update(IndexConsumer)
            .where(IndexConsumer.name == parts.consumer)
            .values(checked_at=parts.clock.now(), found_missing=missing, found_extra=extra, found_stale=stale)
        )
        session.commit()


def _pending(parts: Parts) -> tuple[int, int]:
    with parts.database.reading() as session:
        rows = session.execute(select(IndexPending.parked_why.is_(None)).where(IndexPending.consumer == parts.consumer)).all()
    waiting = sum(1 for row in rows if row[0])
    return waiting, len(rows) - waiting
