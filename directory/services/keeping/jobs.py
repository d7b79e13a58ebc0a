"""When the work in the background was done: kept in the database, so that pages, `doctor` and `/metrics` of every host tell the same."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.services.parts import Parts
from directory.store.tables import JobRun


@dataclass(frozen=True, slots=True)
class Job:
    """The last run of a job. `failure` is the kind of the last fault, "" when the last run went well."""

    name: str
    place: str
    started_at: datetime
    succeeded_at: datetime | None
    failed_at: datetime | None
    failure: str
    seconds: float | None


@contextmanager
def noted_job(parts: Parts, job: str, place: str | None = None) -> Iterator[None]:
    """Do a job and write down how it went. What fails is raised as it is."""
    where = parts.consumer if place is None else place
    started, began = parts.clock.now(), time.perf_counter()
    try:
        yield
    except Exception as error:
        note_failure(parts, job, error, where, started)
        raise
    note_job(parts, job, where, started, int((time.perf_counter() - began) * 1000))


def note_failure(parts: Parts, job: str, error: Exception, place: str | None = None, started: datetime | None = None) -> None:
    """A job failed. Only the kind of the fault is kept: its words may be of a person."""
    now = parts.clock.now()
    values = {"started_at": started or now, "failed_at": now, "failure": type(error).__name__[:80]}
    _write(parts, job, parts.consumer if place is None else place, values)


def note_job(parts: Parts, job: str, place: str, started: datetime | None = None, took_ms: int | None = None) -> None:
    """A job was done."""
    now = parts.clock.now()
    _write(parts, job, place, {"started_at": started or now, "succeeded_at": now, "failure": None, "took_ms": took_ms})


def _write(parts: Parts, job: str, place: str, values: dict[str, Any]) -> None:
    with parts.database.writing() as session:
        made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](JobRun)
        session.connection().execute(
            made.values(job=job, place=place, **values).on_conflict_do_update(index_elements=[JobRun.job, JobRun.place], set_=values)
        )
        session.commit()


def jobs_in(session: Session) -> tuple[Job, ...]:
    """Every job that was ever done, by name and place."""
    rows = session.scalars(select(JobRun).order_by(JobRun.job, JobRun.place))
    return tuple(
        Job(row.job, row.place, row.started_at, row.succeeded_at, row.failed_at, row.failure or "", row.took_ms and row.took_ms / 1000)
        for row in rows
    )
