"""Conversations of made-up organizations for a demo that has none yet: one in which an answer is still awaited, one that was decided, one
that ended in the words of both sides. Each act is the one that somebody signed in does, on the day on which it is told to have been."""

from contextlib import suppress
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import DirectoryError
from directory.services.conversations.begin import begin, subject_of_pair
from directory.services.conversations.end import end_in_disagreement, propose
from directory.services.conversations.take_part import agree, answer, look_at_facts, say_last_words, speaker_of
from directory.services.overlaps.read import pair_of
from directory.services.overlaps.run import find_among
from directory.services.parts import Parts
from directory.store.tables import Conversation, Service
from seeds.acting import PLANNER, days_ago, lead_of, made_up
from seeds.talks import TALKS, Proposed, Talk


def begin_with_conversations(parts: Parts) -> None:
    """A few for a demo that has none yet, among the listings of the sample that are still there."""
    with parts.database.reading() as session:
        if session.scalar(select(Conversation.id).limit(1)) is not None:
            return
        organizations = made_up(session, {side.organization for talk in TALKS for side in talk.sides})
        found = [(talk, _offers(session, talk, organizations)) for talk in TALKS]
    there = [
        (talk, offers) for talk, offers in found if all(side.organization in organizations for side in talk.sides) and len(offers) == 2
    ]
    find_among(parts, {each for _talk, offers in there for each in offers})
    for talk, offers in there:
        with suppress(DirectoryError):
            _hold(parts, talk, offers, [organizations[side.organization] for side in talk.sides])


def _offers(session: Session, talk: Talk, organizations: dict[str, str]) -> list[str]:
    """The ids of the listings that it is about, in the order in which a pair names them."""
    named = [
        (Service.organization_id == organizations.get(side.organization), Service.name == side.offer) for side in talk.sides if side.offer
    ]
    listed = Service.withdrawn_at.is_(None)
    return sorted(filter(None, (session.scalar(select(Service.id).where(*conditions, listed)) for conditions in named)))


def _hold(parts: Parts, talk: Talk, offers: list[str], organization_ids: list[str]) -> None:
    with parts.database.reading() as session:
        pair = pair_of(session, *offers)
    if pair is None:
        return
    begun = days_ago(parts, talk.begun)
    made = begin(begun, PLANNER, subject_of_pair(begun, PLANNER, pair.id), talk.question, organization_ids)
    sides = list(zip(talk.sides, (speaker_of(lead_of(each), each) for each in organization_ids), strict=True))
    for side, speaker in sides:
        look_at_facts(days_ago(parts, side.looked), speaker, made, side.note)
    for side, speaker in sides:
        if side.answered is not None:
            answer(days_ago(parts, side.answered), speaker, made, side.answers, is_in=True)
    number = _propose(parts, talk.proposed, made) if talk.proposed else 0
    for side, speaker in sides:
        if side.spoke is not None and side.last_words:
            say_last_words(days_ago(parts, side.spoke), speaker, made, side.last_words)
        elif side.spoke is not None:
            agree(days_ago(parts, side.spoke), speaker, made, number)
    if talk.ended is not None:
        end_in_disagreement(days_ago(parts, talk.ended), PLANNER, made)


def _propose(parts: Parts, proposed: Proposed, conversation_id: str) -> int:
    then = days_ago(parts, proposed.on)
    by: date = then.clock.now().date() + timedelta(days=proposed.days)
    return propose(then, PLANNER, conversation_id, proposed.what, proposed.who, by.isoformat())
