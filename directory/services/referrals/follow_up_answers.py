"""Whether it helped: the person's own answer, by a link without an account, or told to their worker. It may confirm what the receiver says,
or contest it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.referrals.events import Kind
from directory.domain.referrals.fold import CONTEST_WITHIN, Standing, fold
from directory.domain.referrals.states import State
from directory.domain.sentences import say
from directory.services.messages.letter import address_on
from directory.services.parts import Parts
from directory.services.referrals.links import Purpose, make_link
from directory.services.referrals.standpoint import as_person, as_sender
from directory.services.referrals.start import own_need
from directory.services.referrals.write import Act, event_of, events_of, write
from directory.store.tables import Attempt, FollowUp, HelpedPerson, Need, Organization


class Answer(StrEnum):
    """What may be answered."""

    HELPED = "helped"
    PARTLY = "partly"
    NOT_HELPED = "not_helped"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Question:
    """One follow-up as its page needs it; nothing of it says what was needed or from whom. `language` of the person, "" where not known."""

    follow_up_id: str
    answer: Answer | None
    answered_at: datetime | None
    language: str


def follow_up_address(parts: Parts, session: Session, follow_up_id: str) -> str:
    """The whole address of a new link by which a follow-up is answered; the caller commits."""
    return address_on(parts, f"/f/{make_link(session, Purpose.FOLLOW_UP, parts.clock.now(), follow_up_id=follow_up_id)}")


def read_question(parts: Parts, follow_up_id: str) -> Question:
    """Raise `NotFound`."""
    with parts.database.reading() as session:
        row = _row(session, follow_up_id)
        person = session.get_one(HelpedPerson, session.get_one(Need, row.need_id).person_id)
        return Question(row.id, Answer(row.answer) if row.answer else None, row.answered_at, person.language or "")


def answer_follow_up(parts: Parts, follow_up_id: str, answer: str, by: Actor | None = None) -> None:
    """Keep the answer: the person's own, or (`by`) what they told their worker. Where the receiver says that it helped, a yes confirms it
    and a no contests it, for thirty days. Raise `NotFound`, `InvalidInput`."""
    given = checked_answer(answer)
    with parts.database.writing() as session:
        row = _row(session, follow_up_id)
        who = as_person() if by is None else as_sender(by, own_need(session, by, row.need_id).organization_id)
        row.answer, row.answered_at = given.value, parts.clock.now()
        row.answered_by = "person" if by is None else "worker"
        kind = _told_of(session, row.attempt_id, given, parts.clock.now())
        if kind is not None:
            write(parts, session, row.attempt_id, who, Act(kind))
        session.commit()


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that was asked, or is the worker's to ask, and has no answer yet."""

    follow_up_id: str
    organization: str
    day: int


def open_questions(parts: Parts, actor: Actor, need_id: str) -> tuple[OpenQuestion, ...]:
    """Of a need of the actor's team, the oldest first. Raise `NotFound`."""
    with parts.database.reading() as session:
        need = own_need(session, actor, need_id)
        rows = session.execute(
            select(FollowUp.id, FollowUp.day, Organization.name)
            .join(Attempt, Attempt.id == FollowUp.attempt_id)
            .join(Organization, Organization.id == Attempt.receiver_id)
            .where(FollowUp.need_id == need.id, FollowUp.due_at <= parts.clock.now(), FollowUp.answered_at.is_(None))
            .order_by(FollowUp.due_at, FollowUp.id)
        )
        return tuple(OpenQuestion(row.id, row.name, row.day) for row in rows)


def checked_answer(text: str) -> Answer:
    """Raise `InvalidInput`."""
    if text not in list(Answer):
        raise InvalidInput("answer", say("Choose one of the answers."))
    return Answer(text)


def _told_of(session: Session, attempt_id: str, answer: Answer, now: datetime) -> Kind | None:
    """The event that an answer makes; None where it only stands beside what the receiver said, or says so a second time."""
    if session.get(Attempt, attempt_id) is None:
        return None
    standing: Standing = fold(event_of(row) for row in events_of(session, [attempt_id])[attempt_id])
    if answer in (Answer.HELPED, Answer.PARTLY):
        may_confirm = standing.state in (State.HELPED, State.IN_SERVICE, State.INTRODUCED)
        return Kind.PERSON_CONFIRMED if may_confirm and not standing.is_confirmed else None
    may_contest = standing.state is State.HELPED and now - standing.since <= CONTEST_WITHIN
    return Kind.CONTESTED if answer is Answer.NOT_HELPED and may_contest and not standing.is_contested else None


def _row(session: Session, follow_up_id: str) -> FollowUp:
    found = session.get(FollowUp, follow_up_id) if is_id(follow_up_id) else None
    if found is None:
        raise NotFound(say("This question is here no longer."))
    return found
