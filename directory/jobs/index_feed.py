"""Keep the index in step: send what is pending, again and again, gathering changes a moment so that many become one batch; and see each
time whether the index is as it was left, so that one that was lost, put back or upgraded heals by itself."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError

from directory.domain.errors import Unavailable
from directory.services.indexing.dispatch import dispatch_pending
from directory.services.indexing.parked import is_rebuild_asked
from directory.services.indexing.rebuild import rebuild_index
from directory.services.indexing.watch import is_as_it_was_left, is_kept_by_another_version, mend
from directory.services.keeping.jobs import note_failure, note_job, noted_job
from directory.services.parts import Parts
from search_index.port import IndexNotReady, IndexUnavailable, KeptByAnother, WriterBusy

AT_ONCE_SECONDS = 0.0
GATHER_SECONDS = 0.2
IDLE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0
AWAY_PAUSE_SECONDS = 5.0
"""A server that is away is looked for this often: when it is back, what waits for it should not wait on."""

JOB = "index"
"""Under this name it is told when writing the index failed, and when it went well again."""

_log = structlog.get_logger("directory.jobs.index_feed")


@dataclass(slots=True)
class IndexFeed:
    """`failures` in a row so far: each doubles the pause before the next try, from one second to a minute; so does each time in a row that
    the index had to be mended (`mended`), as it would where somebody else keeps writing to it. `was_ready`: it was seen in this program's
    form; when another version has built it in its own since, this is the older one, and building it back would never end."""

    parts: Parts
    failures: int = 0
    mended: int = 0
    was_ready: bool = False

    @property
    def log(self) -> Any:
        """What is written down names the index."""
        return _log.bind(consumer=self.parts.consumer)

    def step(self) -> float:
        """Send one batch; how many seconds to wait before the next. Nothing that goes wrong ends the worker: the rows stay and wait."""
        try:
            pause = self._send()
        except (Unavailable, WriterBusy):
            return GATHER_SECONDS * 5  # somebody rebuilds; that is no failure
        except IndexUnavailable as error:
            pause = min(self._failed(error), AWAY_PAUSE_SECONDS)
            self.log.warning("index_unavailable", why=str(error), failures=self.failures, next_try_seconds=pause)
            return pause
        except OperationalError as error:
            pause = self._failed(error)
            kind = type(error.orig).__name__
            self.log.warning("database_unavailable", kind=kind, failures=self.failures, next_try_seconds=pause)
            return pause
        except Exception as error:
            pause = self._failed(error)
            self.log.exception("index_feed_failed", failures=self.failures, next_try_seconds=pause)
            return pause
        if self.failures:
            self.log.info("index_well_again", failures=self.failures)
            self.failures = 0
            note_job(self.parts, JOB, self.parts.consumer)
        return pause

    def _failed(self, error: Exception) -> float:
        self.failures += 1
        with suppress(Exception):  # it may be the database that does not answer
            note_failure(self.parts, JOB, error)
        return _growing(self.failures)

    def _send(self) -> float:
        if is_rebuild_asked(self.parts):
            return self._build("asked")
        try:
            as_it_was_left = is_as_it_was_left(self.parts)
            self.was_ready = True
            if not as_it_was_left:
                return self._mend()
            report = dispatch_pending(self.parts)
        except IndexNotReady as why:
            return self._build(str(why))
        self.mended = 0
        if report.confirmed or report.parked:
            self.log.info("index_fed", confirmed=report.confirmed, parked=report.parked, waiting=report.waiting)
            return AT_ONCE_SECONDS if report.waiting else GATHER_SECONDS
        return IDLE_SECONDS

    def _mend(self) -> float:
        began = self.parts.clock.now()
        found = mend(self.parts)
        if found is None:
            return AT_ONCE_SECONDS
        self.mended += 1
        note_job(self.parts, "mending", self.parts.consumer, began)
        counts = {"missing": len(found.missing), "extra": len(found.extra), "stale": len(found.stale)}
        self.log.warning("index_mended", **counts, times=self.mended)
        return AT_ONCE_SECONDS if self.mended == 1 else _growing(self.mended - 1)

    def _build(self, why: str) -> float:
        if self.was_ready and is_kept_by_another_version(self.parts):
            raise KeptByAnother("Another version of the program keeps this index now; start this one anew when it has been replaced.")
        self.log.info("index_rebuild_begins", why=why)
        with noted_job(self.parts, "rebuild"):
            built = rebuild_index(self.parts)
        self.log.info("index_rebuilt", services=built.services)
        return AT_ONCE_SECONDS


def _growing(times: int) -> float:
    return float(min(LONGEST_PAUSE_SECONDS, 2.0 ** min(times - 1, 10)))
