"""The objects of a list or of one address, as full or as brief as they were asked for."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from directory.services.exchange.hsds.records import Records
from directory.services.exchange.hsds.rows import is_public
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.conditions import SERVICE
from directory.services.exchange.serving.shapes import Json, brief, named, without

SERVICES_AT_ONCE = 100


def services(records: Records, ids: list[str], query: HsdsQuery) -> Iterator[Json]:
    """Services whole, or with what is there once."""
    for value in records.services(ids).values():
        yield value if query.full else brief(value)


def organizations(records: Records, ids: list[str], query: HsdsQuery) -> Iterator[Json]:
    """`full`: with everything of their own and the names of their services; `full_service`: with whole services."""
    if not (query.full or query.full_service):
        yield from (brief(value) for value in records.own("organization", ids).values())
        return
    services_of = _service_ids(records, ids)
    for key, value in records.organizations(ids).items():
        offered = list(_services_of(records, services_of[key], whole=query.full_service))
        yield value | ({"services": offered} if offered else {})


def _service_ids(records: Records, organization_ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    statement = select(SERVICE.c.organization_id, SERVICE.c.id).where(SERVICE.c.organization_id.in_(organization_ids), *is_public(SERVICE))
    for organization_id, service_id in records.session.execute(statement.order_by(SERVICE.c.id)):
        found[organization_id].append(service_id)
    return found


def _services_of(records: Records, ids: list[str], *, whole: bool) -> Iterator[Json]:
    if not whole:
        statement = select(SERVICE.c.id, SERVICE.c.name, SERVICE.c.status).where(SERVICE.c.id.in_(ids)).order_by(SERVICE.c.id)
        yield from (named(dict(row)) for row in records.session.execute(statement).mappings())
        return
    for start in range(0, len(ids), SERVICES_AT_ONCE):
        yield from (without(value, "organization") for value in records.services(ids[start : start + SERVICES_AT_ONCE]).values())


def service_at_locations(records: Records, ids: list[str], query: HsdsQuery) -> Iterator[Json]:
    """Services at locations, each with its location and its service."""
    found = records.service_at_locations(ids)
    offered = records.services(dict.fromkeys(service_id for service_id, _ in found.values()))
    for service_id, value in found.values():
        service = offered.get(service_id)
        if service is not None:
            inner = without(service, "service_at_locations")
            yield (value | {"service": inner}) if query.full else brief(value | {"service": inner})


MAKERS = {"services": services, "organizations": organizations, "service_at_locations": service_at_locations}
