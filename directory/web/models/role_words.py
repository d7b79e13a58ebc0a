"""Roles in the reader's words."""

from dataclasses import dataclass

from directory.domain.people import Role
from directory.services.accounts.roles import HeldRole
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class RoleWords:
    """`place`: the name of the organization or area in which it holds, "" where it holds everywhere."""

    words: str
    place: str
    organization_id: str
    leads: bool


def role_name(role: Role) -> str:
    """What somebody is called for a role."""
    return {
        Role.WORKER: _("Worker"),
        Role.EDITOR: _("Editor of listings"),
        Role.LEAD: _("Lead of an organization"),
        Role.PLANNER: _("Planner"),
        Role.ADMINISTRATOR: _("Administrator"),
    }[role]


def role_words(held: HeldRole) -> RoleWords:
    return RoleWords(role_name(held.grant.role), held.place, held.grant.organization_id, held.grant.role is Role.LEAD)
