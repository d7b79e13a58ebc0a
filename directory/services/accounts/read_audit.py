"""Look through what was kept of comings and goings, of roles, and of reads of something personal; and forget it after a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.names import names_of
from directory.services.parts import Parts
from directory.store.tables import AuditEntry, Organization

ON_A_PAGE = 100
KEPT = timedelta(days=400)
"""A year and a month, so that last year's can be looked at this year."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """`actor` and `person`: the name or address of who did it and of whom it concerns, else the label that stands for who has left."""

    at: datetime
    what: Audited
    actor: str
    person: str
    organization: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    lines: tuple[AuditLine, ...]
    page: int
    has_more: bool


def read_audit(parts: Parts, what: Audited | None = None, page: int = 1) -> AuditPage:
    """The newest first: everything, or one kind of thing."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc()).offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE + 1)
    if what is not None:
        statement = statement.where(AuditEntry.what == what.value)
    with parts.database.reading() as session:
        rows = list(session.scalars(statement))
        lines = tuple(_lines(session, rows[:ON_A_PAGE]))
    return AuditPage(lines, page, len(rows) > ON_A_PAGE)


def _lines(session: Session, rows: list[AuditEntry]) -> list[AuditLine]:
    names = names_of(session, {row.actor for row in rows} | {f"person:{row.person_id}" for row in rows if row.person_id})
    wanted = {row.organization_id for row in rows if row.organization_id}
    organizations = dict(session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(wanted))).all())
    return [
        AuditLine(
            row.at,
            Audited(row.what),
            names.get(row.actor, row.actor),
            names.get(f"person:{row.person_id}", "") if row.person_id else "",
            organizations.get(row.organization_id or "", ""),
            row.detail,
        )
        for row in rows
    ]


def note_people_read(parts: Parts, actor: str, organization_id: str = "") -> None:
    """Keep that somebody read who the people are: of an organization, or everybody."""
    with parts.database.writing() as session:
        audit(session, Audited.PERSONAL_READ, actor=actor, clock=parts.clock, organization_id=organization_id, detail="people")
        session.commit()


def forget_old_audit(parts: Parts) -> int:
    """Delete what is older than is kept; how many."""
    with parts.database.writing() as session:
        gone = session.scalars(delete(AuditEntry).where(AuditEntry.at < parts.clock.now() - KEPT).returning(AuditEntry.id)).all()
        session.commit()
    return len(gone)
