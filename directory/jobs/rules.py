"""Dry runs of rules that take longer than anybody should wait in front of a page."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.rules.dry_run_later import reckon_asked

_log = structlog.get_logger("directory.jobs.rules")


class DryRuns(Repeated):
    """Looks every few seconds; what was interrupted on the way is begun again."""

    every = timedelta(seconds=5)

    def work(self) -> None:
        if done := reckon_asked(self.parts):
            _log.info("dry_runs_done", dry_runs=done)
