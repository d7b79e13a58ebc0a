"""What people found of pairs: given, taken back, and held against the facts that it rests on. A word of a planner of an area counts for
those of that area; one of whoever plans for the whole community counts for all, and sharpens the comparing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource, may, reach
from directory.domain.errors import Forbidden, NotFound, Refused
from directory.domain.people import Actor
from directory.domain.planning.verdicts import APART, Found, checked_verdict
from directory.domain.sentences import say
from directory.rules.matching.facts import Facts, fingerprint, pair_fingerprint
from directory.rules.matching.pairs import Verdict, pair_key
from directory.services.matching.directory_facts import listed
from directory.services.matching.levels import TABLES, Level
from directory.services.parts import Parts
from directory.store.tables import DuplicatePair, DuplicateVerdict

SHARED = ""
"""The team of whoever plans for the whole community."""


FEW = 500
"""Of so few records only their own verdicts are read."""


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict as it was given. `holds`: the facts are still those that it rests on."""

    id: int
    found: Found
    because: str
    area: str
    at: datetime
    by: str
    holds: bool


def team_of(actor: Actor) -> str:
    """For whom somebody's verdicts count. Raise `Forbidden` for who plans nothing."""
    if may(actor, Action.PLAN, Resource()):
        return SHARED
    areas = sorted(reach(actor, Action.PLAN).area_ids)
    if not areas:
        raise Forbidden(say("You may not do this here. Ask a lead of the organization, or a planner."))
    return areas[0]


def give_verdict(parts: Parts, actor: Actor, pair_id: int, verdict: str, because: str, *, seen: str | None = None) -> None:
    """Write down what somebody found of a pair; it takes the place of what their team found before. `seen`: the fingerprint of what was
    shown. Raise `NotFound`, `InvalidInput`, `Forbidden`, and `Refused` where a fact changed while somebody looked."""
    found, words = checked_verdict(verdict, because)
    with parts.database.writing() as session:
        if seen is not None and pair_row(session, pair_id).fingerprint != seen:
            raise Refused(say("One of the two was changed while you looked. Look at both again, then say what they are."))
        give_verdict_in(session, parts, actor, pair_id, found, words)
        session.commit()


def give_verdict_in(session: Session, parts: Parts, actor: Actor, pair_id: int, found: Found, because: str) -> None:
    """As `give_verdict`, of a checked one; the caller commits. Raise `NotFound`, `Forbidden`."""
    team, now = team_of(actor), parts.clock.now()
    pair = pair_row(session, pair_id)
    _end(session, pair, team, now)
    session.add(
        DuplicateVerdict(
            level=pair.level, left_id=pair.left_id, right_id=pair.right_id, verdict=found.value, because=because, area=team,
            fingerprint=pair.fingerprint, at=now, by=actor.label,
        )
    )  # fmt: skip


def take_verdict_back(parts: Parts, actor: Actor, pair_id: int) -> None:
    """The pair is to be looked at again. Raise `NotFound`, `Forbidden`."""
    team = team_of(actor)
    with parts.database.writing() as session:
        _end(session, pair_row(session, pair_id), team, parts.clock.now())
        session.commit()


def end_verdicts(session: Session, one: str, other: str, found: Found, now: datetime) -> None:
    """What anybody found of these two is over; the caller commits."""
    left, right = pair_key(one, other)
    those = (DuplicateVerdict.left_id == left, DuplicateVerdict.right_id == right, DuplicateVerdict.verdict == found.value)
    ended = update(DuplicateVerdict).where(*those, DuplicateVerdict.undone_at.is_(None)).values(undone_at=now)
    session.execute(ended.execution_options(synchronize_session=False))


def pair_row(session: Session, pair_id: int) -> DuplicatePair:
    """Raise `NotFound`, also where one of the two is listed no more, or has become secret."""
    row = session.scalars(select(DuplicatePair).where(DuplicatePair.id == pair_id, both_listed())).one_or_none()
    if row is None:
        raise NotFound(say("There is no such pair any more."))
    return row


