"""Read conversations: planners those of their area, organizations those that they take part in.

There is one door to what organizations answer (`_answers`), and it asks the database only for what the reader may read at this moment
(`domain.planning.conversation.may_read`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.people import Actor
from directory.domain.planning.conversation import Course, Stage, awaited, has_spoken, has_to_do, may_read, stage, until
from directory.domain.planning.conversation_words import Answers
from directory.services.access import require
from directory.services.conversations.facts import CellFacts, PairFacts, read_facts
from directory.services.conversations.rows import course_of, in_reach, joined, planned, sides_of
from directory.services.parts import Parts
from directory.store.tables import Conversation, ConversationAnswer, ConversationSide, Organization

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SideSaid:
    """One organization with what the reader may know of it. `answers` None: not to be read by this reader now, or nothing was said.
    `agrees`: to what is proposed now; `has_spoken`: agreed, or said its last words since."""

    organization_id: str
    organization: str
    sector: str
    facts_at: datetime | None
    facts_role: str
    facts_note: str
    in_at: datetime | None
    rather_talk: bool
    answers: Answers | None
    written_role: str
    agrees: bool
    has_spoken: bool
    spoke_at: datetime | None
    last_words: str


@dataclass(frozen=True, slots=True)
class Told:
    """A conversation for one reader. `awaited`: names of those it waits for; `has_to_do`: the reader's organization has something to do.
    `proposal`: number of what is proposed, 0 for nothing."""

    id: str
    about: str
    question: str
    need: str
    area_id: str
    service_ids: tuple[str, str]
    facts: PairFacts | CellFacts
    course: Course
    stage: Stage
    until: datetime | None
    awaited: tuple[str, ...]
    has_to_do: bool
    sides: tuple[SideSaid, ...]
    proposal: int
    what: str
    who: str
    by: date | None
    closed_because: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in a list. `names`: who takes part; `awaited`: whom it waits for. `pair`: the listings it is about, () for a gap."""

    id: str
    about: str
    question: str
    need: str
    area_id: str
    pair: tuple[str, ...]
    names: tuple[str, ...]
    stage: Stage
    until: datetime | None
    begun_at: datetime
    closed_at: datetime | None
    awaited: tuple[str, ...]
    has_to_do: bool = False


def list_planned(parts: Parts, actor: Actor) -> tuple[Listed, ...]:
    """Those of the planner's area, what goes on first, then the newest. Raise `Forbidden`."""
    require(actor, Action.PLAN)
    with parts.database.reading() as session:
        return _list(parts, session, in_reach(session, actor))


def list_joined(parts: Parts, organization_id: str) -> tuple[Listed, ...]:
    """Those that an organization takes part in, what waits for it first. Whoever calls this has seen that the reader acts for it."""
    with parts.database.reading() as session:
        found = _list(parts, session, _joined_by(organization_id), organization_id)
    return tuple(sorted(found, key=lambda each: not each.has_to_do))


def count_waiting(parts: Parts, organization_ids: frozenset[str]) -> dict[str, int]:
    """How many conversations wait for each of these organizations; those for which none does are absent."""
    if not organization_ids:
        return {}
    now, found = parts.clock.now(), dict[str, int]()
    with parts.database.reading() as session:
        asked_in = select(ConversationSide.conversation_id).where(ConversationSide.organization_id.in_(organization_ids))
        rows = session.scalars(select(Conversation).where(Conversation.ending.is_(None), Conversation.id.in_(asked_in))).all()
        sides = _sides(session, rows)
        for row in rows:
            course = course_of(row, sides[row.id])
            for side in course.sides:
                if side.organization_id in organization_ids and has_to_do(course, side, now):
                    found[side.organization_id] = found.get(side.organization_id, 0) + 1
    return found


def read_planned(parts: Parts, actor: Actor, conversation_id: str) -> Told:
    """For a planner, who reads no answer before all do. Raise `Forbidden`, `NotFound`."""
    require(actor, Action.PLAN)
    with parts.database.reading() as session:
        return _told(parts, session, planned(session, actor, conversation_id), None)


def read_own(parts: Parts, actor: Actor, organization_id: str, conversation_id: str) -> Told:
    """For whoever works at an organization that takes part. Raise `Forbidden`, `NotFound`."""
    require(actor, Action.WORK_WITH_OTHERS, Resource(organization_id))
    return read_side(parts, organization_id, conversation_id)


def read_side(parts: Parts, organization_id: str, conversation_id: str) -> Told:
    """The same; whoever calls this has seen that the reader acts for the organization. Raise `NotFound`."""
    with parts.database.reading() as session:
        row, _side = joined(session, organization_id, conversation_id)
        return _told(parts, session, row, organization_id)


