"""People who work with the directory: their roles, where each role holds, and who acts.

Somebody may hold several roles. A *worker*, an *editor* and a *lead* hold theirs in one organization; a *planner* in the whole community or
in one area of it; an *administrator* in the whole community. Visitors search without an account and hold none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from directory.domain.errors import InvalidInput


class Role(StrEnum):
    """What somebody is to the directory."""

    WORKER = "worker"  # looks for help with a person in front of them, and reports what is wrong
    EDITOR = "editor"  # keeps the listings of an organization true
    LEAD = "lead"  # an editor who also decides who else belongs to the organization
    PLANNER = "planner"  # reviews listings, duplicates and gaps of an area
    ADMINISTRATOR = "administrator"  # keeps the installation running, and says who is what


OF_AN_ORGANIZATION = frozenset({Role.WORKER, Role.EDITOR, Role.LEAD})


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """A role and where it holds: in one organization, in one area and all that lies in it, or ("" and "") everywhere."""

    role: Role
    organization_id: str = ""
    area_id: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person with what they may be taken for, or a machine with the token of an organization.

    `label` stands in the history instead of a name or an address: whoever leaves can be forgotten, and what they did stays told.
    """

    person_id: str
    email: str
    name: str = ""
    grants: frozenset[Grant] = frozenset()
    token_id: str = ""
    scopes: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        return f"token:{self.token_id}" if self.token_id else f"person:{self.person_id}"

    @property
    def called(self) -> str:
        """How they are addressed."""
        return self.name or self.email

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    def organizations(self, roles: Iterable[Role] = OF_AN_ORGANIZATION) -> frozenset[str]:
        """The organizations in which they hold one of these roles."""
        wanted = frozenset(roles)
        return frozenset(grant.organization_id for grant in self.grants if grant.organization_id and grant.role in wanted)


def checked_grant(role: str, organization_id: str = "", area_id: str = "") -> Grant:
    """A role where it can hold. Raise `InvalidInput` for a role that there is not, or a place where it cannot hold."""
    try:
        found = Role(role.strip().lower())
    except ValueError:
        raise InvalidInput("role", f"role must be one of {', '.join(Role)}; “{role[:40]}” is none.") from None
    if found in OF_AN_ORGANIZATION and not organization_id:
        raise InvalidInput("organization", f"organization must be told: somebody is {_a(found)} of one.")
    if found not in OF_AN_ORGANIZATION and organization_id:
        raise InvalidInput("organization", f"organization must be left out: {_a(found)} belongs to the community, not to one of them.")
    if found is not Role.PLANNER and area_id:
        raise InvalidInput("area", f"area must be left out: only a planner holds a role for an area, and this is {_a(found)}.")
    return Grant(found, organization_id, area_id)


def _a(role: Role) -> str:
    return f"an {role}" if role in (Role.EDITOR, Role.ADMINISTRATOR) else f"a {role}"
