"""Send something to the address on file of a receiver: a new link, or the number by which somebody shows that they read that address."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from directory.domain.errors import NotFound, TooMany
from directory.domain.sentences import say
from directory.services.limits import Limit, count_once, used_up
from directory.services.messages.letter import covered
from directory.services.parts import Parts
from directory.services.referrals.addresses import receiving_in
from directory.services.referrals.links import OpenedLink, ask_proof
from directory.services.referrals.telling import mail_number, send_fresh_link
from directory.store.tables import Attempt

NEW_LINKS = Limit("new referral link", 3, 3600)
NUMBERS = Limit("referral number", 5, 3600)
"""Counted for each attempt, whoever asks: nobody's mailbox is flooded by a link that went astray."""

TOO_OFTEN = say("That was asked for several times within an hour. Look at the newest mail, or wait a while.")


def send_new_link(parts: Parts, link: OpenedLink) -> bool:
    """A new link in the stead of this one, to where this one went. False where nobody can be written to. Raise `NotFound`, `TooMany`."""
    return _send(parts, link, NEW_LINKS, lambda session, attempt: send_fresh_link(parts, session, attempt, to_backup=link.to_backup))


def send_number(parts: Parts, link: OpenedLink) -> bool:
    """A fresh number to where this link went. False where nobody can be written to. Raise `NotFound`, `TooMany`."""

    def leave(session: Session, attempt: Attempt) -> bool:
        number = ask_proof(session, link.id, parts.clock.now())
        return mail_number(parts, session, attempt, number, to_backup=link.to_backup)

    return _send(parts, link, NUMBERS, leave)


def _send(parts: Parts, link: OpenedLink, limit: Limit, leave: Callable[[Session, Attempt], bool]) -> bool:
    now = parts.clock.now()
    with parts.database.writing() as session:
        attempt = session.get(Attempt, link.attempt_id)
        if attempt is None:
            raise NotFound(say("There is no such referral here."))
        if used_up(session, limit, attempt.id, now):
            raise TooMany(TOO_OFTEN)
        count_once(session, limit, attempt.id, now)
        done = leave(session, attempt)
        session.commit()
        return done


def address_hint(parts: Parts, link: OpenedLink) -> str:
    """Where this link went, with all but the first sign of its name covered: "i•••@harbour.example"; "" where nobody can be written to."""
    with parts.database.reading() as session:
        attempt = session.get(Attempt, link.attempt_id)
        if attempt is None:
            return ""
        receiving = receiving_in(session, attempt.receiver_id, attempt.service_id)
    return covered(receiving.backup_address if link.to_backup else receiving.address)
