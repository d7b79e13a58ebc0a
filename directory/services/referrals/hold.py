"""Hold back from deletion what is of one person, on a written order: asked for by one, confirmed by another, with an end. Both, and when,
stand in the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.sentences import say
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.people import person_by_email
from directory.services.parts import Parts
from directory.services.referrals.persons import person_of_code
from directory.store.tables import HelpedPerson, LegalHold

LONGEST = timedelta(days=366)
CONFIRMED_WITHIN = timedelta(days=7)
"""What was asked for and is not confirmed by then is over."""

LONGEST_ORDER = 500


@dataclass(frozen=True, slots=True)
class Hold:
    """`is_confirmed` False: a second person has yet to confirm it, and nothing is held back."""

    id: str
    ends_at: datetime
    is_confirmed: bool


def are_held(now: datetime) -> ColumnElement[bool]:
    """A condition on `HelpedPerson`: it is held back now."""
    return exists().where(
        LegalHold.person_id == HelpedPerson.id,
        LegalHold.confirmed_at.is_not(None),
        LegalHold.ended_at.is_(None),
        LegalHold.ends_at > now,
    )


def ask_hold(parts: Parts, code: str, order: str, until: datetime, email: str) -> Hold:
    """Ask for one, on an order in writing (who gave it, when, its number). Raise `NotFound`, `InvalidInput`, `Refused`."""
    now = parts.clock.now()
    if not 0 < len(order.strip()) <= LONGEST_ORDER:
        raise InvalidInput("order", say("Write who gave the order, when, and its number, in at most %(most)s signs.", most=LONGEST_ORDER))
    if not now < until <= now + LONGEST:
        raise InvalidInput("until", "The end lies ahead, and a year ahead at most; a longer order is asked for again.")
    with parts.database.writing() as session:
        by, person = _who(session, parts, email), person_of_code(session, code)
        if person.erased_at is not None:
            raise Refused("Nothing is left of this person that could be held.")
        if _open(session, person.id, now) is not None:
            raise Refused("One is asked for already, or in force; end it first.")
        row = LegalHold(person_id=person.id, order_words=order.strip(), asked_by=by, asked_at=now, ends_at=until)
        session.add(row)
        session.flush()
        _note(session, parts, Audited.HOLD_ASKED, by, person)
        session.commit()
        return Hold(row.id, until, is_confirmed=False)


def confirm_hold(parts: Parts, code: str, email: str) -> Hold:
    """Confirm what somebody else asked for; from now on it holds. Raise `NotFound`, `Refused`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        by, person = _who(session, parts, email), person_of_code(session, code)
        row = _open(session, person.id, now)
        if row is None or row.confirmed_at is not None:
            raise NotFound("Nothing is asked for here that could be confirmed.")
        if row.asked_by == by:
            raise Refused("Somebody else has to confirm it: two people see the order.")
        row.confirmed_by, row.confirmed_at = by, now
        _note(session, parts, Audited.HOLD_CONFIRMED, by, person)
        session.commit()
        return Hold(row.id, row.ends_at, is_confirmed=True)


def end_hold(parts: Parts, code: str, email: str) -> None:
    """It holds no longer, and deletion goes on. Raise `NotFound`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        by, person = _who(session, parts, email), person_of_code(session, code)
        row = _open(session, person.id, now)
        if row is None:
            raise NotFound("Nothing is held here.")
        row.ended_at = now
        _note(session, parts, Audited.HOLD_ENDED, by, person)
        session.commit()


def end_old_holds(parts: Parts) -> int:
    """Those whose time is over, and those that nobody confirmed in time; how many."""
    now = parts.clock.now()
    unconfirmed = LegalHold.confirmed_at.is_(None) & (LegalHold.asked_at <= now - CONFIRMED_WITHIN)
    with parts.database.writing() as session:
        over = update(LegalHold).where(LegalHold.ended_at.is_(None), (LegalHold.ends_at <= now) | unconfirmed)
        ended = session.scalars(over.values(ended_at=now).returning(LegalHold.id)).all()
        session.commit()
    return len(ended)


def _open(session: Session, person_id: str, now: datetime) -> LegalHold | None:
    open_ = (LegalHold.person_id == person_id, LegalHold.ended_at.is_(None), LegalHold.ends_at > now)
    return session.scalars(select(LegalHold).where(*open_).order_by(LegalHold.asked_at.desc()).limit(1)).first()


def _who(session: Session, parts: Parts, email: str) -> str:
    """The label of somebody with an account. Raise `InvalidInput`."""
    person = person_by_email(session, parts.database.keyring, email.strip().lower())
    if person is None or person.ended_at is not None:
        raise InvalidInput("--as", "Nobody with an account has this address; both who see to an order need one.")
    return f"person:{person.id}"


def _note(session: Session, parts: Parts, what: Audited, by: str, person: HelpedPerson) -> None:
    audit(session, what, actor=by, clock=parts.clock, organization_id=person.organization_id, detail=f"helped person {person.id}")
