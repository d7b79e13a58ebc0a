"""Read pairs that are kept: planners those that lie in their area, an organization those that name it. Whatever is listed no more since
is not shown, whether or not the pairs were brought in step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from directory.domain.access import Action
from directory.domain.categories.tree import CATEGORIES, descendants
from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.rules.overlap.bounds import Bounds
from directory.rules.overlap.pair import Parts as PairParts
from directory.rules.overlap.pair import read
from directory.rules.sets.kinds import Reading
from directory.rules.sets.rule import RuleSet
from directory.services.access import in_areas, services_in_reach
from directory.services.indexing.operations import listed_condition
from directory.services.overlaps.keep import NOT_DECIDED
from directory.services.overlaps.run import LastRun, last_run
from directory.services.parts import Parts
from directory.services.rules.versions import read_version
from directory.store.tables import Organization, OverlapPair, Service

A, B = aliased(Service), aliased(Service)
OA, OB = aliased(Organization), aliased(Organization)
PER_PAGE = 25
TALKED_ABOUT = tuple(each.value for each in Reading if each not in (Reading.POSSIBLE_DUPLICATE, Reading.NOT_COMPARABLE))
"""The readings by which there is something to talk about."""
READINGS = (*TALKED_ABOUT, NOT_DECIDED, Reading.NOT_COMPARABLE.value)
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs: all of these hold. `area`: an area id; `category`: a slug with all beneath it; `sector`, `organization_id`: of
    either."""

    area: str = ""
    category: str = ""
    reading: str = ""
    sector: str = ""
    organization_id: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    service_id: str
    name: str
    organization_id: str
    organization: str
    sector: str


@dataclass(frozen=True, slots=True)
class OverlapLine:
    """`asks`: ids of rules that could not be decided. `is_for_a_culture`: None where that is not known. `metres`: None where not known."""

    id: str
    first: Side
    second: Side
    category: str
    value: Bounds
    parts: PairParts
    reading: str
    severity: str
    rule: str
    asks: tuple[str, ...]
    rule_version: str
    is_for_a_culture: bool | None
    metres: float | None
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class OverlapPage:
    lines: tuple[OverlapLine, ...]
    total: int
    readings: dict[str, int]
    run: LastRun | None


def read_overlaps(parts: Parts, actor: Actor, wanted: Wanted, page: int = 1, per_page: int = PER_PAGE) -> OverlapPage:
    """What a planner may see of it, a page at a time; where no reading is asked for, what there is to talk about. `readings` counts what
    there is of each, whichever is chosen. Raise `InvalidInput`."""
    with parts.database.reading() as session:
        reach = _either_side(lambda side: services_in_reach(session, actor, Action.PLAN, side))
        return _page(session, [reach], wanted, (page - 1) * per_page, per_page, TALKED_ABOUT)


def read_all(parts: Parts, wanted: Wanted, limit: int = MOST_LINES) -> OverlapPage:
    """The same for whoever runs the machine. Raise `InvalidInput`."""
    with parts.database.reading() as session:
        return _page(session, [], wanted, 0, limit)


def read_overlap(parts: Parts, actor: Actor, pair_id: str) -> OverlapLine:
    """One pair. Raise `NotFound`, also where it lies outside of the planner's area."""
    with parts.database.reading() as session:
        reach = _either_side(lambda side: services_in_reach(session, actor, Action.PLAN, side))
        row = session.execute(_lines().where(OverlapPair.id == pair_id, reach)).first() if is_id(pair_id) else None
    if row is None:
        raise NotFound(say("There is no such pair. Listings change; look at the list again."))
    return _line(row)


def pair_of(session: Session, service_a_id: str, service_b_id: str) -> OverlapLine | None:
    """The pair of two listings, for whoever was let to it; None where there is none any more."""
    row = session.execute(_lines().where(OverlapPair.service_a_id == service_a_id, OverlapPair.service_b_id == service_b_id)).first()
    return _line(row) if row is not None else None


def read_overlaps_of(parts: Parts, organization_id: str, page: int = 1, per_page: int = PER_PAGE) -> OverlapPage:
    """The pairs that name an organization; whoever asks keeps its listings. Only what there is to talk about."""
    with parts.database.reading() as session:
        return _page(session, [], Wanted(organization_id=organization_id), (page - 1) * per_page, per_page, TALKED_ABOUT)


