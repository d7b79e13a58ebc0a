"""The pairs that are to be looked at: those first from which most is won, without those that somebody judged, unless a fact changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.people import Actor
from directory.domain.planning.asked import Agreement
from directory.domain.planning.worth import QUICK, likely_one
from directory.domain.upkeep.due import risk_of
from directory.rules.matching.pairs import Reason
from directory.services.matching.heard import Heard, heard_of, was_answered
from directory.services.matching.levels import TABLES, Level
from directory.services.matching.verdicts import Given, both_listed, given_to, is_judged, is_reopened, pair_row, team_of
from directory.services.parts import Parts
from directory.store.tables import (
    DuplicateAnswer,
    DuplicateModel,
    DuplicatePair,
    DuplicateQuestion,
    MergeEvent,
    Organization,
    ServiceCategory,
)

LOOKED_AT = 300
MOST = 50
_WORTH = {"crisis": 3.0, "basic": 2.0, "other": 1.0}
"""What one duplicate less is worth, by what a wrong word in the listing may cost; our proposal."""


@dataclass(frozen=True, slots=True)
class AskedOf:
    """The organizations were asked of what the two say. `answers`: how many have answered that."""

    answers: int


@dataclass(frozen=True, slots=True)
class PairRead:
    """`value`: the duplicates that looking at it is expected to undo, weighed by what they may cost; half as much again where it takes
    minutes. `heard`: what organizations said of the two as they are. `reopened`: somebody judged it, and a fact changed since; `given` is
    what they found. `facts`: the fingerprint of what both say."""

    id: int
    level: Level
    left_id: str
    right_id: str
    left_name: str
    right_name: str
    left_owner: str
    right_owner: str
    probability: float
    score: float
    band: str
    reasons: tuple[Reason, ...]
    found_at: datetime
    value: float
    facts: str
    given: Given | None = None
    asked: AskedOf | None = None
    heard: Heard | None = None

    @property
    def reopened(self) -> bool:
        return self.given is not None and not self.given.holds


@dataclass(frozen=True, slots=True)
class Queue:
    """`waiting`: how many pairs of each level wait, certain ones and those to be reviewed."""

    pairs: tuple[PairRead, ...]
    waiting: Mapping[Level, int]
    compared_at: datetime | None


def read_queue(parts: Parts, actor: Actor, level: Level, most: int = MOST) -> Queue:
    """What waits for somebody's team at a level."""
    team = team_of(actor)
    with parts.database.reading() as session:
        rows = _rows(session, level, team)
        given = given_to(session, rows, team)
        found = sorted(_read(session, level, rows, given, parts.clock.now()), key=lambda pair: (not pair.reopened, -pair.value, pair.id))
        model = session.get(DuplicateModel, level.value)
        counted = select(DuplicatePair.level, func.count()).where(~is_judged(team), both_listed()).group_by(DuplicatePair.level)
        counts: dict[str, int] = dict(session.execute(counted).all())
        waiting = {each: counts.get(each.value, 0) for each in Level}
        return Queue(tuple(found[:most]), waiting, model.at if model is not None else None)


def read_pair(parts: Parts, actor: Actor, pair_id: int) -> PairRead:
    """One pair. Raise `NotFound`, `Forbidden`."""
    team = team_of(actor)
    with parts.database.reading() as session:
        row = pair_row(session, pair_id)
        return _read(session, Level(row.level), [row], given_to(session, [row], team), parts.clock.now())[0]


def _rows(session: Session, level: Level, team: str) -> Sequence[DuplicatePair]:
    asked = select(DuplicatePair).where(DuplicatePair.level == level.value, ~is_judged(team), both_listed())
    order = (is_reopened(team).desc(), was_answered().desc(), DuplicatePair.score.desc(), DuplicatePair.id)
    return session.scalars(asked.order_by(*order).limit(LOOKED_AT)).all()


