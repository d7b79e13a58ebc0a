"""Something that a worker does again and again, a while apart."""

from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from typing import ClassVar

import structlog

from directory.services.parts import Parts

_log = structlog.get_logger("directory.jobs")


class Repeated(ABC):
    """`every`: how long to wait between two times, on the clock of the parts. `is_told_in_full`: False where a message of what went wrong
    might say something of a person."""

    every: ClassVar[timedelta]
    is_told_in_full: ClassVar[bool] = True

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._done_at: datetime | None = None

    def step(self) -> bool:
        """Do it when it is time; whether it was done now. What goes wrong ends nothing: it is tried again when it is time again."""
        now = self.parts.clock.now()
        if self._done_at is not None and now - self._done_at < self.every:
            return False
        self._done_at = now
        try:
            self.work()
        except Exception as error:
            _log.error("job_failed", job=type(self).__name__, kind=type(error).__name__, exc_info=self.is_told_in_full)
        return True

    def again(self) -> None:
        """There is more: it is time again at once."""
        self._done_at = None

    @abstractmethod
    def work(self) -> None:
        """Do it once."""
