"""An organization sees the questions about its records, and answers: what both say in public, why they may be one, and what came of it. It
may change its answer until the pair is decided: with an account at any time, else by a new link (`answering_by_link`)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from directory.domain.errors import Forbidden, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor, Role
from directory.domain.planning.asked import Answer, Voice, checked_answer
from directory.domain.sentences import say
from directory.rules.matching.facts import Facts
from directory.rules.matching.pairs import Reason
from directory.services.editing.forms import record_form
from directory.services.editing.records import load_records
from directory.services.matching.asked import Standing, standing_in, two_facts
from directory.services.matching.concerned import MAY_SPEAK, concerned_in
from directory.services.matching.levels import TABLES, Level
from directory.services.parts import Parts
from directory.store.tables import DuplicateAnswer, DuplicatePair, DuplicateQuestion, Location, MergeEvent, Service, ServiceAtLocation

MOST = 50
HOURS = ("hours", "exceptions", "intake", "hours_text")
"""The fields of a form that say when something is open."""
NOT_HERE = say("Your organization was asked no such thing.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A merge of the two. `anyway`: why it did not wait for an organization, or went against its word."""

    kept_id: str
    at: datetime
    anyway: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """`both`: what the two say, in the order of their ids, `descriptions` of them, and their opening `hours` as forms hold them. `owners`:
    id of the organization of each, "" where it is nobody's. `speaks_for`: the organizations of whoever looks, among those that were
    asked."""

    id: str
    level: Level
    both: tuple[Facts, Facts]
    descriptions: tuple[str, str]
    hours: tuple[Mapping[str, Any], Mapping[str, Any]]
    owners: tuple[str, str]
    reasons: tuple[Reason, ...]
    standing: Standing
    speaks_for: tuple[Voice, ...]
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One of the questions of somebody's organizations. `waits`: one of them has not answered yet, of what the two say now."""

    id: str
    level: Level
    names: tuple[str, str]
    standing: Standing
    waits: bool


def list_own(parts: Parts, actor: Actor) -> tuple[QuestionLine, ...]:
    """What the organizations of somebody were asked: what waits for an answer first, then the newest."""
    own = _own(actor)
    if not own:
        return ()
    now = parts.clock.now()
    with parts.database.reading() as session:
        asked = select(DuplicateQuestion).where(_of(own)).order_by(DuplicateQuestion.asked_at.desc(), DuplicateQuestion.id).limit(MOST)
        lines = [line for row in session.scalars(asked).all() if (line := _line(session, row, own, now)) is not None]
    return tuple(sorted(lines, key=lambda line: not line.waits))


def read_own_question(parts: Parts, actor: Actor, question_id: str) -> OwnQuestion:
    """One of them. Raise `NotFound` for what is none of theirs, and where a place has become secret since."""
    own = _own(actor)
    with parts.database.reading() as session:
        return question_in(session, question_row(session, question_id), own, parts.clock.now(), sees_withdrawn=own)


def question_in(
    session: Session, row: DuplicateQuestion, own: Collection[str], now: datetime, *, sees_withdrawn: Collection[str]
) -> OwnQuestion:
    """What `own` organizations see of a question. `sees_withdrawn`: those that see what their records say that are listed no more. Raise
    `NotFound` where it is none of theirs."""
    level, ids = Level(row.level), (row.left_id, row.right_id)
    standing = standing_in(session, level, *ids, now)
    speaks_for = tuple(each for each in standing.voices if each.organization_id in own)
    if not speaks_for or is_secret(session, level, ids):
        raise NotFound(NOT_HERE)
    owners = (_owner(session, level, ids[0]), _owner(session, level, ids[1]))
    both, descriptions, hours = _shown(session, level, ids, [owner in sees_withdrawn for owner in owners], now)
    return OwnQuestion(
        id=row.id, level=level, both=both, descriptions=descriptions, hours=hours, owners=owners, reasons=_reasons(session, level, ids),
        standing=standing, speaks_for=speaks_for, outcome=_outcome(session, level, ids),
    )  # fmt: skip


def give_answer(parts: Parts, actor: Actor, question_id: str, organization_id: str, answer: str, words: str, seen: str) -> None:
    """Answer for an organization; it takes the place of what it said before. `seen`: the fingerprint of what was shown. Raise `NotFound`,
    `Forbidden`, `InvalidInput`, and `Refused` where the pair is decided, or a fact changed while somebody looked."""
    if organization_id not in _own(actor):
        raise Forbidden(say("An editor or a lead of the organization answers for it."))
    checked = checked_answer(answer, words)
    role = Role.LEAD if organization_id in actor.organizations((Role.LEAD,)) else Role.EDITOR
    with parts.database.writing() as session:
        row = question_row(session, question_id, for_writing=True)
        answer_in(session, row, organization_id, checked, seen, parts.clock.now(), role=role.value, by=actor.label)
        session.commit()


