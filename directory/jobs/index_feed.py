"""Keep the index in step: send what is pending, again and again, gathering changes a moment so that many become one batch."""

from dataclasses import dataclass

import structlog

from directory.domain.errors import Unavailable
from directory.services.indexing.dispatch import dispatch_pending
from directory.services.indexing.parked import is_rebuild_asked
from directory.services.indexing.rebuild import rebuild_index
from directory.services.keeping.jobs import noted_job
from directory.services.parts import Parts
from search_index.port import IndexNotReady, IndexUnavailable, WriterBusy

AT_ONCE_SECONDS = 0.0
GATHER_SECONDS = 0.2
IDLE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 60.0

_log = structlog.get_logger("directory.jobs.index_feed")


@dataclass(slots=True)
class IndexFeed:
    """`failures` in a row so far: each doubles the pause before the next try, from one second to a minute. `was_ready`: the index has been
    seen ready; one that was never built, or by another version of the program, is built first."""

    parts: Parts
    failures: int = 0
    was_ready: bool = False

    def step(self) -> float:
        """Send one batch; how many seconds to wait before the next. Nothing that goes wrong ends the worker: the rows stay and wait."""
        try:
            return self._send()
        except (Unavailable, WriterBusy):
            return GATHER_SECONDS * 5  # somebody rebuilds; that is no failure
        except IndexUnavailable as error:
            self.failures += 1
            pause = min(LONGEST_PAUSE_SECONDS, 2.0 ** (self.failures - 1))
            _log.warning("index_unavailable", why=str(error), failures=self.failures, next_try_seconds=pause)
            return pause
        except Exception:
            self.failures += 1
            pause = min(LONGEST_PAUSE_SECONDS, 2.0 ** (self.failures - 1))
            _log.exception("index_feed_failed", failures=self.failures, next_try_seconds=pause)
            return pause

    def _send(self) -> float:
        if not self.was_ready:
            health = self.parts.search.health()
            if not health.reachable:
                raise IndexUnavailable(health.detail)  # it may well be whole: building it anew waits until it says that it is not
            if not health.ready:
                return self._build()
            self.was_ready = True
        if is_rebuild_asked(self.parts):
            return self._build()
        try:
            report = dispatch_pending(self.parts)
        except IndexNotReady:
            return self._build()
        self.failures = 0
        if report.confirmed or report.parked:
            _log.info("index_fed", confirmed=report.confirmed, parked=report.parked, waiting=report.waiting)
            return AT_ONCE_SECONDS if report.waiting else GATHER_SECONDS
        return IDLE_SECONDS

    def _build(self) -> float:
        _log.info("index_rebuild_begins")
        with noted_job(self.parts, "rebuild"):
            built = rebuild_index(self.parts)
        _log.info("index_rebuilt", services=built.services)
        self.failures = 0
        return AT_ONCE_SECONDS
