"""What an organization does in a conversation: look at the facts, answer, agree, say its last words. With an account as an editor or a
lead, or by the link of a mail, which is the same act under another name. Who did it is kept by their role."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import Forbidden, InvalidInput, Refused
from directory.domain.people import Actor, Role
from directory.domain.planning.conversation import Act, Ending, is_agreed
from directory.domain.planning.conversation_words import LONGEST_ANSWER, LONGEST_NOTE, Answers, checked_answers, checked_words
from directory.domain.sentences import say
from directory.services.conversations.rows import course_of, joined, require_act, sides_of
from directory.services.conversations.words import check_words
from directory.services.partners.links import OpenedLink
from directory.services.parts import Parts
from directory.store.tables import Conversation, ConversationAnswer, ConversationSide

BY_LINK = "organization"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks for an organization, by their role; `label` for the end of a conversation."""

    organization_id: str
    role: str
    label: str


def speaker_of(actor: Actor, organization_id: str) -> Speaker:
    """A lead or an editor speaks for an organization. Raise `Forbidden`."""
    for role in (Role.LEAD, Role.EDITOR):
        if not actor.token_id and organization_id in actor.organizations((role,)):
            return Speaker(organization_id, role.value, actor.label)
    raise Forbidden(say("An editor or a lead of the organization speaks for it here. Ask one of them."))


def speaker_by(link: OpenedLink) -> Speaker:
    """Whoever has the link that was sent to the organization."""
    return Speaker(link.organization_id, BY_LINK, link.by)


def look_at_facts(parts: Parts, speaker: Speaker, conversation_id: str, note: str, said_no_name: Collection[str] = ()) -> None:
    """Say that the facts are right, or what a listing cannot say; the note is for all to read at once. Raise `InvalidInput`, `MayBeNames`,
    `NotFound`, `Refused`."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise InvalidInput("note", say("Write less, at most %(count)s letters.", count=LONGEST_NOTE))
    with parts.database.writing() as session:
        row, side = _begun(parts, session, speaker, conversation_id, Act.LOOK)
        check_words(parts, session, {"note": note}, _ids(session, row), said_no_name)
        side.facts_at, side.facts_role, side.facts_note = side.facts_at or parts.clock.now(), speaker.role, note or None
        session.commit()


def answer(
    parts: Parts, speaker: Speaker, conversation_id: str, answers: Answers, *, is_in: bool, said_no_name: Collection[str] = ()
) -> None:  # fmt: skip
    """Answer, or keep a draft that does not count yet (`is_in` False). It can be changed until the answers open. Raise `InvalidInput`,
    `MayBeNames`, `NotFound`, `Refused`."""
    told = checked_answers(answers, is_in=is_in)
    with parts.database.writing() as session:
        row, side = _begun(parts, session, speaker, conversation_id, Act.ANSWER if is_in else Act.DRAFT)
        if is_in:
            texts = {"reaches": told.reaches, "shares": told.shares, "worries": told.worries}
            check_words(parts, session, texts, _ids(session, row), said_no_name)
        kept = session.scalars(select(ConversationAnswer).where(ConversationAnswer.side_id == side.id)).one()
        kept.reaches, kept.shares, kept.worries = told.reaches or None, told.shares or None, told.worries or None
        kept.written_at, kept.written_role = parts.clock.now(), speaker.role
        side.rather_talk = told.rather_talk
        if is_in:
            side.in_at = side.in_at or parts.clock.now()
        session.commit()


def agree(parts: Parts, speaker: Speaker, conversation_id: str, number: int) -> bool:
    """Agree to what is proposed; whether with that all have, and it is decided. `number`: of the proposal that was read. Raise `NotFound`,
    `Refused`, also where something else is proposed since."""
    with parts.database.writing() as session:
        row, side = _begun(parts, session, speaker, conversation_id, Act.SPEAK)
        if not row.proposal or number != row.proposal:
            raise Refused(say("Something else is proposed now. Read it, then agree or say how you see it."))
        side.agreed_to, side.spoke_at, side.spoke_role, side.last_words = row.proposal, parts.clock.now(), speaker.role, None
        session.flush()
        is_decided = is_agreed(course_of(row, sides_of(session, row.id)))
        if is_decided:
            row.ending, row.closed_at, row.closed_by = Ending.DECISION.value, parts.clock.now(), speaker.label
        session.commit()
    return is_decided


def say_last_words(parts: Parts, speaker: Speaker, conversation_id: str, words: str, said_no_name: Collection[str] = ()) -> None:
    """Say how one's own side sees it, in place of agreeing. Raise `InvalidInput`, `MayBeNames`, `NotFound`, `Refused`."""
    words = checked_words("words", words, LONGEST_ANSWER)
    with parts.database.writing() as session:
        row, side = _begun(parts, session, speaker, conversation_id, Act.SPEAK)
        check_words(parts, session, {"words": words}, _ids(session, row), said_no_name)
        side.agreed_to, side.spoke_at, side.spoke_role, side.last_words = 0, parts.clock.now(), speaker.role, words
        session.commit()


def _begun(
    parts: Parts, session: Session, speaker: Speaker, conversation_id: str, act: Act
) -> tuple[Conversation, ConversationSide]:  # fmt: skip
    row, side = joined(session, speaker.organization_id, conversation_id, for_writing=True)
    require_act(parts, session, row, act, speaker.organization_id)
    return row, side


def _ids(session: Session, row: Conversation) -> list[str]:
    return [each.organization_id for each in sides_of(session, row.id)]
