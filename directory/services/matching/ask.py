"""Ask the organizations whose records two are whether they are one: they see the question on their first page, and get a mail."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.planning.asked import LASTS
from directory.domain.sentences import say
from directory.rules.matching.pairs import pair_key
from directory.services.matching.asked import question_of, standing_in
from directory.services.matching.levels import TABLES, Level
from directory.services.matching.telling import tell_asked
from directory.services.matching.verdicts import pair_row, team_of
from directory.services.parts import Parts
from directory.store.tables import DuplicateQuestion


def ask_of_pair(parts: Parts, actor: Actor, pair_id: int) -> str:
    """Ask about a pair of the queue; the id of the question. Raise `Forbidden`, `NotFound`, `Refused`."""
    team_of(actor)
    with parts.database.writing() as session:
        row = pair_row(session, pair_id)
        question = ask_in(parts, session, actor.label, Level(row.level), row.left_id, row.right_id)
        session.commit()
    return question


def ask(parts: Parts, by: str, level: Level, one: str, other: str) -> str:
    """Ask about any two; the id of the question. Raise `NotFound`, `Refused`."""
    with parts.database.writing() as session:
        question = ask_in(parts, session, by, level, one, other)
        session.commit()
    return question


def ask_in(parts: Parts, session: Session, by: str, level: Level, one: str, other: str) -> str:
    """As `ask`; the caller commits. Asked anew only after a fact changed."""
    left, right = pair_key(one, other)
    _lock(session, level, left, right)
    now = parts.clock.now()
    standing = standing_in(session, level, left, right, now)
    if standing.is_two:
        raise Refused(say("They were found to be two, and nothing changed since. Take that back first."))
    if not standing.voices:
        raise Refused(say("Neither record is of an organization, so that there is nobody to ask."))
    if standing.asked is not None and not standing.is_outdated:
        raise Refused(say("They were asked already, and nothing changed since."))
    asked = {"fingerprint": standing.facts, "asked_at": now, "asked_by": by, "answer_until": now + LASTS}
    row = question_of(session, level, left, right)
    if row is None:
        row = DuplicateQuestion(level=level.value, left_id=left, right_id=right, **asked)
        session.add(row)
    for name, value in asked.items():
        setattr(row, name, value)
    session.flush()
    tell_asked(parts, session, row)
    return row.id


def _lock(session: Session, level: Level, left: str, right: str) -> None:
    """Both, in the order in which a merge locks them."""
    if left == right:
        raise Refused(say("Name two records, not one twice."))
    table = TABLES[level]
    wanted = [each for each in (left, right) if is_id(each)]
    rows = {row.id: row for row in session.scalars(select(table).where(table.id.in_(wanted)).order_by(table.id).with_for_update())}
    for each in (left, right):
        if each not in rows:
            raise NotFound(say('There is no %(level)s with the id "%(id)s".', level=level.value, id=each[:60]))
        if rows[each].merged_into is not None:
            raise Refused(say('"%(id)s" has been merged into another record already.', id=each))
        if level is Level.SITE and rows[each].confidential:
            raise Refused(say("One of them is a place whose address is secret. Nobody is asked about those."))
