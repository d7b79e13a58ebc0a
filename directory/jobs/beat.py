"""Once a minute, write down that the worker is alive: where it has not for a while, nobody keeps the index in step."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from directory.services.keeping.jobs import note_job
from directory.services.parts import Parts

EVERY = timedelta(minutes=1)
JOB = "worker"

_log = structlog.get_logger("directory.jobs.beat")


@dataclass(slots=True)
class Beat:
    """`done_at` is when it was done last."""

    parts: Parts
    done_at: datetime | None = None

    def step(self) -> bool:
        """Do it when it is time; whether it was done now."""
        now = self.parts.clock.now()
        if self.done_at is not None and now - self.done_at < EVERY:
            return False
        self.done_at = now
        try:
            note_job(self.parts, JOB, self.parts.consumer)
        except Exception:
            _log.exception("beat_failed")
        return True
