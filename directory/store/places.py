"""Places: locations with their addresses, services at them, areas and what area is served (HSDS 3.1 location, address, accessibility,
service_at_location, service_area)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType, Sourced


class Location(Sourced, Base):
    """A place. `confidential`: its address, point, name and directions exist in this row and its address rows and nowhere else.

    `point_kind` and `point_radius_m` say what the coordinates stand for. `zone` is an IANA zone, `area_id` the smallest area it lies in.
    """

    __tablename__ = "location"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    location_type: Mapped[str] = mapped_column(String(10), default="physical")
    url: Mapped[str | None]
    name: Mapped[str | None]
    alternate_name: Mapped[str | None]
    description: Mapped[str | None]
    transportation: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    external_identifier: Mapped[str | None]
    external_identifier_type: Mapped[str | None]
    confidential: Mapped[bool] = mapped_column(default=False)
    point_kind: Mapped[str | None] = mapped_column(String(20))
    point_radius_m: Mapped[int | None]
    zone: Mapped[str | None] = mapped_column(String(40))
    area_id: Mapped[str | None] = mapped_column(String(80), index=True)


class Address(Identified, Base):
    __tablename__ = "address"

    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    attention: Mapped[str | None]
    address_1: Mapped[str | None]
    address_2: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    state_province: Mapped[str | None]
    postal_code: Mapped[str | None]
    country: Mapped[str | None] = mapped_column(String(2))
    address_type: Mapped[str] = mapped_column(String(10), default="physical")


class Accessibility(Identified, Base):
    """`code` is the directory's own word where the text was understood: wheelchair, elevator, asl, braille, hearing_loop …"""

    __tablename__ = "accessibility"

    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    description: Mapped[str | None]
    details: Mapped[str | None]
    url: Mapped[str | None]
    code: Mapped[str | None] = mapped_column(String(40))


class ServiceAtLocation(Sourced, Base):
    __tablename__ = "service_at_location"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    location_id: Mapped[str] = mapped_column(ForeignKey("location.id"), index=True)
    description: Mapped[str | None]


class ServiceArea(Identified, Base):
    """Whom a service serves, by where they are: a named area (`area_id`), postal codes, or a GeoJSON extent; of the service, or of one of
    its sites. A row with a name that no area answers to is kept as words only."""

    __tablename__ = "service_area"

    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    name: Mapped[str | None]
    description: Mapped[str | None]
    extent: Mapped[str | None]
    extent_type: Mapped[str | None] = mapped_column(String(10))
    uri: Mapped[str | None]
    area_id: Mapped[str | None] = mapped_column(String(80), index=True)
    postal_codes: Mapped[list[str]] = mapped_column(default=list)


class Area(Base):
    """A named area with a stable id (`ca-on-ottawa`), its parent, its zone and, where known, its polygon (GeoJSON geometry)."""

    __tablename__ = "area"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"), index=True)
    zone: Mapped[str | None] = mapped_column(String(40))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    polygon: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class GeocodeCache(Base):
    """Answers of online geocoders, so that nothing is asked twice; `answer` is null when the service knew no such place."""

    __tablename__ = "geocode_cache"

    provider: Mapped[str] = mapped_column(String(40), primary_key=True)
    query: Mapped[str] = mapped_column(String(400), primary_key=True)
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    fetched_at: Mapped[datetime]


class ScheduleRow(Identified, Base):
    """One row of hours (HSDS schedule) of a service, a location, or a service at a location.

    `purpose`: "hours" or "intake". `effect`: adds, replaces, closes. Times are of the wall clock "HH:MM"; `timezone` is the offset as the
    feed gave it, kept for export only. `source_text` and `confidence` (0 to 1) tell of rows understood from free text.
    """

    __tablename__ = "schedule"

    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    valid_from: Mapped[str | None] = mapped_column(String(10))
    valid_to: Mapped[str | None] = mapped_column(String(10))
    dtstart: Mapped[str | None] = mapped_column(String(10))
    timezone: Mapped[float | None]
    until: Mapped[str | None] = mapped_column(String(10))
    count: Mapped[int | None]
    wkst: Mapped[str | None] = mapped_column(String(2))
    freq: Mapped[str | None] = mapped_column(String(10))
    interval: Mapped[int | None]
    byday: Mapped[str | None]
    byweekno: Mapped[str | None]
    bymonthday: Mapped[str | None]
    byyearday: Mapped[str | None]
    description: Mapped[str | None]
    opens_at: Mapped[str | None] = mapped_column(String(5))
    closes_at: Mapped[str | None] = mapped_column(String(5))
    schedule_link: Mapped[str | None]
    attending_type: Mapped[str | None]
    notes: Mapped[str | None]
    purpose: Mapped[str] = mapped_column(String(10), default="hours")
    effect: Mapped[str] = mapped_column(String(10), default="adds")
    source_text: Mapped[str | None]
    confidence: Mapped[float | None]


class Translation(Base):
    """A text of a record in another language. `machine`: made by a program, said so wherever it is shown."""

    __tablename__ = "translation"

    object_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    text: Mapped[str]
    machine: Mapped[bool] = mapped_column(default=False)
    modified_at: Mapped[datetime]


Index("ix_location_modified_at", Location.modified_at, Location.id)
Index("ix_translation_kind", Translation.kind)