def _told(parts: Parts, session: Session, row: Conversation, reader: str | None) -> Told:
    now, sides = parts.clock.now(), sides_of(session, row.id)
    course = course_of(row, sides)
    named = _names(session, sides)
    own = course.side(reader) if reader is not None else None
    return Told(
        id=row.id,
        about=row.about,
        question=row.question,
        need=row.need or "",
        area_id=row.area_id or "",
        service_ids=(row.service_a_id or "", row.service_b_id or ""),
        facts=read_facts(parts, session, row, frozenset(named)),
        course=course,
        stage=stage(course, now),
        until=until(course, now),
        awaited=tuple(named[each][0] for each in awaited(course, now)),
        has_to_do=own is not None and has_to_do(course, own, now),
        sides=_said(session, course, sides, named, reader, now),
        proposal=row.proposal,
        what=row.proposal_what or "",
        who=row.proposal_who or "",
        by=row.proposal_by,
        closed_because=row.closed_because or "",
    )


def _said(
    session: Session,
    course: Course,
    sides: Sequence[ConversationSide],
    named: Mapping[str, tuple[str, str]],
    reader: str | None,
    now: datetime,
) -> tuple[SideSaid, ...]:
    answers = _answers(session, course, sides, reader, now)
    found = []
    for row, side in zip(sides, course.sides, strict=True):
        (name, sector), answer = named[row.organization_id], answers.get(row.id)
        is_readable = may_read(course, reader, row.organization_id, now)
        found.append(
            SideSaid(
                row.organization_id, name, sector, row.facts_at, row.facts_role or "", row.facts_note or "", row.in_at,
                row.rather_talk and is_readable,
                Answers(answer.reaches or "", answer.shares or "", answer.worries or "", row.rather_talk) if answer else None,
                (answer.written_role or "") if answer else "",
                course.proposal > 0 and row.agreed_to == course.proposal, has_spoken(course, side), row.spoke_at, row.last_words or "",
            )
        )  # fmt: skip
    return tuple(found)


def _answers(
    session: Session, course: Course, sides: Sequence[ConversationSide], reader: str | None, now: datetime
) -> dict[str, ConversationAnswer]:  # fmt: skip
    """The answers that this reader may read now, by the side; nothing else leaves the database."""
    readable = [each.id for each in sides if may_read(course, reader, each.organization_id, now)]
    rows = session.scalars(select(ConversationAnswer).where(ConversationAnswer.side_id.in_(readable)))
    return {row.side_id: row for row in rows if row.written_at is not None}


def _list(parts: Parts, session: Session, which: ColumnElement[bool], reader: str | None = None) -> tuple[Listed, ...]:
    order = (Conversation.closed_at.is_not(None), Conversation.begun_at.desc(), Conversation.id)
    rows = session.scalars(select(Conversation).where(which).order_by(*order).limit(MOST_SHOWN)).all()
    sides, now = _sides(session, rows), parts.clock.now()
    named = _names(session, [side for each in sides.values() for side in each])
    found = []
    for row in rows:
        course = course_of(row, sides[row.id])
        own = course.side(reader) if reader is not None else None
        found.append(
            Listed(
                row.id, row.about, row.question, row.need or "", row.area_id or "", tuple(row.facts.get("names", ())),
                tuple(named[each.organization_id][0] for each in course.sides), stage(course, now), until(course, now), row.begun_at,
                row.closed_at, tuple(named[each][0] for each in awaited(course, now)), own is not None and has_to_do(course, own, now),
            )
        )  # fmt: skip
    return tuple(found)


def _joined_by(organization_id: str) -> Any:
    return Conversation.id.in_(select(ConversationSide.conversation_id).where(ConversationSide.organization_id == organization_id))


def _sides(session: Session, rows: Sequence[Conversation]) -> dict[str, list[ConversationSide]]:
    found: dict[str, list[ConversationSide]] = {row.id: [] for row in rows}
    asked = select(ConversationSide).where(ConversationSide.conversation_id.in_(found)).order_by(ConversationSide.position)
    for side in session.scalars(asked):
        found[side.conversation_id].append(side)
    return found


def _names(session: Session, sides: Sequence[ConversationSide]) -> dict[str, tuple[str, str]]:
    """Id -> name and sector of each organization."""
    ids = {each.organization_id for each in sides}
    asked = select(Organization.id, Organization.name, Organization.sector).where(Organization.id.in_(ids))
    return {row.id: (row.name, row.sector or "") for row in session.execute(asked)}
