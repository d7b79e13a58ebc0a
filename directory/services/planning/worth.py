"""What a planner could do next, from all that is known: gathered here, ranked by `domain.planning.worth`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from directory.domain.access import Action
from directory.domain.claims import WAITING
from directory.domain.people import Actor
from directory.domain.planning.asked import Agreement
from directory.domain.planning.reading import FEWEST_EVENTS, MOST_STALE, Cell, Reading
from directory.domain.planning.worth import Kind, Worth, likely_one, worth_an_hour
from directory.domain.upkeep.due import Risk, risk_of
from directory.rules.matching.pairs import Band
from directory.rules.sets.kinds import Reading as FlagReading
from directory.services.access import organizations_in_reach, services_in_reach
from directory.services.indexing.operations import listed_condition
from directory.services.matching.heard import Heard, heard_of, was_answered
from directory.services.matching.levels import Level
from directory.services.matching.verdicts import both_listed, is_judged, team_of
from directory.services.parts import Parts
from directory.services.planning.cells import Gaps
from directory.services.planning.news import names_of, records_in_reach
from directory.services.planning.offers import FULL
from directory.store.tables import Claim, DuplicatePair, Organization, OverlapPair, RuleContest, Service, ServiceCapacity, ServiceCategory

MOST = 200
"""How many of each kind are looked at, the likeliest first."""
NO_ROOM_KNOWN = 0.5
"""A pair of which nobody said that it has room is half as likely to come to something."""
NOTHING_USABLE = 0.5
"""Where nothing can be used, an hour is at least so likely to change something, whatever searches found elsewhere."""
CONTEST, CLAIM = "contest", "claim"
AGAINST = "against"
ROOM = "capacity"


@dataclass(frozen=True, slots=True)
class Hour:
    """One thing to do, with what its sentence needs: `names` of the records or organizations that it is about, what was `heard` of two
    records, or the `cell`."""

    of: Worth
    names: tuple[str, ...] = ()
    cell: Cell | None = None
    heard: Heard | None = None


def best_hours(parts: Parts, actor: Actor, gaps: Gaps) -> tuple[Hour, ...]:
    """Five things at most, the best first. `gaps`: what the actor may see of the quarter."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        found = [*_duplicates(session, actor, now), *_of_cells(gaps.cells), *_talks(session, actor, now), *_answers(session, actor, now)]
    by = {each.of: each for each in found}
    return tuple(by[each] for each in worth_an_hour(by))


def _duplicates(session: Session, actor: Actor, now: datetime) -> Iterator[Hour]:
    """Pairs of which an organization says that they are one, and those that are as good as certain, unless one says that they are two;
    programs for which a wrong word costs more first. Where organizations contradict each other, it is a conversation."""
    pair = DuplicatePair
    within = records_in_reach(session, actor, pair.level, pair.left_id, pair.right_id)
    asked = select(pair.id, pair.level, pair.left_id, pair.right_id, pair.probability, pair.fingerprint, pair.band)
    asked = asked.where(or_(pair.band == Band.CERTAIN.value, was_answered()), ~is_judged(team_of(actor)), both_listed(), within)
    first = (was_answered().desc(), (pair.level == Level.PROGRAM.value).desc(), pair.score.desc(), pair.id)
    rows = session.execute(asked.order_by(*first).limit(MOST)).all()
    heard = heard_of(session, rows, now)
    ids = {each for row in rows for each in (row.left_id, row.right_id)}
    names, filed = names_of(session, ids), _filed(session, ids)
    for row in rows:
        of = _worth_of_pair(row, risk_of([*filed.get(row.left_id, ()), *filed.get(row.right_id, ())]), heard.get(row.id), now)
        if of is not None:
            yield Hour(of, (names.get(row.left_id, ""), names.get(row.right_id, "")), heard=heard.get(row.id))


def _worth_of_pair(row: Any, risk: Risk, heard: Heard | None, now: datetime) -> Worth | None:
    """None where nothing speaks for an hour: an organization says that they are two, or nobody says anything and it is not certain."""
    said, days = (heard.agreement, (now - heard.at).days) if heard is not None else (Agreement.OPEN, 0)
    likely = likely_one(row.probability, said)
    if said is Agreement.AGAINST:
        return Worth(Kind.TALK, (str(row.id), AGAINST), risk, likely, days=days)
    if said is Agreement.TWO or (said is Agreement.OPEN and row.band != Band.CERTAIN.value):
        return None
    if heard is None or said is Agreement.OPEN:
        return Worth(Kind.DUPLICATE, (str(row.id), row.level), risk, likely)
    return Worth(Kind.DUPLICATE, (str(row.id), row.level), risk, likely, days=days, is_quick=not heard.is_awaited)


