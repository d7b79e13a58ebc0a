"""What must hold after a copy came back, whatever it says: what was erased stays erased, what was revoked stays revoked, and nothing
is sent a second time.

Whoever deletes something of a person because it is wanted gone calls `note_erased` in the same transaction. Whoever adds a table whose rows
open a door, or are work that may have been done since, adds it to `EMPTIED` here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Inspector, String, Table, bindparam, delete, insert, inspect, select, type_coerce, update
from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.store.sealing import Sealed
from directory.store.tables import (
    ActionParty,
    ApiToken,
    Base,
    ClaimLink,
    Conversation,
    ConversationAnswer,
    ConversationSide,
    Erased,
    FollowUp,
    HelpedPerson,
    ImportLock,
    IndexConsumer,
    IndexPending,
    Invitation,
    JobRun,
    KeptList,
    Need,
    OutcomeSigner,
    OutgoingMessage,
    PartnerLink,
    Partnership,
    Passkey,
    Person,
    PersonSession,
    PlannedAction,
    QualityPass,
    QualityPending,
    RateCount,
    ReferralLink,
    RoleGrant,
    Service,
    SharedOutcome,
    SignInLink,
    UpkeepLink,
    VerifyTurn,
    WebhookDelivery,
)

EMPTIED = (
    SignInLink,
    PersonSession,
    Invitation,
    ClaimLink,
    UpkeepLink,
    PartnerLink,
    ReferralLink,
    VerifyTurn,
    OutgoingMessage,
    WebhookDelivery,
    RateCount,
    ImportLock,
    JobRun,
    QualityPass,
    QualityPending,
)
"""Ways in that may have been ended since, messages that may have been sent since, and what was true of processes and minutes long gone."""

HELD: dict[type[Base], tuple[str, ...]] = {
    KeptList: ("keep_hash", "read_hash", "keep_token", "read_token"),
    Person: ("password_hash", "totp_secret", "totp_step", "ended_at"),
    RoleGrant: ("ended_at", "ended_by"),
    Passkey: ("sign_count",),
    ApiToken: ("revoked_at", "revoked_by"),
    Partnership: ("ended_at", "ended_by", "ended_by_organization"),
    Need: ("avoid",),
    HelpedPerson: ("name", "contact", "channel", "may_leave_message", "language", "delete_at"),
    SharedOutcome: ("may_be_public", "agreed_at", "reminded_at"),
    OutcomeSigner: ("answer", "words", "answered_at", "answered_by", "may_be_public", "reminded_at"),
    PlannedAction: ("reminded_at",),
    ActionParty: ("answer", "words", "answered_at", "answered_by", "reminded_at"),
    FollowUp: ("asked_at", "asked_how", "answered_at", "answer", "answered_by"),
    Conversation: (
        "proposal", "proposal_what", "proposal_who", "proposal_by", "proposed_at", "ending", "closed_at", "closed_by", "closed_because",
    ),
    ConversationSide: (
        "facts_at", "facts_role", "facts_note", "in_at", "rather_talk", "spoke_at", "spoke_role", "agreed_to", "last_words", "told",
    ),
    ConversationAnswer: ("reaches", "shares", "worries", "written_at", "written_role"),
}  # fmt: skip
"""What of a row holds as it is now, whatever the copy says: a link that was replaced, a password that was changed, a role that ended, a
way to reach somebody that is safe no more, whom somebody wants kept out of it, a question that was asked already, what was said in a
conversation and how it ended."""


@dataclass(frozen=True, slots=True)
class Present:
    """What the database that was in use knows beyond the copy. Empty where there was none, or none that could be read."""

    erased: tuple[tuple[str, str, object], ...] = ()
    held: tuple[tuple[type[Base], str, dict[str, object]], ...] = ()
    highest_version: int = 0
    consumers: tuple[str, ...] = ()


def note_erased(session: Session, table: type[Base], ids: Iterable[str], clock: Clock) -> None:
    """Remember that these rows were deleted for good, so that no copy brings them back; the caller commits."""
    for object_id in ids:
        session.merge(Erased(kind=table.__tablename__, object_id=object_id, erased_at=clock.now()))


def read_present(connection: Connection) -> Present:
    """What is to hold on, read from the tables in use; those that are not there yet say nothing."""
    inspector = inspect(connection)
    there = set(inspector.get_table_names())

    def has(*tables: type[Base]) -> bool:
        return {table.__tablename__ for table in tables} <= there

    erased = connection.execute(select(Erased.kind, Erased.object_id, Erased.erased_at)).all() if has(Erased) else []
    held = [found for table, names in HELD.items() if has(table) for found in _held(connection, inspector, table, names)]
    highest = connection.scalar(select(Service.version).order_by(Service.version.desc()).limit(1)) if has(Service) else 0
    consumers = connection.scalars(select(IndexConsumer.name)).all() if has(IndexConsumer) else []
    return Present(
        erased=tuple((row.kind, row.object_id, row.erased_at) for row in erased),
        held=tuple(held),
        highest_version=highest or 0,
        consumers=tuple(consumers),
    )


def _held(
    connection: Connection, inspector: Inspector, table: type[Base], names: tuple[str, ...]
) -> list[tuple[type[Base], str, dict[str, object]]]:
    """What holds of each row, as far as the tables in use have the columns."""
    there = {column["name"] for column in inspector.get_columns(table.__tablename__)}
    known = [name for name in names if name in there]
    rows = connection.execute(select(_plain(table).c.id, *(_as_kept(table, name) for name in known)))
    return [(table, row[0], dict(zip(known, row[1:], strict=True))) for row in rows]


def _as_kept(table: type[Base], name: str) -> ColumnElement[Any]:
    """What is sealed is carried over as it is: no key is needed for it."""
    column = _plain(table).c[name]
    return type_coerce(column, String).label(name) if isinstance(column.type, Sealed) else column


def _given(table: type[Base], name: str) -> ColumnElement[Any]:
    column = _plain(table).c[name]
    if isinstance(column.type, Sealed):
        return type_coerce(bindparam(f"held_{name}", type_=String), String)
    return bindparam(f"held_{name}", type_=column.type)


def _plain(table: type[Base]) -> Table:
    found: Table = table.__table__  # type: ignore[assignment]
    return found


def replay(session: Session, present: Present, clock: Clock, asked_by: str) -> int:
    """Make it hold in the tables of this version, filled from a copy; how many rows were erased again. The caller commits."""
    for table in (*EMPTIED, IndexPending):
        session.execute(delete(table))
    known = {(row.kind, row.object_id) for row in session.execute(select(Erased.kind, Erased.object_id))}
    new = [{"kind": kind, "object_id": found, "erased_at": at} for kind, found, at in present.erased if (kind, found) not in known]
    if new:
        session.execute(insert(Erased), new)
    again = _erase_again(session)
    _hold(session, present)
    _ask_for_rebuilds(session, present, clock, asked_by)
    if present.highest_version:  # what processes and indexes remember under a version must not be taken for what came back
        session.execute(update(Service).values(version=Service.version + present.highest_version))
    return again


def _hold(session: Session, present: Present) -> None:
    rows: dict[tuple[type[Base], tuple[str, ...]], list[dict[str, object]]] = {}
    for table, object_id, values in present.held:
        held = {"held_id": object_id, **{f"held_{name}": value for name, value in values.items()}}
        rows.setdefault((table, tuple(values)), []).append(held)
    for (table, names), held_rows in rows.items():
        if names:
            columns = _plain(table).c
            given = {name: _given(table, name) for name in names}
            session.connection().execute(update(_plain(table)).where(columns.id == bindparam("held_id")).values(given), held_rows)


def _erase_again(session: Session) -> int:
    erased: dict[str, list[str]] = {}
    for kind, object_id in session.execute(select(Erased.kind, Erased.object_id)):
        erased.setdefault(kind, []).append(object_id)
    again = 0
    for kind, ids in erased.items():
        table = Base.metadata.tables.get(kind)
        if table is not None:
            again += len(session.execute(delete(table).where(table.c.id.in_(ids)).returning(table.c.id)).all())
    return again


def _ask_for_rebuilds(session: Session, present: Present, clock: Clock, asked_by: str) -> None:
    now = clock.now()
    if present.consumers:  # those of the copy alone are of hosts that are gone; one that is not registers itself again
        session.execute(delete(IndexConsumer).where(IndexConsumer.name.not_in(present.consumers)))
    for name in present.consumers:
        if session.get(IndexConsumer, name) is None:
            session.add(IndexConsumer(name=name, created_at=now))
    session.flush()
    session.execute(update(IndexConsumer).values(rebuild_asked_at=now, rebuild_asked_by=asked_by[:255]))
