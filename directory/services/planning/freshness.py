"""How old what listings say is, as far as a planner's reach goes: by risk, sector, need, organization; with the list behind each number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, func, select, type_coerce
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.categories.tree import CATEGORIES, ancestors
from directory.domain.people import Actor
from directory.domain.planning.freshness import Aged, Distribution, Group, distribution, group_of, grouped
from directory.domain.upkeep.due import SLUGS, Risk
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.quality import usual_days
from directory.services.access import services_in_reach
from directory.services.indexing.operations import listed_condition
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.rules.versions import held_in, today_in
from directory.services.upkeep.due import AT_ONCE, DueListing, due_listings, in_turn
from directory.services.upkeep.wanted import Wanted, is_due, wanted_conditions
from directory.store.tables import Organization, Service, ServiceCategory, Verification

ON_A_PAGE = 50
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Looked:
    """In how many listings somebody looked in a month that begins on `first`, and said that they are right or put them right."""

    first: datetime
    listings: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """Of all listings in reach that are of what is wanted, but for `age` and `is_due`. `names`: of the organizations that have a group;
    `due_organizations`: how many have something that is due.
    `months`: the last twelve, the oldest first; empty where nothing is known of them."""

    at: datetime
    all: Group
    by_risk: Mapping[Risk, tuple[Group, Distribution]]
    by_sector: tuple[Group, ...]
    by_need: tuple[Group, ...]
    by_organization: tuple[Group, ...]
    due_organizations: int
    names: Mapping[str, str]
    months: tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class ListingsFound:
    """Of this page, in the order in which they are looked at: crisis first, then daily needs; never looked at first, then the oldest."""

    listings: tuple[DueListing, ...]
    total: int
    page: int


def read_freshness(parts: Parts, actor: Actor, wanted: Wanted, most: int | None = None) -> Freshness:
    """All figures of what is wanted; its `age` and `is_due` narrow the list alone. `most`: of so many organizations at most."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        conditions = _conditions(session, actor, replace(wanted, age=None, is_due=False), now)
        listings = _aged(session, conditions, now)
        rules = held_in(session, SetKind.QUALITY, today_in(session, now)).rules
        by_risk: dict[Risk, tuple[Group, Distribution]] = {}
        for risk in Risk:
            some = [each for each in listings if each.risk is risk]
            by_risk[risk] = (group_of(risk.value, some), distribution(some, usual_days(rules, {"listing.risk": risk.value})))
        organizations = grouped(listings, lambda each: [each.organization_id] if each.organization_id else [], most)
        by_organization, names = _named(session, organizations)
        return Freshness(
            at=now,
            all=group_of("", listings),
            by_risk=by_risk,
            by_sector=grouped(listings, lambda each: [each.sector]),
            by_need=grouped(listings, lambda each: each.needs or [""]),
            by_organization=by_organization,
            due_organizations=len({each.organization_id for each in listings if each.is_due and each.organization_id}),
            names=names,
            months=_months(session, conditions, now),
        )


def read_listings(parts: Parts, actor: Actor, wanted: Wanted, page: int = 1, most: int = ON_A_PAGE) -> ListingsFound:
    """The list behind a number."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        conditions = _conditions(session, actor, wanted, now)
        ids = session.scalars(select(Service.id).where(*conditions).order_by(*in_turn(wanted.risk)).offset((page - 1) * most).limit(most))
        total = session.scalar(select(func.count()).select_from(Service).where(*conditions)) or 0
        return ListingsFound(tuple(due_listings(session, ids.all(), now)), total, page)


def _conditions(session: Session, actor: Actor, wanted: Wanted, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (*listed_condition(), services_in_reach(session, actor, Action.PLAN), *wanted_conditions(session, wanted, now))


def _aged(session: Session, conditions: tuple[ColumnElement[bool], ...], now: datetime) -> list[Aged]:
    """Ids as the database keeps them: of a hundred thousand, to write each as a UUID takes longer than all else."""
    service, organization = type_coerce(Service.id, String), type_coerce(Service.organization_id, String)
    columns = (service.label("id"), Service.verified_at, organization.label("whose"), Organization.sector)
    asked = select(*columns).outerjoin(Organization, Organization.id == Service.organization_id).where(*conditions)
    due = set(session.scalars(select(service).where(*conditions, is_due(session, now))))
    filed_as = type_coerce(ServiceCategory.service_id, String)
    filed: dict[Any, set[str]] = {}
    mentioned = select(filed_as, ServiceCategory.category).join(Service, Service.id == ServiceCategory.service_id)
    for service_id, category in session.execute(mentioned.where(*conditions)):
        filed.setdefault(service_id, set()).add(category)
    nothing: frozenset[str] = frozenset()
    return [_one(row, filed.get(row.id, nothing), now, is_due_now=row.id in due) for row in session.execute(asked)]


def _one(row: Any, filed: Collection[str], now: datetime, *, is_due_now: bool) -> Aged:
    return Aged(
        risk=min((_RISKS[slug] for slug in filed if slug in _RISKS), default=Risk.OTHER, key=_RANKS.__getitem__),
        days=None if row.verified_at is None else max(0, (now - row.verified_at).days),
        is_due=is_due_now,
        organization_id=row.whose or "",
        sector=row.sector or "",
        needs=frozenset(_WIDEST[slug] for slug in filed if slug in _WIDEST),
    )


_RANKS = {risk: number for number, risk in enumerate(Risk)}
_RISKS = {slug: risk for risk in reversed(list(SLUGS)) for slug in SLUGS[risk]}
_WIDEST = {slug: (slug, *ancestors(slug))[-1] for slug in CATEGORIES}


def _named(session: Session, groups: tuple[Group, ...]) -> tuple[tuple[Group, ...], dict[str, str]]:
    """The groups by the ids that addresses have, and what their organizations are called."""
    written = tuple(replace(group, key=str(UUID(str(group.key)))) for group in groups)
    names: dict[str, str] = {}
    for start in range(0, len(written), AT_ONCE):
        some = select(Organization.id, Organization.name).where(
            Organization.id.in_([each.key for each in written[start : start + AT_ONCE]])
        )
        names.update((row.id, row.name) for row in session.execute(some))
    return written, names


def _months(session: Session, conditions: tuple[ColumnElement[bool], ...], now: datetime) -> tuple[Looked, ...]:
    """By the calendar of the community. Only what was looked at here is kept with its day; what a source says of itself is not."""
    zone = ZoneInfo(community_in(session).zone)
    today = now.astimezone(zone).date()
    firsts = [today.replace(day=1)]
    for _month in range(MONTHS - 1):
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    begins = [datetime.combine(first, time(), zone).astimezone(UTC) for first in reversed(firsts)]
    asked = select(Verification.service_id, Verification.at).join(Service, Service.id == Verification.service_id)
    rows = session.execute(asked.where(*conditions, Verification.undone_at.is_(None), Verification.at >= begins[0])).all()
    by_month: list[set[str]] = [set() for _begin in begins]
    for service_id, at in rows:
        by_month[sum(begin <= at for begin in begins) - 1].add(service_id)
    return tuple(Looked(begin, len(some)) for begin, some in zip(begins, by_month, strict=True)) if rows else ()
