"""The listings that somebody keeps: those first that nobody looked at for longest, with what waits at each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.editing.keys import Form
from directory.domain.people import Actor
from directory.services.access import organizations_in_reach, services_in_reach
from directory.services.editing.drafts import NEW
from directory.services.editing.forms import record_form
from directory.services.editing.records import load_records
from directory.services.editing.sheet import MOST_ROWS
from directory.services.parts import Parts
from directory.store.tables import Draft, LocalField, Organization, Service, ServiceAtLocation

ON_A_PAGE = 50
MOST_ORGANIZATIONS = 12


@dataclass(frozen=True, slots=True)
class KeptListing:
    """`differs`: how many fields wait since the source says otherwise; `drafted_at`: when the one who asks last wrote on it."""

    id: str
    name: str
    organization: str
    status: str
    is_listed: bool
    verified_at: datetime | None
    modified_at: datetime
    differs: int
    drafted_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptListings:
    """`organizations`: id and name of those in reach, where they are few; `new_drafts`: ids of organizations for which a new listing is
    being written."""

    listings: tuple[KeptListing, ...]
    total: int
    page: int
    words: str
    organizations: tuple[tuple[str, str], ...]
    new_drafts: frozenset[str]


def find_kept(parts: Parts, actor: Actor, words: str = "", page: int = 1) -> KeptListings:
    """What the actor may edit, by the words in names."""
    words = " ".join(words.split())[:100]
    with parts.database.reading() as session:
        mine = _in_reach(session, actor, words)
        total = session.scalar(select(func.count()).select_from(mine.with_only_columns(Service.id).subquery())) or 0
        rows = session.execute(
            mine.order_by(Service.verified_at.is_not(None), Service.verified_at, Service.name, Service.id)
            .offset((page - 1) * ON_A_PAGE)
            .limit(ON_A_PAGE)
        ).all()
        ids = [row.id for row in rows]
        differs = _waiting(session, ids)
        written = select(Draft.object_id, Draft.modified_at, Draft.object_kind).where(Draft.person_id == actor.person_id)
        drafts = session.execute(written).all()
        drafted = {row.object_id: row.modified_at for row in drafts if row.object_kind != NEW}
        new = frozenset(row.object_id for row in drafts if row.object_kind == NEW)
        listings = tuple(
            KeptListing(
                row.id, row.name, row.organization or "", row.status, row.withdrawn_at is None, row.verified_at, row.modified_at,
                differs.get(row.id, 0), drafted.get(row.id),
            )
            for row in rows
        )  # fmt: skip
        return KeptListings(listings, total, page, words, _organizations(session, actor), new)


def own_forms(parts: Parts, organization_id: str) -> list[tuple[str, Form]]:
    """Id and form of each listing of an organization that is in the list, by name; at most as many as a table takes."""
    with parts.database.reading() as session:
        live = (Service.organization_id == organization_id, Service.withdrawn_at.is_(None), Service.merged_into.is_(None))
        ids = session.scalars(select(Service.id).where(*live).order_by(Service.name, Service.id).limit(MOST_ROWS)).all()
        found = load_records(session, "service", ids, parts.clock.now())
        return [(service_id, record_form(found[service_id])) for service_id in ids]


def _in_reach(session: Session, actor: Actor, words: str) -> Any:
    statement: Any = (
        select(
            Service.id, Service.name, Service.status, Service.withdrawn_at, Service.verified_at, Service.modified_at,
            Organization.name.label("organization"),
        )
        .outerjoin(Organization, Organization.id == Service.organization_id)
        .where(services_in_reach(session, actor, Action.EDIT_LISTING), Service.merged_into.is_(None))
    )  # fmt: skip
    for word in words.split():
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        statement = statement.where(or_(Service.name.ilike(like, escape="\\"), Organization.name.ilike(like, escape="\\")))
    return statement


def _organizations(session: Session, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Those in reach by name; none where they are many, as for planners, who come by way of a listing."""
    condition = organizations_in_reach(session, actor, Action.EDIT_LISTING)
    statement = select(Organization.id, Organization.name).where(condition)
    statement = statement.where(Organization.withdrawn_at.is_(None), Organization.merged_into.is_(None))
    rows = session.execute(statement.order_by(Organization.name, Organization.id).limit(MOST_ORGANIZATIONS + 1)).all()
    return tuple((row.id, row.name) for row in rows) if len(rows) <= MOST_ORGANIZATIONS else ()


def _waiting(session: Session, ids: list[str]) -> dict[str, int]:
    """How many fields of each service and its places wait to be decided."""
    records: dict[str, set[str]] = {service_id: {service_id} for service_id in ids}
    sites = select(ServiceAtLocation.service_id, ServiceAtLocation.id, ServiceAtLocation.location_id)
    for service_id, site_id, location_id in session.execute(sites.where(ServiceAtLocation.service_id.in_(ids))):
        records[service_id] |= {site_id, location_id}
    wanted = {record for each in records.values() for record in each}
    statement = select(LocalField.object_id, func.count()).where(LocalField.offered_at.is_not(None), LocalField.object_id.in_(wanted))
    counts = dict(session.execute(statement.group_by(LocalField.object_id)).all())
    return {service_id: sum(counts.get(record, 0) for record in each) for service_id, each in records.items()}
