"""Keep the pairs of overlapping offerings in step: what changed within a minute, all of them once a night."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import structlog

from directory.jobs.nightly import HOUR
from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.listings.community import read_community
from directory.services.overlaps.run import last_run, refresh, run_overlaps
from directory.services.parts import Parts

_log = structlog.get_logger("directory.jobs.overlaps")


class Overlaps(Repeated):
    """Once a minute, the first time a minute after the worker has come: until then the index has its turn."""

    every = timedelta(minutes=1)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._done_at = parts.clock.now()

    def work(self) -> None:
        if self._is_due() or (done := refresh(self.parts)) is None:
            self._find_all()
        elif done.new or done.changed or done.gone:
            _log.info("overlaps_refreshed", new=done.new, changed=done.changed, gone=done.gone)

    def _find_all(self) -> None:
        with noted_job(self.parts, "overlaps"):
            report = run_overlaps(self.parts)
        _log.info("overlaps_found", listings=report.listings, pairs=report.pairs, new=report.written.new, gone=report.written.gone)

    def _is_due(self) -> bool:
        """Whether this night's run is still to be done."""
        zone = ZoneInfo(read_community(self.parts).zone)
        now = self.parts.clock.now().astimezone(zone)
        with self.parts.database.reading() as session:
            run = last_run(session)
        done_on: date | None = run.began_at.astimezone(zone).date() if run is not None else None
        return run is not None and now.hour >= HOUR and done_on != now.date()
