"""Which listings are due to be looked at, by the rules that hold. The database narrows down (`narrowing`), the rules decide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput
from directory.domain.ids import is_id
from directory.domain.upkeep.due import SLUGS, Risk
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.quality import Due, due_of, look_again_signals
from directory.rules.sets.rule import RuleSet
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.quality.signals import read_cases
from directory.services.rules.versions import held_in, today_in
from directory.services.upkeep.narrowing import Bound, due_bound, filed_under
from directory.store.tables import Organization, Service, ServiceCategory

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class DueListing:
    """`how` the last verification was made ("owner", "call", …), "" where there was none. `organization_id` and `organization` are ""
    where nobody offers it."""

    id: str
    name: str
    organization_id: str
    organization: str
    risk: Risk
    due: Due
    verified_at: datetime | None
    how: str


def read_due(parts: Parts, at: datetime | None = None, organization_id: str = "") -> Iterator[DueListing]:
    """All listings that are due at a moment (now), the most pressing first: crisis before daily needs before the rest, the oldest first.
    Raise `InvalidInput` for an organization that can be none."""
    moment = at or parts.clock.now()
    if organization_id and not is_id(organization_id):
        raise InvalidInput("organization", "organization must be the id of one, as directory verify due prints it.")
    with parts.database.reading() as session:
        conditions = (Service.organization_id == organization_id,) if organization_id else ()
        bound = may_be_due(session, moment).condition
        ids = list(session.scalars(select(Service.id).where(*listed_condition(), bound, *conditions).order_by(*in_turn())))
        for start in range(0, len(ids), AT_ONCE):
            yield from (one for one in due_listings(session, ids[start : start + AT_ONCE], moment) if one.due.at <= moment)


def due_listings(session: Session, service_ids: Iterable[str], now: datetime) -> list[DueListing]:
    """When each of these listings is due, in the order given, whether it is due already or not."""
    wanted, rules = list(service_ids), _rules(session, now)
    cases = read_cases(session, wanted, now, look_again_signals(rules) | {"listing.risk"})
    columns = (
        Service.id,
        Service.name,
        Service.organization_id,
        Service.verified_at,
        Service.verified_how,
        Organization.name.label("whose"),
    )
    names = select(*columns).outerjoin(Organization, Organization.id == Service.organization_id)
    rows: dict[str, Any] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows.update((row.id, row) for row in session.execute(names.where(Service.id.in_(wanted[start : start + AT_ONCE]))))
    return [
        DueListing(
            id=key,
            name=rows[key].name,
            organization_id=rows[key].organization_id or "",
            organization=rows[key].whose or "",
            risk=Risk(str(cases[key].signals["listing.risk"])),
            due=due_of(rules, cases[key]),
            verified_at=rows[key].verified_at,
            how=(rows[key].verified_how or "") if rows[key].verified_at else "",
        )
        for key in wanted
        if key in rows
    ]


def may_be_due(session: Session, at: datetime) -> Bound:
    """What may be due at a moment, by the rules that hold then, for the database."""
    return due_bound(_rules(session, at), at)


def _rules(session: Session, at: datetime) -> RuleSet:
    return held_in(session, SetKind.QUALITY, today_in(session, at)).rules


def of_risk(risk: Risk) -> ColumnElement[bool]:
    """The listings of a risk: filed under it, and under none that is higher."""
    crisis, basic = _filed_among(SLUGS[Risk.CRISIS]), _filed_among(SLUGS[Risk.BASIC])
    return {Risk.CRISIS: crisis, Risk.BASIC: basic & ~crisis, Risk.OTHER: ~crisis & ~basic}[risk]


def _filed_among(slugs: Iterable[str]) -> ColumnElement[bool]:
    return Service.id.in_(select(ServiceCategory.service_id).where(ServiceCategory.category.in_(sorted(slugs))))


def in_turn(risk: Risk | None = None) -> tuple[Any, ...]:
    """The order in which listings are looked at: by risk (unless all are of one), then what was never verified, then the oldest word."""
    rank = case((filed_under(SLUGS[Risk.CRISIS]), 0), (filed_under(SLUGS[Risk.BASIC]), 1), else_=2)
    order = (Service.verified_at.is_not(None), Service.verified_at, Service.id)
    return order if risk is not None else (rank, *order)
