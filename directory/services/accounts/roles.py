"""The roles of somebody with the names of where they hold."""

from dataclasses import dataclass

from sqlalchemy import select

from directory.domain.people import Actor, Grant
from directory.services.parts import Parts
from directory.store.tables import Area, Organization


@dataclass(frozen=True, slots=True)
class HeldRole:
    """`place`: the name of the organization or area, "" where the role holds everywhere."""

    grant: Grant
    place: str


def roles_in_words(parts: Parts, actor: Actor) -> tuple[HeldRole, ...]:
    """By role, then by place."""
    organizations = {grant.organization_id for grant in actor.grants if grant.organization_id}
    areas = {grant.area_id for grant in actor.grants if grant.area_id}
    with parts.database.reading() as session:
        names = dict(session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(organizations))).all())
        names |= dict(session.execute(select(Area.id, Area.name).where(Area.id.in_(areas))).all())
    held = (HeldRole(grant, names.get(grant.organization_id or grant.area_id, "")) for grant in actor.grants)
    return tuple(sorted(held, key=lambda role: (role.grant.role, role.place)))
