"""Compare in the background: what changed within seconds, everything once a night."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import structlog

from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.listings.community import read_community
from directory.services.matching.changes import compare_what_changed
from directory.services.matching.levels import Level
from directory.services.matching.run import run_all
from directory.services.parts import Parts

HOUR = 4
"""At this hour of the community's clock everything is compared: an hour after the night's other work began."""

_log = structlog.get_logger("directory.jobs.duplicates")


class Duplicates(Repeated):
    """Every few seconds; while more waits, it goes on at once."""

    every = timedelta(seconds=10)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._done_on: date | None = None

    def work(self) -> None:
        now = self.parts.clock.now().astimezone(ZoneInfo(read_community(self.parts).zone))
        if now.hour == HOUR and self._done_on != now.date():
            self._done_on = now.date()
            with noted_job(self.parts, "duplicates"):
                for level in Level:
                    report = run_all(self.parts, level)
                    _log.info(
                        "duplicates_compared", level=level.value, records=report.records, certain=report.certain, review=report.review
                    )
        elif compare_what_changed(self.parts):
            self.again()
