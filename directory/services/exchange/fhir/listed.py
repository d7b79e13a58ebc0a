"""Single resources of what anybody may read: services, organizations and places, as the public finds them."""

from sqlalchemy import select

from directory.domain.errors import NotFound
from directory.domain.sentences import say
from directory.services.exchange.fhir.offered import Offered, organizations
from directory.services.exchange.fhir.offering import healthcare_service, location, organization
from directory.services.exchange.fhir.terms import Here, Json
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.store.tables import Organization, Service, ServiceAtLocation


def read_service(parts: Parts, here: Here, service_id: str) -> Json:
    """Raise `NotFound`, also for one that is not listed any more."""
    with parts.database.reading() as session:
        offered = Offered(parts, session, parts.clock.now())
        offered.read([service_id])
        found = offered.services.get(service_id)
    if found is None or not found.is_listed:
        raise NotFound(say("There is no such record."))
    return healthcare_service(here, found)


def read_organization(parts: Parts, organization_id: str) -> Json:
    """Raise `NotFound`."""
    with parts.database.reading() as session:
        is_told = (Organization.id == organization_id, Organization.withdrawn_at.is_(None), Organization.merged_into.is_(None))
        found = organizations(session, session.scalars(select(Organization.id).where(*is_told)).all())
    if not found:
        raise NotFound(say("There is no such record."))
    return organization(found[0])


def read_location(parts: Parts, location_id: str) -> Json:
    """A place at which something is listed. Raise `NotFound`, also for one that is confidential."""
    with parts.database.reading() as session:
        here = select(Service.id).join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
        listed = here.where(ServiceAtLocation.location_id == location_id, ServiceAtLocation.withdrawn_at.is_(None), *listed_condition())
        offered = Offered(parts, session, parts.clock.now())
        offered.read(session.scalars(listed.order_by(Service.id).limit(1)).all())
        found = offered.places.get(location_id)
    if found is None:
        raise NotFound(say("There is no such record."))
    return location(found)
