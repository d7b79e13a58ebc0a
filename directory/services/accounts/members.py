"""The people of an organization: who they are, what they are, how they leave and hand over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource, may
from directory.domain.errors import Forbidden, InvalidInput, NotFound, Refused
from directory.domain.people import OF_AN_ORGANIZATION, Actor, Grant, Role
from directory.domain.sentences import say
from directory.services.accounts.people import end_role, grant_role
from directory.services.parts import Parts
from directory.store.tables import Person, PersonSession, RoleGrant

LAST_LEAD = say("You are the only lead. Make somebody else a lead first, so that the organization is not left without one.")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of an organization in one of their roles. `seen_at`: when they last used it, as far as sessions are kept."""

    person_id: str
    name: str
    email: str
    role: Role
    since: datetime
    seen_at: datetime | None


def list_members(parts: Parts, organization_id: str) -> tuple[Member, ...]:
    """Leads first, then by name."""
    with parts.database.reading() as session:
        seen = select(PersonSession.person_id, func.max(PersonSession.seen_at).label("at")).group_by(PersonSession.person_id).subquery()
        rows = session.execute(
            select(RoleGrant, Person, seen.c.at)
            .join(Person, Person.id == RoleGrant.person_id)
            .outerjoin(seen, seen.c.person_id == Person.id)
            .where(RoleGrant.organization_id == organization_id, RoleGrant.ended_at.is_(None), Person.ended_at.is_(None))
        ).all()
        found = [Member(person.id, person.name, person.email, Role(grant.role), grant.granted_at, at) for grant, person, at in rows]
    return tuple(sorted(found, key=lambda member: (_RANK[member.role], (member.name or member.email).casefold())))


_RANK = {Role.LEAD: 0, Role.EDITOR: 1, Role.WORKER: 2}


def leads_of(session: Session, organization_id: str) -> tuple[Person, ...]:
    """Those who lead an organization now."""
    held = (RoleGrant.organization_id == organization_id, RoleGrant.role == Role.LEAD.value, RoleGrant.ended_at.is_(None))
    statement = select(Person).join(RoleGrant, RoleGrant.person_id == Person.id).where(*held, Person.ended_at.is_(None))
    return tuple(session.scalars(statement.order_by(Person.id)))


def give_role(parts: Parts, actor: Actor, organization_id: str, person_id: str, role: str) -> None:
    """Give a further role to somebody who belongs to the organization. Raise `Forbidden`, `InvalidInput`, `NotFound`."""
    _require_lead(actor, organization_id)
    grant = Grant(_role(role), organization_id)
    with parts.database.writing() as session:
        grant_role(session, parts, _member(session, organization_id, person_id), grant, actor.label)
        session.commit()


def take_role(parts: Parts, actor: Actor, organization_id: str, person_id: str, role: str) -> None:
    """End somebody's role: by a lead, or one's own. Raise `Forbidden`, `NotFound`, and `Refused` for the last lead."""
    if person_id != actor.person_id:
        _require_lead(actor, organization_id)
    grant = Grant(_role(role), organization_id)
    with parts.database.writing() as session:
        _keep_a_lead(session, grant, person_id)
        end_role(session, parts, person_id, grant, actor.label)
        session.commit()


def leave(parts: Parts, actor: Actor, organization_id: str) -> None:
    """Leave an organization, with all roles in it. Raise `NotFound`, and `Refused` for the last lead."""
    own = [grant for grant in actor.grants if grant.organization_id == organization_id]
    if not own:
        raise NotFound(say("You have no role in this organization."))
    with parts.database.writing() as session:
        for grant in own:
            _keep_a_lead(session, grant, actor.person_id)
            end_role(session, parts, actor.person_id, grant, actor.label)
        session.commit()


def hand_over(parts: Parts, actor: Actor, organization_id: str, person_id: str) -> None:
    """Make somebody who belongs to the organization a lead in one's own place. Raise `Forbidden`, `NotFound`, `InvalidInput`."""
    own = Grant(Role.LEAD, organization_id)
    if own not in actor.grants:
        raise Forbidden(say("Only a lead hands an organization over."))
    if person_id == actor.person_id:
        raise InvalidInput("person", say("Choose somebody else to hand over to."))
    with parts.database.writing() as session:
        grant_role(session, parts, _member(session, organization_id, person_id), own, actor.label)
        session.flush()
        end_role(session, parts, actor.person_id, own, actor.label)
        session.commit()


def _require_lead(actor: Actor, organization_id: str) -> None:
    if not may(actor, Action.LEAD_ORGANIZATION, Resource(organization_id)):
        raise Forbidden(say("Only a lead of the organization gives its roles."))


def _role(role: str) -> Role:
    if role not in OF_AN_ORGANIZATION:
        raise InvalidInput("role", say("Choose one of the roles that people have in an organization."))
    return Role(role)


def _member(session: Session, organization_id: str, person_id: str) -> Person:
    held = (RoleGrant.organization_id == organization_id, RoleGrant.person_id == person_id, RoleGrant.ended_at.is_(None))
    if session.scalar(select(RoleGrant.id).where(*held).limit(1)) is None:
        raise NotFound(say("They have no role in this organization."))
    return session.get_one(Person, person_id)


def _keep_a_lead(session: Session, grant: Grant, person_id: str) -> None:
    if grant.role is Role.LEAD and {person.id for person in leads_of(session, grant.organization_id)} <= {person_id}:
        raise Refused(LAST_LEAD)
