"""The signals of listings for the rules of quality: a batch of services in one select a table, and only the tables that are asked for.

A test holds their names to the catalogue (`rules.sets.signal_tables.listings`): all of it is told here, and nothing else.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.rules.sets.quality import Case
from directory.rules.sets.signals import Plain
from directory.services.quality.said import Said
from directory.store.tables import Organization, Service

AT_ONCE = 500

_COLUMNS = (
    Service.id, Service.created_at, Service.verified_at, Service.organization_id, Service.description, Service.url, Service.email,
    Service.minimum_age, Service.maximum_age, Service.criteria, Service.eligibility_description, Service.ways_in,
    Service.application_process, Service.remote, Service.cost, Service.fees, Service.fees_description, Service.interpretation_services,
    Organization.sector, Organization.email.label("organization_email"), Organization.website,
)  # fmt: skip


def read_cases(
    session: Session, service_ids: Iterable[str], now: datetime, wanted: Collection[str] | None = None
) -> dict[str, Case]:  # fmt: skip
    """Each of these services as the rules see it; those that do not exist are absent. `wanted`: only these signals are needed (None: all),
    and tables that tell nothing of them are not read."""
    found: dict[str, Case] = {}
    ids = list(service_ids)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        asked = select(*_COLUMNS).outerjoin(Organization, Organization.id == Service.organization_id).where(Service.id.in_(some))
        rows = session.execute(asked).all()
        said = Said(session, rows, now, wanted)
        found.update((row.id, _case(row, said)) for row in rows)
    return found


def _case(row: Any, said: Said) -> Case:
    counted = {
        "listing.days_since_verified": row.verified_at,
        "listing.room_days": said.room_at(row),
        "listing.reported_days": said.told_at(row),
        "listing.link_days": said.link_since(row),
    }
    return Case(
        signals={name: value for name, value in _signals(row, said) if value is not None},
        begins=row.verified_at or row.created_at,
        counted={name: since for name, since in counted.items() if since is not None},
    )


def _signals(row: Any, said: Said) -> Iterator[tuple[str, Plain | None]]:
    """None stands for what is not known, and for what was not asked for."""
    description = (row.description or "").strip()
    yield "listing.was_verified", row.verified_at is not None
    yield "listing.sector", row.sector or None
    yield "listing.has_description", bool(description)
    yield "listing.description_length", float(len(description))
    yield "listing.has_way_in", bool(row.ways_in or (row.application_process or "").strip())
    yield "listing.has_criteria", _says_who_can_come(row)
    yield "listing.minimum_age", row.minimum_age
    yield "listing.maximum_age", row.maximum_age
    if row.minimum_age is not None and row.maximum_age is not None:
        yield "listing.ages_are_reversed", row.minimum_age > row.maximum_age
    yield from said.told(row)


def _says_who_can_come(row: Any) -> bool:
    has_ages = row.minimum_age is not None or row.maximum_age is not None
    return bool(row.criteria or (row.eligibility_description or "").strip() or has_ages)
