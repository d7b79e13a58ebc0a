"""The worker: one process for each data folder that does whatever must not make a reader wait."""

import structlog

from directory.jobs.beat import Beat
from directory.jobs.expiring import Expiring
from directory.jobs.index_feed import LONGEST_PAUSE_SECONDS, IndexFeed
from directory.jobs.lock import only_worker
from directory.jobs.messages import Messages
from directory.jobs.nightly import Nightly
from directory.jobs.signals import Wait
from directory.services.parts import Parts

_log = structlog.get_logger("directory.jobs.worker")


def work(parts: Parts, wait: Wait) -> None:
    """Work until `wait` says stop. Raise `Unavailable` when there is a worker for this data folder already."""
    with only_worker(parts.settings.data_dir):
        _log.info("worker_started", consumer=parts.consumer)
        parts.meaning.prepare()
        feed, nightly, expiring, messages, beat = IndexFeed(parts), Nightly(parts), Expiring(parts), Messages(parts), Beat(parts)
        while not wait(min(feed.step(), LONGEST_PAUSE_SECONDS)):
            beat.step()
            expiring.step()
            messages.step()
            if not feed.failures:
                nightly.step()
        _log.info("worker_stopped")
