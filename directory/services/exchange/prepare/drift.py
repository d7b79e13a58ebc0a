"""Mending of records whose keys drifted from the standard: other names, singular for plural, flat for nested.

`ALIASES` is the table of names; what needs more than a new name has a function of its own. Every repair is told. Keys that nothing here
knows are kept aside, not guessed.
"""

from collections.abc import Callable
from typing import Any

from directory.services.exchange.prepare.drift_hours import mend_schedules
from directory.services.exchange.prepare.fields import CHILDREN, KNOWN, PARTS
from directory.services.exchange.prepare.notes import Notes

Data = dict[str, Any]

_PHONES = {"phone": "phones", "phone_numbers": "phones", "contact_phones": "phones", "telephones": "phones", "telecoms": "phones"}
_URLS = {"urls": "additional_websites", "websites": "additional_websites", "links": "additional_websites"}
_EMAILS = {"emails": "email", "email_addresses": "email", "contact_emails": "email", "email_address": "email"}
_NAMES = {
    "alternate_names": "alternate_name", "AlternateNames": "alternate_name", "nickname": "alternate_name", "acronym": "alternate_name",
    "descriptions": "description", "details": "description",
}  # fmt: skip
_COMMON = {"attribute": "attributes", "contact": "contacts", "accessibilitys": "accessibility", "accessibilities": "accessibility"}
_HOURS = {
    "schedule": "schedules", "hours": "schedules", "operating_hours": "schedules", "hours_of_operation": "schedules",
    "regular_schedules": "schedules", "regular_schedule": "schedules", "service_schedule": "schedules",
}  # fmt: skip

ALIASES: dict[str, dict[str, str]] = {
    "organization": {
        **_COMMON, **_NAMES, **_PHONES, **_EMAILS, **_URLS, "url": "website", "location": "locations", "service": "services",
        "fundings": "funding", "organization_name": "name", "legal_name": "alternate_name", "tax_ids": "tax_id", "program": "programs",
    },
    "program": {**_NAMES, "program_name": "name"},
    "service": {
        **_COMMON, **_NAMES, **_PHONES, **_EMAILS, **_HOURS, "service_name": "name", "service_description": "description",
        "service_status": "status",
        "website": "url", "urls": "additional_urls", "websites": "additional_urls", "eligibility": "eligibility_description",
        "eligibility_requirements": "eligibility_description", "fundings": "funding", "language": "languages",
        "supported_languages": "languages",
        "documents_needed": "required_documents", "documents_required": "required_documents", "documents": "required_documents",
        "service_area": "service_areas", "cost_option": "cost_options", "service_capacity": "capacities",
        "service_capacities": "capacities",
        "taxonomy_terms": "category_terms",
    },
    "location": {
        **_COMMON, **_NAMES, **_PHONES, **_HOURS, "addresss": "addresses", "address": "addresses", "physical_addresses": "addresses",
        "postal_address": "addresses", "location_name": "name", "website": "url", "language": "languages", "lat": "latitude",
        "lon": "longitude",
        "lng": "longitude", "long": "longitude", "type": "location_type", "service": "services",
    },
    "service_at_location": {**_COMMON, **_PHONES, **_HOURS, "service_area": "service_areas"},
    "taxonomy": {"version": "taxonomy_version", "terms": "taxonomy_terms"},
    "taxonomy_term": {"vocabulary": "taxonomy", "uri": "term_uri"},
    "phone": {"phone_number": "number", "value": "number", "ext": "extension", "phone_type": "type", "language": "languages",
    "use": "type"},
    "contact": {**_PHONES, "emails": "email", "number": "phones", "phone_number": "phones"},
    "address": {
        "street": "address_1", "street1": "address_1", "street_1": "address_1", "street_address": "address_1",
        "street_address_1": "address_1",
        "line1": "address_1", "address1": "address_1", "address_line_1": "address_1", "address_lines": "address_1",
        "street_address_lines": "address_1",
        "street2": "address_2", "street_2": "address_2", "street_address_2": "address_2", "line2": "address_2", "address2": "address_2",
        "unit": "address_2",
        "locality": "city", "address_locality": "city", "town": "city", "state": "state_province", "province": "state_province",
        "state_code": "state_province", "state_province_code": "state_province", "zip": "postal_code", "zip_code": "postal_code",
        "zipcode": "postal_code", "postcode": "postal_code", "country_code": "country", "location_type": "address_type",
        "type": "address_type",
        "county": "region",
    },
    "language": {"language": "name"},
    "service_area": {"service_area": "name", "postal_code": "postal_codes"},
    "required_document": {"name": "document"},
    "organization_identifier": {"value": "identifier", "type": "identifier_type", "scheme": "identifier_scheme"},
    "url": {"href": "url", "name": "label"},
}  # fmt: skip

