"""Begin a conversation: on a pair of listings that offer alike, or on a need in an area."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.areas import ancestors
from directory.domain.categories.tree import CATEGORIES
from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.planning.conversation import About
from directory.domain.planning.conversation_words import check_sides, checked_question
from directory.domain.planning.quarter import read_quarter
from directory.domain.planning.reading import Cell
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.conversations.facts import cell_written, organizations_offering, pair_written
from directory.services.conversations.words import check_words
from directory.services.overlaps.read import OverlapLine, read_overlap
from directory.services.parts import Parts
from directory.services.planning.cells import Reached, read_cells
from directory.store.tables import Conversation, ConversationAnswer, ConversationSide, Organization


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conversation may be about: a pair, or a cell with how people reach it. `organization_ids`: whom it concerns. `under_way`: the
    conversation on it that goes on already, "" for none."""

    line: OverlapLine | None
    cell: Cell | None
    reached: Reached | None
    quarter: str
    organization_ids: tuple[str, ...]
    under_way: str


def subject_of_pair(parts: Parts, actor: Actor, pair_id: str) -> Subject:
    """Raise `Forbidden`, `NotFound`, also where it lies outside of the planner's area; `Refused` where nobody offers one of the two."""
    require(actor, Action.PLAN)
    line = read_overlap(parts, actor, pair_id)
    ids = (line.first.organization_id, line.second.organization_id)
    if not all(ids):
        raise Refused(say("One of the two listings names no organization, so there is nobody to talk to. Write into it whose it is."))
    with parts.database.reading() as session:
        same = (Conversation.service_a_id == line.first.service_id, Conversation.service_b_id == line.second.service_id)
        return Subject(line, None, None, "", ids, _under_way(session, *same))


def subject_of_cell(parts: Parts, actor: Actor, need: str, area: str, quarter: str) -> Subject:
    """Raise `Forbidden` for an area for which they do not plan, `InvalidInput`, `NotFound`."""
    require(actor, Action.PLAN, Resource("", frozenset((area, *ancestors(area)))))
    if need not in CATEGORIES:
        raise NotFound(say("There is no such need. Begin from the list of gaps."))
    gaps = read_cells(parts, read_quarter(quarter), area=area, need=need, actor=actor)
    cell = next((each for each in gaps.cells if (each.need, each.area) == (need, area)), None)
    if cell is None:
        raise NotFound(say("Nothing that may be shown was asked for there in this quarter. Begin from the list of gaps."))
    reached = next((each for each in gaps.reached if each.need == need), None)
    with parts.database.reading() as session:
        found = organizations_offering(parts, session, need, area)
        return Subject(
            None, cell, reached, str(gaps.quarter), found, _under_way(session, Conversation.need == need, Conversation.area_id == area)
        )


def begin(
    parts: Parts, actor: Actor, subject: Subject, question: str, organization_ids: Sequence[str], said_no_name: Collection[str] = ()
) -> str:  # fmt: skip
    """Begin it; its id. Raise `InvalidInput`, `MayBeNames`, `Refused` where one goes on about it already."""
    question, chosen = checked_question(question), tuple(dict.fromkeys(organization_ids))
    check_sides(chosen)
    now = parts.clock.now()
    with parts.database.writing() as session:
        _check_listed(session, chosen)
        if subject.line is not None and not set(subject.organization_ids) <= set(chosen):
            raise InvalidInput("side", say("Who takes part: the two organizations whose listings it is about must be among them."))
        check_words(parts, session, {"question": question}, chosen, said_no_name)
        row = Conversation(question=question, begun_at=now, begun_by=actor.label, proposal=0, **_about(subject))
        if _under_way(session, *_same(row)):
            raise Refused(say("A conversation on this goes on already. Look among the conversations."))
        session.add(row)
        session.flush()
        _add_sides(session, row, chosen)
        session.commit()
        return row.id


def _about(subject: Subject) -> dict[str, Any]:
    if subject.line is not None:
        sides = {"service_a_id": subject.line.first.service_id, "service_b_id": subject.line.second.service_id}
        return {"about": About.OVERLAP.value, "facts": pair_written(subject.line), **sides}
    if subject.cell is None:
        raise ValueError("A conversation is about a pair or a cell.")
    facts = cell_written(subject.cell, subject.reached)
    where = {"need": subject.cell.need, "area_id": subject.cell.area, "quarter": subject.quarter}
    return {"about": About.GAP.value, "facts": facts, **where}


def _same(row: Conversation) -> tuple[Any, ...]:
    if row.about == About.OVERLAP:
        return Conversation.service_a_id == row.service_a_id, Conversation.service_b_id == row.service_b_id
    return Conversation.need == row.need, Conversation.area_id == row.area_id


def _under_way(session: Session, *conditions: Any) -> str:
    return session.scalar(select(Conversation.id).where(Conversation.ending.is_(None), *conditions).limit(1)) or ""


def _check_listed(session: Session, ids: Sequence[str]) -> None:
    """Held until it is begun, so that two planners who begin the same at once do it one after the other."""
    listed = (Organization.withdrawn_at.is_(None), Organization.merged_into.is_(None))
    asked = select(Organization.id).where(Organization.id.in_([each for each in ids if is_id(each)]), *listed)
    if set(session.scalars(asked.order_by(Organization.id).with_for_update())) != set(ids):
        raise InvalidInput("side", say("Who takes part: choose organizations that are listed."))


def _add_sides(session: Session, row: Conversation, ids: Sequence[str]) -> None:
    sides = [
        ConversationSide(conversation_id=row.id, organization_id=each, position=at, rather_talk=False, agreed_to=0, told="")
        for at, each in enumerate(ids)
    ]
    session.add_all(sides)
    session.flush()
    session.add_all(ConversationAnswer(side_id=side.id) for side in sides)
    session.flush()
