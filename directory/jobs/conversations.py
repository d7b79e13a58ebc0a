"""Look after conversations in the background: tell organizations when it is their turn, delete what is over."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.conversations.forget import forget_conversations
from directory.services.conversations.told import tell_conversations
from directory.services.keeping.jobs import noted_job

_log = structlog.get_logger("directory.jobs.conversations")


class Conversations(Repeated):
    """Once a minute. The log holds numbers only."""

    every = timedelta(minutes=1)
    is_told_in_full = False

    def work(self) -> None:
        with noted_job(self.parts, "conversations"):
            told, gone = tell_conversations(self.parts), forget_conversations(self.parts)
        if told or gone:
            _log.info("conversations", told=told, deleted=gone)
