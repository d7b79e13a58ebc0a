"""Checkers of values that have several parts: phones, prices, areas served, an address, a point, room."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from directory.domain.editing.values import MOST_ITEMS, line, mail_address, moment, plain, text, yes, yes_no_unknown
from directory.domain.editing.wrong import Wrong
from directory.domain.place import PointKind

CAPACITY = ("capacity", "waitlist", "no-capacity", "additional-assessment-required")
ADDRESS_LINES = ("attention", "address_1", "address_2", "city", "state_province", "postal_code", "country")
MOST_POSTAL_CODES = 300

_DIGITS = re.compile(r"\d")
_COUNTRY = re.compile(r"[A-Z]{2}")
_short, _usual = line(200), line(1_000)
_words = text()


def part_id(value: Any) -> str:
    """The id of a part that is stored already; "" for a new one."""
    try:
        return str(UUID(str(value))) if value else ""
    except ValueError:
        raise Wrong("This line does not belong to the listing. Write it anew.") from None


def phones(value: Any) -> list[dict[str, Any]]:
    """Telephone numbers, each with what it is for."""
    return _some([_phone(item) for item in value or () if plain(item.get("number"))])


def _phone(item: Mapping[str, Any]) -> dict[str, Any]:
    number = _short(item.get("number"))
    if len(_DIGITS.findall(number)) < 3 and sum(sign.isalnum() for sign in number) < 7:
        raise Wrong("“%(number)s” is no telephone number. Write it with its area code, such as 613-555-0199.", number=number)
    return {
        "id": part_id(item.get("id")),
        "number": number,
        "extension": line(20)(item.get("extension")),
        "type": _short(item.get("type")),
        "description": _words(item.get("description")),
        "sms": yes_no_unknown(item.get("sms")),
        "confidential": yes(item.get("confidential")),
    }


def amounts(value: Any) -> list[dict[str, Any]]:
    """Prices, each with its currency."""
    return _some([_amount(item) for item in value or () if any(item.get(name) not in (None, "") for name in ("option", "amount", "note"))])


def _amount(item: Mapping[str, Any]) -> dict[str, Any]:
    amount = item.get("amount")
    if amount in (None, ""):
        amount = None
    else:
        try:
            amount = round(float(str(amount).strip().lstrip("$£€").replace(",", ".")), 2)
        except ValueError:
            amount = -1.0
        if not 0 <= amount <= 9_999_999:
            raise Wrong("Write the price as a number, such as 12.50.")
    currency = _short(item.get("currency")).upper()
    if amount is not None and not re.fullmatch(r"[A-Z]{3}", currency):
        raise Wrong("Write the currency of the price in three letters, such as CAD.")
    return {
        "id": part_id(item.get("id")),
        "option": _words(item.get("option")),
        "amount": amount,
        "currency": currency,
        "note": _words(item.get("note")),
    }


def served(value: Any) -> list[dict[str, Any]]:
    """Areas served: named ones, postal codes, or one that a source drew (`extent`), which can be kept or taken out."""
    return _some([_served(item) for item in value or () if item.get("name") or item.get("postal_codes") or item.get("extent")])


def _served(item: Mapping[str, Any]) -> dict[str, Any]:
    codes = item.get("postal_codes") or ()
    found = sorted({" ".join(plain(code).upper().split())[:12] for code in codes} - {""})
    if len(found) > MOST_POSTAL_CODES:
        raise Wrong("Write at most %(most)s of them.", most=MOST_POSTAL_CODES)
    strange = next((code for code in found if not re.fullmatch(r"[A-Z0-9][A-Z0-9 \-]{1,11}", code)), None)
    if strange:
        raise Wrong("“%(code)s” is no postal code. Write codes such as K1A or 19104, with commas between them.", code=strange)
    return {
        "id": part_id(item.get("id")),
        "name": _usual(item.get("name")),
        "area_id": _short(item.get("area_id")),
        "postal_codes": found,
        "extent": str(item.get("extent") or ""),
    }


def access(value: Any) -> list[dict[str, Any]]:
    """Features for people with disabilities: the directory's own word, or other words."""
    return _some([_feature(item) for item in value or () if item.get("code") or plain(item.get("description"))])


def _feature(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": part_id(item.get("id")),
        "code": _short(item.get("code")),
        "description": _words(item.get("description")),
        "details": _words(item.get("details")),
    }


def contacts(value: Any) -> list[dict[str, Any]]:
    """People to ask for. Their names are shown to everybody only where `published` says so."""
    return _some([_contact(item) for item in value or () if any(plain(item.get(name)) for name in ("name", "title", "email"))])


def _contact(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": part_id(item.get("id")),
        "name": _usual(item.get("name")),
        "title": _usual(item.get("title")),
        "department": _usual(item.get("department")),
        "email": mail_address(item.get("email")),
        "published": yes(item.get("published")),
    }


def address(value: Any) -> dict[str, str]:
    """A postal address; {} where none is known."""
    given = value if isinstance(value, Mapping) else {}
    found = {name: _usual(given.get(name)) for name in ADDRESS_LINES}
    found["country"] = found["country"].upper()
    if not any(text for name, text in found.items() if name != "country"):
        return {}
    if found["country"] and not _COUNTRY.fullmatch(found["country"]):
        raise Wrong("Write the country in two letters, such as CA or US.")
    if not found["city"] and not found["postal_code"]:
        raise Wrong("Write the city or the postal code, so that people can be told how far it is.")
    return found


def point(value: Any) -> dict[str, Any]:
    """Where a place is: degrees north and east with how exact they are, its zone and area; {} where nothing is known."""
    given = value if isinstance(value, Mapping) else {}
    found: dict[str, Any] = {name: _degrees(given.get(name), most) for name, most in (("latitude", 90), ("longitude", 180))}
    if (found["latitude"] is None) != (found["longitude"] is None):
        raise Wrong("A point needs both numbers: how far north and how far east.")
    kind = str(given.get("kind") or "")
    if kind and kind not in {each.value for each in PointKind}:
        raise Wrong("Choose one of: %(words)s.", words=", ".join(PointKind))
    radius = given.get("radius_m")
    found |= {
        "kind": kind or None,
        "radius_m": int(radius) if radius not in (None, "") else None,
        "zone": _short(given.get("zone")) or None,
        "area_id": _short(given.get("area_id")) or None,
    }
    return found if any(entry is not None for entry in found.values()) else {}


def _degrees(value: Any, most: int) -> float | None:
    if value in (None, ""):
        return None
    try:
        found = float(str(value).replace(",", "."))
    except ValueError:
        found = most + 1.0
    if not -most <= found <= most:
        raise Wrong("Write degrees as a number between -%(most)s and %(most)s.", most=most)
    return found


def capacity(value: Any) -> dict[str, Any]:
    """Whether there is room, and until when that holds; {} where nothing is known."""
    given = value if isinstance(value, Mapping) else {}
    status = str(given.get("status") or "")
    if not status:
        return {}
    if status not in CAPACITY:
        raise Wrong("Choose whether there is room, a waitlist, no room, or an assessment first.")
    until = moment(given.get("until"))
    if not until:
        raise Wrong("Write until when this holds, so that nobody relies on it later.")
    return {"status": status, "until": until, "note": _usual(given.get("note"))}


def places(value: Any) -> dict[str, str]:
    """The places of a service: id of the service at the place -> id of the place."""
    given = value if isinstance(value, Mapping) else {}
    return {part_id(site): part_id(location) for site, location in sorted(given.items())}


def _some(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(items) > MOST_ITEMS:
        raise Wrong("Write at most %(most)s of them.", most=MOST_ITEMS)
    return items
