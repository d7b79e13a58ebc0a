"""Who asks to be let in, before anybody knows who it is; and the browsers in which somebody has been let in before.

A browser that somebody has signed in from keeps a sealed note of it. By that note its owner is told from everybody else who knows their
address: strangers may use up what strangers may try, and never what the owner may.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from directory.services.accounts.tickets import make_ticket, read_ticket
from directory.services.parts import Parts

KNOWN_FOR = timedelta(days=180)
_PURPOSE = "known device"


@dataclass(frozen=True, slots=True)
class Asking:
    """`sender`: a keyed hash of the network that asks. `note`: what this browser kept from an earlier sign-in. `device`: the browser in
    words. `old_session`: the token of the session that ends when another begins."""

    sender: str
    note: str = ""
    device: str = ""
    old_session: str = ""


def note_of(parts: Parts, person_id: str) -> str:
    """What a browser keeps once somebody has signed in from it."""
    return make_ticket(parts, _PURPOSE, KNOWN_FOR, person=person_id, nonce=secrets.token_urlsafe(12))


def known_device(parts: Parts, note: str, person_id: str) -> str:
    """A name for the browser where its note is of this person; "" for every other browser."""
    ticket = read_ticket(parts, _PURPOSE, note)
    return ticket.values["nonce"] if ticket is not None and ticket.values["person"] == person_id else ""


def counted_as(parts: Parts, *words: str) -> str:
    """A keyed hash of who or what is counted, from which nobody without the keys can tell it."""
    return parts.database.keyring.lookup_keys(" ".join(("counted", *words)))[0]
