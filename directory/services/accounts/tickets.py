"""Notes that travel through a browser and come back: sealed, for one purpose, good for some minutes or days.

What a ticket says is read by nobody but this installation, and cannot be altered. One that may be used once is used up by `use_up`.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from directory.domain.errors import Forbidden
from directory.domain.sentences import say
from directory.services.limits import is_first_use
from directory.services.parts import Parts
from directory.store.sealing import UnreadableSeal

LONGEST_TICKET = 2_000
OVER = say("This page was open too long, or was sent twice. Try again.")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket says. `key` is a hash of the whole, by which its use is noted."""

    purpose: str
    values: dict[str, str]
    made_at: datetime
    ends_at: datetime
    key: str


def make_ticket(parts: Parts, purpose: str, lasts: timedelta, **values: str) -> str:
    """A sealed ticket that is good for so long."""
    now = parts.clock.now()
    told = {"for": purpose, "at": now.timestamp(), "until": (now + lasts).timestamp(), **values}
    return parts.database.keyring.seal(json.dumps(told, separators=(",", ":")))


def read_ticket(parts: Parts, purpose: str, sealed: str) -> Ticket | None:
    """What a ticket says; None for one that is none of ours, is for something else, or over."""
    if not 0 < len(sealed) <= LONGEST_TICKET:
        return None
    try:
        told = json.loads(parts.database.keyring.unseal(sealed))
    except (UnreadableSeal, ValueError):
        return None
    if not isinstance(told, dict) or told.pop("for", None) != purpose:
        return None
    made_at, ends_at = (datetime.fromtimestamp(told.pop(name), UTC) for name in ("at", "until"))
    if ends_at <= parts.clock.now():
        return None
    return Ticket(purpose, told, made_at, ends_at, sha256(sealed.encode()).hexdigest())


def use_up(session: Session, ticket: Ticket) -> None:
    """Let a ticket be used this once; the caller commits. Raise `Forbidden` where it was used before."""
    if not is_first_use(session, f"used {ticket.purpose}"[:40], ticket.key, ticket.made_at, ticket.ends_at):
        raise Forbidden(OVER)
