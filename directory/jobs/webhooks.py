"""Bring messages to webhooks, beside everything else: an address that does not answer holds up nothing."""

from datetime import timedelta

import structlog

from directory.jobs.repeated import Repeated
from directory.services.webhooks.deliver import deliver_webhooks, forget_deliveries

_log = structlog.get_logger("directory.jobs.webhooks")


class Webhooks(Repeated):
    """Sends what is due. The log holds numbers only: no address."""

    every = timedelta(seconds=2)
    is_told_in_full = False

    def work(self) -> None:
        done = deliver_webhooks(self.parts)
        if done.arrived or done.put_off or done.given_up:
            _log.info("webhooks", arrived=done.arrived, put_off=done.put_off, given_up=done.given_up)


class ForgettingWebhooks(Repeated):
    """Once an hour."""

    every = timedelta(hours=1)

    def work(self) -> None:
        forget_deliveries(self.parts)
