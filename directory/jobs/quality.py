"""Judge listings in the background: those that changed within seconds, all of them once a night and when other rules hold."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.parts import Parts
from directory.services.quality.judge import Judged, judge_pending
from directory.services.quality.passes import begin_if_due, forget_settled, go_on

PIECES = 4
"""Pieces of a pass over all listings that are judged before other work of the worker has its turn."""

_log = structlog.get_logger("directory.jobs.quality")


class Quality(Repeated):
    """Every few seconds. While a pass is under way, or more waits, it goes on at once."""

    every = timedelta(seconds=5)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._done = Judged()

    def work(self) -> None:
        changed = judge_pending(self.parts)
        if changed.opened or changed.settled:
            _log.info("listings_judged", listings=changed.listings, opened=changed.opened, settled=changed.settled)
        is_under_way = begin_if_due(self.parts) and self._go_on()
        if changed.listings or is_under_way:
            self.again()

    def _go_on(self) -> bool:
        """Some pieces of the pass; whether there are more."""
        with noted_job(self.parts, "quality"):
            for _piece in range(PIECES):
                done = go_on(self.parts)
                if done is None:
                    forget_settled(self.parts)
                    _log.info("all_judged", listings=self._done.listings, opened=self._done.opened, settled=self._done.settled)
                    self._done = Judged()
                    return False
                self._done.add(done)
        return True
