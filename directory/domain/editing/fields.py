"""The catalogue of fields: for each kind of record, which things a person edits as one, how a value is checked, how two values merge."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from directory.domain.categories.tree import CATEGORIES
from directory.domain.editing import parts_values as parts
from directory.domain.editing import values
from directory.domain.editing.hours import checked_exceptions, checked_hours
from directory.domain.editing.keys import LOCATION, ORGANIZATION, SERVICE, SITE, Key, read_key
from directory.domain.editing.values import LONGEST_NAME, Check
from directory.domain.errors import InvalidInput
from directory.domain.hours.values import WayIn
from directory.domain.sectors import Sector
from directory.domain.sentences import say

STATUSES = ("active", "temporarily closed", "inactive", "defunct")
REMOTE = ("in_person", "phone", "online", "delivered")
COSTS = ("free", "sliding", "fee")
KINDS_OF_PLACE = ("physical", "virtual", "postal")


class Merge(StrEnum):
    """How two people's values of one field come together."""

    WHOLE = "whole"  # only where one of them left it alone; else somebody chooses
    ITEMS = "items"  # what either added or took out
    PARTS = "parts"  # item by item, each known by its id
    ENTRIES = "entries"  # entry by entry of a mapping


@dataclass(frozen=True, slots=True)
class Field:
    """`label` is what people call it (English; said through translation where it is shown). `empty`: the value that says nothing.

    `passing`: true of a moment only, as room is; not brought back when an earlier state is restored, and the newest word counts, whoever
    said it.
    """

    name: str
    label: str
    check: Check
    merge: Merge = Merge.WHOLE
    empty: Any = ""
    passing: bool = False


def _text(name: str, label: str, longest: int = values.LONGEST_TEXT) -> Field:
    return Field(name, label, values.text(longest))


def _hours() -> tuple[Field, ...]:
    return (
        Field("hours", "Hours", checked_hours, Merge.ENTRIES, {}),
        Field("exceptions", "Days that differ", checked_exceptions, Merge.ITEMS, []),
        Field("intake", "Hours of intake", checked_hours, Merge.ENTRIES, {}),
    )


def _items(name: str, label: str, check: Check) -> Field:
    return Field(name, label, check, Merge.ITEMS, [])


def _parts(name: str, label: str, check: Check) -> Field:
    return Field(name, label, check, Merge.PARTS, [])


_RUNNING = values.needed(values.one_of(STATUSES), "Choose whether it is running.")
_KIND_OF_PLACE = values.needed(values.one_of(KINDS_OF_PLACE), "Choose what kind of place it is.")
_NAME = Field("name", "Name", values.needed(values.line(LONGEST_NAME), "Write a name by which people know it."))
_OTHER_NAME = Field("alternate_name", "Other name", values.line(LONGEST_NAME))
_DESCRIPTION = _text("description", "What it is")
_PHONES = _parts("phones", "Telephone", parts.phones)
_EMAIL = Field("email", "Mail address", values.mail_address)
_SERVED = _parts("served", "Areas served", parts.served)
_LANGUAGES = _items("languages", "Languages", values.languages)

