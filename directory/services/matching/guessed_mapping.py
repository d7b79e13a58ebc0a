"""A mapping for a table that came without one, guessed by the names of its columns, in the grammar of mapping files."""

import re
from collections.abc import Sequence
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.rules.matching.facts import IdentityLevel

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
KNOWN = {
    "id": ("id", "record id", "identifier", "uuid", "listing id", "numero", "identifiant"),
    "name": (
        *("name", "site name", "program name", "service name", "organization name", "organisation name", "agency name", "provider name"),
        *("location name", "title", "nom", "nombre", "organization", "organisation", "agency"),
    ),
    "owner": ("organization", "organisation", "organization name", "organisation name", "agency", "agency name", "provider", "organisme"),
    "alternate_name": ("alternate name", "other name", "aka", "autre nom"),
    "address_1": ("address", "address 1", "address1", "street", "street address", "addr", "address line 1", "adresse", "direccion", "rue"),
    "address_2": ("address 2", "address2", "address line 2", "unit", "suite"),
    "city": ("city", "town", "municipality", "ville", "ciudad"),
    "postal_code": ("postal code", "postcode", "zip", "zip code", "zipcode", "code postal", "codigo postal"),
    "country": ("country", "pays", "pais"),
    "phone": ("phone", "phone number", "telephone", "tel", "main phone", "voice", "telefono"),
    "website": ("website", "url", "web", "web site", "site web", "homepage", "sitio web"),
    "email": ("email", "e mail", "mail", "courriel", "correo"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "hours_text": ("hours", "hours text", "schedule", "opening hours", "heures", "horario"),
    "eligibility_description": ("eligibility", "eligibility description", "who", "audience", "population", "admissibilite"),
    "minimum_age": ("minimum age", "min age"),
    "maximum_age": ("maximum age", "max age"),
}
"""What is compared -> names of columns that hold it, the surest first, in small letters without signs."""


def columns_by_name(header: Sequence[str]) -> dict[str, str]:
    """What is compared -> the column that seems to hold it. A column is used once, but the organization's name may also be the name."""
    plain = {_NOT_LETTERS.sub(" ", name.casefold()).strip(): name for name in reversed(header)}
    found = {what: plain[name] for what, names in KNOWN.items() for name in reversed(names) if name in plain}
    if found.get("owner") == found.get("name"):
        found.pop("owner", None)
    return found


def guessed_mapping(header: Sequence[str], level: IdentityLevel) -> dict[str, Any]:
    """Raise `InvalidInput` where no column is a name and none an address."""
    columns = columns_by_name(header)
    if "name" not in columns and "address_1" not in columns:
        said = ", ".join(f"“{name}”" for name in header[:12])
        raise InvalidInput(
            "map", say("No column is called name or address; the columns are: %(columns)s. Give a mapping file.", columns=said)
        )
    rule = {"file": "*", "not_used": [name for name in header if name not in columns.values()]}
    record = {
        "kind": "organization" if level is IdentityLevel.ORGANIZATION else "service",
        "from": "rows",
        "fields": _fields(columns, level),
    }
    return {"grammar": "1", "files": {"rows": rule}, "records": [record]}


def _fields(columns: dict[str, str], level: IdentityLevel) -> dict[str, Any]:
    address = {name: columns[name] for name in ("address_1", "address_2", "city", "postal_code", "country") if name in columns}
    place: dict[str, Any] = {name: columns[name] for name in ("latitude", "longitude") if name in columns}
    if address:
        place["addresses"] = [address]
    phones: dict[str, Any] = {"phones": [{"number": columns["phone"]}]} if "phone" in columns else {}
    own: dict[str, Any] = {name: columns[name] for name in ("id", "name", "alternate_name", "email") if name in columns} | phones
    if level is IdentityLevel.ORGANIZATION:
        links = {"website": columns["website"]} if "website" in columns else {}
        return own | links | ({"locations": [place]} if place else {})
    offered = ("hours_text", "eligibility_description", "minimum_age", "maximum_age")
    own |= {"url": columns["website"]} if "website" in columns else {}
    own |= {name: columns[name] for name in offered if name in columns}
    own |= {"organization": {"name": columns["owner"]}} if "owner" in columns else {}
    return own | ({"service_at_locations": [{"location": place}]} if place else {})
