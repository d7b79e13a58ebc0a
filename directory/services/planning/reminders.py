"""Tell by mail, at most once a week, that something waits: organizations what they are asked to sign or to take on and what they look after
is due, planners what their own team looks after and which outcomes are to be looked at. Reminders stop by themselves: what nobody answers
within eight weeks is not asked again. No mail holds a word of what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from directory.domain.areas import AreaTree
from directory.domain.people import Role
from directory.domain.planning.actions import OPEN
from directory.domain.planning.outcomes import Answer
from directory.services.area_tree import area_tree
from directory.services.listings.community import community_in
from directory.services.messages.letter import may_remind
from directory.services.partners.told import Reader, leading, reader_of, tell
from directory.services.parts import Parts
from directory.store.tables import ActionParty, Organization, OutcomeSigner, Person, PlannedAction, RoleGrant, SharedOutcome

EVERY = timedelta(days=7)
AHEAD = timedelta(days=14)
LONGEST = timedelta(weeks=8)
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody: how many outcomes to sign, actions to say yes or no to, actions due, outcomes to look at."""

    to_sign: int
    to_answer: int
    due: int
    to_review: int


def remind_of_plans(parts: Parts) -> int:
    """Leave the mails that are due; how many organizations and planners were written to."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        community = community_in(session)
        local = now.astimezone(ZoneInfo(community.zone))
        if not may_remind(parts, community):
            return 0
        turn = sorted(_organizations(session, now, local.date()))[:AT_ONCE]
    told = sum(_tell_organization(parts, each, now, local.date()) for each in turn)
    return told + _tell_planners(parts, now, local.date())


def _organizations(session: Session, now: datetime, today: date) -> set[str]:
    """Those for whom something waits, and who were not written to this week; none that left, or became part of another."""
    asked = select(OutcomeSigner.organization_id).join(SharedOutcome, SharedOutcome.id == OutcomeSigner.outcome_id)
    taking = select(ActionParty.organization_id).join(PlannedAction, PlannedAction.id == ActionParty.action_id)
    found = set(session.scalars(asked.where(_to_sign(now)))) | set(session.scalars(taking.where(or_(_to_answer(now), _own_due(today)))))
    rested = _reminded_lately(now)
    lately = {
        *session.scalars(select(OutcomeSigner.organization_id).where(OutcomeSigner.reminded_at > rested)),
        *session.scalars(select(ActionParty.organization_id).where(ActionParty.reminded_at > rested)),
    }
    there = (Organization.withdrawn_at.is_(None), Organization.merged_into.is_(None))
    return set(session.scalars(select(Organization.id).where(Organization.id.in_(found - lately), *there)))


def _reminded_lately(now: datetime) -> datetime:
    return now - EVERY


def _to_sign(now: datetime) -> ColumnElement[bool]:
    return and_(OutcomeSigner.answer.is_(None), SharedOutcome.verdict.is_(None), OutcomeSigner.asked_at > now - LONGEST)


def _to_answer(now: datetime) -> ColumnElement[bool]:
    is_open = PlannedAction.state.in_([each.value for each in OPEN])
    return and_(ActionParty.answer.is_(None), is_open, ActionParty.asked_at > now - LONGEST)


def _own_due(today: date) -> ColumnElement[bool]:
    """An organization looks after it, and said yes."""
    return and_(PlannedAction.owner_id == ActionParty.organization_id, ActionParty.answer == Answer.YES.value, _due(today))


def _due(today: date) -> ColumnElement[bool]:
    is_open = PlannedAction.state.in_([each.value for each in OPEN])
    return and_(is_open, PlannedAction.due_on <= today + AHEAD, PlannedAction.due_on >= today - LONGEST)


def _tell_organization(parts: Parts, organization_id: str, now: datetime, today: date) -> bool:
    """The update itself decides which of two workers writes the mail."""
    with parts.database.writing() as session:
        signing = select(OutcomeSigner.id).join(SharedOutcome, SharedOutcome.id == OutcomeSigner.outcome_id)
        taking = select(ActionParty.id).join(PlannedAction, PlannedAction.id == ActionParty.action_id)
        of_signers, of_parties = OutcomeSigner.organization_id == organization_id, ActionParty.organization_id == organization_id
        to_sign = _taken(session, OutcomeSigner, signing.where(of_signers, _to_sign(now)), now)
        to_answer = _taken(session, ActionParty, taking.where(of_parties, _to_answer(now)), now)
        due = _taken(session, ActionParty, taking.where(of_parties, _own_due(today)), now)
        if not (to_sign or to_answer or due):
            return False
        told = Waiting(to_sign, to_answer, due, 0)
        done = _write(parts, session, leading(session, organization_id), told, f"/manage/organizations/{organization_id}/plans")
        session.commit()
    return done > 0


def _taken(session: Session, table: Any, which: Any, now: datetime) -> int:
    """How many of these rows were not told of this week, and are now."""
    rested = or_(table.reminded_at.is_(None), table.reminded_at <= now - EVERY)
    mine = update(table).where(table.id.in_(which), rested).values(reminded_at=now).returning(table.id)
    return len(session.execute(mine.execution_options(synchronize_session=False)).all())


def _tell_planners(parts: Parts, now: datetime, today: date) -> int:
    """All planners in one week's round: what is of their area."""
    with parts.database.writing() as session:
        lately = or_(
            select(PlannedAction.id).where(PlannedAction.reminded_at > now - EVERY).exists(),
            select(SharedOutcome.id).where(SharedOutcome.reminded_at > now - EVERY).exists(),
        )
        if session.scalar(select(lately)):
            return 0
        due = select(PlannedAction).where(PlannedAction.owner_id.is_(None), _due(today))
        actions = list(session.scalars(due.with_for_update()))
        near = (SharedOutcome.review_on <= today + AHEAD, SharedOutcome.review_on >= today - LONGEST)
        outcomes = list(
            session.scalars(
                select(SharedOutcome).where(SharedOutcome.verdict.is_(None), SharedOutcome.agreed_at.is_not(None), *near).with_for_update()
            )
        )
        told, tree = 0, area_tree(session)
        for person, areas in _planners(session):
            due_there, near_there = (sum(_reaches(tree, areas, row.area) for row in rows) for rows in (actions, outcomes))
            mine = Waiting(0, 0, due_there, near_there)
            if mine.due or mine.to_review:
                told += _write(parts, session, [reader_of(person, community_in(session))], mine, "/planning/actions") > 0
        for action in actions:
            action.reminded_at = now
        for outcome in outcomes:
            outcome.reminded_at = now
        session.commit()
    return told


def _planners(session: Session) -> list[tuple[Person, list[str]]]:
    """Everybody who plans, with the areas that they plan for; "" for the whole community."""
    asked = select(Person, RoleGrant.area_id).join(RoleGrant, RoleGrant.person_id == Person.id)
    held = (RoleGrant.role == Role.PLANNER.value, RoleGrant.ended_at.is_(None), Person.ended_at.is_(None))
    found: dict[str, tuple[Person, list[str]]] = {}
    for person, area in session.execute(asked.where(*held).order_by(Person.id)):
        found.setdefault(person.id, (person, []))[1].append(area or "")
    return list(found.values())


def _reaches(tree: AreaTree, areas: Iterable[str], area: str) -> bool:
    return any(not each or (area and tree.lies_in(area, each)) for each in areas)


def _write(parts: Parts, session: Session, readers: list[Reader], told: Waiting, path: str) -> int:
    done = 0
    for language in sorted({reader.language for reader in readers}):
        to = [reader for reader in readers if reader.language == language]
        done += tell(
            parts, session, to, "plans_wait", path, to_sign=told.to_sign, to_answer=told.to_answer, due=told.due, to_review=told.to_review
        )
    return done
