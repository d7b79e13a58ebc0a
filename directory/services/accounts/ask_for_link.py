"""Ask for a link by mail, as somebody who may have an account or not: the same is done and said in both cases.

What waits for the worker is only the wish. The worker looks whether anybody has the address, makes the link then, and sends it; so the
asking takes the same time whoever asks, and no link lies in the database. Who asks too often causes no further mail: those of the last
minutes still work, and lie in the mailbox of the one whom they are for.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email, checked_path
from directory.domain.errors import TooMany, Unavailable
from directory.domain.sentences import say
from directory.services.accounts.asking import Asking, counted_as, known_device
from directory.services.accounts.audit import VISITOR, Audited, audit
from directory.services.accounts.people import account_at, person_by_email
from directory.services.accounts.sign_in_link import link_for
from directory.services.limits import Limit, count_once, used_up
from directory.services.listings.community import community_in
from directory.services.messages.letter import can_mail
from directory.services.parts import Parts
from directory.store.tables import OutgoingMessage

WISH = "link"
"""The way of a message that is still to be made (`OutgoingMessage.way`)."""

BY_PAIR = Limit("link asked by pair", 3, 600)
BY_DEVICE = Limit("link asked by device", 3, 600)
FOR_ADDRESS = Limit("link asked for address", 3, 600)
BY_SENDER = Limit("link asked by sender", 100, 3600)
"""Many people sit behind one address of a school or a hospital, and begin their day at the same hour."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in the words of the page; `{link}` stands in `body` where the link will. `site` is the address of this site."""

    subject: str
    body: str
    site: str


def ask_for_link(parts: Parts, email: str, to: str, letter: Letter, asking: Asking) -> None:
    """Leave the wish for the worker. Raise `InvalidInput` for what is no mail address, `TooMany` for who asks for very many, `Unavailable`
    where no mail leaves from here."""
    email, to = checked_email(email, "email"), checked_path(to)
    now = parts.clock.now()
    with parts.database.writing() as session:
        if not can_mail(parts, community_in(session)):
            raise Unavailable(say("No mail is sent from here."))
        if _may_ask(parts, session, email, asking, now):
            told = json.dumps({"to": to, "site": letter.site, "body": letter.body})
            session.add(OutgoingMessage(way=WISH, recipient=email, subject=letter.subject, body=told, made_at=now, try_at=now))
        session.commit()


def _may_ask(parts: Parts, session: Session, email: str, asking: Asking, now: datetime) -> bool:
    """Whether another mail is sent. A browser that has been let in before, for this address, is counted by itself."""
    person_id, _password = account_at(session, parts.database.keyring, email)
    device = known_device(parts, asking.note, person_id)
    if device:
        limits = [(BY_DEVICE, counted_as(parts, device))]
    else:
        if used_up(session, BY_SENDER, asking.sender, now):
            raise TooMany(say("Too many links were asked for from here. Try again in an hour, or come in another way."))
        count_once(session, BY_SENDER, asking.sender, now)
        limits = [(BY_PAIR, counted_as(parts, asking.sender, email)), (FOR_ADDRESS, counted_as(parts, email))]
    if any(used_up(session, limit, key, now) for limit, key in limits):
        return False
    for limit, key in limits:
        count_once(session, limit, key, now)
    return True


def mail_for_wish(parts: Parts, email: str, told: str) -> str | None:
    """The words of the mail, with a fresh link in it; None where nobody has the address."""
    wish = json.loads(told)
    with parts.database.writing() as session:
        person = person_by_email(session, parts.database.keyring, email)
        if person is None or person.ended_at is not None:
            return None
        given = link_for(parts, session, person, wish["to"])
        audit(session, Audited.LINK_GIVEN, actor=VISITOR, clock=parts.clock, person_id=person.id)
        session.commit()
    return str(wish["body"]).replace("{link}", f"{wish['site']}/sign-in?{urlencode({'link': given.token})}")
