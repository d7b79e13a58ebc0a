"""What is done once a night, at three on the community's clock: measure what plans hang on, forget old ways in, old gaps, drafts and
indexes that are gone, seal anew what an older key sealed; and of each index by itself: renew old opening calendars, hold it against the
database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from directory.domain.errors import Unavailable
from directory.services.accounts.claim import forget_old_claim_links
from directory.services.accounts.invite import forget_old_invitations
from directory.services.accounts.person_session import forget_old_ways_in
from directory.services.accounts.read_audit import forget_old_audit
from directory.services.accounts.rekey import rekey_people
from directory.services.editing.drafts import forget_old_drafts
from directory.services.exchange.review import forget_old_reviews
from directory.services.indexing.consumers import forget_silent_consumers
from directory.services.indexing.reconcile import check_index
from directory.services.indexing.refresh import refresh_if_old
from directory.services.keeping.jobs import noted_job
from directory.services.listings.community import read_community
from directory.services.lists.reseal import reseal
from directory.services.parts import Parts
from directory.services.planning.measures import keep_measures
from directory.services.planning.read_gaps import forget_old_gaps
from search_index.port import CannotSearch, WriterBusy

HOUR = 3
AGAIN_AFTER = timedelta(minutes=10)

_log = structlog.get_logger("directory.jobs.nightly")


@dataclass(slots=True)
class Nightly:
    """`done_on` is the night done last, by the community's date; a worker that was not there at three does it when it comes, once."""

    parts: Parts
    done_on: date | None = None

    def step(self) -> bool:
        """Do the night's work when it is time; whether it was done now. What fails is tried again the next night."""
        try:
            now = _on_the_clock(self.parts)
            if now.hour < HOUR or self.done_on == now.date():
                return False
            self.done_on = now.date()
            with noted_job(self.parts, "nightly"):
                forget_old_ways_in(self.parts)
                forget_old_invitations(self.parts)
                forget_old_audit(self.parts)
                forget_old_claim_links(self.parts)
                keep_measures(self.parts)
                forget_old_gaps(self.parts)
                forget_old_drafts(self.parts)
                forget_old_reviews(self.parts)
                gone = forget_silent_consumers(self.parts)
                resealed = reseal(self.parts) + rekey_people(self.parts)
            _log.info("nightly_done", resealed=resealed, indexes_forgotten=gone)
        except Exception:
            _log.exception("nightly_failed")
        return True


@dataclass(slots=True)
class IndexNight:
    """The night's work on one index. One that does not answer, or that somebody else writes, is come back to in some minutes."""

    parts: Parts
    done_on: date | None = None
    not_before: datetime | None = None

    def step(self) -> bool:
        """Do it when it is time; whether it was done now. What fails otherwise is tried again the next night."""
        try:
            now = _on_the_clock(self.parts)
            if now.hour < HOUR or self.done_on == now.date() or (self.not_before is not None and now < self.not_before):
                return False
            self.done_on = now.date()
            with noted_job(self.parts, "index check"):
                self._work()
        except (CannotSearch, Unavailable, WriterBusy) as error:
            self.done_on, self.not_before = None, now + AGAIN_AFTER
            _log.info("index_check_put_off", consumer=self.parts.consumer, why=str(error))
        except Exception:
            _log.exception("index_check_failed", consumer=self.parts.consumer)
        return True

    def _work(self) -> None:
        refreshed = refresh_if_old(self.parts)
        report = check_index(self.parts, repair=True)
        _log.info(
            "index_checked",
            consumer=self.parts.consumer,
            refreshed=refreshed is not None,
            missing=report.missing,
            extra=report.extra,
            stale=report.stale,
            parked=report.parked,
        )


def _on_the_clock(parts: Parts) -> datetime:
    return parts.clock.now().astimezone(ZoneInfo(read_community(parts).zone))