def _read(session: Session, level: Level, rows: Sequence[DuplicatePair], given: Mapping[int, Given], now: datetime) -> list[PairRead]:
    table: Any = TABLES[level]
    ids = {each for row in rows for each in (row.left_id, row.right_id)}
    owner = table.id.label("owner") if level is Level.ORGANIZATION else table.organization_id.label("owner")
    names = {row.id: row for row in session.execute(select(table.id, table.name, owner).where(table.id.in_(ids)))}
    owners = {row.owner for row in names.values() if row.owner and level is not Level.ORGANIZATION}
    called: dict[str, str] = dict(session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(owners))).all())
    worth = _worth(session, level, ids)
    asked, heard = _asked(session, level, rows), heard_of(session, rows, now)

    def name(key: str) -> str:
        return (names[key].name or "") if key in names else ""

    def whose(key: str) -> str:
        return called.get(names[key].owner or "", "") if key in names and level is not Level.ORGANIZATION else ""

    return [
        PairRead(
            id=row.id, level=level, left_id=row.left_id, right_id=row.right_id, left_name=name(row.left_id), right_name=name(row.right_id),
            left_owner=whose(row.left_id), right_owner=whose(row.right_id), probability=row.probability, score=row.score, band=row.band,
            reasons=tuple(Reason(**reason) for reason in row.reasons), found_at=row.found_at,
            value=_likely(row, heard.get(row.id)) * max(worth.get(row.left_id, 1.0), worth.get(row.right_id, 1.0)), facts=row.fingerprint,
            given=given.get(row.id), asked=asked.get(row.id), heard=heard.get(row.id),
        )
        for row in rows
    ]  # fmt: skip


def _likely(row: DuplicatePair, heard: Heard | None) -> float:
    """How likely they are one, and half as much again where an organization says so and a merge waits for nobody."""
    if heard is None:
        return row.probability
    is_quick = heard.agreement in (Agreement.ALL_ONE, Agreement.ONE) and not heard.is_awaited
    return likely_one(row.probability, heard.agreement) * (QUICK if is_quick else 1.0)


def _asked(session: Session, level: Level, rows: Sequence[DuplicatePair]) -> dict[int, AskedOf]:
    """Pair id -> what was asked of it as it is."""
    answered = (DuplicateAnswer.question_id == DuplicateQuestion.id) & (DuplicateAnswer.fingerprint == DuplicateQuestion.fingerprint)
    of_pair = (DuplicateQuestion.left_id, DuplicateQuestion.right_id, DuplicateQuestion.fingerprint)
    counted = (
        select(*of_pair, func.count(DuplicateAnswer.organization_id.distinct()))
        .outerjoin(DuplicateAnswer, answered)
        .where(DuplicateQuestion.level == level.value, DuplicateQuestion.left_id.in_({row.left_id for row in rows}))
        .group_by(*of_pair)
    )
    found = {(left, right, facts): AskedOf(count) for left, right, facts, count in session.execute(counted)}
    return {row.id: found[key] for row in rows if (key := (row.left_id, row.right_id, row.fingerprint)) in found}


def _worth(session: Session, level: Level, ids: set[str]) -> dict[str, float]:
    if level is not Level.PROGRAM:
        return {}
    filed: dict[str, list[str]] = {}
    asked = select(ServiceCategory.service_id, ServiceCategory.category).where(ServiceCategory.service_id.in_(ids))
    for service_id, slug in session.execute(asked):
        filed.setdefault(service_id, []).append(slug)
    return {key: _WORTH[risk_of(slugs).value] for key, slugs in filed.items()}


@dataclass(frozen=True, slots=True)
class MergedRead:
    """A merge that was done, and may be taken back unless it was. `anyway`: why it did not wait for an organization, "" where it did."""

    id: int
    level: Level
    kept_id: str
    kept_name: str
    retired_name: str
    at: datetime
    why: str
    anyway: str
    undone_at: datetime | None
    left: tuple[str, ...]


def read_merged(parts: Parts, most: int = MOST) -> tuple[MergedRead, ...]:
    """The newest first."""
    with parts.database.reading() as session:
        rows = session.scalars(select(MergeEvent).order_by(MergeEvent.id.desc()).limit(most)).all()
        names: dict[str, str] = {}
        for level in Level:
            table = TABLES[level]
            ids = {each for row in rows if row.level == level.value for each in (row.kept_id, row.retired_id)}
            secret = table.confidential if level is Level.SITE else table.id.is_(None)
            for key, name, is_secret in session.execute(select(table.id, table.name, secret).where(table.id.in_(ids))):
                names[key] = "" if is_secret else name or ""
        return tuple(
            MergedRead(
                row.id, Level(row.level), row.kept_id, names.get(row.kept_id, ""), names.get(row.retired_id, ""), row.at, row.why,
                row.anyway or "", row.undone_at, tuple(row.left or ()),
            )
            for row in rows
        )  # fmt: skip
