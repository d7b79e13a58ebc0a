"""The one place that says who may do what to which thing: (actor, action, resource).

`RIGHTS` names the roles that an action needs; a role counts only where it holds: in its organization, or in its area and what lies in that.
Lists are filtered by the same words in SQL (`directory.services.access`), and a property test holds the two against each other.

Nobody holds a right by being an administrator: who keeps the machine running need not read, and does not write, what organizations say.
"""

from dataclasses import dataclass
from enum import StrEnum

from directory.domain.people import OF_AN_ORGANIZATION, Actor, Grant, Role


class Action(StrEnum):
    """Something that needs an account."""

    HAVE_ACCOUNT = "have an account"  # one's own sessions, ways in and roles
    REPORT_LISTING = "report a listing"  # called: full, no answer, wrong number, moved
    EDIT_LISTING = "edit a listing"  # also draft, publish, restore, verify, answer suggestions
    SEE_CONFIDENTIAL = "see a confidential address"
    LEAD_ORGANIZATION = "lead an organization"  # its people, its tokens, its webhooks
    WORK_WITH_OTHERS = "work with other organizations"  # see agreements, note contact, introduce; leads agree and end
    CALL_TO_VERIFY = "call to verify"  # the queue of calls, and what is not to be listed
    DECIDE_CLAIMS = "decide claims"
    REFER = "refer people"  # needs of one's own team, its board, asking around
    ANSWER_REFERRALS = "answer referrals"  # those that one's organization receives
    SET_RECEIVING = "set where referrals go"  # addresses, who is on duty, whether any are taken
    PLAN = "plan"  # terms, gaps, duplicates
    MANAGE_PEOPLE = "manage people"
    RUN_DIRECTORY = "run the directory"  # index, jobs, imports, mail


RIGHTS: dict[Action, frozenset[Role]] = {
    Action.HAVE_ACCOUNT: frozenset(Role),
    Action.REPORT_LISTING: frozenset({Role.WORKER, Role.EDITOR, Role.LEAD, Role.PLANNER}),
    Action.EDIT_LISTING: frozenset({Role.EDITOR, Role.LEAD, Role.PLANNER}),
    Action.SEE_CONFIDENTIAL: frozenset({Role.EDITOR, Role.LEAD}),
    Action.LEAD_ORGANIZATION: frozenset({Role.LEAD}),
    Action.WORK_WITH_OTHERS: frozenset({Role.WORKER, Role.EDITOR, Role.LEAD}),
    Action.CALL_TO_VERIFY: frozenset({Role.PLANNER}),
    Action.DECIDE_CLAIMS: frozenset({Role.PLANNER}),
    Action.REFER: frozenset({Role.WORKER, Role.EDITOR, Role.LEAD}),
    Action.ANSWER_REFERRALS: frozenset({Role.WORKER, Role.EDITOR, Role.LEAD}),
    Action.SET_RECEIVING: frozenset({Role.EDITOR, Role.LEAD}),
    Action.PLAN: frozenset({Role.PLANNER}),
    Action.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Action.RUN_DIRECTORY: frozenset({Role.ADMINISTRATOR}),
}

ANYWHERE = frozenset({Action.HAVE_ACCOUNT, Action.REPORT_LISTING})
"""What a role allows wherever the thing lies: a worker reports the listings of others."""


FOR_MACHINES = frozenset({Action.EDIT_LISTING, Action.ANSWER_REFERRALS})
"""What a machine with an organization's token may do at most; its scopes say which part of it."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What something is done to: whose it is ("" for nobody's), and the areas in which it lies, with all that these lie in."""

    organization_id: str = ""
    area_ids: frozenset[str] = frozenset()


def may(actor: Actor | None, action: Action, resource: Resource | None = None) -> bool:
    """Whether it is allowed. Without a resource: whether it is allowed to anything at all."""
    if actor is None or (actor.token_id and action not in FOR_MACHINES):
        return False
    if action is Action.HAVE_ACCOUNT:
        return True
    return any(grant.role in RIGHTS[action] and (resource is None or _holds(grant, action, resource)) for grant in actor.grants)


def _holds(grant: Grant, action: Action, resource: Resource) -> bool:
    if action in ANYWHERE:
        return True
    if grant.role in OF_AN_ORGANIZATION:
        return bool(grant.organization_id) and grant.organization_id == resource.organization_id
    return not grant.area_id or grant.area_id in resource.area_ids


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody may do an action to, for lists: everything, else the things of some organizations and those in some areas."""

    everything: bool = False
    organization_ids: frozenset[str] = frozenset()
    area_ids: frozenset[str] = frozenset()


def reach(actor: Actor | None, action: Action) -> Reach:
    """The same answer as `may`, for all things at once."""
    if actor is None or (actor.token_id and action not in FOR_MACHINES):
        return Reach()
    grants = [grant for grant in actor.grants if grant.role in RIGHTS[action]]
    if grants and (action in ANYWHERE or any(not grant.organization_id and not grant.area_id for grant in grants)):
        return Reach(everything=True)
    return Reach(
        organization_ids=frozenset(grant.organization_id for grant in grants if grant.organization_id),
        area_ids=frozenset(grant.area_id for grant in grants if grant.area_id),
    )
