"""What changed in what a planner plans for since a moment: each kind counted, and listed with the records that it is about. No person, and
who did something only by what they are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, null, or_, select, true
from sqlalchemy.orm import Session, aliased

from directory.domain.access import Action, reach
from directory.domain.people import Actor
from directory.domain.planning.news import MUCH_CHANGED, What
from directory.services.access import areas_in_reach, organizations_in_reach, services_in_reach
from directory.services.indexing.operations import listed_condition
from directory.services.matching.levels import TABLES, Level
from directory.services.matching.verdicts import SHARED, both_listed, is_judged, team_of
from directory.services.overlaps.read import TALKED_ABOUT
from directory.services.parts import Parts
from directory.services.planning.turned import Turned, read_turned
from directory.services.referrals.stuck import read_stuck
from directory.store.tables import (
    Change,
    DuplicatePair,
    DuplicateVerdict,
    Location,
    MergeEvent,
    Organization,
    OverlapPair,
    RoleGrant,
    Service,
)

MOST = 500


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One thing that is new. `key`: of the pair, merge, listing or organization; `first` and `second`: names, "" where there is none or it
    is confidential; `more`: a word of the kind, such as the verdict or the reading; `turned`: of a need in an area."""

    what: What
    key: str
    first: str
    second: str
    at: datetime | None
    more: str = ""
    turned: Turned | None = None


News = Mapping[What, int]

A, B = aliased(Service), aliased(Service)


def count_news(parts: Parts, actor: Actor, since: datetime, turned: Sequence[Turned] | None = None) -> News:
    """How many there are of each kind. `turned`: where it was read already."""
    with parts.database.reading() as session:
        counts = {
            what: session.scalar(select(func.count()).select_from(asked(session, actor, since).subquery())) or 0
            for what, asked in _ASKED.items()
        }
    counts[What.NEEDS] = len(read_turned(parts, actor) if turned is None else turned)
    counts[What.STUCK] = sum(row.since >= since for row in read_stuck(parts, actor))
    return {what: counts[what] for what in What}


def list_news(parts: Parts, actor: Actor, since: datetime, what: What, most: int = MOST) -> tuple[NewsLine, ...]:
    """Those of a kind, the newest first."""
    if what is What.NEEDS:
        return tuple(NewsLine(what, "", each.now.need, each.now.area, None, turned=each) for each in read_turned(parts, actor)[:most])
    if what is What.STUCK:
        stuck = [row for row in read_stuck(parts, actor) if row.since >= since]
        return tuple(NewsLine(what, row.service_id, row.program, row.organization, row.since) for row in stuck[:most])
    with parts.database.reading() as session:
        asked = _ASKED[what](session, actor, since)
        rows = session.execute(asked.order_by(asked.selected_columns.at.desc(), asked.selected_columns.key).limit(most)).all()
        names = names_of(session, {each for row in rows for each in (row.one, row.other) if each})
        return tuple(
            NewsLine(what, str(row.key or ""), names.get(row.one, ""), names.get(row.other, ""), row.at, row.more or "") for row in rows
        )


def names_of(session: Session, ids: Collection[str]) -> dict[str | None, str]:
    """What records are called, whatever they are; confidential places have no name here."""
    found: dict[str | None, str] = {}
    for table in TABLES.values():
        secret = table.confidential if table is Location else false()
        for key, name, is_secret in session.execute(select(table.id, table.name, secret).where(table.id.in_(ids))):
            found[key] = "" if is_secret else name or ""
    return found


def records_in_reach(session: Session, actor: Actor, level: Any, left: Any, right: Any) -> ColumnElement[bool]:
    """A condition: one of two records of a level lies in what the actor plans for."""
    if reach(actor, Action.PLAN).everything:
        return true()
    within = {
        Level.ORGANIZATION: select(Organization.id).where(organizations_in_reach(session, actor, Action.PLAN)),
        Level.SITE: select(Location.id).where(areas_in_reach(session, actor, Action.PLAN, Location.area_id)),
        Level.PROGRAM: select(Service.id).where(services_in_reach(session, actor, Action.PLAN)),
    }
    return or_(*(and_(level == each.value, or_(left.in_(ids), right.in_(ids))) for each, ids in within.items()))


def _line(key: Any, at: Any, one: Any, other: Any = None, more: Any = None) -> Select[Any]:
    return select(
        key.label("key"), at.label("at"), one.label("one"), (null() if other is None else other).label("other"),
        (literal("") if more is None else more).label("more"),
    )  # fmt: skip


