"""What changed of an organization and all its listings, for everybody: newest first, as each listing's own history tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from directory.domain.editing.keys import LOCATION, ORGANIZATION, SERVICE, SITE, of_record
from directory.services.editing.history import ROWS_OF_AN_ACT, Act, Known, act_of, says_something
from directory.services.editing.records import FORM_OF
from directory.services.parts import Parts
from directory.store.tables import Change, ServiceAtLocation, Source

MOST_ACTS = 100
AT_ONCE = 500
Record = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True, slots=True)
class OwnAct:
    """`service_id` of the listing that it changed; "" for the organization itself. A place of several listings is told with the first."""

    act: Act
    service_id: str


def organization_history(parts: Parts, organization_id: str, service_ids: Sequence[str], limit: int = MOST_ACTS) -> tuple[OwnAct, ...]:
    """The newest acts of an organization and of these listings of it. Of what is secret only that it changed."""
    with parts.database.reading(may_lag=True) as session:
        owners, keys = _records(session, organization_id, service_ids)
        rows = _newest(session, [key for _kind, key in keys], limit * ROWS_OF_AN_ACT)
        sources = {row.id: row.publisher or row.name for row in session.scalars(select(Source))}
        sealed = frozenset(row.id for row, is_sealed in rows if is_sealed)
        known = Known(keys, sources, everything=False, sealed=sealed)
        together: dict[Any, list[Change]] = {}
        for row, _is_sealed in rows:
            of = (FORM_OF.get(row.object_kind, ""), row.object_id)
            if of in keys:
                together.setdefault((row.act_id or row.run_id or (row.at, row.actor), owners[of]), []).append(row)
        acts = (OwnAct(act_of(group, known), owner) for (_act, owner), group in together.items())
        return tuple(own for own in acts if says_something(own.act))[:limit]


def _records(session: Session, organization_id: str, service_ids: Sequence[str]) -> tuple[dict[Record, str], dict[Record, str]]:
    """Each record with the listing that it belongs to, and with what stands before its fields in that listing's form."""
    owners: dict[Record, str] = {(ORGANIZATION, organization_id): ""} | {(SERVICE, key): key for key in service_ids}
    keys: dict[Record, str] = dict.fromkeys(owners, "")
    for start in range(0, len(service_ids), AT_ONCE):
        of_some = ServiceAtLocation.service_id.in_(service_ids[start : start + AT_ONCE])
        statement = select(ServiceAtLocation.id, ServiceAtLocation.location_id, ServiceAtLocation.service_id).where(of_some)
        for site_id, location_id, service_id in session.execute(statement.order_by(ServiceAtLocation.id)):
            for of in ((SITE, site_id), (LOCATION, location_id)):
                owners.setdefault(of, service_id)
                keys[of] = of_record(*of, "")
    return owners, keys


def _newest(session: Session, ids: Sequence[str], limit: int) -> list[tuple[Change, bool]]:
    """The newest rows of these records; what is sealed in them is not even read."""
    found: list[tuple[Change, bool]] = []
    for start in range(0, len(ids), AT_ONCE):
        statement = select(Change, Change.sealed.is_not(None)).where(Change.object_id.in_(ids[start : start + AT_ONCE]))
        newest = statement.options(defer(Change.sealed, raiseload=True)).order_by(Change.id.desc()).limit(limit)
        found += [(row, is_sealed) for row, is_sealed in session.execute(newest)]
    return sorted(found, key=lambda pair: -pair[0].id)[:limit]
