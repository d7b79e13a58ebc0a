"""Organizations that do not work with each other, as one of them says: it does not refer there, or takes nobody from there.

Why is for its own leads alone. The other one is not told; nobody is suggested to either by the other.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.parts import Parts
from directory.store.tables import NotWith, Organization

LONGEST_WORDS = 500
MOST = 50


@dataclass(frozen=True, slots=True)
class Declared:
    """What an organization says of another one."""

    other_id: str
    other: str
    refers: bool
    takes: bool
    words: str
    at: datetime


def declared_by(parts: Parts, actor: Actor, organization_id: str) -> tuple[Declared, ...]:
    """What one's own organization says, by name; nothing of one that is a part of it now, whose people would read why. Raise
    `Forbidden`."""
    require(actor, Action.LEAD_ORGANIZATION, Resource(organization_id))
    with parts.database.reading() as session:
        rows = session.execute(
            select(NotWith, Organization.name)
            .join(Organization, Organization.id == NotWith.other_id)
            .where(NotWith.organization_id == organization_id, Organization.merged_into.is_distinct_from(organization_id))
            .order_by(Organization.name, NotWith.other_id)
        )
        return tuple(Declared(row.other_id, name, row.refers, row.takes, row.words or "", row.at) for row, name in rows)


def declare(parts: Parts, actor: Actor, organization_id: str, other_id: str, *, refers: bool, takes: bool, words: str = "") -> None:
    """Say it, in the place of what was said of the same one before. Raise `Forbidden`, `InvalidInput`."""
    require(actor, Action.LEAD_ORGANIZATION, Resource(organization_id))
    if refers and takes:
        raise InvalidInput("way", say("Say what does not happen: you refer nobody to them, or you take nobody from them."))
    if len(words.strip()) > LONGEST_WORDS:
        raise InvalidInput("words", say("Why: write at most %(most)s signs.", most=LONGEST_WORDS))
    with parts.database.writing() as session:
        other = session.get(Organization, other_id) if is_id(other_id) else None
        if other is None or other.id == organization_id:
            raise InvalidInput("other", say("Which organization: choose another one that is listed."))
        rows = session.scalars(select(NotWith).where(NotWith.organization_id == organization_id)).all()
        row = next((each for each in rows if each.other_id == other.id), None)
        if row is None:
            if len(rows) >= MOST:
                raise InvalidInput("other", say("You can name at most %(most)s organizations.", most=MOST))
            row = NotWith(organization_id=organization_id, other_id=other.id)
            session.add(row)
        row.refers, row.takes, row.words = refers, takes, words.strip() or None
        row.by, row.at = actor.label, parts.clock.now()
        session.commit()


def take_back(parts: Parts, actor: Actor, organization_id: str, other_id: str) -> None:
    """It holds no longer. Raise `Forbidden`, `NotFound`."""
    require(actor, Action.LEAD_ORGANIZATION, Resource(organization_id))
    with parts.database.writing() as session:
        mine = (NotWith.organization_id == organization_id, NotWith.other_id == other_id)
        row = session.scalar(select(NotWith).where(*mine)) if is_id(other_id) else None
        if row is None:
            raise NotFound(say("You said nothing of this organization."))
        session.delete(row)
        session.commit()


def kept_apart(session: Session, organization_id: str, others: Collection[str]) -> frozenset[str]:
    """Of these organizations, those that this one refers nobody to, or that take nobody from it."""
    if not organization_id or not others:
        return frozenset()
    mine = (NotWith.organization_id == organization_id) & NotWith.other_id.in_(others) & NotWith.refers.is_(False)
    theirs = (NotWith.other_id == organization_id) & NotWith.organization_id.in_(others) & NotWith.takes.is_(False)
    rows = session.execute(select(NotWith.organization_id, NotWith.other_id).where(or_(mine, theirs)))
    return frozenset(each for row in rows for each in row if each != organization_id)