def _pairs(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    pair = DuplicatePair
    asked = _line(pair.id, pair.found_at, pair.left_id, pair.right_id, pair.level)
    within = records_in_reach(session, actor, pair.level, pair.left_id, pair.right_id)
    return asked.where(pair.found_at >= since, within, ~is_judged(team_of(actor)), both_listed())


def _verdicts(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    """Of others, for the actor's team or everybody."""
    given, pair = DuplicateVerdict, DuplicatePair
    same = and_(pair.level == given.level, pair.left_id == given.left_id, pair.right_id == given.right_id, both_listed())
    asked = _line(pair.id, given.at, given.left_id, given.right_id, given.verdict).select_from(given).outerjoin(pair, same)
    counts = (given.undone_at.is_(None), given.by != actor.label, given.area.in_({SHARED, team_of(actor)}))
    return asked.where(given.at >= since, *counts, records_in_reach(session, actor, given.level, given.left_id, given.right_id))


def _merges(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    event = MergeEvent
    asked = _line(event.id, event.at, event.kept_id, event.retired_id, event.level)
    within = records_in_reach(session, actor, event.level, event.kept_id, event.retired_id)
    return asked.where(event.at >= since, event.undone_at.is_(None), within)


def _taken_back(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    event = MergeEvent
    asked = _line(event.id, event.undone_at, event.kept_id, event.retired_id, event.level)
    return asked.where(event.undone_at >= since, records_in_reach(session, actor, event.level, event.kept_id, event.retired_id))


def _offerings(session: Session, actor: Actor, at: Any) -> Select[Any]:
    """Pairs of offerings that are both listed, one of them in reach."""
    asked = _line(OverlapPair.id, at, A.id, B.id, OverlapPair.reading).select_from(OverlapPair)
    asked = asked.join(A, and_(A.id == OverlapPair.service_a_id, *listed_condition(A)))
    asked = asked.join(B, and_(B.id == OverlapPair.service_b_id, *listed_condition(B)))
    return asked.where(or_(*(services_in_reach(session, actor, Action.PLAN, side) for side in (A, B))))


def _alike(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    return _offerings(session, actor, OverlapPair.made_at).where(OverlapPair.made_at >= since, OverlapPair.reading.in_(TALKED_ABOUT))


def _read_otherwise(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    return _offerings(session, actor, OverlapPair.read_at).where(OverlapPair.read_at >= since, OverlapPair.made_at < since)


def _listings(session: Session, actor: Actor, at: Any, more: Any = None) -> Select[Any]:
    return _line(Service.id, at, Service.id, Service.organization_id, more).where(services_in_reach(session, actor, Action.PLAN))


def _added(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    return _listings(session, actor, Service.created_at).where(Service.created_at >= since, *listed_condition())


def _closed(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    """Listed no more; what became part of another record is told among the merges."""
    return _listings(session, actor, Service.withdrawn_at).where(Service.withdrawn_at >= since, Service.merged_into.is_(None))


def _changed(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    """Of a listing that stood already: so many different fields, or kinds of parts."""
    told = (Change.object_kind == "service", Change.at >= since, Change.part != "form", Change.field != "created")
    different = func.count(func.distinct(Change.part + "." + Change.field))
    changed = select(Change.object_id.label("id"), func.max(Change.at).label("at")).where(*told).group_by(Change.object_id)
    much = changed.having(different >= MUCH_CHANGED).subquery()
    return _listings(session, actor, much.c.at).join(much, much.c.id == Service.id).where(Service.created_at < since, *listed_condition())


def _joined(session: Session, actor: Actor, since: datetime) -> Select[Any]:
    """Organizations of which somebody has an account, the first since then."""
    grants = select(RoleGrant.organization_id.label("id"), func.min(RoleGrant.granted_at).label("at"))
    first = grants.where(RoleGrant.organization_id.is_not(None)).group_by(RoleGrant.organization_id).subquery()
    asked = _line(Organization.id, first.c.at, Organization.id).join(first, first.c.id == Organization.id)
    return asked.where(first.c.at >= since, organizations_in_reach(session, actor, Action.PLAN))


_ASKED: Mapping[What, Callable[[Session, Actor, datetime], Select[Any]]] = {
    What.PAIRS: _pairs,
    What.VERDICTS: _verdicts,
    What.MERGED: _merges,
    What.TAKEN_BACK: _taken_back,
    What.ALIKE: _alike,
    What.READ_OTHERWISE: _read_otherwise,
    What.ADDED: _added,
    What.CLOSED: _closed,
    What.CHANGED: _changed,
    What.JOINED: _joined,
}