_POINTS = ("coordinates", "geo", "geo_code", "geo_location", "geolocation")
_FLAT_ADDRESS = (
    "address_1", "address_2", "address1", "street", "street1", "street_address", "street_address_1", "line1", "city", "locality",
    "state_province",
    "state", "postal_code", "zip", "country", "region",
)  # fmt: skip
_PLACES_OF_SERVICE = (
    "locations",
    "service_locations",
    "location",
    "location_id",
    "location_ids",
    "service_location_id",
    "primary_location_id",
    "addresses",
    "address",
)
_KINDS_OF_SERVICE = (
    "service_type", "service_types", "service_category", "service_categories", "service_category_name", "category", "type", "types", "tags",
    "service_taxonomy",
)  # fmt: skip


def mend(kind: str, data: Data, notes: Notes) -> tuple[Data, Data]:
    """The record with the standard's keys, and what was not understood. The record given is not changed."""
    if data.keys() <= KNOWN[kind] and not (kind in _ALWAYS and isinstance(data.get("taxonomy"), dict)):
        return data, {}
    data = dict(data)
    shape = _SHAPES.get(kind)
    if shape is not None:
        shape(data, notes)
    _rename(kind, data, notes)
    aside: Data = {}
    if "schedules" in data:
        mend_schedules(data, aside, notes)
    for key in [key for key in data if key not in KNOWN[kind]]:
        value = data.pop(key)
        if value not in (None, "", [], {}):
            aside[key] = value
    return data, aside


def _rename(kind: str, data: Data, notes: Notes) -> None:
    aliases = ALIASES.get(kind, {})
    lists = PARTS.get(kind, {}).keys() | CHILDREN.get(kind, {}).keys() | _OTHER_LISTS
    for key in [key for key in data if key in aliases and key not in KNOWN[kind]]:
        value = data.pop(key)
        target = aliases[key]
        if value in (None, "", [], {}):
            continue
        notes.field = key
        present = data.get(target)
        if target in lists:
            data[target] = [*as_list(present), *as_list(value)]
        elif present in (None, "", []):
            data[target] = value[0] if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], dict) else value
        else:
            data[key] = value  # the standard's own key is filled: this one is kept aside
            continue
        if (kind, key) != ("taxonomy", "version"):
            notes.repaired(f"The field {key!r} was read as {target!r}.")


def as_list(value: Any) -> list[Any]:
    """A list, of one where there is one thing, of none where there is none."""
    if value in (None, "", {}):
        return []
    return value if isinstance(value, list) else [value]


def _point(data: Data, notes: Notes) -> None:
    for key in _POINTS:
        value = data.get(key)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = value[0]
        if isinstance(value, dict):
            data.pop(key)
            if data.get("latitude") is None and value.get("latitude") is not None:
                data["latitude"], data["longitude"] = value.get("latitude"), value.get("longitude")
                notes.field = key
                notes.repaired(f"Coordinates inside {key!r} were read as latitude and longitude.")


def _location(data: Data, notes: Notes) -> None:
    _point(data, notes)
    if isinstance(data.get("address_details"), dict):
        data["addresses"] = [*as_list(data.get("addresses")), data.pop("address_details")]
    if "location_type" not in data and data.get("address_type"):
        data["location_type"] = data.pop("address_type")
    data.pop("address_type", None)
    flat = {key: data.pop(key) for key in _FLAT_ADDRESS if key in data}
    if any(value for key, value in flat.items() if key != "country"):
        notes.field = "addresses"
        notes.repaired("An address that stood in the location itself was moved into 'addresses'.")
        data["addresses"] = [*as_list(data.get("addresses")), flat]
    for key in ("addresss", "address", "addresses"):
        data[key] = [_address_of_location(item, data, notes) for item in as_list(data[key])] if key in data else []
        if not data[key]:
            del data[key]


def _address_of_location(item: Any, location: Data, notes: Notes) -> Any:
    """Coordinates that a feed gives to an address belong to its location."""
    if not isinstance(item, dict) or not any(key in item for key in (*_POINTS, "latitude")):
        return item
    item = dict(item)
    _point(item, notes)
    latitude, longitude = item.pop("latitude", None), item.pop("longitude", None)
    if location.get("latitude") is None and latitude is not None:
        location["latitude"], location["longitude"] = latitude, longitude
    return item


