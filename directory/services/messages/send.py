"""Ask for a link to be sent: checked, counted against limits, left for the worker. The number or address is kept sealed until then."""

import re
from datetime import datetime

import phonenumbers
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, TooMany, Unavailable
from directory.domain.sentences import say
from directory.services.limits import EVERYBODY, Limit, count_once, sender_key, used_up
from directory.services.listings.community import community_in
from directory.services.messages.ways import Way, ways_of
from directory.services.parts import Parts
from directory.store.tables import OutgoingMessage

BY_SENDER = Limit("send by sender", 10, 3600)
TO_RECIPIENT = Limit("send to recipient", 5, 86_400)
IN_ALL = Limit("send in all", 300, 3600)
LONGEST_ADDRESS = 254
_MAIL = re.compile(r"[^@\s,;<>\"()\[\]\\]+@[^@\s,;<>\"()\[\]\\]+\.[^@\s.,;<>\"()\[\]\\]+")


def send_link(
    parts: Parts, way: Way, recipient: str, *, subject: str, body: str, sender: str, secret: str, list_id: str | None = None
) -> None:
    """Leave a message for the worker. `secret` keys the hash under which a recipient is counted; `list_id`: gone with that list.
    Raise `InvalidInput`, `TooMany`,
    `Unavailable`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        community = community_in(session)
        if way not in ways_of(parts.settings, is_demo=community.is_demo).open:
            raise Unavailable(say("Nothing is sent from here; send the link from your own device."))
        address = _mail_address(recipient) if way is Way.MAIL else _telephone(recipient, community.country)
        _count(session, sender, sender_key(secret, address), now)
        session.add(OutgoingMessage(way=way.value, recipient=address, subject=subject, body=body, list_id=list_id, made_at=now, try_at=now))
        session.commit()


def _count(session: Session, sender: str, recipient: str, now: datetime) -> None:
    for limit, key in ((BY_SENDER, sender), (TO_RECIPIENT, recipient), (IN_ALL, EVERYBODY)):
        if used_up(session, limit, key, now):
            raise TooMany(say("Too many messages were sent. Send the link from your own device, or try again later."))
        count_once(session, limit, key, now)


def _mail_address(written: str) -> str:
    address = written.strip()
    if len(address) > LONGEST_ADDRESS or not _MAIL.fullmatch(address):
        raise InvalidInput("recipient", say("Mail address: write it as in name@example.org."))
    return address


def _telephone(written: str, country: str) -> str:
    try:
        number = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise InvalidInput("recipient", say("Telephone number: write it with its area code, as in 613-555-0142."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