def answer_in(
    session: Session, row: DuplicateQuestion, organization_id: str, checked: tuple[Answer, str], seen: str, now: datetime, *, role: str,
    by: str,
) -> None:  # fmt: skip
    """Keep an answer; the caller commits. Raise `NotFound`, `Refused`."""
    level, ids = Level(row.level), (row.left_id, row.right_id)
    standing = standing_in(session, level, *ids, now)
    if organization_id not in {each.organization_id for each in standing.voices} or is_secret(session, level, ids):
        raise NotFound(NOT_HERE)
    if standing.is_decided:
        raise Refused(say("It has been decided meanwhile. See below what came of it."))
    if seen != standing.facts:
        raise Refused(say("One of the two was changed while you looked. Look at both again, then answer."))
    of = {"question_id": row.id, "organization_id": organization_id, "fingerprint": standing.facts, "at": now}
    session.add(DuplicateAnswer(**of, answer=checked[0].value, words=checked[1], role=role, by=by))


def _own(actor: Actor) -> frozenset[str]:
    return frozenset() if actor.token_id else actor.organizations(MAY_SPEAK)


def _of(own: Collection[str]) -> ColumnElement[bool]:
    """A condition on questions: one of the two may be of these organizations."""
    services = select(Service.id).where(Service.organization_id.in_(own))
    offered_at = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(services))
    nobodys = and_(Location.organization_id.is_(None), Location.id.in_(offered_at))
    places = select(Location.id).where(or_(Location.organization_id.in_(own), nobodys))
    found: ColumnElement[bool] = false()
    for level, ids in ((Level.ORGANIZATION, own), (Level.SITE, places), (Level.PROGRAM, services)):
        either = or_(DuplicateQuestion.left_id.in_(ids), DuplicateQuestion.right_id.in_(ids))
        found = or_(found, and_(DuplicateQuestion.level == level.value, either))
    return found


def _line(session: Session, row: DuplicateQuestion, own: Collection[str], now: datetime) -> QuestionLine | None:
    level, ids = Level(row.level), (row.left_id, row.right_id)
    standing = standing_in(session, level, *ids, now)
    mine = [each for each in standing.voices if each.organization_id in own]
    if not mine or is_secret(session, level, ids):
        return None
    table = TABLES[level]
    named = {each.id: each.name for each in session.execute(select(table.id, table.name).where(table.id.in_(ids)))}
    waits = not standing.is_decided and any(not each.counts for each in mine)
    return QuestionLine(row.id, level, (named.get(ids[0]) or "", named.get(ids[1]) or ""), standing, waits)


def question_row(session: Session, question_id: str, *, for_writing: bool = False) -> DuplicateQuestion:
    """Raise `NotFound`."""
    row = session.get(DuplicateQuestion, question_id, with_for_update=for_writing) if is_id(question_id) else None
    if row is None:
        raise NotFound(NOT_HERE)
    return row


def is_secret(session: Session, level: Level, ids: tuple[str, str]) -> bool:
    if level is not Level.SITE:
        return False
    return session.scalar(select(Location.id).where(Location.id.in_(ids), Location.confidential.is_(True)).limit(1)) is not None


def _owner(session: Session, level: Level, record_id: str) -> str:
    return next(iter(concerned_in(session, level, (record_id,))), "")


def _shown(
    session: Session, level: Level, ids: tuple[str, str], sees_all: Sequence[bool], now: datetime
) -> tuple[tuple[Facts, Facts], tuple[str, str], tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """What is shown of each, its description and hours: of one that is listed no more the name alone, unless somebody sees all of it."""
    first, second, _facts = two_facts(session, level, *ids)
    table = TABLES[level]
    rows = {row.id: row for row in session.execute(select(table.id, table.description, table.withdrawn_at).where(table.id.in_(ids)))}
    shown = [sees or rows[each.id].withdrawn_at is None for each, sees in zip((first, second), sees_all, strict=True)]
    both = tuple(each if all_of_it else Facts(each.id, each.name) for each, all_of_it in zip((first, second), shown, strict=True))
    told = tuple((rows[key].description or "") if all_of_it else "" for key, all_of_it in zip(ids, shown, strict=True))
    records = load_records(session, table.__tablename__, ids, now)
    forms = [record_form(records[key]) if all_of_it else {} for key, all_of_it in zip(ids, shown, strict=True)]
    hours = tuple({name: form[name] for name in HOURS if name in form} for form in forms)
    return (both[0], both[1]), (told[0], told[1]), (hours[0], hours[1])


def _reasons(session: Session, level: Level, ids: tuple[str, str]) -> tuple[Reason, ...]:
    of_pair = (DuplicatePair.level == level.value, DuplicatePair.left_id == ids[0], DuplicatePair.right_id == ids[1])
    return tuple(Reason(**each) for each in session.scalar(select(DuplicatePair.reasons).where(*of_pair)) or ())


def _outcome(session: Session, level: Level, ids: tuple[str, str]) -> Outcome | None:
    """The newest merge of the two, whichever stayed."""
    merged = (MergeEvent.level == level.value, MergeEvent.kept_id.in_(ids), MergeEvent.retired_id.in_(ids))
    row = session.scalars(select(MergeEvent).where(*merged).order_by(MergeEvent.id.desc()).limit(1)).first()
    return Outcome(row.kept_id, row.at, row.anyway or "", row.undone_at) if row is not None else None
