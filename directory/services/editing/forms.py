"""A record as a form, and a form written into a record: every field through its codec."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from directory.domain.editing.checking import checked_value
from directory.domain.editing.fields import COSTS, FIELDS, REMOTE, TRANSLATED
from directory.domain.editing.keys import LOCATION, ORGANIZATION, SERVICE, SITE, Form, Key, read_key
from directory.domain.editing.wrong import Wrong
from directory.domain.hours.values import WayIn
from directory.rules.listed import DISCLOSURES
from directory.services.editing import codecs, hours_codecs, part_codecs
from directory.services.editing.codecs import Codec, column, needed_column, sorted_words
from directory.services.editing.records import Record

_HOURS = {"hours": hours_codecs.hours, "exceptions": hours_codecs.exceptions, "intake": hours_codecs.intake}
_WAYS = tuple(way.value for way in WayIn)

CODECS: dict[str, dict[str, Codec]] = {
    SERVICE: {
        **{name: column(name) for name in (
            "alternate_name", "description", "alert", "eligibility_description", "interpretation_services", "application_process",
            "hours_text", "email", "url", "information_shared", "text_language",
        )},
        "name": needed_column("name", ""),
        "status": needed_column("status", "active"),
        "listed": codecs.listed,
        "categories": part_codecs.categories,
        "ages": codecs.ages,
        "criteria": codecs.criteria,
        **{name: column(name, None) for name in DISCLOSURES},
        "served": part_codecs.served,
        "languages": part_codecs.languages,
        "cost": sorted_words("cost", COSTS),
        "fees_description": codecs.fees,
        "amounts": part_codecs.amounts,
        "ways_in": sorted_words("ways_in", _WAYS),
        "documents": part_codecs.documents,
        "remote": sorted_words("remote", REMOTE),
        **_HOURS,
        "closed_on_holidays": column("closed_on_holidays", None),
        "capacity": part_codecs.capacity,
        "phones": part_codecs.phones,
        "contacts": part_codecs.contacts,
    },
    SITE: {
        "description": column("description"),
        **_HOURS,
        "served": part_codecs.served,
        "phones": part_codecs.phones,
    },
    LOCATION: {
        **{name: column(name) for name in ("name", "description", "transportation")},
        "confidential": needed_column("confidential", False),
        "location_type": needed_column("location_type", "physical"),
        "address": part_codecs.address,
        "point": codecs.point,
        "access": part_codecs.access,
        "phones": part_codecs.phones,
        "languages": part_codecs.languages,
        **_HOURS,
    },
    ORGANIZATION: {
        **{name: column(name) for name in ("alternate_name", "description", "sector", "website", "email")},
        "name": needed_column("name", ""),
        "phones": part_codecs.phones,
        "contacts": part_codecs.contacts,
    },
}  # fmt: skip
"""By kind of record and field. The places of a service are records of their own and have no codec."""

_translation = lru_cache(maxsize=512)(part_codecs.translation)


def codec_of(kind: str, key: Key) -> Codec:
    """The codec of a field inside a record of a kind (as forms call it)."""
    return _translation(key.name, key.language) if key.language else CODECS[kind][key.name]


def record_form(record: Record) -> Form:
    """Everything that a form asks of one record, by the record's own keys, each value in its one form."""
    kind = record.form_kind
    return {key: _settled(kind, key, codec.read(record)) for key, codec in _fields(record)}


def form_of_changed(record: Record, columns: frozenset[str], parts: frozenset[str]) -> Form:
    """As `record_form`, of the fields alone that lie in these columns or in parts of these kinds: imports change many records a little."""
    kind = record.form_kind
    touched = ((key, codec) for key, codec in _fields(record) if codec.part in parts or not columns.isdisjoint(codec.columns))
    return {key: _settled(kind, key, codec.read(record)) for key, codec in touched}


def _fields(record: Record) -> Iterator[tuple[str, Codec]]:
    kind = record.form_kind
    yield from CODECS[kind].items()
    for row in record.parts.get("translation", ()):
        if row["field"] in TRANSLATED[kind] and str(row["object_id"]) == record.object_id:
            yield str(Key(row["field"], language=row["language"])), _translation(row["field"], row["language"])


def _settled(kind: str, key: str, value: Any) -> Any:
    """As the checker would have it; what an older feed brought and no checker takes stays as it is until somebody changes it."""
    try:
        return checked_value(key, value, kind)
    except Wrong:
        return value


def write_fields(record: Record, values: Mapping[str, Any]) -> None:
    """Write values, by the record's own keys, into its rows."""
    kind = record.form_kind
    for text, value in values.items():
        codec_of(kind, read_key(text)).write(record, value)


def field_keys(record: Record, others: Iterable[Record] = ()) -> tuple[str, ...]:
    """The keys of all fields that the record, or one of the other states of it, has."""
    return tuple(dict.fromkeys(key for state in (record, *others) for key, _ in _fields(state)))


def known_fields(kind: str) -> tuple[str, ...]:
    """The names of a kind's fields that have a codec, in the order of the catalogue."""
    return tuple(name for name in FIELDS[kind] if name in CODECS[kind])
