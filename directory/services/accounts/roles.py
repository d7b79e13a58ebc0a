"""The roles of somebody with the names of where they hold."""

from collections.abc import Collection
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
    held = (HeldRole(grant, place) for grant, place in named_grants(parts, actor.grants).items())
    return tuple(sorted(held, key=lambda role: (role.grant.role, role.place)))


def named_grants(parts: Parts, grants: Collection[Grant]) -> dict[Grant, str]:
    """Each role with the name of the organization or area in which it holds."""
    organizations = {grant.organization_id for grant in grants if grant.organization_id}
    areas = {grant.area_id for grant in grants if grant.area_id}
    with parts.database.reading() as session:
        names = dict(session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(organizations))).all())
        names |= dict(session.execute(select(Area.id, Area.name).where(Area.id.in_(areas))).all())
    return {grant: names.get(grant.organization_id or grant.area_id, "") for grant in grants}