def both_listed() -> ColumnElement[bool]:
    """A condition on `DuplicatePair`: both are listed now, neither is part of another or a secret place, whether or not pairs were brought
    in step."""

    def is_listed(level: Level, side: Any) -> ColumnElement[bool]:
        return exists().where(TABLES[level].id == side, *listed(level)).correlate(DuplicatePair)

    sides = (DuplicatePair.left_id, DuplicatePair.right_id)
    return or_(*(and_(DuplicatePair.level == level.value, *(is_listed(level, side) for side in sides)) for level in Level))


def is_judged(team: str) -> ColumnElement[bool]:
    """A condition on `DuplicatePair`: for this team somebody judged it, other than unsure, and no fact changed since."""
    holds = DuplicateVerdict.fingerprint == DuplicatePair.fingerprint
    return exists().where(*_of_pair(team), holds, DuplicateVerdict.verdict != Found.UNSURE.value)


def is_reopened(team: str) -> ColumnElement[bool]:
    """A condition on `DuplicatePair`: somebody judged it for this team, and a fact changed since."""
    return exists().where(*_of_pair(team), DuplicateVerdict.fingerprint != DuplicatePair.fingerprint)


def _of_pair(team: str) -> tuple[ColumnElement[bool], ...]:
    return (
        DuplicateVerdict.level == DuplicatePair.level,
        DuplicateVerdict.left_id == DuplicatePair.left_id,
        DuplicateVerdict.right_id == DuplicatePair.right_id,
        DuplicateVerdict.undone_at.is_(None),
        DuplicateVerdict.area.in_({SHARED, team}),
    )


def _end(session: Session, pair: DuplicatePair, team: str, now: datetime) -> None:
    mine = (
        DuplicateVerdict.level == pair.level, DuplicateVerdict.left_id == pair.left_id, DuplicateVerdict.right_id == pair.right_id,
        DuplicateVerdict.area == team, DuplicateVerdict.undone_at.is_(None),
    )  # fmt: skip
    session.execute(update(DuplicateVerdict).where(*mine).values(undone_at=now).execution_options(synchronize_session=False))


def given_to(session: Session, pairs: Iterable[DuplicatePair], team: str) -> dict[int, Given]:
    """Pair id -> what counts for a team: its own word, else that of the whole community; the newest."""
    rows = {(row.level, row.left_id, row.right_id): row for row in pairs}
    if not rows:
        return {}
    asked = (
        select(DuplicateVerdict)
        .where(
            DuplicateVerdict.left_id.in_({key[1] for key in rows}),
            DuplicateVerdict.undone_at.is_(None),
            or_(DuplicateVerdict.area == SHARED, DuplicateVerdict.area == team),
        )
        .order_by((DuplicateVerdict.area != SHARED).desc(), DuplicateVerdict.at.desc())
    )
    found: dict[int, Given] = {}
    for verdict in session.scalars(asked):
        pair = rows.get((verdict.level, verdict.left_id, verdict.right_id))
        if pair is not None and pair.id not in found:
            found[pair.id] = Given(
                verdict.id, Found(verdict.verdict), verdict.because, verdict.area, verdict.at, verdict.by,
                holds=verdict.fingerprint == pair.fingerprint,
            )  # fmt: skip
    return found


def verdicts_for(session: Session, level: Level, facts: Mapping[str, Facts]) -> dict[tuple[str, str], Verdict]:
    """What the comparing may rest on: words of the whole community, of records that say what they said then."""
    found: dict[tuple[str, str], Verdict] = {}
    asked = select(DuplicateVerdict).where(
        DuplicateVerdict.level == level.value, DuplicateVerdict.area == SHARED, DuplicateVerdict.undone_at.is_(None)
    )
    if len(facts) <= FEW:
        asked = asked.where(DuplicateVerdict.left_id.in_(list(facts)))
    for row in session.scalars(asked.order_by(DuplicateVerdict.at)):
        one, other = facts.get(row.left_id), facts.get(row.right_id)
        if one is None or other is None or row.verdict == Found.UNSURE.value:
            continue
        now = pair_fingerprint(one.id, fingerprint(one, level), other.id, fingerprint(other, level))
        if now == row.fingerprint:
            found[pair_key(one.id, other.id)] = Verdict.DIFFERENT if Found(row.verdict) in APART else Verdict.SAME
    return found
