"""Whom a person wants kept out of it: organizations, and whole sectors. Written down by their own worker, sealed, and gone with them.

It holds for all needs of the person. Nobody of these is suggested, and before one is asked all the same, the person is asked first.
"""

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from directory.domain.errors import Refused
from directory.domain.sentences import say
from directory.services.listings.successors import with_successors
from directory.store.tables import Need, Organization


class PersonSaidNo(Refused):
    """The person wants this organization kept out of it. Who asks them first, and hears yes, says so and goes on."""


@dataclass(frozen=True, slots=True)
class Avoided:
    """Ids of organizations, and slugs of sectors."""

    organizations: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()

    def holds(self, organization_id: str, sector: str) -> bool:
        return organization_id in self.organizations or (bool(sector) and sector in self.sectors)

    def __bool__(self) -> bool:
        return bool(self.organizations or self.sectors)


NOBODY_AVOIDED = Avoided()


def read_avoided(need: Need) -> Avoided:
    if not need.avoid:
        return NOBODY_AVOIDED
    told = json.loads(need.avoid)
    return Avoided(frozenset(told.get("organizations", ())), frozenset(told.get("sectors", ())))


def avoided_now(session: Session, need: Need) -> Avoided:
    """The same, with what those organizations have become part of since: whoever was kept out of it stays out under another name."""
    avoided = read_avoided(need)
    return Avoided(with_successors(session, avoided.organizations), avoided.sectors) if avoided.organizations else avoided


def written_avoided(avoided: Avoided) -> str | None:
    """As it is kept; None for nobody."""
    told = {"organizations": sorted(avoided.organizations), "sectors": sorted(avoided.sectors)}
    return json.dumps(told) if avoided else None


def check_not_avoided(session: Session, need: Need, organization_id: str) -> None:
    """Raise `PersonSaidNo` where the person wants the organization kept out of it."""
    avoided = avoided_now(session, need)
    if not avoided:
        return
    organization = session.get_one(Organization, organization_id)
    if avoided.holds(organization.id, organization.sector or ""):
        raise PersonSaidNo(say("The person does not want %(name)s to know of this. Ask them first.", name=organization.name))
