"""Send what waits, one by one: a message is claimed, sent, and its row deleted. What fails is tried again ever later, then given up."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from directory.gateways.mail import Mail, NotSent
from directory.gateways.sms import TextMessage
from directory.services.accounts.ask_for_link import WISH, mail_for_wish
from directory.services.listings.community import read_community
from directory.services.messages.letter import stop_address_in
from directory.services.messages.ways import Way, Ways, ways_of
from directory.services.parts import Parts
from directory.store.sealing import UnreadableSeal
from directory.store.tables import OutgoingMessage

AT_ONCE = 20
CLAIMED_FOR = timedelta(minutes=5)
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)


@dataclass(slots=True)
class Delivered:
    """How many messages were sent, put off, and given up."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A message that this worker has in hand; `attempts` with the present one."""

    id: str
    way: str
    recipient: str
    subject: str
    body: str
    attempts: int


def deliver_messages(parts: Parts, ways: Ways | None = None) -> Delivered:
    """Send what is due now. A worker that dies between sending and deleting sends again after `CLAIMED_FOR`: better twice than never."""
    done = Delivered()
    now = parts.clock.now()
    with parts.database.reading() as session:
        due = session.scalars(select(OutgoingMessage.id).where(OutgoingMessage.try_at <= now).order_by(OutgoingMessage.try_at)).all()
    if not due:
        return done
    ways = ways or ways_of(parts.settings, is_demo=read_community(parts).is_demo)
    for message_id in due[:AT_ONCE]:
        try:
            message = _claim(parts, message_id, now)
        except UnreadableSeal:
            _forget(parts, message_id)
            done.given_up += 1
            continue
        if message is not None:
            _deliver(parts, ways, message, now, done)
    return done


def _claim(parts: Parts, message_id: str, now: datetime) -> _Claimed | None:
    """The message, for this worker alone; None where another has it or it is gone."""
    with parts.database.writing() as session:
        claimed = session.execute(
            update(OutgoingMessage)
            .where(OutgoingMessage.id == message_id, OutgoingMessage.try_at <= now)
            .values(try_at=now + CLAIMED_FOR, attempts=OutgoingMessage.attempts + 1)
            .returning(OutgoingMessage.id)
        ).all()
        session.commit()
        row = session.get(OutgoingMessage, message_id) if claimed else None
        return _Claimed(row.id, row.way, row.recipient, row.subject, row.body, row.attempts) if row else None


def _deliver(parts: Parts, ways: Ways, message: _Claimed, now: datetime, done: Delivered) -> None:
    try:
        made = _made(parts, message)
        if made is None:
            _forget(parts, message.id)
            return
        _send(parts, ways, made)
    except NotSent as error:
        if error.is_final or message.attempts >= MOST_ATTEMPTS:
            _forget(parts, message.id)
            done.given_up += 1
        else:
            _put_off(parts, message, now)
            done.put_off += 1
        return
    _forget(parts, message.id)
    done.sent += 1


def _made(parts: Parts, message: _Claimed) -> _Claimed | None:
    """A message with all its words; None where it is for nobody: somebody wished for a link who has no account."""
    if message.way != WISH:
        return message
    body = mail_for_wish(parts, message.recipient, message.body)
    return None if body is None else replace(message, way=Way.MAIL.value, body=body)


def _send(parts: Parts, ways: Ways, message: _Claimed) -> None:
    if message.way == Way.MAIL and ways.mailer is not None:
        ways.mailer.send(Mail(message.recipient, message.subject, message.body, stop_address_in(parts, message.body)))
    elif message.way == Way.TEXT and ways.texter is not None:
        ways.texter.send(TextMessage(message.recipient, message.body))
    else:
        raise NotSent("There is no way to send this any more.", is_final=True)


def _forget(parts: Parts, message_id: str) -> None:
    with parts.database.writing() as session:
        session.execute(delete(OutgoingMessage).where(OutgoingMessage.id == message_id))
        session.commit()


def _put_off(parts: Parts, message: _Claimed, now: datetime) -> None:
    """One minute after the first try, two after the second, and so on, doubling."""
    with parts.database.writing() as session:
        try_at = now + FIRST_PAUSE * 2 ** (message.attempts - 1)
        session.execute(update(OutgoingMessage).where(OutgoingMessage.id == message.id).values(try_at=try_at))
        session.commit()
