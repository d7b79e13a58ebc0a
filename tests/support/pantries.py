"""Pantries of several organizations in one town, for tests of overlaps that are kept, and of records that may be one."""

from typing import Any

from sqlalchemy.orm import Session

from directory.store.tables import Address, Language, Location, Phone, ScheduleRow, Service, ServiceArea, ServiceAtLocation, ServiceCategory
from tests.support.listings import add, add_location, add_organization, add_service

OTTAWA = "ca-on-ottawa"
HERE = (45.42, -75.69)


def add_listed_at(session: Session, name: str, number: str, street: str) -> str:
    """An organization with a telephone, a place of its own in Ottawa and one listing there; its id."""
    row = add_organization(session, name=name, sector="food")
    place = add_location(session, name=name, organization_id=row.id)
    session.add(Phone(organization_id=row.id, number=number, e164=number))
    session.add(Address(location_id=place.id, address_1=street, city="Ottawa", postal_code="K1A 0B1", country="CA"))
    add_service(session, at=place, organization=row, name=f"Help of {name}")
    return row.id


def add_offering(
    session: Session, organization: str, *, name: str = "Food pantry", sector: str = "food", category: str = "food-pantry",
    criteria: dict[str, Any] | None = None, days: str = "MO,TU", opens: str = "09:00", closes: str = "17:00", area: str = OTTAWA,
    languages: tuple[str, ...] = ("en",), organization_id: str | None = None, confidential: bool = False,
) -> Service:  # fmt: skip
    """A listing of an organization of its own, or of one that is there; open to all unless told."""
    if organization_id is None:
        organization_id = add_organization(session, name=organization, sector=sector).id
    service = add(
        session,
        Service(name=name, organization_id=organization_id, criteria=criteria or {"schema": 1, "open_to_all": True}),
    )
    add(session, ServiceCategory(service_id=service.id, category=category))
    where = {"latitude": HERE[0], "longitude": HERE[1], "area_id": OTTAWA, "zone": "America/Toronto"}
    place = add(session, Location(name=f"{organization} place", confidential=confidential, **where))
    add(session, ServiceAtLocation(service_id=service.id, location_id=place.id))
    if area:
        add(session, ServiceArea(service_id=service.id, name="Area", area_id=area))
    if days:
        hours = {"freq": "WEEKLY", "byday": days, "opens_at": opens, "closes_at": closes}
        add(session, ScheduleRow(service_id=service.id, purpose="hours", effect="adds", **hours))
    for code in languages:
        add(session, Language(service_id=service.id, name=code, code=code))
    return service


def only(fact: str, *values: str) -> dict[str, Any]:
    """Criteria: only for people of whom this fact is one of these."""
    op = "in" if fact == "gender" else "has_any"
    when = {"field": fact, "op": op, "value": list(values)}
    return {"schema": 1, "criteria": [{"id": "only", "when": when, "said": {"by": "owner", "text": ""}}]}
