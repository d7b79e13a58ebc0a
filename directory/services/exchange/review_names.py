"""What the records of a review are called: a place without a name by its address, a service at a place by the names of both."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.services.exchange.apply.planned import Planned
from directory.store.tables import ImportReviewItem, Location, Service

BETWEEN = " · "
AT_ONCE = 500


def name_of(planned: Planned) -> str:
    """Its name; of a place without one the first line of its address and its city. Not asked of what is secret."""
    name = str(planned.fields.get("name") or "")
    if name or planned.kind != "location":
        return name
    address: Mapping[str, Any] = next((part[3] for part in planned.parts if part[0] == "address"), {})
    return ", ".join(str(address[line]) for line in ("address_1", "city") if address.get(line))


def name_sites(session: Session, review_id: str, sites: Mapping[str, tuple[str, str]]) -> None:
    """Name the services at places of a review that stand in it by themselves: id -> ids of the service and of the place. What a secret
    place is called is told nowhere. The caller commits."""
    ids = list(sites)
    for start in range(0, len(ids), AT_ONCE):
        some = {key: sites[key] for key in ids[start : start + AT_ONCE]}
        services = dict(_names(session, review_id, Service, {service for service, _place in some.values()}))
        places = dict(_names(session, review_id, Location, {place for _service, place in some.values()}))
        for key, (service, place) in some.items():
            name = BETWEEN.join(filter(None, (services.get(service, ""), places.get(place, ""))))
            this = (
                ImportReviewItem.review_id == review_id,
                ImportReviewItem.kind == "service_at_location",
                ImportReviewItem.object_id == key,
            )
            session.execute(update(ImportReviewItem).where(*this).values(name=name).execution_options(synchronize_session=False))


def _names(session: Session, review_id: str, table: type[Service] | type[Location], ids: set[str]) -> Iterator[tuple[str, str]]:
    """Id and name as the directory has it, and then as the review tells it, where it does; "" for a secret place."""
    known = select(table.id, table.name).where(table.id.in_(ids))
    if table is Location:
        known = known.where(Location.confidential.is_not(True))
    yield from ((key, name or "") for key, name in session.execute(known))
    kind = "service" if table is Service else "location"
    told = (ImportReviewItem.review_id == review_id, ImportReviewItem.kind == kind, ImportReviewItem.object_id.in_(ids))
    yield from ((key, name) for key, name in session.execute(select(ImportReviewItem.object_id, ImportReviewItem.name).where(*told)))
