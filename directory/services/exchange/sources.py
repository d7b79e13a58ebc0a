"""The source of an import, and the lock that keeps two imports of one source apart."""

import os
import re
import socket
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.domain.errors import InvalidInput, Refused
from directory.domain.listing import SourceNote
from directory.services.exchange.request import ImportRequest
from directory.store.imports import ImportLock
from directory.store.session import Database
from directory.store.tables import ImportRun, Source

SILENT_FOR = timedelta(minutes=2)
"""An import that has not moved for so long, on a machine that cannot be asked, is taken to have been interrupted."""

_NAME = re.compile(r"[\w][\w .\-]{0,79}$")
_ABANDONED = "abandoned"


def check_name(name: str) -> str:
    if not _NAME.match(name.strip()):
        raise InvalidInput("source", "The name of a source has 1 to 80 letters, digits, dots, dashes or spaces, as in food-bank-ottawa.")
    return name.strip()


def source_of(session: Session, request: ImportRequest, clock: Clock) -> Source:
    """The source by its name, made when it is new; what the request says of it is written down."""
    name = check_name(request.source)
    found = session.scalar(select(Source).where(Source.name == name))
    if found is None:
        found = Source(name=name, created_at=clock.now(), language=request.language)
        session.add(found)
    for field in ("licence", "attribution", "publisher", "url", "is_sample", "authoritative"):
        value = getattr(request, field)
        if value is not None:
            setattr(found, field, value)
    found.retrieved_on = clock.now().date()
    session.flush()
    return found


def fill_source(session: Session, source_id: int, told: SourceNote) -> None:
    """Take over what a feed tells of its own source, where nothing is known yet."""
    row = session.get(Source, source_id)
    if row is None:
        return
    for field in ("publisher", "licence", "attribution", "url"):
        if not getattr(row, field):
            setattr(row, field, getattr(told, field))
    row.is_sample = row.is_sample or told.is_sample


def stored_source(session: Session, name: str) -> Source | None:
    return session.scalar(select(Source).where(Source.name == check_name(name)))


class SourceLock:
    """Held by one import of a source. Taking it marks runs that were interrupted as abandoned."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.source_id = 0
        self.run_id = 0

    def take(self, request: ImportRequest, format_name: str) -> tuple[int, int]:
        """Give (source id, run id). Raise `Refused` when another import of the source is under way."""
        try:
            with self._database.writing() as session:
                source = source_of(session, request, self._clock)
                self._clear_interrupted(session, source)
                run = ImportRun(
                    source_id=source.id, actor=request.actor, path=str(request.path), format=format_name, state="running",
                    started_at=self._clock.now()
                )  # fmt: skip
                session.add(run)
                session.flush()
                lock = ImportLock(
                    source_id=source.id, run_id=run.id, host=socket.gethostname(), process=os.getpid(), beat_at=self._clock.now()
                )
                session.add(lock)
                session.commit()
                self.source_id, self.run_id = source.id, run.id
        except IntegrityError:
            raise Refused(_busy(request.source)) from None
        return self.source_id, self.run_id

    def _clear_interrupted(self, session: Session, source: Source) -> None:
        lock = session.get(ImportLock, source.id)
        if lock is not None:
            if self._lives(lock):
                raise Refused(_busy(source.name))
            session.delete(lock)
        session.execute(
            update(ImportRun)
            .where(ImportRun.source_id == source.id, ImportRun.state == "running")
            .values(state=_ABANDONED, finished_at=self._clock.now())
            .execution_options(synchronize_session=False)
        )
        session.flush()

    def _lives(self, lock: ImportLock) -> bool:
        if lock.host == socket.gethostname():
            return _is_running(lock.process)
        return self._clock.now() - lock.beat_at < SILENT_FOR

    def beat(self, session: Session) -> None:
        """Say in the session's transaction that this import lives. Raise `Refused` when another has taken over."""
        result = session.execute(
            update(ImportLock)
            .where(ImportLock.source_id == self.source_id, ImportLock.run_id == self.run_id)
            .values(beat_at=self._clock.now())
            .execution_options(synchronize_session=False)
        )
        if result.rowcount != 1:  # type: ignore[attr-defined]
            raise Refused("Another import of this source took over while this one was paused; start it again when that one is done.")

    def give_back(self, session: Session) -> None:
        session.execute(delete(ImportLock).where(ImportLock.source_id == self.source_id, ImportLock.run_id == self.run_id))


def _busy(source: str) -> str:
    return f"Another import into {source} is under way; start this one when it is done."


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
