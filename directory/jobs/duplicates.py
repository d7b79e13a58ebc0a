"""Compare in the background: what changed within seconds, everything once a night, and soon where nothing ever was."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog

from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.listings.community import read_community
from directory.services.matching.changes import compare_what_changed
from directory.services.matching.levels import Level
from directory.services.matching.run import last_run_at, run_all
from directory.services.parts import Parts

FIRST_AFTER = timedelta(minutes=1)
"""Where nothing was ever compared, so long after the worker has come: until then the index has its turn."""
HOUR = 4
"""From this hour of the community's clock everything is compared: an hour after the night's other work began."""

_log = structlog.get_logger("directory.jobs.duplicates")


class Duplicates(Repeated):
    """Every few seconds; while more waits, it goes on at once."""

    every = timedelta(seconds=10)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._came_at = parts.clock.now()

    def work(self) -> None:
        if self._is_due():
            with noted_job(self.parts, "duplicates"):
                for level in Level:
                    report = run_all(self.parts, level)
                    _log.info(
                        "duplicates_compared", level=level.value, records=report.records, certain=report.certain, review=report.review
                    )
        elif compare_what_changed(self.parts):
            self.again()

    def _is_due(self) -> bool:
        """Whether this night's run is still to be done, or the first of all."""
        now = self.parts.clock.now()
        last = last_run_at(self.parts)
        if last is None:
            return now - self._came_at >= FIRST_AFTER
        zone = ZoneInfo(read_community(self.parts).zone)
        return now.astimezone(zone).hour >= HOUR and last.astimezone(zone).date() != now.astimezone(zone).date()
