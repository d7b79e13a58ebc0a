"""Who may do what, held against what is stored: the resource behind an id, and for lists the same decision in SQL.

The decision itself is `directory.domain.access`; here it meets the tables. Areas count with all that lies in them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, false, or_, select, true, union
from sqlalchemy.orm import Session, aliased

from directory.domain.access import Action, Resource, may, reach
from directory.domain.areas import with_ancestors
from directory.domain.errors import Forbidden, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.area_tree import lies_in_any, lies_in_one_of, with_descendants
from directory.store.tables import Area, Claim, ImportReview, Location, Need, Organization, Service, ServiceArea, ServiceAtLocation


def require(actor: Actor | None, action: Action, resource: Resource | None = None) -> Actor:
    """The actor, who may do this. Raise `Forbidden`."""
    if actor is None or not may(actor, action, resource):
        raise Forbidden(say("You may not do this here. Ask a lead of the organization, or a planner."))
    return actor


def resource_of_service(session: Session, service_id: str) -> Resource:
    """Raise `NotFound`. Withdrawn listings count too: who kept one may still read what became of it."""
    row = session.execute(select(Service.id, Service.organization_id).where(Service.id == service_id)).first()
    if row is None:
        raise NotFound("There is no such listing.")
    return Resource(row.organization_id or "", _with_ancestors(session, _areas_of_services(session, Service.id == service_id)))


def resource_of_organization(session: Session, organization_id: str) -> Resource:
    """An organization lies where its services and its places do. Raise `NotFound`."""
    if session.get(Organization, organization_id) is None:
        raise NotFound("There is no such organization.")
    areas = set(_areas_of_services(session, Service.organization_id == organization_id))
    areas |= set(
        session.scalars(select(Location.area_id).where(Location.organization_id == organization_id, Location.area_id.is_not(None)))
    )
    return Resource(organization_id, _with_ancestors(session, areas))


def resource_of_location(session: Session, location_id: str) -> Resource:
    """A place is of the organization that runs it, else of the one that offers something there, where it is one alone. Raise `NotFound`."""
    place = session.get(Location, location_id)
    if place is None:
        raise NotFound("There is no such place.")
    owners = {place.organization_id} if place.organization_id else set(_offering_at(session, location_id))
    owner = owners.pop() if len(owners) == 1 else ""
    return Resource(owner or "", _with_ancestors(session, {place.area_id} if place.area_id else ()))


def resource_of_claim(session: Session, claim_id: str) -> Resource:
    """A claim is about its organization. Raise `NotFound`."""
    claim = session.get(Claim, claim_id)
    if claim is None:
        raise NotFound("There is no such claim.")
    return resource_of_organization(session, claim.organization_id)


def _offering_at(session: Session, location_id: str) -> Iterable[str | None]:
    statement = select(Service.organization_id).join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
    return session.scalars(statement.where(ServiceAtLocation.location_id == location_id).distinct())


def services_in_reach(session: Session, actor: Actor | None, action: Action, service: Any = Service) -> ColumnElement[bool]:
    """A condition on `Service` (or another name for it in the statement): those that the actor may do this to."""
    found = reach(actor, action)
    if found.everything:
        return true()
    conditions: list[ColumnElement[bool]] = []
    if found.organization_ids:
        conditions.append(service.organization_id.in_(found.organization_ids))
    if found.area_ids:
        conditions.append(in_areas(session, service, found.area_ids))
    return or_(*conditions) if conditions else false()


def in_areas(session: Session, service: Any, area_ids: frozenset[str], *, told_only: bool = False) -> ColumnElement[bool]:
    """A condition on `Service`, by whatever name: those that are offered in these areas and what lies in them, or serve one of them.
    `told_only`: confidential places do not count, so that nobody finds where they are by asking for one area after another."""
    found: ColumnElement[bool] = service.id.in_(_in_areas(with_descendants(session, area_ids), told_only=told_only))
    return found


def organizations_in_reach(session: Session, actor: Actor | None, action: Action) -> ColumnElement[bool]:
    """A condition on `Organization`: those that the actor may do this to."""
    found = reach(actor, action)
    if found.everything:
        return true()
    conditions: list[ColumnElement[bool]] = []
    if found.organization_ids:
        conditions.append(Organization.id.in_(found.organization_ids))
    if found.area_ids:
        areas = with_descendants(session, found.area_ids)
        offering = select(Service.organization_id).where(Service.id.in_(_in_areas(areas)))
        running = select(Location.organization_id).where(lies_in_one_of(Location.area_id, areas))
        conditions.append(Organization.id.in_(union(offering, running).subquery().select()))
    return or_(*conditions) if conditions else false()


def areas_in_reach(session: Session, actor: Actor | None, action: Action, column: Any) -> ColumnElement[bool]:
    """A condition on a column with the id of an area: those in which the actor may do this."""
    found = reach(actor, action)
    if found.everything:
        return true()
    return lies_in_any(session, column, found.area_ids) if found.area_ids else false()


def _areas_of_services(session: Session, which: ColumnElement[bool]) -> set[str]:
    site, served = _places_of(lambda column: column.is_not(None)), _served_of(lambda column: column.is_not(None))
    service = select(Service.id).where(which)
    return {
        *session.scalars(site.with_only_columns(Location.area_id).where(ServiceAtLocation.service_id.in_(service))),
        *session.scalars(served.with_only_columns(ServiceArea.area_id).where(ServiceArea.service_id.in_(service))),
    }


def _in_areas(areas: frozenset[str], *, told_only: bool = False) -> Select[Any]:
    """Ids of services that are offered in these areas, or serve one of them."""
    places = _places_of(lambda column: lies_in_one_of(column, areas))
    places = places.where(Location.confidential.is_(False)) if told_only else places
    return union(places, _served_of(lambda column: lies_in_one_of(column, areas))).subquery().select()


def _places_of(which: Callable[[Any], ColumnElement[bool]]) -> Select[Any]:
    return (
        select(ServiceAtLocation.service_id)
        .join(Location, Location.id == ServiceAtLocation.location_id)
        .where(which(Location.area_id), ServiceAtLocation.withdrawn_at.is_(None))
    )


def _served_of(which: Callable[[Any], ColumnElement[bool]]) -> Select[Any]:
    return select(ServiceArea.service_id).where(which(ServiceArea.area_id), ServiceArea.service_id.is_not(None))


def _with_ancestors(session: Session, areas: Iterable[str]) -> frozenset[str]:
    """Areas with all that they lie in: by what the table says, and by what the ids themselves say."""
    wanted = {area for area in areas if area}
    if not wanted:
        return frozenset()
    above = select(Area.id, Area.parent_id).where(Area.id.in_(wanted)).cte("above", recursive=True)
    parent = aliased(Area)
    above = above.union(select(parent.id, parent.parent_id).join(above, parent.id == above.c.parent_id))
    found = wanted | set(session.scalars(select(above.c.id)))
    return frozenset(with_ancestors(*found))


def resource_of_import(session: Session, import_id: str) -> Resource:
    """An import that waits to be looked at is of the organization whose own listings it tells of, else of nobody: planners of the whole
    community decide on it. Raise `NotFound`."""
    row = session.get(ImportReview, import_id)
    if row is None:
        raise NotFound("There is no such import.")
    return resource_of_organization(session, row.organization_id) if row.organization_id else Resource()


def resource_of_need(session: Session, need_id: str) -> Resource:
    """A need is of the team that looks after it. Raise `NotFound`."""
    found = session.scalar(select(Need.organization_id).where(Need.id == need_id))
    if found is None:
        raise NotFound("There is no such need.")
    return Resource(found)


RESOURCES: Mapping[str, Callable[[Session, str], Resource]] = {
    "service_id": resource_of_service,
    "organization_id": resource_of_organization,
    "location_id": resource_of_location,
    "claim_id": resource_of_claim,
    "import_id": resource_of_import,
    "need_id": resource_of_need,
}
"""Name of a part of an address -> what it is an id of. Pages for an action name their parts so, and are held to the resource before they
are asked anything."""


def resource_at(session: Session, arguments: Mapping[str, object]) -> Resource | None:
    """What an address is about; None for one that is about nothing in particular. Raise `NotFound`."""
    for name, resource_of in RESOURCES.items():
        if name in arguments:
            object_id = str(arguments[name])
            if not is_id(object_id):
                raise NotFound("There is nothing at this address.")
            return resource_of(session, object_id)
    return None