def _either_side(condition: Any) -> ColumnElement[bool]:
    return or_(condition(A), condition(B))


def _page(
    session: Session, conditions: Sequence[ColumnElement[bool]], wanted: Wanted, skip: int, limit: int, otherwise: Sequence[str] = ()
) -> OverlapPage:  # fmt: skip
    """`otherwise`: the readings that are wanted where none is asked for; () for all."""
    narrowed = [*conditions, *_conditions(session, wanted)]
    counted: Select[Any] = _from(select(OverlapPair.reading, func.count())).where(*narrowed).group_by(OverlapPair.reading)
    readings: dict[str, int] = dict(session.execute(counted).all())
    chosen = (wanted.reading,) if wanted.reading else tuple(otherwise)
    if chosen:
        narrowed.append(OverlapPair.reading.in_(chosen))
    order = (OverlapPair.high.desc(), OverlapPair.low.desc(), OverlapPair.service_a_id, OverlapPair.service_b_id)
    rows = session.execute(_lines().where(*narrowed).order_by(*order).offset(skip).limit(limit)).all()
    total = sum(count for reading, count in readings.items() if not chosen or reading in chosen)
    return OverlapPage(tuple(map(_line, rows)), total, readings, last_run(session))


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.area:
        found.append(_either_side(lambda side: in_areas(session, side, frozenset((wanted.area,)), told_only=True)))
    if wanted.category:
        if wanted.category not in CATEGORIES:
            sentence = say('There is no category "%(slug)s"; the list of categories has them all.', slug=wanted.category[:60])
            raise InvalidInput("category", sentence)
        found.append(OverlapPair.category.in_((wanted.category, *descendants(wanted.category))))
    if wanted.reading and wanted.reading not in READINGS:
        known = ", ".join(READINGS)
        raise InvalidInput("reading", say('A pair is read as one of %(known)s; not "%(raw)s".', known=known, raw=wanted.reading[:40]))
    if wanted.sector:
        found.append(or_(OA.sector == wanted.sector, OB.sector == wanted.sector))
    if wanted.organization_id:
        if not is_id(wanted.organization_id):
            raise InvalidInput("organization", say("Give the id of an organization, as its page's address has it."))
        found.append(or_(OverlapPair.organization_a_id == wanted.organization_id, OverlapPair.organization_b_id == wanted.organization_id))
    return found


def _lines() -> Select[Any]:
    columns = OverlapPair.__table__.columns
    names = (A.name.label("name_a"), B.name.label("name_b"), OA.name.label("of_a"), OB.name.label("of_b"))
    sectors = (OA.sector.label("sector_a"), OB.sector.label("sector_b"))
    return _from(select(*columns, *names, *sectors))


def _from(statement: Any) -> Select[Any]:
    """Pairs of which both are listed now."""
    found: Select[Any] = (
        statement.select_from(OverlapPair)
        .join(A, and_(A.id == OverlapPair.service_a_id, *listed_condition(A)))
        .join(B, and_(B.id == OverlapPair.service_b_id, *listed_condition(B)))
        .outerjoin(OA, OA.id == A.organization_id)
        .outerjoin(OB, OB.id == B.organization_id)
    )
    return found


def _line(row: Any) -> OverlapLine:
    return OverlapLine(
        id=row.id,
        first=Side(row.service_a_id, row.name_a, row.organization_a_id or "", row.of_a or "", row.sector_a or ""),
        second=Side(row.service_b_id, row.name_b, row.organization_b_id or "", row.of_b or "", row.sector_b or ""),
        category=row.category,
        value=Bounds(row.low, row.high),
        parts=read(row.parts),
        reading=row.reading,
        severity=row.severity,
        rule=row.rule,
        asks=tuple(row.asks),
        rule_version=row.rule_version,
        is_for_a_culture=row.signals.get("pair.is_for_a_culture"),
        metres=row.signals.get("pair.metres"),
        made_at=row.made_at,
        changed_at=row.changed_at,
    )


def rules_of(parts: Parts, version: str) -> RuleSet | None:
    """The rules of a version as pairs name it ("flag-pairs 3"); None where it is there no more."""
    name, _space, number = version.rpartition(" ")
    try:
        return read_version(parts, name, int(number)).rules
    except NotFound:
        return None
