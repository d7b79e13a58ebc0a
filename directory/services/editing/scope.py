"""How far somebody's editing reaches: their own places, those that others show, those whose address is secret."""

from dataclasses import dataclass

from directory.domain.access import Action, Resource, may
from directory.domain.people import Actor, Role


@dataclass(frozen=True, slots=True)
class Scope:
    """`everywhere`: also places that listings of other organizations show. `secrets`: the secret places of the listing's own organization
    can be read and changed; those of others never."""

    everywhere: bool = False
    secrets: bool = True


OWN = Scope()
"""Of the people who keep the listing."""
PLANNERS = Scope(everywhere=True, secrets=False)


def scope_of(actor: Actor, resource: Resource) -> Scope:
    """How far somebody's editing of a listing reaches, who may edit it."""
    own = frozenset(grant for grant in actor.grants if grant.role is Role.PLANNER)
    is_planner = may(Actor(actor.person_id, actor.email, grants=own), Action.EDIT_LISTING, resource)
    return Scope(everywhere=is_planner, secrets=may(actor, Action.SEE_CONFIDENTIAL, resource))
