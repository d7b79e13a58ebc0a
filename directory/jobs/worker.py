"""The worker: one process for each data folder that does whatever must not make a reader wait."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

import structlog

from directory.jobs.beat import Beat
from directory.jobs.conversations import Conversations
from directory.jobs.duplicates import Duplicates
from directory.jobs.expiring import Expiring
from directory.jobs.index_feed import LONGEST_PAUSE_SECONDS, IndexFeed
from directory.jobs.links import GatherLinks, Links
from directory.jobs.lock import only_worker
from directory.jobs.messages import Messages
from directory.jobs.nightly import IndexNight, Nightly
from directory.jobs.overlaps import Overlaps
from directory.jobs.partners import Partners
from directory.jobs.plans import Plans
from directory.jobs.quality import Quality
from directory.jobs.referrals import FollowUps, ReferralClocks, Retention, SlowAnswers
from directory.jobs.reviews import Reviews
from directory.jobs.rules import DryRuns
from directory.jobs.signals import Wait
from directory.jobs.upkeep import Asking, Upkeep
from directory.jobs.webhooks import ForgettingWebhooks, Webhooks
from directory.services.parts import Parts, Stopped

STOPS_WITHIN_SECONDS = 5.0
WEBHOOKS_EVERY_SECONDS = 1.0
LINKS_EVERY_SECONDS = 5.0
COMPARING_EVERY_SECONDS = 1.0

_log = structlog.get_logger("directory.jobs.worker")


def work(parts: Parts, wait: Wait, *, own_index_only: bool = False) -> None:
    """Work until `wait` says stop. `own_index_only`: nothing but keeping this host's own index in step, for a host that only serves pages.
    Raise `Unavailable` when there is a worker for this data folder already."""
    *servers, own = replace(parts, stop_if_asked=_stop_once(wait)).each_index()
    with only_worker(parts.settings.data_dir), suppress(Stopped):
        _log.info("worker_started", consumers=[each.consumer for each in (own, *([] if own_index_only else servers))])
        if own_index_only:
            _keep_in_step(own, wait)
        else:
            parts.meaning.prepare()
            with _beside(servers, own):
                _do_everything(own, wait)
    _log.info("worker_stopped")


def _stop_once(wait: Wait) -> Callable[[], None]:
    def stop_if_asked() -> None:
        if wait(0):
            raise Stopped

    return stop_if_asked


def _do_everything(own: Parts, wait: Wait) -> None:
    feed, index_night, beat = IndexFeed(own), IndexNight(own), Beat(own)
    nightly = Nightly(own)
    repeated = (
        Expiring(own),
        Upkeep(own),
        Asking(own),
        Partners(own),
        Conversations(own),
        Plans(own),
        ReferralClocks(own),
        FollowUps(own),
        Retention(own),
        SlowAnswers(own),
        Messages(own),
        ForgettingWebhooks(own),
        Reviews(own),
        Quality(own),
        DryRuns(own),
    )
    while not wait(min(feed.step(), LONGEST_PAUSE_SECONDS)):
        beat.step()
        for job in repeated:
            job.step()
        nightly.step()
        if not feed.failures:
            index_night.step()


def _keep_in_step(index: Parts, wait: Wait) -> None:
    feed, index_night, beat = IndexFeed(index), IndexNight(index), Beat(index)
    with suppress(Stopped):
        while not wait(min(feed.step(), LONGEST_PAUSE_SECONDS)):
            beat.step()
            if not feed.failures:
                index_night.step()


def _bring_messages(parts: Parts, wait: Wait) -> None:
    webhooks = Webhooks(parts)
    while not wait(WEBHOOKS_EVERY_SECONDS):
        webhooks.step()


def _ask_websites(parts: Parts, wait: Wait) -> None:
    gathering, links = GatherLinks(parts), Links(replace(parts, stop_if_asked=_stop_once(wait)))
    with suppress(Stopped):
        while not wait(LINKS_EVERY_SECONDS):
            gathering.step()
            links.step()


def _compare(parts: Parts, wait: Wait) -> None:
    """Listings with each other: a whole run of a large directory takes minutes, and a change should be found at once meanwhile."""
    stoppable = replace(parts, stop_if_asked=_stop_once(wait))
    overlaps, duplicates = Overlaps(stoppable), Duplicates(stoppable)
    with suppress(Stopped):
        while not wait(COMPARING_EVERY_SECONDS):
            overlaps.step()
            duplicates.step()


@contextmanager
def _beside(servers: Sequence[Parts], own: Parts) -> Iterator[None]:
    """Meanwhile keep the indexes of servers in step, bring messages to webhooks, ask websites whether they are there, and compare listings,
    each in a thread: who is away or busy holds up nothing else. What it has in hand when it is time to stop is not waited for long: it is
    done again."""
    stopping = threading.Event()
    threads = [threading.Thread(target=_keep_in_step, args=(server, stopping.wait), daemon=True) for server in servers]
    beside = (_bring_messages, _ask_websites, _compare)
    threads += [threading.Thread(target=each, args=(own, stopping.wait), daemon=True) for each in beside]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in threads:
            thread.join(STOPS_WITHIN_SECONDS)
