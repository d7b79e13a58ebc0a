"""Who may see and change outcomes and actions: planners those of their area, an organization's leads what it is asked or part of. And what
each change leaves behind: a line of history."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, literal, or_, select, true
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource, reach
from directory.domain.categories.tree import CATEGORIES
from directory.domain.errors import Forbidden, InvalidInput
from directory.domain.ids import is_id
from directory.domain.no_names.check import MayBeNames
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import areas_in_reach, organizations_in_reach, require
from directory.services.no_names import check_names_nobody
from directory.services.parts import Parts
from directory.store.tables import ActionParty, Organization, PlannedAction, PlanningNote, SharedOutcome


class Role(StrEnum):
    PLANNER = "planner"
    ORGANIZATION = "organization"


class Did(StrEnum):
    """What a line of history tells."""

    MADE = "made"
    ASKED = "asked"  # another organization
    SIGNED = "signed"
    TOOK_ON = "took_on"
    DECLINED = "declined"
    PLANNED = "planned"  # taken up again
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"
    MOVED = "moved"  # to another day
    REVIEWED = "reviewed"
    OFFERED = "offered"  # to be shown to everybody
    KEPT_BACK = "kept_back"


LONGEST_AREA = 120
NOT_YOURS = say("You may not do this here. Ask a lead of the organization, or a planner.")


def leads(actor: Actor, organization_id: str) -> None:
    """They lead the organization, for which they speak. Raise `Forbidden`."""
    require(actor, Action.LEAD_ORGANIZATION, Resource(organization_id))


def works_at(actor: Actor, organization_id: str) -> None:
    """Raise `Forbidden`."""
    require(actor, Action.WORK_WITH_OTHERS, Resource(organization_id))


def outcomes_in_reach(session: Session, actor: Actor) -> ColumnElement[bool]:
    """A condition on `SharedOutcome`."""
    return areas_in_reach(session, actor, Action.PLAN, SharedOutcome.area)


def actions_in_reach(session: Session, actor: Actor) -> ColumnElement[bool]:
    """A condition on `PlannedAction`: those of an area in reach; of no area, those of which an organization in reach is part, and one's
    own."""
    within = select(Organization.id).where(organizations_in_reach(session, actor, Action.PLAN))
    theirs = select(ActionParty.action_id).where(ActionParty.organization_id.in_(within))
    everywhere = true() if reach(actor, Action.PLAN).everything else false()
    of_none = or_(PlannedAction.id.in_(theirs), PlannedAction.made_by == actor.label, everywhere)
    return or_(
        and_(PlannedAction.area != "", areas_in_reach(session, actor, Action.PLAN, PlannedAction.area)),
        and_(PlannedAction.area == "", of_none),
    )


def check_area(session: Session, actor: Actor, area: str) -> None:
    """A planner plans for their own area. Raise `Forbidden`, `InvalidInput` for what is no id of an area ("" is that of none)."""
    require(actor, Action.PLAN)
    if area and (len(area) > LONGEST_AREA or not area.replace("-", "").isalnum()):
        raise InvalidInput("area", say("Choose an area."))
    found = reach(actor, Action.PLAN)
    if found.everything or not area:
        return
    if not session.scalar(select(literal(1)).where(areas_in_reach(session, actor, Action.PLAN, literal(area)))):
        raise Forbidden(NOT_YOURS)


def checked_need(need: str) -> str:
    """Raise `InvalidInput`."""
    if need not in CATEGORIES:
        raise InvalidInput("need", say("Choose a need."))
    return need


def checked_organizations(session: Session, ids: Collection[str]) -> list[str]:
    """Those that are listed, each once. Raise `InvalidInput` where one is not."""
    wanted = [each for each in dict.fromkeys(ids) if each]
    there = (Organization.withdrawn_at.is_(None), Organization.merged_into.is_(None))
    asked = select(Organization.id).where(Organization.id.in_([each for each in wanted if is_id(each)]), *there)
    known = set(session.scalars(asked))
    if known != set(wanted):
        raise InvalidInput("organization", say("Choose organizations that are listed."))
    return wanted


def name_nobody(session: Session, parts: Parts, **texts: str) -> None:
    """What is certainly of a person is refused: these words are read by many. Raise `InvalidInput`."""
    try:
        check_names_nobody(session, parts.clock, texts, of_work=texts)
    except MayBeNames:  # organizations are called by their names here
        return


def note(
    session: Session, actor: Actor, now: datetime, did: Did, *, outcome_id: str | None = None, action_id: str | None = None,
    organization_id: str | None = None, words: str = "",
) -> None:  # fmt: skip
    """A line of history; with an organization, it is its word. The caller commits."""
    session.add(
        PlanningNote(
            outcome_id=outcome_id, action_id=action_id, at=now, by=actor.label, words=words, what=did.value,
            role=(Role.ORGANIZATION if organization_id else Role.PLANNER).value, organization_id=organization_id,
        )
    )  # fmt: skip
