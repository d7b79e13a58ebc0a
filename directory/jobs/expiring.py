"""Once a minute, delete what is not to stay: lists whose time is over, above all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from directory.services.keeping.jobs import noted_job
from directory.services.lists.expire import delete_expired
from directory.services.parts import Parts

EVERY = timedelta(minutes=1)

_log = structlog.get_logger("directory.jobs.expiring")


@dataclass(slots=True)
class Expiring:
    """`done_at` is when it was done last."""

    parts: Parts
    done_at: datetime | None = None

    def step(self) -> bool:
        """Do it when it is time; whether it was done now. What fails is tried again in a minute."""
        now = self.parts.clock.now()
        if self.done_at is not None and now - self.done_at < EVERY:
            return False
        self.done_at = now
        try:
            with noted_job(self.parts, "expiring"):
                deleted = delete_expired(self.parts)
            if deleted:
                _log.info("lists_expired", deleted=deleted)
        except Exception:
            _log.exception("expiring_failed")
        return True
