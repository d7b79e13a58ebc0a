"""Send the messages that wait, every few seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from directory.services.messages.deliver import deliver_messages
from directory.services.parts import Parts

EVERY = timedelta(seconds=2)

_log = structlog.get_logger("directory.jobs.messages")


@dataclass(slots=True)
class Messages:
    """`done_at` is when it was looked last. The log holds numbers only: no recipient, no words."""

    parts: Parts
    done_at: datetime | None = None

    def step(self) -> bool:
        """Send what is due; whether it was looked now. What goes wrong ends nothing: the messages wait."""
        now = self.parts.clock.now()
        if self.done_at is not None and now - self.done_at < EVERY:
            return False
        self.done_at = now
        try:
            done = deliver_messages(self.parts)
            if done.sent or done.put_off or done.given_up:
                _log.info("messages_sent", sent=done.sent, put_off=done.put_off, given_up=done.given_up)
        except Exception as error:
            _log.error("messages_failed", kind=type(error).__name__)
        return True
