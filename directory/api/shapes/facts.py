"""The small objects inside every answer: addresses, phones, sources, times. Empty text is null, so that nobody shows a blank as a fact."""

from datetime import UTC, date, datetime
from typing import Any

from directory.domain.listing import Cost, LanguageOffered, NamedContact, PhoneNumber, Room, ServedArea, SourceNote, Verification
from directory.domain.place import Address, KnownPlace

Json = dict[str, Any]


def text(value: str) -> str | None:
    return value or None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def instant(value: datetime | None) -> str | None:
    """A moment in UTC, as of the machine: 2026-11-23T15:00:00Z."""
    return value.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z") if value else None


def local(value: datetime | None) -> str | None:
    """A moment on the wall clock of its place, with its offset: 2026-11-23T10:00:00-05:00; without one where it was asked so."""
    return value.replace(microsecond=0).isoformat() if value else None


def address(value: Address | None) -> Json | None:
    """HSDS names, and the whole of it in one line."""
    if value is None:
        return None
    return {
        "one_line": value.one_line,
        "address_1": text(value.address_1),
        "address_2": text(value.address_2),
        "city": text(value.city),
        "region": text(value.region),
        "state_province": text(value.state_province),
        "postal_code": text(value.postal_code),
        "country": text(value.country),
    }


def phone(value: PhoneNumber) -> Json:
    return {
        "number": value.number,
        "dial": text(value.dial),
        "extension": text(value.extension),
        "type": text(value.type),
        "description": text(value.description),
        "sms": value.sms,
    }


def contact(value: NamedContact) -> Json:
    return {
        "name": text(value.name),
        "title": text(value.title),
        "department": text(value.department),
        "email": text(value.email),
        "phones": [phone(number) for number in value.phones],
    }


def language(value: LanguageOffered) -> Json:
    return {"code": text(value.code), "name": text(value.name), "note": text(value.note)}


def cost_option(value: Cost) -> Json:
    return {
        "option": text(value.option),
        "amount": value.amount,
        "currency": text(value.currency),
        "description": text(value.description),
    }


def room(value: Room) -> Json:
    return {
        "status": value.status,
        "updated": instant(value.updated),
        "expires_at": instant(value.expires_at),
        "available": value.available,
        "maximum": value.maximum,
        "unit": text(value.unit),
        "description": text(value.description),
    }


def served(value: ServedArea) -> Json:
    return {
        "name": text(value.name),
        "area_id": text(value.area_id),
        "postal_codes": list(value.postal_codes),
        "polygon": dict(value.polygon) if value.polygon else None,
    }


def source(value: SourceNote | None) -> Json | None:
    if value is None:
        return None
    return {
        "name": value.name,
        "publisher": text(value.publisher),
        "licence": text(value.licence),
        "attribution": text(value.attribution),
        "url": text(value.url),
        "retrieved_on": day(value.retrieved_on),
        "is_sample": value.is_sample,
    }


def verification(value: Verification) -> Json:
    return {"at": instant(value.at), "how": text(value.how), "by": text(value.by)}


def known_place(value: KnownPlace | None) -> Json | None:
    """A place of the gazetteer: never a point without its kind and how wrong it may be."""
    if value is None:
        return None
    return {
        "name": value.name,
        "latitude": value.point.latitude,
        "longitude": value.point.longitude,
        "kind": value.point.kind.value,
        "radius_m": value.point.radius_m,
        "country": text(value.country),
        "region": text(value.region),
        "zone": text(value.zone),
        "area_ids": list(value.area_ids),
        "source": text(value.source),
    }
