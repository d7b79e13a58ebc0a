"""Check in the background whether websites of listings still answer, beside everything else: one that hangs holds up nothing."""

from datetime import timedelta

import structlog

from directory.gateways.link import WebAsker
from directory.jobs.repeated import Repeated
from directory.services.keeping.jobs import noted_job
from directory.services.parts import Parts
from directory.services.quality.links import NAME, check_links, gather_links

_log = structlog.get_logger("directory.jobs.links")


class GatherLinks(Repeated):
    """Once a day."""

    every = timedelta(days=1)

    def work(self) -> None:
        with noted_job(self.parts, "links"):
            known = gather_links(self.parts)
        if known:
            _log.info("links_gathered", links=known)


class Links(Repeated):
    """Four times a minute; each host at most once in a minute."""

    every = timedelta(seconds=15)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        about = parts.settings.public_address.rstrip("/")
        self._asker = WebAsker(f"{NAME}/1.0 (+{about})" if about else f"{NAME}/1.0", to_private=parts.settings.webhooks_to_private)

    def work(self) -> None:
        done = check_links(self.parts, self._asker)
        if done.asked:
            _log.info("links_checked", asked=done.asked, works=done.works, moved=done.moved, dead=done.dead)
