"""Applying imports that somebody looked at and accepted, where that takes longer than anybody should wait in front of a page."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.exchange.review import apply_asked

_log = structlog.get_logger("directory.jobs.reviews")


class Reviews(Repeated):
    """Looks every few seconds; what was interrupted on the way is gone on with."""

    every = timedelta(seconds=5)

    def work(self) -> None:
        if done := apply_asked(self.parts):
            _log.info("imports_applied", imports=done)
