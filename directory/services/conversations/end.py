"""What a planner does with a conversation: propose what could be decided, end it in both sides' words, or withdraw it."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.people import Actor
from directory.domain.planning.conversation import Act, Ending, is_open
from directory.domain.planning.conversation_words import LONGEST_BECAUSE, checked_proposal, checked_words
from directory.services.access import require
from directory.services.conversations.rows import planned, require_act, sides_of
from directory.services.conversations.words import check_words
from directory.services.partners.scope import today_in
from directory.services.parts import Parts
from directory.store.tables import Conversation, ConversationAnswer, ConversationSide


def propose(
    parts: Parts, actor: Actor, conversation_id: str, what: str, who: str, by: str, said_no_name: Collection[str] = ()
) -> int:  # fmt: skip
    """Propose what could be decided: what, who, by when (a date as "2026-12-31"); the number of the proposal. Agreement to an earlier one
    counts for it no longer. Raise `Forbidden`, `InvalidInput`, `MayBeNames`, `NotFound`, `Refused`."""
    require(actor, Action.PLAN)
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = planned(session, actor, conversation_id, for_writing=True)
        require_act(parts, session, row, Act.PROPOSE)
        told = checked_proposal(what, who, by, today_in(session, now))
        check_words(parts, session, {"what": told.what, "who": told.who}, _ids(session, row), said_no_name)
        row.proposal, row.proposed_at = row.proposal + 1, now
        row.proposal_what, row.proposal_who, row.proposal_by = told.what, told.who, told.by
        session.commit()
        return row.proposal


def end_in_disagreement(parts: Parts, actor: Actor, conversation_id: str) -> None:
    """End it: each side's last words stand side by side. Not before everybody has spoken, or had a week to. Raise `Forbidden`, `NotFound`,
    `Refused`."""
    require(actor, Action.PLAN)
    with parts.database.writing() as session:
        row = planned(session, actor, conversation_id, for_writing=True)
        require_act(parts, session, row, Act.DISAGREE)
        _close(parts, actor, row, Ending.DISAGREEMENT)
        session.commit()


def withdraw(parts: Parts, actor: Actor, conversation_id: str, because: str, said_no_name: Collection[str] = ()) -> None:
    """Withdraw it with a reason. Answers that had not opened are deleted, and nobody ever reads them. Raise `Forbidden`, `InvalidInput`,
    `MayBeNames`, `NotFound`, `Refused`."""
    require(actor, Action.PLAN)
    because = checked_words("because", because, LONGEST_BECAUSE)
    with parts.database.writing() as session:
        row = planned(session, actor, conversation_id, for_writing=True)
        course = require_act(parts, session, row, Act.WITHDRAW)
        check_words(parts, session, {"because": because}, _ids(session, row), said_no_name)
        if not is_open(course, parts.clock.now()):
            _empty_answers(session, row.id)
        _close(parts, actor, row, Ending.WITHDRAWN)
        row.closed_because = because
        session.commit()


def _empty_answers(session: Session, conversation_id: str) -> None:
    sides = select(ConversationSide.id).where(ConversationSide.conversation_id == conversation_id)
    none = {"reaches": None, "shares": None, "worries": None, "written_at": None, "written_role": None}
    session.execute(update(ConversationAnswer).where(ConversationAnswer.side_id.in_(sides)).values(**none))
    session.execute(update(ConversationSide).where(ConversationSide.conversation_id == conversation_id).values(rather_talk=False))


def _close(parts: Parts, actor: Actor, row: Conversation, ending: Ending) -> None:
    row.ending, row.closed_at, row.closed_by = ending.value, parts.clock.now(), actor.label


def _ids(session: Session, row: Conversation) -> list[str]:
    return [each.organization_id for each in sides_of(session, row.id)]