_OF_SERVICE: tuple[Field, ...] = (
    _NAME,
    _OTHER_NAME,
    _DESCRIPTION,
    Field("status", "Running or not", _RUNNING, empty="active"),
    Field("listed", "Listed", values.yes, empty=True),
    _text("alert", "Notice at the top", 500),
    _items("categories", "Kinds of help", values.some_of(sorted(CATEGORIES))),
    _text("eligibility_description", "Who it is for"),
    Field("ages", "Ages", values.ages, empty={"from": None, "to": None}),
    Field("criteria", "Who can come", values.entries, Merge.ENTRIES, {}),
    _SERVED,
    _LANGUAGES,
    _text("interpretation_services", "Interpreters", 1_000),
    Field("cost", "Cost", values.some_of(COSTS), empty=[]),
    _text("fees_description", "Cost in words", 2_000),
    _parts("amounts", "Prices", parts.amounts),
    Field("ways_in", "How to get in", values.some_of([way.value for way in WayIn]), empty=[]),
    _text("application_process", "How to get in, in words"),
    _items("documents", "What to bring", values.texts()),
    Field("remote", "In person or not", values.some_of(REMOTE), empty=[]),
    *_hours(),
    Field("closed_on_holidays", "Closed on public holidays", values.yes_no_unknown, empty=None),
    _text("hours_text", "Hours in words", 2_000),
    Field("capacity", "Room", parts.capacity, empty={}, passing=True),
    _PHONES,
    _EMAIL,
    Field("url", "Website", values.web_address),
    _parts("contacts", "People to ask for", parts.contacts),
    _text("information_shared", "Whom it tells", 2_000),
    Field("asks_papers", "Asks for identity papers", values.yes_no_unknown, empty=None),
    Field("asks_status", "Asks about immigration status", values.yes_no_unknown, empty=None),
    Field("tells_police", "Tells the police", values.yes_no_unknown, empty=None),
    Field("tells_immigration", "Tells immigration", values.yes_no_unknown, empty=None),
    Field("tells_child_welfare", "Tells child welfare", values.yes_no_unknown, empty=None),
    Field("places", "Places", parts.places, Merge.ENTRIES, {}),
    Field("text_language", "Language of these texts", values.language),
)
_OF_SITE: tuple[Field, ...] = (
    _text("description", "About the service at this place", 2_000),
    *_hours(),
    _SERVED,
    _PHONES,
)
_OF_LOCATION: tuple[Field, ...] = (
    Field("name", "Name of the place", values.line(LONGEST_NAME)),
    _text("description", "About the place", 2_000),
    Field("confidential", "Address kept secret", values.yes, empty=False),
    Field(
        "location_type", "Kind of place", values.needed(values.one_of(KINDS_OF_PLACE), "Choose what kind of place it is."), empty="physical"
    ),
    Field("address", "Address", parts.address, empty={}),
    Field("point", "Point on the map", parts.point, empty={}),
    _text("transportation", "How to get there", 2_000),
    _parts("access", "Access", parts.access),
    _PHONES,
    _LANGUAGES,
    *_hours(),
)
_OF_ORGANIZATION: tuple[Field, ...] = (
    _NAME,
    _OTHER_NAME,
    _DESCRIPTION,
    Field("sector", "Sector", values.one_of([sector.value for sector in Sector])),
    Field("website", "Website", values.web_address),
    _EMAIL,
    _PHONES,
    _parts("contacts", "People to ask for", parts.contacts),
)

FIELDS: dict[str, dict[str, Field]] = {
    kind: {field.name: field for field in fields}
    for kind, fields in {SERVICE: _OF_SERVICE, SITE: _OF_SITE, LOCATION: _OF_LOCATION, ORGANIZATION: _OF_ORGANIZATION}.items()
}
"""By kind of record, in the order in which a form asks."""

TRANSLATED: dict[str, tuple[str, ...]] = {
    SERVICE: (
        "name", "alternate_name", "description", "alert", "eligibility_description", "interpretation_services", "fees_description",
        "application_process", "information_shared",
    ),
    SITE: ("description",),
    LOCATION: ("name", "description", "transportation"),
    ORGANIZATION: ("name", "alternate_name", "description"),
}  # fmt: skip
"""Texts that may be said in other languages."""


def field_of(key: str | Key, kind: str = SERVICE) -> Field:
    """The field of a key in the form of a kind of record. Raise `InvalidInput` where there is none."""
    key = read_key(key) if isinstance(key, str) else key
    record = key.record or kind
    field = FIELDS.get(record, {}).get(key.name)
    if field is None or (key.language and key.name not in TRANSLATED[record]):
        raise InvalidInput("field", say("There is no field “%(field)s” in a listing.", field=str(key)[:60]))
    if key.language:
        values.language(key.language)
        return Field(field.name, field.label, values.text() if field.name != "name" else values.line(LONGEST_NAME))
    return field
