"""How many wrong passwords are taken, and from whom: enough against guessing, and nothing by which somebody could lock another out.

Tries are counted for an address *and* the network that they come from, so that failing elsewhere stops nobody here; those of a browser that
its owner has signed in from before are counted by themselves. When one address is tried from very many networks, browsers that it is new in
are asked to come by mail. Whether anybody has the address makes no difference to any of it. The reasons stand in docs/accounts.md.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from directory.domain.errors import TooMany
from directory.domain.sentences import say
from directory.services.accounts.asking import Asking, counted_as, known_device
from directory.services.limits import Limit, count_back, count_once, used_up
from directory.services.parts import Parts

BY_PAIR = Limit("password by pair", 5, 900)
BY_DEVICE = Limit("password by device", 5, 900)
BY_SENDER = Limit("password by sender", 40, 900)
BY_ADDRESS = Limit("password by address", 50, 3600)

TRIED_OFTEN = say("There were too many wrong tries from here. Wait a quarter of an hour, or come in another way.")
CLOSED = say(
    "The password of this address is being guessed from many places, so new browsers cannot use it for an hour. Come in another way."
)

Counted = tuple[tuple[Limit, str], ...]
"""Under what a try was counted."""


@dataclass(frozen=True, slots=True)
class Guesser:
    """Who tries the password of an address; `person_id` is "" where nobody has it."""

    email: str
    person_id: str
    asking: Asking


def count_try(parts: Parts, session: Session, guesser: Guesser, now: datetime) -> Counted:
    """Count a try before it is looked at, so that many at once are no way around; the caller commits. Raise `TooMany`."""
    device = known_device(parts, guesser.asking.note, guesser.person_id)
    own = (BY_DEVICE, counted_as(parts, device))
    if device and not used_up(session, *own, now):
        count_once(session, *own, now)
        return (own,)
    strangers = (
        (BY_PAIR, counted_as(parts, guesser.asking.sender, guesser.email)),
        (BY_SENDER, guesser.asking.sender),
        (BY_ADDRESS, counted_as(parts, guesser.email)),
    )
    for limit, key in strangers:
        if used_up(session, limit, key, now):
            raise TooMany(CLOSED if limit is BY_ADDRESS else TRIED_OFTEN)
    for limit, key in strangers:
        count_once(session, limit, key, now)
    return strangers


def was_right(session: Session, counted: Counted, now: datetime) -> None:
    """A right password was no guess; the caller commits."""
    for limit, key in counted:
        count_back(session, limit, key, now)