def _organization(data: Data, notes: Notes) -> None:
    """Addresses that a feed gives to an organization become locations of its own."""
    for key in ("addresses", "address", "location_address"):
        for item in as_list(data.pop(key, None)):
            if isinstance(item, dict) and any(item.get(name) for name in (*_FLAT_ADDRESS[:9], *_POINTS, "latitude") if name != "country"):
                notes.field = key
                notes.repaired("The address of the organization was read as a location.")
                place = {name: item[name] for name in (*_POINTS, "latitude", "longitude", "id") if name in item}
                address = {name: value for name, value in item.items() if name not in place}
                place |= {"name": item.get("location_name") or data.get("name"), "location_type": "physical", "addresses": [address]}
                data["locations"] = [*as_list(data.get("locations")), place]
    if isinstance(data.get("phone"), dict) and "number" not in data["phone"]:
        data["phone"] = as_list(data["phone"].get("phone"))


def _service(data: Data, notes: Notes) -> None:
    for key in _PLACES_OF_SERVICE:
        for item in as_list(data.pop(key, None)):
            if place := _place_of_service(item):
                notes.field = key
                notes.repaired(f"What stood under {key!r} was read as a place where the service is given.")
                data["service_at_locations"] = [*as_list(data.get("service_at_locations")), place]
    terms = [name for key in _KINDS_OF_SERVICE for item in as_list(data.get(key)) if (name := _name_of_kind(item))]
    for key in _KINDS_OF_SERVICE:
        data.pop(key, None)
    categories = data.get("categories")
    if isinstance(categories, list) and any(not isinstance(item, str) or " " in item or item[:1].isupper() for item in categories):
        terms += [name for item in data.pop("categories") if (name := _name_of_kind(item))]
    if terms:
        notes.field = "attributes"
        notes.repaired(f"The kind of service ({', '.join(dict.fromkeys(terms))}) was read as attribute.")
        stated = [{"link_type": "service_type", "value": name} for name in dict.fromkeys(terms)]
        data["attributes"] = [*as_list(data.get("attributes")), *stated]


def _place_of_service(item: Any) -> Data | None:
    """A place under a service: an id, or an object that is a location or names one, with hours that are the service's there."""
    if isinstance(item, str | int):
        return {"location_id": str(item)}
    if not isinstance(item, dict):
        return None
    at_place = {key: item[key] for key in ("schedules", "schedule", "hours", "service_areas") if item.get(key)}
    location = {key: value for key, value in item.items() if key not in at_place and value not in (None, "", [], {})}
    named = location.pop("location_id", None) or location.get("id")
    if isinstance(location.get("location"), dict):
        return {**at_place, "location": location["location"]}
    if not (location.keys() - {"id", "location_type", "address_type", "organization_id", "metadata", "description", "phones"}):
        return {**at_place, "location_id": str(named)} if named else None
    location["id"] = named
    return {**at_place, "location": {key: value for key, value in location.items() if value is not None}}


def _name_of_kind(item: Any) -> str:
    if isinstance(item, dict):
        item = item.get("name") or item.get("service_category_name") or item.get("taxonomy_name") or item.get("type") or ""
    return item.replace("_", " ").strip() if isinstance(item, str) else ""


def _contact(data: Data, notes: Notes) -> None:
    if data.get("number") and not data.get("phones"):
        notes.field = "number"
        notes.repaired("A number that stood in the contact itself was moved into 'phones'.")
        names = ("number", "extension", "languages", "ext")
        data["phones"] = [{name: data.pop(name) for name in names if name in data}]


def _term(data: Data, notes: Notes) -> None:
    if isinstance(data.get("taxonomy"), dict):
        notes.field = "taxonomy"
        notes.repaired("The object under 'taxonomy' was read as 'taxonomy_detail'.")
        data.setdefault("taxonomy_detail", data.pop("taxonomy"))


def _capacity(data: Data, notes: Notes) -> None:  # noqa: ARG001
    if isinstance(data.get("unit"), str):
        data["unit"] = {"name": data["unit"]}


_SHAPES: dict[str, Callable[[Data, Notes], None]] = {
    "location": _location,
    "organization": _organization,
    "service": _service,
    "contact": _contact,
    "taxonomy_term": _term,
    "service_capacity": _capacity,
}
_OTHER_LISTS = frozenset({"category_terms", "postal_codes"})
_ALWAYS = frozenset({"taxonomy_term"})
