"""What others are told over the network when listings change, how each message is signed (Standard Webhooks), and how often it is tried."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say

PREFIX = "whsec_"
SECRET_BYTES = 32
"""How long a secret is; the standard allows 24 to 64 bytes."""

PAUSES = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5), timedelta(hours=10),
    timedelta(hours=14), timedelta(hours=20), timedelta(hours=24),
)  # fmt: skip
"""How long to wait after each try that failed; after the last one the message is given up."""

OFF_AFTER = timedelta(days=5)
"""A subscription to which nothing has arrived for so long is turned off."""

OLD_SECRET_LASTS = timedelta(hours=24)
"""After a change of secrets the old one signs beside the new for so long."""


class EventType(StrEnum):
    """What there is to hear of."""

    CHANGED = "listing.changed"
    VERIFIED = "listing.verified"
    WITHDRAWN = "listing.withdrawn"


TEST = "webhook.test"
"""The type of a message that only tries whether messages arrive."""


def secret_of(key: bytes) -> str:
    """A secret as receivers are given it."""
    return PREFIX + base64.b64encode(key).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature` for one secret: HMAC-SHA256 over id, seconds since 1970 and body, with dots between."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("The secret of a webhook is base64 after whsec_.") from None
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def signatures(secrets: Iterable[str], message_id: str, timestamp: int, body: bytes) -> str:
    """The same for several secrets, of which a receiver needs to know one."""
    return " ".join(signature(secret, message_id, timestamp, body) for secret in secrets)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait when so many tries have failed; None: no further try."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def checked_events(names: Iterable[str]) -> tuple[EventType, ...]:
    """Event types by their names, all when none is named. Raise `InvalidInput`."""
    given = list(dict.fromkeys(names))
    for name in given:
        if name not in list(EventType):
            raise InvalidInput("events", say("Events: choose among %(names)s.", names=", ".join(EventType)))
    return tuple(EventType(name) for name in given) or tuple(EventType)
