"""Send the messages that wait, every few seconds."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.messages.deliver import deliver_messages

_log = structlog.get_logger("directory.jobs.messages")


class Messages(Repeated):
    """Sends what is due; what cannot be sent waits. The log holds numbers only: no recipient, no words."""

    every = timedelta(seconds=2)
    is_told_in_full = False

    def work(self) -> None:
        done = deliver_messages(self.parts)
        if done.sent or done.put_off or done.given_up:
            _log.info("messages_sent", sent=done.sent, put_off=done.put_off, given_up=done.given_up)
