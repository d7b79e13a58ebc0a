"""Rows of a conversation as the domain sees them, and who reaches which. What organizations answer is read elsewhere (`read`)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session

from directory.domain.access import Action, reach
from directory.domain.errors import NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.planning.conversation import Act, Course, Ending, Side, allows
from directory.domain.sentences import say
from directory.services.access import services_in_reach
from directory.services.area_tree import lies_in_any
from directory.services.parts import Parts
from directory.store.tables import Conversation, ConversationSide, Service

NOT_HERE = say("There is no such conversation.")
_TOO_LATE = say("This cannot be done now: the conversation has gone on. Look at it again.")


def course_of(row: Conversation, sides: Iterable[ConversationSide]) -> Course:
    return Course(
        begun_at=row.begun_at,
        sides=tuple(Side(each.organization_id, each.facts_at, each.in_at, each.spoke_at, each.agreed_to) for each in sides),
        proposal=row.proposal,
        proposed_at=row.proposed_at,
        ending=Ending(row.ending) if row.ending else None,
        closed_at=row.closed_at,
    )


def sides_of(session: Session, conversation_id: str) -> Sequence[ConversationSide]:
    """In the order in which they were asked in."""
    asked = select(ConversationSide).where(ConversationSide.conversation_id == conversation_id)
    return session.scalars(asked.order_by(ConversationSide.position)).all()


def planned(session: Session, actor: Actor, conversation_id: str, *, for_writing: bool = False) -> Conversation:
    """A conversation that a planner reaches. Raise `NotFound`."""
    asked = select(Conversation).where(Conversation.id == conversation_id, in_reach(session, actor))
    row = session.scalar(asked.with_for_update() if for_writing else asked) if is_id(conversation_id) else None
    if row is None:
        raise NotFound(NOT_HERE)
    return row


def joined(
    session: Session, organization_id: str, conversation_id: str, *, for_writing: bool = False
) -> tuple[Conversation, ConversationSide]:  # fmt: skip
    """A conversation that an organization takes part in, with its side. Raise `NotFound`."""
    if not is_id(conversation_id):
        raise NotFound(NOT_HERE)
    row = session.get(Conversation, conversation_id, with_for_update=for_writing)
    mine = (ConversationSide.conversation_id == conversation_id, ConversationSide.organization_id == organization_id)
    side = session.scalar(select(ConversationSide).where(*mine))
    if row is None or side is None:
        raise NotFound(NOT_HERE)
    return row, side


def require_act(parts: Parts, session: Session, row: Conversation, act: Act, organization_id: str = "") -> Course:
    """How it stands, where this can be done now. Raise `Refused`."""
    course = course_of(row, sides_of(session, row.id))
    if not allows(course, act, parts.clock.now(), organization_id):
        raise Refused(_TOO_LATE)
    return course


def in_reach(session: Session, actor: Actor) -> ColumnElement[bool]:
    """A condition on `Conversation`: those about a pair of which a planner sees one listing, or about an area for which they plan."""
    found = reach(actor, Action.PLAN)
    if found.everything:
        return true()
    if not found.area_ids:
        return false()
    seen = select(Service.id).where(services_in_reach(session, actor, Action.PLAN))
    there = lies_in_any(session, Conversation.area_id, found.area_ids)
    return or_(Conversation.service_a_id.in_(seen), Conversation.service_b_id.in_(seen), there)
