"""Everything that one listing's form is made of: the service (or an organization) with its places, and whose each place is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.editing.keys import LOCATION, SERVICE, SITE, Form, of_record
from directory.domain.errors import Moved, NotFound
from directory.domain.ids import is_id
from directory.services.editing.forms import record_form
from directory.services.editing.records import TABLE_OF, Record, load_records
from directory.services.editing.scope import OWN, Scope
from directory.services.listings.community import community_in
from directory.store.tables import Location, Organization, Service, ServiceAtLocation

Of = tuple[str, str]
"""Kind of record as forms call it, and its id."""


@dataclass
class ListingRecords:
    """`records` by kind and id, the places that were taken out too; `stored` as the database has them.

    `shared`: how many other listings of the organization show a place; `foreign`: places that listings of other organizations show, which
    this listing may not change. `made`: records that are new.
    """

    main: Of
    records: dict[Of, Record]
    stored: dict[Of, Record]
    shared: dict[str, int] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    made: set[Of] = field(default_factory=set)
    sites_set: list[str] = field(default_factory=list)

    @property
    def organization_id(self) -> str | None:
        root = self.records[self.main].root
        found: str | None = root.get("organization_id") if self.main[0] == SERVICE else self.main[1]
        return found

    def places(self) -> dict[str, str]:
        """Of the places that are shown: id of the service at the place -> id of the place."""
        sites = [record for (kind, _), record in self.stored.items() if kind == SITE and record.root["withdrawn_at"] is None]
        return {site.object_id: str(site.root["location_id"]) for site in sorted(sites, key=lambda site: site.object_id)}

    def form(self, scope: Scope = OWN) -> Form:
        """The whole form, as it stands in the database. Of places that are secret to whoever asks, only that they are is there."""
        found = record_form(self.stored[self.main])
        if self.main[0] != SERVICE:
            return found
        places = self.places()
        found["places"] = places
        for site_id, location_id in places.items():
            for record in ((SITE, site_id), (LOCATION, location_id)):
                if self.is_secret(record, scope):
                    found[of_record(*record, "confidential")] = True
                    continue
                found |= {of_record(*record, key): value for key, value in record_form(self.stored[record]).items()}
        return found

    def is_secret(self, record: Of, scope: Scope) -> bool:
        """Whether a record is a place of which whoever edits may know nothing."""
        kind, object_id = record
        if kind != LOCATION or record not in self.stored or not self.stored[record].is_confidential:
            return False
        return object_id in self.foreign or not scope.secrets

    def versions(self) -> dict[str, int]:
        """The version of each record that the form shows."""
        shown = {self.main, *((SITE, site) for site in self.places()), *((LOCATION, place) for place in self.places().values())}
        return {":".join(record): int(self.stored[record].root["version"]) for record in sorted(shown)}

    def key(self, record: Of, inside: str) -> str:
        """The key in the listing's form of a field of one of its records."""
        return inside if record == self.main else of_record(*record, inside)

    def set_site(self, site_id: str, **fields: Any) -> None:
        self.records[SITE, site_id].root |= fields
        self.sites_set.append(site_id)

    def is_stored(self, session: Session, location_id: str) -> bool:
        return session.get(Location, location_id) is not None

    def may_join(self, session: Session, location_id: str) -> bool:
        """Whether a listing of this organization may be shown at a place: one of its own, or one that is new."""
        place = session.get(Location, location_id)
        if place is None:
            return True
        return place.merged_into is None and self.organization_id is not None and place.organization_id == self.organization_id


def lock_listing(session: Session, object_id: str, kind: str = SERVICE) -> None:
    """Whoever changes the same listing, or another one at the same place, waits here until this transaction is over; to be asked before the
    listing is loaded. On SQLite writers wait for each other anyhow.

    Places come before the listing: a change of a place is told to every listing that shows it, whose own people may be changing it, and
    verifying writes in this order, too (organization, places, listing). The other way round each would wait for the other.
    """
    if not is_id(object_id):
        return
    if kind == SERVICE:
        at = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id == object_id)
        session.execute(select(Location.id).where(Location.id.in_(at)).order_by(Location.id).with_for_update(key_share=True))
    table: Any = Service if kind == SERVICE else Organization
    session.get(table, object_id, with_for_update={"key_share": True})


def load_listing(session: Session, object_id: str, now: datetime, *, kind: str = SERVICE) -> ListingRecords:
    """Raise `NotFound`, `Moved`. A listing that was taken out of the list is there: it can be put back."""
    table: Any = Service if kind == SERVICE else Organization
    row = session.get(table, object_id) if is_id(object_id) else None
    if row is None:
        raise NotFound("There is no such listing.")
    if row.merged_into:
        raise Moved("It was merged into another listing.", row.merged_into)
    country = community_in(session).country
    records: dict[Of, Record] = {(kind, object_id): load_records(session, TABLE_OF[kind], [object_id], now, country)[object_id]}
    foreign: frozenset[str] = frozenset()
    shared: dict[str, int] = {}
    if kind == SERVICE:
        sites = load_records(session, "service_at_location", _sites(session, object_id), now, country)
        locations = sorted({str(site.root["location_id"]) for site in sites.values()})
        records |= {(SITE, key): site for key, site in sites.items()}
        records |= {(LOCATION, key): place for key, place in load_records(session, "location", locations, now, country).items()}
        foreign, shared = _neighbours(session, row, locations)
    return ListingRecords((kind, object_id), {of: record.copy() for of, record in records.items()}, records, shared, foreign)


def _sites(session: Session, service_id: str) -> list[str]:
    statement = select(ServiceAtLocation.id).where(ServiceAtLocation.service_id == service_id, ServiceAtLocation.merged_into.is_(None))
    return list(session.scalars(statement.order_by(ServiceAtLocation.id)))


def _neighbours(session: Session, service: Any, locations: list[str]) -> tuple[frozenset[str], dict[str, int]]:
    """Places of others: run by another organization, or by nobody and shown by another one, too; and how many other listings of the same
    organization show each."""
    shared: dict[str, int] = {}
    owners = dict(session.execute(select(Location.id, Location.organization_id).where(Location.id.in_(locations))).all())
    foreign = {place_id for place_id, owner in owners.items() if owner is not None and owner != service.organization_id}
    statement = (
        select(ServiceAtLocation.location_id, Service.organization_id)
        .join(Service, Service.id == ServiceAtLocation.service_id)
        .where(ServiceAtLocation.location_id.in_(locations), ServiceAtLocation.service_id != service.id)
        .where(ServiceAtLocation.withdrawn_at.is_(None), Service.withdrawn_at.is_(None))
    )
    for place_id, organization_id in session.execute(statement):
        if organization_id is not None and organization_id == service.organization_id:
            shared[place_id] = shared.get(place_id, 0) + 1
        elif owners.get(place_id) is None:
            foreign.add(place_id)
    return frozenset(foreign), shared
