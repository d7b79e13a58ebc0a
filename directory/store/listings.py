"""Listings for readers: a batch of services with everything that may be shown of them, as domain values."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from directory.domain.listing import (
    AccessFeature,
    Cost,
    Disclosures,
    LanguageOffered,
    ListedPlace,
    Listing,
    NamedContact,
    OrganizationNote,
    PhoneNumber,
    Room,
    Verification,
)
from directory.domain.place import Address
from directory.domain.upkeep.today import Today, TodayNotice
from directory.store.listing_rows import entities, grouped, owned
from directory.store.places_of import holiday_region, listed_point, served_area
from directory.store.schedules import access_of
from directory.store.sources_of import source_notes


class ListingBatch:
    """Everything read for a batch of services, in about twenty selects whatever the size of the batch; `listing` puts one together.

    `default_zone` is read where a place has no zone of its own; `now` decides which rooms are still known.
    """

    def __init__(self, session: Session, service_ids: Iterable[str], *, default_zone: str, now: datetime) -> None:
        self._default_zone = default_zone
        self._now = now
        self.services = {row.id: row for row in entities(session, "service", service_ids)}
        ids = list(self.services)
        organization_ids = {row.organization_id for row in self.services.values() if row.organization_id}
        self._organizations = {row.id: row for row in entities(session, "organization", organization_ids)}
        self._programs = dict(entities(session, "program", {row.program_id for row in self.services.values() if row.program_id}))
        self._sites = grouped(entities(session, "site", ids), "service_id")
        site_ids = [site.id for sites in self._sites.values() for site in sites]
        location_ids = {site.location_id for sites in self._sites.values() for site in sites}
        self._categories = grouped(entities(session, "category", ids), "service_id")
        self._addresses = grouped(entities(session, "address", location_ids), "location_id")
        self._accessibility = grouped(entities(session, "accessibility", location_ids), "location_id")
        self._costs = grouped(entities(session, "cost", ids), "service_id")
        self._documents = grouped(entities(session, "document", ids), "service_id")
        self._rooms = grouped(entities(session, "room", ids), "service_id")
        self._notices = grouped(entities(session, "notice", ids), "service_id")
        self._translations = grouped(entities(session, "translation", [*ids, *organization_ids, *location_ids]), "object_id")
        places = {"service_id": ids, "location_id": location_ids, "service_at_location_id": site_ids}
        self._contacts = owned(session, "contact", {"service_id": ids})["service_id"]
        contact_ids = [contact.id for contacts in self._contacts.values() for contact in contacts]
        self._schedules = owned(session, "schedule", places)
        self._phones = owned(session, "phone", {**places, "organization_id": organization_ids, "contact_id": contact_ids})
        self._languages = owned(session, "language", {"service_id": ids, "location_id": location_ids})
        self._served = owned(session, "served", {"service_id": ids, "service_at_location_id": site_ids})
        self._sources = source_notes(session)

    def listing(self, service_id: str) -> Listing:
        row = self.services[service_id]
        return Listing(
            id=row.id,
            version=row.version,
            name=row.name,
            organization=self._organization(row.organization_id),
            source=self._sources.get(row.source_id),
            program=self._programs.get(row.program_id, ""),
            alternate_name=row.alternate_name or "",
            description=row.description or "",
            eligibility=row.eligibility_description or "",
            minimum_age=row.minimum_age,
            maximum_age=row.maximum_age,
            application_process=row.application_process or "",
            fees=row.fees_description or row.fees or "",
            costs=tuple(_cost(cost) for cost in self._costs.get(row.id, ())),
            cost=tuple(row.cost or ()),
            remote=tuple(row.remote or ()),
            documents=tuple(document.document for document in self._documents.get(row.id, ())),
            interpretation=row.interpretation_services or "",
            accreditations=row.accreditations or "",
            alert=row.alert or "",
            url=row.url or "",
            email=row.email or "",
            status=row.status,
            information_shared=row.information_shared or "",
            criteria=row.criteria,
            disclosures=Disclosures(**{name: getattr(row, name) for name in Disclosures.__dataclass_fields__}),
            categories=tuple(sorted(entry.category for entry in self._categories.get(row.id, ()))),
            languages=_languages(self._languages["service_id"].get(row.id, ())),
            phones=self._phones_of("service_id", row.id),
            contacts=tuple(self._contact(contact) for contact in self._contacts.get(row.id, ())),
            rooms=self._rooms_of(row.id),
            notices=self._notices_of(row.id),
            served=tuple(served_area(area) for area in self._served["service_id"].get(row.id, ())),
            places=self._places(row),
            verification=verification_of(row),
            modified_at=row.modified_at,
            text_language=row.text_language or "",
            texts=_texts(self._translations.get(row.id, ())),
            machine=_by_machine(self._translations.get(row.id, ())),
        )

    def _organization(self, organization_id: str | None) -> OrganizationNote | None:
        row = self._organizations.get(organization_id) if organization_id else None
        return organization_note(row, self._phones_of("organization_id", row.id), self._translations.get(row.id, ())) if row else None

    def _places(self, service: Any) -> tuple[ListedPlace, ...]:
        own = self._schedules["service_id"].get(service.id, ())
        sites = self._sites.get(service.id, ())
        if not sites:
            holding = self._notices_of(service.id)
            access = access_of([own], self._default_zone, None, service.closed_on_holidays, service.ways_in or (), holding)
            return (ListedPlace(id=service.id, zone=self._default_zone, access=access, hours_texts=_hours_texts(service, own)),)
        return tuple(self._place(service, own, site) for site in sites)

    def _place(self, service: Any, own: Sequence[Any], site: Any) -> ListedPlace:
        at_site = self._schedules["service_at_location_id"].get(site.id, ())
        at_location = self._schedules["location_id"].get(site.location_id, ())
        address = next((_address(row) for row in self._addresses.get(site.location_id, ())), None)
        zone = site.zone or self._default_zone
        region = holiday_region(address, site.area_id)
        hides = site.confidential
        translations = () if hides else self._translations.get(site.location_id, ())
        return ListedPlace(
            id=site.id,
            location_id=site.location_id,
            name=site.name or "",
            description=site.site_description or site.description or "",
            directions=site.transportation or "",
            confidential=site.confidential,
            virtual=site.location_type == "virtual",
            address=address,
            point=listed_point(site),
            zone=zone,
            access=access_of(
                [at_site, own, at_location], zone, region, service.closed_on_holidays, service.ways_in or (), self._notices_of(service.id)
            ),
            hours_texts=_hours_texts(service, [*at_site, *own, *(() if hides else at_location)]),
            phones=self._phones_of("service_at_location_id", site.id) + self._phones_of("location_id", site.location_id, hides),
            accessibility=tuple(_feature(row, hides) for row in self._accessibility.get(site.location_id, ())),
            languages=_languages(self._languages["location_id"].get(site.location_id, ()), hides),
            served=tuple(served_area(area) for area in self._served["service_at_location_id"].get(site.id, ())),
            texts=_texts(translations),
            machine=_by_machine(translations),
        )

    def _phones_of(self, owner: str, key: str, hides: bool = False) -> tuple[PhoneNumber, ...]:
        return tuple(_phone(row, hides) for row in self._phones[owner].get(key, ()))

    def _contact(self, row: Any) -> NamedContact:
        return NamedContact(row.name or "", row.title or "", row.department or "", row.email or "", self._phones_of("contact_id", row.id))

    def _notices_of(self, service_id: str) -> tuple[TodayNotice, ...]:
        """What its organization tells for today, as long as the day lasts; of one kind told twice, the last."""
        rows = [row for row in self._notices.get(service_id, ()) if row.ends_at > self._now]
        last = {Today(row.kind): TodayNotice(Today(row.kind), row.day, row.told_at, row.ends_at) for row in rows}
        return tuple(last[kind] for kind in Today if kind in last)

    def _rooms_of(self, service_id: str) -> tuple[Room, ...]:
        """Room as it was told; while its organization tells that it is full today, nothing else."""
        full = next((notice for notice in self._notices_of(service_id) if notice.kind is Today.FULL), None)
        if full is not None:
            return (Room("no-capacity", full.told_at, expires_at=full.ends_at),)
        rows = self._rooms.get(service_id, ())
        return tuple(_room(row) for row in rows if row.expires_at is None or row.expires_at > self._now)


def verification_of(row: Any) -> Verification:
    """Who verified a record is said by name or role; the mail address of a person is not."""
    by = row.verified_by or ""
    return Verification(row.verified_at, row.verified_how or "", "" if "@" in by else by)


def organization_note(row: Any, phones: tuple[PhoneNumber, ...] = (), translations: Iterable[Any] = ()) -> OrganizationNote:
    return OrganizationNote(
        id=row.id,
        name=row.name,
        alternate_name=row.alternate_name or "",
        description=row.description or "",
        website=row.website or "",
        email=row.email or "",
        sector=row.sector or "",
        phones=phones,
        texts=_texts(translations),
        machine=_by_machine(translations),
    )


def load_listings(session: Session, service_ids: Iterable[str], *, default_zone: str, now: datetime) -> dict[str, Listing]:
    """Listings by service id; services that do not exist are simply absent. Withdrawn ones are given: the caller decides."""
    batch = ListingBatch(session, service_ids, default_zone=default_zone, now=now)
    return {service_id: batch.listing(service_id) for service_id in batch.services}


def _address(row: Any) -> Address:
    return Address(
        address_1=row.address_1 or "",
        address_2=row.address_2 or "",
        city=row.city or "",
        state_province=row.state_province or "",
        postal_code=row.postal_code or "",
        country=row.country or "",
        attention=row.attention or "",
        region=row.region or "",
        address_type=row.address_type,
    )


def _phone(row: Any, hides: bool) -> PhoneNumber:
    """`hides`, here and below: the row is of a confidential place, and what is free text in it may tell where that is."""
    return PhoneNumber(
        number=row.number,
        dial=row.e164 or "",
        extension=row.extension or "",
        type=row.type or "",
        description="" if hides else row.description or "",
        sms=row.sms,
    )


def _cost(row: Any) -> Cost:
    return Cost(row.option or "", row.amount, row.currency or "", row.amount_description or "")


def _feature(row: Any, hides: bool) -> AccessFeature:
    if hides:
        return AccessFeature(row.code or "", row.code or "")
    return AccessFeature(row.code or "", row.description or "", row.details or "")


def _room(row: Any) -> Room:
    return Room(
        status=row.status or "",
        updated=row.updated,
        available=row.available,
        maximum=row.maximum,
        unit=row.unit_name or "",
        description=row.description or "",
        expires_at=row.expires_at,
    )


def _languages(rows: Iterable[Any], hides: bool = False) -> tuple[LanguageOffered, ...]:
    return tuple(LanguageOffered(row.code or "", row.name or "", "" if hides else row.note or "") for row in rows)


def _hours_texts(service: Any, rows: Iterable[Any]) -> tuple[str, ...]:
    words = [service.hours_text, *(row.source_text or row.description for row in rows)]
    return tuple(dict.fromkeys(text for text in words if text))


def _texts(rows: Iterable[Any]) -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for row in rows:
        texts.setdefault(row.language, {})[row.field] = row.text
    return texts


def _by_machine(rows: Iterable[Any]) -> frozenset[tuple[str, str]]:
    return frozenset((row.language, row.field) for row in rows if row.machine)
