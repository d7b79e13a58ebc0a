"""Gaps and counts of searches wait in memory and are written together, after the answers: no search waits for them, none fails with them.

What cannot be written (the database is busy, or away) is dropped: a log for planners is worth less than a search. The same search made
again within a few minutes counts once. That is told by a keyed hash of the question that exists in this process only, under a key that is
made anew each day and kept nowhere; it knows no person and no session.
"""

import hashlib
import hmac
import os
import random
import secrets
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.domain.gaps import Gap
from directory.store.session import Database
from directory.store.tables import SearchCount, SearchGap

WRITE_AFTER_SECONDS = 5.0
SAME_WITHIN = timedelta(minutes=10)
MOST_WAITING = 500
MOST_REMEMBERED = 5_000

_log = structlog.get_logger("directory.services.planning.gap_buffer")


class _Marks:
    """When each question of a day was asked, under a key of their own."""

    def __init__(self, day: date | None = None) -> None:
        self.day = day
        self._key = secrets.token_bytes(32)
        self._asked: OrderedDict[bytes, datetime] = OrderedDict()

    def when(self, question: str) -> datetime | None:
        return self._asked.get(self._mark(question))

    def keep(self, question: str, now: datetime) -> None:
        mark = self._mark(question)
        self._asked[mark] = now
        self._asked.move_to_end(mark)
        while len(self._asked) > MOST_REMEMBERED:
            self._asked.popitem(last=False)

    def _mark(self, question: str) -> bytes:
        return hmac.digest(self._key, question.encode(), hashlib.sha256)


class GapBuffer:
    """Safe between threads. `write_to` starts writing by itself; without it, gaps wait until `flush`."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[date, str, str]] = Counter()
        self._waiting: deque[Gap] = deque(maxlen=MOST_WAITING)
        self._asked, self._asked_before = _Marks(), _Marks()
        self._lock = threading.Lock()
        self._write: Callable[[], int] | None = None
        self._timer: threading.Timer | None = None
        self._process = 0

    def write_to(self, database: Database) -> None:
        """From now on, write a moment after the first gap that waits, in a thread of its own."""
        self._write = lambda: self.flush(database)

    def is_new(self, question: str, now: datetime) -> bool:
        """Whether this question was not asked in the last minutes; it counts as asked from now on."""
        with self._lock:
            self._turn(now)
            if any(now - before < SAME_WITHIN for marks in (self._asked, self._asked_before) if (before := marks.when(question))):
                return False
            self._asked.keep(question, now)
            return True

    def _turn(self, now: datetime) -> None:
        """A new key for a new day; the one before is held only as long as something asked before midnight may be asked again."""
        if self._asked.day != now.date():
            self._asked_before, self._asked = self._asked, _Marks(now.date())
        if timedelta(hours=now.hour, minutes=now.minute) >= SAME_WITHIN:
            self._asked_before = _Marks()

    def add(self, gap: Gap) -> None:
        """Let a gap wait to be written; the oldest goes when too many wait."""
        with self._lock:
            self._waiting.append(gap)
            self._write_soon()

    def count(self, day: date, needs: tuple[str, ...], area: str) -> None:
        """Let a search be counted for each of its needs; nothing of it is kept but that."""
        with self._lock:
            if len(self._counts) < MOST_WAITING:
                self._counts.update((day, need, area) for need in needs)
            self._write_soon()

    def _write_soon(self) -> None:
        if self._write is not None and not self._is_timed():
            self._timer = threading.Timer(WRITE_AFTER_SECONDS, self._write)
            self._timer.daemon = True
            self._process = os.getpid()
            self._timer.start()

    def flush(self, database: Database) -> int:
        """Write what waits, in no order; how many were written. What fails is dropped."""
        with self._lock:
            waiting, counts = list(self._waiting), dict(self._counts)
            self._waiting.clear()
            self._counts.clear()
            self._timer = None
        random.shuffle(waiting)
        try:
            with database.writing() as session:
                session.add_all(_row(gap) for gap in waiting)
                add_counts(session, counts)
                session.commit()
        except Exception as error:
            _log.info("gaps_dropped", count=len(waiting), why=type(error).__name__)
            return 0
        return len(waiting)

    def _is_timed(self) -> bool:
        """Whether a writer of this very process is on its way; a thread does not come along when a process is copied."""
        return self._timer is not None and self._process == os.getpid()


def add_counts(session: Session, counts: Mapping[tuple[date, str, str], int]) -> None:
    """Add to what was counted before, in one order, so that two processes do not wait for each other. The caller commits."""
    made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](SearchCount)
    more = made.on_conflict_do_update(
        index_elements=[SearchCount.day, SearchCount.need, SearchCount.area],
        set_={"searches": SearchCount.searches + made.excluded.searches},
    )
    rows = [{"day": day, "need": need, "area": area, "searches": count} for (day, need, area), count in sorted(counts.items())]
    if rows:
        session.execute(more, rows)


def _row(gap: Gap) -> SearchGap:
    return SearchGap(day=gap.day, needs=list(gap.needs), area=gap.area, filters=list(gap.filters), results=gap.results, locale=gap.locale)