def _filed(session: Session, ids: Iterable[str]) -> Mapping[str, list[str]]:
    filed: dict[str, list[str]] = {}
    asked = select(ServiceCategory.service_id, ServiceCategory.category).where(ServiceCategory.service_id.in_(list(ids)))
    for service_id, slug in session.execute(asked):
        filed.setdefault(service_id, []).append(slug)
    return filed


def _of_cells(cells: Iterable[Cell]) -> Iterator[Hour]:
    """Needs of areas of which enough may be shown: unmet, or listed by old words."""
    for cell in cells:
        share, risk = cell.unmet_share, risk_of([cell.need])
        if share is not None and cell.reading in (Reading.GAP, Reading.ALIGN):
            yield Hour(Worth(Kind.UNMET, (cell.need, cell.area), risk, _likely(cell, share), cell.events), cell=cell)
        if cell.events >= FEWEST_EVENTS and cell.offered and cell.stale / cell.offered > MOST_STALE:
            yield Hour(Worth(Kind.STALE, (cell.need, cell.area), risk, cell.stale / cell.offered, cell.events), cell=cell)


def _likely(cell: Cell, share: float) -> float:
    return share if cell.usable else max(share, NOTHING_USABLE)


def _talks(session: Session, actor: Actor, now: datetime) -> Iterator[Hour]:
    """Pairs worth a conversation of which neither says that it is full: most where one says that it has room."""
    a, b = aliased(Service), aliased(Service)
    in_reach = or_(*(services_in_reach(session, actor, Action.PLAN, side) for side in (a, b)))
    asked = select(
        OverlapPair.id,
        OverlapPair.category,
        OverlapPair.low,
        a.id.label("one"),
        b.id.label("other"),
        a.organization_id,
        b.organization_id.label("theirs"),
    )
    asked = asked.select_from(OverlapPair).join(a, and_(a.id == OverlapPair.service_a_id, *listed_condition(a)))
    asked = asked.join(b, and_(b.id == OverlapPair.service_b_id, *listed_condition(b)))
    asked = asked.where(OverlapPair.reading == FlagReading.WORTH_A_CONVERSATION.value, in_reach)
    rows = session.execute(asked.order_by(OverlapPair.low.desc(), OverlapPair.id).limit(MOST)).all()
    holds = or_(ServiceCapacity.expires_at.is_(None), ServiceCapacity.expires_at > now)
    told: dict[str, set[str]] = {}
    sides = {side for row in rows for side in (row.one, row.other)}
    for service_id, status in session.execute(
        select(ServiceCapacity.service_id, ServiceCapacity.status).where(ServiceCapacity.service_id.in_(sides), holds)
    ):
        told.setdefault(status or "", set()).add(service_id)
    names = names_of(session, {each for row in rows for each in (row.organization_id, row.theirs) if each})
    for row in rows:
        if not {row.one, row.other}.isdisjoint(told.get(FULL, ())):
            continue
        has_room = not {row.one, row.other}.isdisjoint(told.get(ROOM, ()))
        key = (row.id, ROOM if has_room else "")
        of = Worth(Kind.TALK, key, risk_of([row.category]), row.low if has_room else row.low * NO_ROOM_KNOWN)
        yield Hour(of, (names.get(row.organization_id, ""), names.get(row.theirs, "")))


def _answers(session: Session, actor: Actor, now: datetime) -> Iterator[Hour]:
    """Organizations that wait for planners: for a word on what they contest, or to look after their own listings."""
    within = organizations_in_reach(session, actor, Action.PLAN)
    contests = select(RuleContest.id, RuleContest.made_at, Organization.name).join(
        Organization, Organization.id == RuleContest.organization_id
    )
    claims = select(Claim.id, Claim.made_at, Organization.name).join(Organization, Organization.id == Claim.organization_id)
    waiting = ((CONTEST, contests.where(RuleContest.verdict.is_(None), within)), (CLAIM, claims.where(Claim.state.in_(WAITING), within)))
    for which, asked in waiting:
        for row in session.execute(asked.limit(MOST)):
            of = Worth(Kind.ANSWER, (which, row.id), Risk.OTHER, 1.0, days=(now - row.made_at).days)
            yield Hour(of, (row.name,))
