"""Once a minute, delete what is not to stay: lists whose time is over, above all."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.lists.expire import delete_expired

_log = structlog.get_logger("directory.jobs.expiring")


class Expiring(Repeated):
    """Deletes what has expired."""

    every = timedelta(minutes=1)

    def work(self) -> None:
        with noted_job(self.parts, "expiring"):
            deleted = delete_expired(self.parts)
        if deleted:
            _log.info("lists_expired", deleted=deleted)
