"""What is done once a night, at three on the community's clock: check the index, renew old opening calendars, forget old ways in and
old gaps, seal anew what an older key sealed."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import structlog

from directory.domain.errors import Unavailable
from directory.services.accounts.operator_session import forget_old_ways_in
from directory.services.indexing.reconcile import check_index
from directory.services.indexing.refresh import refresh_if_old
from directory.services.keeping.jobs import noted_job
from directory.services.listings.community import read_community
from directory.services.lists.reseal import reseal
from directory.services.parts import Parts
from directory.services.planning.read_gaps import forget_old_gaps
from search_index.port import CannotSearch, WriterBusy

HOUR = 3

_log = structlog.get_logger("directory.jobs.nightly")


@dataclass(slots=True)
class Nightly:
    """`done_on` is the night done last, by the community's date; a worker that was not there at three does it when it comes, once."""

    parts: Parts
    done_on: date | None = None

    def step(self) -> bool:
        """Do the night's work when it is time; whether it was done now. What fails is tried again the next night."""
        try:
            now = self.parts.clock.now().astimezone(ZoneInfo(read_community(self.parts).zone))
            if now.hour < HOUR or self.done_on == now.date():
                return False
            self.done_on = now.date()
            with noted_job(self.parts, "nightly"):
                self._work()
        except (CannotSearch, Unavailable, WriterBusy) as error:
            _log.info("nightly_put_off", why=str(error))
        except Exception:
            _log.exception("nightly_failed")
        return True

    def _work(self) -> None:
        forget_old_ways_in(self.parts)
        forget_old_gaps(self.parts)
        resealed = reseal(self.parts)
        refreshed = refresh_if_old(self.parts)
        report = check_index(self.parts, repair=True)
        _log.info(
            "nightly_done",
            refreshed=refreshed is not None,
            resealed=resealed,
            missing=report.missing,
            extra=report.extra,
            stale=report.stale,
            parked=report.parked,
        )
