"""What was taken back stays taken back when an older copy of the database comes in: whom somebody had erased, consents that were revoked,
referrals that were withdrawn, and what is held on a written order. Read from the tables in use; made to hold in those of the copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, Table, delete, insert, inspect, select, type_coerce, update
from sqlalchemy.orm import Session, defer

from directory.domain.referrals.codes import Reason
from directory.domain.referrals.events import MOVES, Event, Kind, Side
from directory.domain.referrals.fold import after, fold
from directory.domain.referrals.states import State
from directory.services.referrals.erase import empty_people
from directory.services.referrals.hold import are_held
from directory.services.referrals.keep_until import keep_people_until
from directory.services.referrals.write import event_of, keep_event
from directory.store.sealing import Sealed
from directory.store.tables import Attempt, AttemptEvent, Base, HelpedPerson, LegalHold, Need, PersonConsent

AT_ONCE = 200
WITHDRAWALS = (Kind.WITHDRAWN.value, Kind.VOIDED.value)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`erased`: people by id, with when. `revoked`: consents by id, with when and by whom. `withdrawn`: the event by which an attempt
    ended. `holds`: whole rows, as they are kept."""

    erased: tuple[tuple[str, datetime], ...] = ()
    revoked: tuple[tuple[str, datetime, str | None], ...] = ()
    withdrawn: tuple[tuple[str, dict[str, Any]], ...] = ()
    holds: tuple[dict[str, Any], ...] = ()


TABLES = (HelpedPerson, PersonConsent, Attempt, AttemptEvent, LegalHold)


def read_taken_back(connection: Connection) -> TakenBack:
    """Nothing where the tables in use are of a version that knew of no referrals."""
    if not {table.__tablename__ for table in TABLES} <= set(inspect(connection).get_table_names()):
        return TakenBack()
    people, consents = _table(HelpedPerson), _table(PersonConsent)
    erased = connection.execute(select(people.c.id, people.c.erased_at).where(people.c.erased_at.is_not(None)))
    revoked = select(consents.c.id, consents.c.revoked_at, consents.c.revoked_by).where(consents.c.revoked_at.is_not(None))
    ends = select(AttemptEvent.attempt_id, AttemptEvent.kind, AttemptEvent.side, AttemptEvent.by, AttemptEvent.at, AttemptEvent.code).where(
        AttemptEvent.kind.in_(WITHDRAWALS)
    )
    withdrawn = [
        (row.attempt_id, {"kind": row.kind, "side": row.side, "by": row.by, "at": row.at, "code": row.code})
        for row in connection.execute(ends.order_by(AttemptEvent.id))
    ]
    return TakenBack(
        erased=tuple((row.id, row.erased_at) for row in erased),
        revoked=tuple((row.id, row.revoked_at, row.revoked_by) for row in connection.execute(revoked)),
        withdrawn=tuple(withdrawn),
        holds=tuple(dict(row._mapping) for row in connection.execute(_as_kept(LegalHold))),
    )


def take_back_again(session: Session, taken: TakenBack, now: datetime) -> int:
    """Make it hold, and forget whom time has come for; of how many people, consents and attempts it had not. The caller commits."""
    known = set(session.scalars(select(HelpedPerson.id)))
    lost = [found for found, _at in taken.erased if found in known]
    _hold_again(session, [row for row in taken.holds if row["person_id"] in known])
    done = _revoke_again(session, taken.revoked)
    done += _withdraw_again(session, taken.withdrawn)
    present = set(session.scalars(select(HelpedPerson.id).where(HelpedPerson.erased_at.is_not(None))))
    due = session.scalars(select(HelpedPerson.id).where(HelpedPerson.delete_at <= now, ~are_held(now)))
    gone = sorted({*lost, *due})
    for start in range(0, len(gone), AT_ONCE):
        empty_people(session, gone[start : start + AT_ONCE], now)
    return done + len(set(lost) - present)


def _revoke_again(session: Session, revoked: Sequence[tuple[str, datetime, str | None]]) -> int:
    standing = set(session.scalars(select(PersonConsent.id).where(PersonConsent.revoked_at.is_(None))))
    again = [row for row in revoked if row[0] in standing]
    for consent_id, at, by in again:
        session.execute(update(PersonConsent).where(PersonConsent.id == consent_id).values(revoked_at=at, revoked_by=by))
    return len(again)


def _withdraw_again(session: Session, withdrawn: Sequence[tuple[str, dict[str, Any]]]) -> int:
    """The event that ended it is written again, after those that the copy knows of; where the copy is so old that it cannot follow them, it
    counts as an error that was taken back."""
    live = set(session.scalars(select(Attempt.id).where(Attempt.ended_at.is_(None))))
    again = {attempt_id: end for attempt_id, end in reversed(withdrawn) if attempt_id in live}
    for attempt_id, end in again.items():
        attempt = session.scalars(select(Attempt).where(Attempt.id == attempt_id).options(defer(Attempt.contact_name))).one()
        _end(session, attempt, end)
    session.flush()
    people = select(Need.person_id).join(Attempt, Attempt.need_id == Need.id).where(Attempt.id.in_(again)).distinct()
    keep_people_until(session, session.scalars(people).all())
    return len(again)


def _end(session: Session, attempt: Attempt, end: dict[str, Any]) -> None:
    kind = Kind(end["kind"])
    if State(attempt.state) in MOVES[kind].from_states:
        event = Event(kind, Side(end["side"]), end["at"], end["code"] or "")
    else:
        event = Event(Kind.VOIDED, Side.SYSTEM, end["at"], Reason.ENTERED_IN_ERROR.value)
    rows = select(AttemptEvent).where(AttemptEvent.attempt_id == attempt.id).options(defer(AttemptEvent.words))
    standing = fold(event_of(row) for row in session.scalars(rows.order_by(AttemptEvent.number)))
    keep_event(session, attempt, event, after(standing, event), end["by"], "")
    attempt.waits_for = attempt.due_at = attempt.check_at = None
    attempt.reminded = 0


def _hold_again(session: Session, holds: Sequence[dict[str, Any]]) -> None:
    """Orders in force, and those that ended, are those of now."""
    session.execute(delete(LegalHold))
    table = _table(LegalHold)
    for row in holds:
        sealed = {name: type_coerce(value, String) if isinstance(table.c[name].type, Sealed) else value for name, value in row.items()}
        session.execute(insert(table).values(**sealed))


def _as_kept(table: type[Base]) -> Any:
    """Whole rows, with what is sealed as it is: no key is needed to carry it over."""
    columns = _table(table).columns
    return select(*(type_coerce(column, String).label(column.name) if isinstance(column.type, Sealed) else column for column in columns))


def _table(table: type[Base]) -> Table:
    found: Table = table.__table__  # type: ignore[assignment]
    return found
