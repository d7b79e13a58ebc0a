"""Every field the importer knows, by kind, with the cleaner that reads it: the one table that says what a feed may tell.

`FIELDS` are columns of the same name. `PARTS` are lists that hang on a record; `REFERENCES` name other records; `CHILDREN` are lists of
records that belong to this one. Whatever else a record holds is kept aside (table `unmapped`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from directory.domain.hours.values import WayIn
from directory.domain.listing import Disclosures
from directory.domain.place import PointKind
from directory.domain.sectors import Sector
from directory.services.exchange.prepare import addresses_of_the_web as web
from directory.services.exchange.prepare import moments, numbers, whom
from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.texts import plain, short

Clean = Callable[[Any, Notes], Any]


def _choice(*words: str, **also: str) -> Clean:
    allowed = {word: word for word in words} | {word.replace("_", " "): word for word in words}
    return partial(numbers.choice, allowed=allowed | {key.replace("_", " "): word for key, word in also.items()})


def _some_of(*words: str) -> Clean:
    """A list of words out of a few; others are named and left out."""
    known = frozenset(words)

    def clean(value: Any, notes: Notes) -> list[str] | None:
        items = value if isinstance(value, list) else str(value).replace(";", ",").split(",")
        found = [str(item).strip() for item in items]
        for unknown in sorted({item for item in found if item and item not in known}):
            notes.repaired(f"{unknown[:40]!r} is not one of: {', '.join(words)}. It was left out.")
        return [word for word in dict.fromkeys(found) if word in known] or None

    return clean


def _texts(value: Any, notes: Notes) -> list[str] | None:
    items = value if isinstance(value, list) else str(value).split(",")
    return [text for item in items if (text := short(item, notes, 40))] or None


def _limited(limit: int) -> Clean:
    return partial(short, limit=limit)


NAME = _limited(400)
LINE = _limited(1_000)
KIND_OF_PLACE = _choice(
    "physical", "postal", "virtual", mailing="postal", mail="postal", online="virtual", phone="virtual", street="physical"
)
STATUS: Clean = _choice(
    "active", "inactive", "defunct", "temporarily closed", open="active", current="active", enabled="active", closed="inactive",
    disabled="inactive", pending="inactive", archived="defunct", suspended="temporarily closed", paused="temporarily closed",
)  # fmt: skip

VERIFIED: tuple[tuple[str, Clean], ...] = (
    ("verified_at", moments.moment),
    ("verified_how", _limited(40)),
    ("verified_by", _limited(255)),
)

FIELDS: dict[str, tuple[tuple[str, Clean], ...]] = {
    "organization": (
        ("name", NAME), ("alternate_name", NAME), ("description", plain), ("email", web.email), ("website", web.url), ("tax_status", LINE),
        ("tax_id", LINE), ("year_incorporated", numbers.year), ("legal_status", LINE), ("logo", web.url), ("uri", LINE),
        ("sector", _choice(*(sector.value for sector in Sector))), *VERIFIED,
    ),
    "program": (("name", NAME), ("alternate_name", NAME), ("description", plain), *VERIFIED),
    "service": (
        ("name", NAME), ("alternate_name", NAME), ("description", plain), ("url", web.url), ("email", web.email), ("status", STATUS),
        ("interpretation_services", plain), ("application_process", plain), ("fees_description", plain), ("fees", plain), ("wait_time",
        plain),
        ("accreditations", plain), ("licenses", plain), ("eligibility_description", plain), ("minimum_age", numbers.age),
        ("maximum_age", numbers.age), ("assured_date", moments.day), ("assurer_email", web.email), ("alert", plain),
        ("last_modified", moments.moment), ("ways_in", _some_of(*(way.value for way in WayIn))),
        ("remote", _some_of("in_person", "phone", "online")), ("cost", _some_of("free", "sliding", "fee")), ("hours_text", plain),
        ("closed_on_holidays", numbers.yes_or_no), ("information_shared", plain), ("text_language", _limited(35)),
        ("criteria", whom.criteria), *((name, numbers.yes_or_no) for name in Disclosures.__dataclass_fields__), *VERIFIED,
    ),
    "location": (
        ("location_type", KIND_OF_PLACE), ("url", web.url), ("name", NAME), ("alternate_name", NAME), ("description", plain),
        ("transportation", plain), ("latitude", numbers.latitude), ("longitude", numbers.longitude), ("external_identifier", LINE),
        ("external_identifier_type", LINE), ("confidential", numbers.yes_or_no), ("zone", _limited(40)),
        ("point_kind", _choice(*(kind.value for kind in PointKind))), ("point_radius_m", numbers.whole), ("area_id", _limited(80)),
        *VERIFIED,
    ),
    "service_at_location": (("description", plain), *VERIFIED),
    "taxonomy": (("name", NAME), ("description", plain), ("uri", LINE), ("taxonomy_version", LINE), *VERIFIED),
    "taxonomy_term": (
        ("name", NAME), ("code", _limited(255)), ("description", plain), ("taxonomy", LINE), ("language", _limited(35)), ("term_uri", LINE),
        *VERIFIED,
    ),
    "phone": (
        ("number", _limited(200)), ("extension", _limited(20)), ("type", LINE), ("description", plain), ("sms", numbers.yes_or_no),
        ("confidential", numbers.yes_or_no),
    ),
    "contact": (("name", NAME), ("title", LINE), ("department", LINE), ("email", web.email), ("published", numbers.yes_or_no)),
    "language": (("name", LINE), ("code", _limited(35)), ("note", plain)),
    "address": (
        ("attention", LINE), ("address_1", LINE), ("address_2", LINE), ("city", LINE), ("region", LINE), ("state_province", LINE),
        ("postal_code", _limited(40)), ("country", numbers.country), ("address_type", KIND_OF_PLACE),
    ),
    "accessibility": (("description", plain), ("details", plain), ("url", web.url), ("code", _limited(40))),
    "schedule": (
        ("valid_from", moments.day), ("valid_to", moments.day), ("dtstart", moments.day), ("timezone", numbers.offset_hours),
        ("until", moments.day), ("count", numbers.whole), ("wkst", LINE), ("freq", _choice("WEEKLY", "MONTHLY", weekly="WEEKLY",
        monthly="MONTHLY")),
        ("interval", numbers.whole), ("byday", LINE), ("byweekno", LINE), ("bymonthday", LINE), ("byyearday", LINE), ("description", plain),
        ("opens_at", moments.clock), ("closes_at", moments.clock), ("schedule_link", web.url), ("attending_type", LINE), ("notes", plain),
        ("purpose", _choice("hours", "intake")), ("effect", _choice("adds", "replaces", "closes")), ("source_text", plain),
        ("confidence", numbers.share),
    ),
    "service_area": (
        ("name", LINE), ("description", plain), ("extent", partial(plain, limit=2_000_000)), ("extent_type", _choice("geojson",
        "topojson", "kml", "text")),
        ("uri", LINE), ("area_id", _limited(80)), ("postal_codes", _texts),
    ),
    "funding": (("source", LINE),),
    "cost_option": (
        ("valid_from", moments.day), ("valid_to", moments.day), ("option", plain), ("currency", numbers.currency), ("amount",
        numbers.amount),
        ("amount_description", plain),
    ),
    "required_document": (("document", plain), ("uri", LINE)),
    "url": (("label", LINE), ("url", web.url)),
    "organization_identifier": (("identifier_scheme", LINE), ("identifier_type", LINE), ("identifier", LINE)),
    "service_capacity": (
        ("available", numbers.number), ("maximum", numbers.number), ("description", plain), ("updated", moments.moment),
        ("status", _choice("capacity", "no-capacity", "waitlist", "additional-assessment-required")), ("expires_at", moments.moment),
    ),
    "unit": (("name", NAME), ("scheme", LINE), ("identifier", LINE), ("uri", LINE)),
    "attribute": (("link_type", LINE), ("value", plain), ("label", LINE)),
    "metadata": (
        ("last_action_date", _limited(80)), ("last_action_type", _limited(80)), ("field_name", LINE), ("previous_value", plain),
        ("replacement_value", plain), ("updated_by", LINE),
    ),
    "translation": (("field", _limited(40)), ("language", _limited(35)), ("text", plain), ("machine", numbers.yes_or_no)),
}  # fmt: skip


CLEANERS: dict[str, dict[str, Clean]] = {kind: dict(fields) for kind, fields in FIELDS.items()}


class Reference(NamedTuple):
    """A record that another names: the object inside it, or the id beside it; and the column that holds it."""

    nested: str
    id_key: str
    kind: str
    column: str


REFERENCES: dict[str, tuple[Reference, ...]] = {
    "organization": (Reference("", "parent_organization_id", "organization", "parent_organization_id"),),
    "program": (Reference("organization", "organization_id", "organization", "organization_id"),),
    "service": (
        Reference("organization", "organization_id", "organization", "organization_id"),
        Reference("program", "program_id", "program", "program_id"),
    ),
    "location": (Reference("organization", "organization_id", "organization", "organization_id"),),
    "service_at_location": (
        Reference("service", "service_id", "service", "service_id"),
        Reference("location", "location_id", "location", "location_id"),
    ),
    "taxonomy_term": (
        Reference("taxonomy_detail", "taxonomy_id", "taxonomy", "taxonomy_id"),
        Reference("", "parent_id", "taxonomy_term", "parent_id"),
    ),
    "attribute": (Reference("taxonomy_term", "taxonomy_term_id", "taxonomy_term", "taxonomy_term_id"),),
}

_SAID_OF_ALL = {"attributes": "attribute", "metadata": "metadata"}

PARTS: dict[str, dict[str, str]] = {
    "organization": {
        "phones": "phone", "contacts": "contact", "funding": "funding", "additional_websites": "url",
        "organization_identifiers": "organization_identifier", "translations": "translation", **_SAID_OF_ALL,
    },
    "program": {"translations": "translation", **_SAID_OF_ALL},
    "service": {
        "phones": "phone", "contacts": "contact", "schedules": "schedule", "service_areas": "service_area", "languages": "language",
        "funding": "funding", "cost_options": "cost_option", "required_documents": "required_document", "capacities": "service_capacity",
        "additional_urls": "url", "translations": "translation", **_SAID_OF_ALL,
    },
    "service_at_location": {
        "phones": "phone", "contacts": "contact", "schedules": "schedule", "service_areas": "service_area", "translations": "translation",
        **_SAID_OF_ALL,
    },
    "location": {
        "addresses": "address", "phones": "phone", "contacts": "contact", "schedules": "schedule", "languages": "language",
        "accessibility": "accessibility", "translations": "translation", **_SAID_OF_ALL,
    },
    "taxonomy": {"translations": "translation", **_SAID_OF_ALL},
    "taxonomy_term": {"translations": "translation", **_SAID_OF_ALL},
    "phone": {"languages": "language", **_SAID_OF_ALL},
    "contact": {"phones": "phone", **_SAID_OF_ALL},
}  # fmt: skip

CHILDREN: dict[str, dict[str, str]] = {
    "organization": {"locations": "location", "programs": "program", "services": "service"},
    "program": {"services": "service"},
    "service": {"service_at_locations": "service_at_location"},
    "location": {"services": "service"},
    "taxonomy": {"taxonomy_terms": "taxonomy_term"},
}

NEEDED: dict[str, tuple[str, ...]] = {
    "organization": ("name",), "program": ("name",), "service": ("name",), "taxonomy": ("name",), "taxonomy_term": ("name",),
    "phone": ("number",), "funding": ("source",), "required_document": ("document",), "url": ("url",),
    "organization_identifier": ("identifier_type", "identifier"), "service_capacity": ("updated",), "unit": ("name",),
    "metadata": ("last_action_date", "last_action_type"), "translation": ("field", "language", "text"),
}  # fmt: skip
"""Without these nothing of the record or part can be used."""

TEXT_OF_PART = {
    "phone": "number", "language": "name", "address": "address_1", "accessibility": "description", "required_document": "document",
    "service_area": "name", "contact": "name", "cost_option": "option", "funding": "source", "url": "url", "attribute": "value",
}  # fmt: skip
"""The field that a bare text stands for where an object belongs: "phones": ["613-555-0199"]."""

OWNER_KEYS = frozenset(
    ("organization_id", "service_id", "location_id", "service_at_location_id", "program_id", "contact_id", "phone_id", "link_id",
    "link_entity",
     "resource_id", "resource_type", "taxonomy_term_id", "unit_id")
)  # fmt: skip
"""Keys by which parts name what they hang on; where they stand says it already."""


def _known(kind: str) -> frozenset[str]:
    references = REFERENCES.get(kind, ())
    names = {"id", "_hash", "_source"} | {name for name, _ in FIELDS[kind]}
    names |= {key for reference in references for key in (reference.nested, reference.id_key) if key}
    names |= PARTS.get(kind, _SAID_OF_ALL).keys() | CHILDREN.get(kind, {}).keys()
    if kind == "service":
        names |= {"categories", "category_origins", "category_terms"}
    if kind == "service_capacity":
        names |= {"unit"}
    if kind not in PARTS or kind in ("phone", "contact"):
        names |= OWNER_KEYS
    return frozenset(names)


KNOWN: dict[str, frozenset[str]] = {kind: _known(kind) for kind in FIELDS}
"""All keys of a kind that need no mending."""
