"""Whom to ask about an organization's listings: added by staff or by its own people, changed and stopped by whoever gets the mails."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email
from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.sentences import say
from directory.services.parts import Parts
from directory.services.upkeep.links import make_link
from directory.store.tables import Organization, UpkeepContact


@dataclass(frozen=True, slots=True)
class Asking:
    """How an organization is asked. `address` is "" where there is none to write to; `own`: it is the one the organization lists."""

    address: str
    own: bool
    is_added: bool
    last_sent_at: datetime | None
    answered_at: datetime | None
    unanswered: int
    is_stopped: bool
    tells_at_once: bool


def asking_in(session: Session, organization_id: str) -> Asking:
    """As it stands. Raise `NotFound`."""
    organization = _organization(session, organization_id)
    row = session.get(UpkeepContact, organization_id)
    listed = (organization.email or "").strip()
    if row is None:
        return Asking(listed, True, False, None, None, 0, False, True)
    return Asking(
        row.address or listed, not row.address, True, row.last_sent_at, row.answered_at, row.unanswered, row.stopped_at is not None,
        row.tells_at_once,
    )  # fmt: skip


def ask_from_now_on(session: Session, organization_id: str, by: str, now: datetime, address: str = "") -> str:
    """Let an organization be asked by mail, once a month at most; the address that is written to. Raise `NotFound`, and `InvalidInput`
    where it lists no address and none is told."""
    organization = _organization(session, organization_id)
    told = _checked(address) if address.strip() else ""
    if not told and not (organization.email or "").strip():
        raise InvalidInput("address", say("Mail address: the organization lists none. Write one, as in name@example.org."))
    row = session.get(UpkeepContact, organization_id)
    if row is None:
        row = UpkeepContact(organization_id=organization_id, added_at=now, added_by=by, unanswered=0, tells_at_once=True)
        session.add(row)
    row.address, row.stopped_at, row.unanswered = told or row.address, None, 0
    session.flush()
    return told or row.address or (organization.email or "").strip()


def ask_somebody_else(session: Session, organization_id: str, address: str, by: str, now: datetime) -> None:
    """From now on another address gets the mails. Links given out before work on until they expire, so that an address written wrong can be
    put right. The caller commits. Raise `InvalidInput`."""
    ask_from_now_on(session, organization_id, by, now, _checked(address))


def ask_who_claimed(session: Session, organization_id: str, address: str, by: str, now: datetime) -> None:
    """Ask whoever claimed an organization about its listings, unless somebody is asked already, or nobody wants to be. The caller
    commits."""
    if session.get(UpkeepContact, organization_id) is None:
        ask_from_now_on(session, organization_id, by, now, address)


def stop_asking(session: Session, organization_id: str, by: str, now: datetime) -> None:
    """Send no more mails: when something is due, a person calls. The caller commits."""
    row = _contact(session, organization_id, by, now)
    row.stopped_at = now


def tell_at_once(session: Session, organization_id: str, wanted: bool, by: str, now: datetime) -> None:
    """Whether it is also told when somebody reports or suggests something. The caller commits."""
    _contact(session, organization_id, by, now).tells_at_once = wanted


def note_answer(session: Session, organization_id: str, now: datetime) -> None:
    """It has answered: reminders begin to count anew. The caller commits."""
    row = session.get(UpkeepContact, organization_id)
    if row is not None:
        row.answered_at, row.unanswered = now, 0


def give_link(parts: Parts, organization_id: str) -> str:
    """The token of a link for staff to hand over, as when somebody asks for one on the telephone. Raise `NotFound`."""
    with parts.database.writing() as session:
        _organization(session, organization_id)
        token = make_link(session, organization_id, parts.clock.now())
        session.commit()
    return token


def _contact(session: Session, organization_id: str, by: str, now: datetime) -> UpkeepContact:
    row = session.get(UpkeepContact, organization_id)
    if row is None:
        _organization(session, organization_id)
        row = UpkeepContact(organization_id=organization_id, added_at=now, added_by=by, unanswered=0, tells_at_once=True)
        session.add(row)
        session.flush()
    return row


def _organization(session: Session, organization_id: str) -> Organization:
    found = session.get(Organization, organization_id) if is_id(organization_id) else None
    if found is None or found.withdrawn_at is not None or found.merged_into is not None:
        raise NotFound(say("There is no such organization."))
    return found


def _checked(address: str) -> str:
    try:
        return checked_email(address, "address")
    except InvalidInput:
        raise InvalidInput("address", say("Mail address: write it as in name@example.org.")) from None
