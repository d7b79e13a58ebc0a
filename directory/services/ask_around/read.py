"""Read questions that are asked around: the asker's side with all answers, and the side of an organization that was asked.

Whoever asks sees all answers, side by side. Whoever was asked sees the question, and what others answered once it has answered itself: so
nobody's answer is coloured by another's, and nobody reads along without giving anything.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.ask_around import Covered, coverage
from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.accounts.audit import Audited, audit
from directory.services.ask_around.ask import own_question
from directory.services.partners.scope import names_of_organizations
from directory.services.parts import Parts
from directory.store.tables import AskAround, AskAroundCover, AskAroundPart, AskAroundTo, Organization

NOT_HERE = say("There is no such question to your organization, or its time is over.")


@dataclass(frozen=True, slots=True)
class ListedQuestion:
    """`organization`: who asks. `answered` of `asked` organizations have answered; of a question to us, whether we have."""

    id: str
    organization: str
    words: str
    asked_at: datetime
    ends_at: datetime
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What one organization says; `answered_at` None: nothing yet. `covers`: ids of parts."""

    organization_id: str
    organization: str
    sector: str
    answered_at: datetime | None
    sees: str
    offers: str
    covers: frozenset[str]


@dataclass(frozen=True, slots=True)
class WholePicture:
    """A question with what is known of it so far. `parts`: (id, words). `covered`: of answers alone."""

    id: str
    organization: str
    words: str
    asked_at: datetime
    ends_at: datetime
    parts: tuple[tuple[str, str], ...]
    answers: tuple[Answer, ...]
    covered: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as an organization sees that was asked. `own`: what it has answered. `others` is None before it has answered."""

    id: str
    organization: str
    words: str
    asked_at: datetime
    ends_at: datetime
    parts: tuple[tuple[str, str], ...]
    own: Answer
    others: tuple[Answer, ...] | None
    covered: tuple[Covered, ...]


def asked_by_us(parts: Parts, actor: Actor, organization_id: str) -> tuple[ListedQuestion, ...]:
    """The newest first. Raise `Forbidden`."""
    require(actor, Action.REFER, Resource(organization_id))
    with parts.database.reading() as session:
        mine = (AskAround.organization_id == organization_id, AskAround.ends_at > parts.clock.now())
        rows = session.scalars(select(AskAround).where(*mine).order_by(AskAround.asked_at.desc(), AskAround.id)).all()
        counts = {
            row.ask_around_id: (row.asked, row.answered)
            for row in session.execute(
                select(
                    AskAroundTo.ask_around_id,
                    func.count().label("asked"),
                    func.count(AskAroundTo.answered_at).label("answered"),
                )
                .where(AskAroundTo.ask_around_id.in_([row.id for row in rows]))
                .group_by(AskAroundTo.ask_around_id)
            )
        }
        name = names_of_organizations(session, {organization_id}).get(organization_id, "")
        return tuple(ListedQuestion(row.id, name, row.question, row.asked_at, row.ends_at, *counts[row.id]) for row in rows)


def asked_of_us(parts: Parts, actor: Actor, organization_id: str) -> tuple[ListedQuestion, ...]:
    """Those that wait for our answer first, then the newest; that they were read is kept. Raise `Forbidden`."""
    require(actor, Action.REFER, Resource(organization_id))
    with parts.database.writing() as session:
        to_us = (AskAroundTo.organization_id == organization_id, AskAround.ends_at > parts.clock.now())
        rows = session.execute(
            select(AskAround, AskAroundTo.answered_at, Organization.name)
            .join(AskAroundTo, AskAroundTo.ask_around_id == AskAround.id)
            .join(Organization, Organization.id == AskAround.organization_id)
            .where(*to_us)
            .order_by(AskAround.asked_at.desc(), AskAround.id)
        ).all()
        found = [
            ListedQuestion(row.id, name, row.question, row.asked_at, row.ends_at, 1, int(answered_at is not None))
            for row, answered_at, name in rows
        ]
        if found:
            _note_read(parts, session, actor.label, organization_id)
            session.commit()
    return tuple(sorted(found, key=lambda one: one.answered))


def whole_picture(parts: Parts, actor: Actor, organization_id: str, question_id: str) -> WholePicture:
    """All answers, for whoever asked; that they were read is kept. Raise `Forbidden`, `NotFound`."""
    require(actor, Action.REFER, Resource(organization_id))
    with parts.database.writing() as session:
        row = own_question(session, organization_id, question_id, parts.clock.now())
        lines, answers = parts_of(session, row.id), _answers(session, row.id)
        name = names_of_organizations(session, {organization_id})[organization_id]
        _note_read(parts, session, actor.label, organization_id)
        session.commit()
        return WholePicture(row.id, name, row.question, row.asked_at, row.ends_at, lines, answers, covered_by(lines, answers))


def read_asked(parts: Parts, by: str, organization_id: str, question_id: str) -> AskedQuestion:
    """A question for an organization that was asked, read under a label of who reads; that it was read is kept. Whoever calls this has seen
    that they act for the organization. Raise `NotFound`."""
    with parts.database.writing() as session:
        row, to = to_organization(session, question_id, organization_id, parts.clock.now())
        lines, answers = parts_of(session, row.id), _answers(session, row.id)
        own = next(one for one in answers if one.organization_id == organization_id)
        others = tuple(one for one in answers if one.organization_id != organization_id) if to.answered_at is not None else None
        name = names_of_organizations(session, {row.organization_id})[row.organization_id]
        _note_read(parts, session, by, organization_id)
        session.commit()
        covered = covered_by(lines, answers) if others is not None else ()
        return AskedQuestion(row.id, name, row.question, row.asked_at, row.ends_at, lines, own, others, covered)


def to_organization(session: Session, question_id: str, organization_id: str, now: datetime) -> tuple[AskAround, AskAroundTo]:
    """A question and its row for an organization that was asked. Raise `NotFound`."""
    asked = (AskAroundTo.ask_around_id == question_id, AskAroundTo.organization_id == organization_id)
    to = session.scalar(select(AskAroundTo).where(*asked)) if is_id(question_id) else None
    row = session.get(AskAround, question_id) if to is not None else None
    if to is None or row is None or row.ends_at <= now:
        raise NotFound(NOT_HERE)
    return row, to


def parts_of(session: Session, question_id: str) -> tuple[tuple[str, str], ...]:
    """The parts of a question, as (id, words), in their order."""
    asked = select(AskAroundPart).where(AskAroundPart.ask_around_id == question_id).order_by(AskAroundPart.position)
    return tuple((row.id, row.words) for row in session.scalars(asked))


def covered_by(lines: tuple[tuple[str, str], ...], answers: tuple[Answer, ...]) -> tuple[Covered, ...]:
    """Who could cover each part, of those who have answered."""
    return coverage(lines, [(one.organization, one.covers) for one in answers if one.answered_at is not None])


def _answers(session: Session, question_id: str) -> tuple[Answer, ...]:
    rows = session.execute(
        select(AskAroundTo, Organization.name, Organization.sector)
        .join(Organization, Organization.id == AskAroundTo.organization_id)
        .where(AskAroundTo.ask_around_id == question_id)
        .order_by(AskAroundTo.position)
    ).all()
    covers: dict[str, set[str]] = {row.id: set() for row, _name, _sector in rows}
    for cover in session.scalars(select(AskAroundCover).where(AskAroundCover.to_id.in_(covers))):
        covers[cover.to_id].add(cover.part_id)
    return tuple(
        Answer(row.organization_id, name, sector or "", row.answered_at, row.sees or "", row.offers or "", frozenset(covers[row.id]))
        for row, name, sector in rows
    )


def _note_read(parts: Parts, session: Session, by: str, organization_id: str) -> None:
    audit(session, Audited.PERSONAL_READ, actor=by, clock=parts.clock, organization_id=organization_id, detail="ask around")
