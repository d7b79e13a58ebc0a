"""One row with its parts as an object of HSDS 3.1: every field that has a value, never a null; what has no field as attributes of ours."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from directory.domain.hours.from_hsds import words_of_row
from directory.domain.hours.hsds_values import offset_on
from directory.domain.listing import SourceNote
from directory.services.exchange.hsds import own_terms, values
from directory.services.exchange.hsds.rows import PARTS_KEY, Row
from directory.services.exchange.hsds.standard import STANDARD
from directory.services.exchange.identity import derived_id
from directory.services.exchange.prepare.fields import FIELDS, PARTS

Json = dict[str, Any]

RENAMED = {("taxonomy", "version"): "taxonomy_version"}
"""Fields whose column is called otherwise."""

NEVER = frozenset({("phone", "confidential"), ("contact", "published"), ("service", "assurer_email")})
"""What does not go out: it is about what is hidden, or names a person who did not say that it may."""

_WITHOUT_ATTRIBUTES = frozenset({"attribute", "metadata", "taxonomy", "taxonomy_term"})
_LINKS_SAID = {"organization": ("parent_organization_id",), "location": ("organization_id",), "program": ("organization_id",)}
"""Records named by id where nothing nests them."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What objects are made with. `terms`: id -> imported taxonomy term as an object; `units` id -> row. `zone` and `today` give times of
    day their offset from UTC; "" gives none."""

    sources: Mapping[int | None, SourceNote]
    terms: Mapping[str, Json]
    units: Mapping[str, Row]
    today: date
    zone: str = ""


@cache
def _plain_fields(kind: str) -> tuple[tuple[str, str, values.Cast, bool], ...]:
    """(name, column, cast, is needed) of the single values of a kind."""
    said = _LINKS_SAID.get(kind, ())
    fields = [field for field in STANDARD[kind].fields.values() if field.is_plain and (field.format != "uuid" or field.name in said)]
    return tuple(
        (field.name, RENAMED.get((kind, field.name), field.name), values.cast_of(field), field.needed == "json")
        for field in fields
        if (kind, field.name) not in NEVER
    )


@cache
def _beyond(kind: str) -> tuple[str, ...]:
    """Fields of ours that the standard has no room for."""
    known = {RENAMED.get((kind, name), name) for name in STANDARD[kind].fields}
    return tuple(name for name, _ in FIELDS[kind] if name not in known and (kind, name) not in NEVER and name not in _SAID_IN_WORDS)


_SAID_IN_WORDS = frozenset({"purpose", "effect"})
"""Fields of schedules that their description says, for readers who know no attributes of ours."""


def object_of(kind: str, row: Row, around: Surroundings) -> Json:
    """The object, parts inside, other records not."""
    found: Json = {"id": row["id"]}
    exact: dict[str, str] = {}
    for name, column, cast, needed in _plain_fields(kind):
        value = row.get(column)
        if value is not None and value != "":
            said = cast(value)
            if said is not None:
                found[name] = said
            if said is None or (isinstance(said, str) and isinstance(value, str) and said != value):
                exact[name] = values.text(value)
        if needed and name not in found:
            found[name] = ""
    _SHAPES.get(kind, _as_it_is)(found, row, exact, around)
    for name, part in PARTS.get(kind, {}).items():
        if part not in ("translation", "attribute", "metadata") and (parts := _parts(name, part, row, around)):
            found[name] = parts
    if kind not in _WITHOUT_ATTRIBUTES:
        attributes = [*_own_attributes(kind, row, exact, around), *_stored_attributes(row, around)]
        if attributes:
            found["attributes"] = attributes
    if metadata := [object_of("metadata", entry, around) for entry in row.get(PARTS_KEY, {}).get("metadata", ())]:
        found["metadata"] = metadata
    return found


def _parts(name: str, kind: str, row: Row, around: Surroundings) -> list[Json]:
    rows = row.get(PARTS_KEY, {}).get(name, ())
    if kind == "service_capacity":
        rows = [part for part in rows if is_counted(part)]
    return [object_of(kind, part, around) for part in rows]


def is_counted(capacity: Row) -> bool:
    """Whether a room has what the standard needs: a number of something."""
    return capacity["unit_id"] is not None and capacity["available"] is not None


def attribute(owner: str, term: Json, value: str, label: str, also: str = "") -> Json:
    """An attribute of ours."""
    return {
        "id": derived_id("hsds", "attribute", owner, term["id"], also),
        "link_type": "shared-directory",
        "value": value,
        "label": label,
        "taxonomy_term": term,
    }


def _own_attributes(kind: str, row: Row, exact: Mapping[str, str], around: Surroundings) -> Iterator[Json]:
    owner = row["id"]
    source = around.sources.get(row.get("source_id"))
    if source is not None:
        yield source_attribute(owner, source)
    for name in _beyond(kind):
        value = row.get(name)
        if value not in (None, "", []) and (name != "confidential" or value) and not (name == "verified_by" and "@" in str(value)):
            yield attribute(owner, own_terms.field_term(name), values.text(value), name)
    for name, said in exact.items():
        yield attribute(owner, own_terms.field_term(name), said, name)
    parts = row.get(PARTS_KEY, {})
    for entry in parts.get("translations", ()):
        said = json.dumps({key: entry[key] for key in ("language", "text", "machine")}, ensure_ascii=False)
        yield attribute(owner, own_terms.field_term(own_terms.TRANSLATION), said, entry["field"], f"{entry['field']}.{entry['language']}")
    for entry in parts.get("capacities", ()):
        if not is_counted(entry):
            yield attribute(owner, own_terms.field_term(own_terms.CAPACITY), _capacity_text(entry, around), "capacity", entry["id"])
    for entry in parts.get("categories", ()):
        origin = "" if entry["origin"] == "stated" else entry["origin"]
        made = attribute(owner, own_terms.category_term(entry["category"]), origin, "category")
        yield made if origin else {name: value for name, value in made.items() if name != "value"}


def source_attribute(owner: str, source: SourceNote) -> Json:
    """Where a record comes from: publisher and thanks in the term, the licence as the value."""
    label = "source (made-up sample data)" if source.is_sample else "source"
    return attribute(owner, own_terms.source_term(source), source.licence or own_terms.NOT_STATED, label)


def _capacity_text(row: Row, around: Surroundings) -> str:
    known = ("id", "status", "available", "maximum", "description", "updated", "expires_at")
    found = {name: values.text(row[name]) for name in known if row[name] not in (None, "")}
    unit = around.units.get(row["unit_id"])
    return json.dumps(found | ({"unit": object_of("unit", unit, around)} if unit else {}), ensure_ascii=False)


def _stored_attributes(row: Row, around: Surroundings) -> Iterator[Json]:
    for entry in row.get(PARTS_KEY, {}).get("attributes", ()):
        if not (entry["value"] or entry["label"] or entry["taxonomy_term_id"]):
            continue  # its term was never in the feed: it says nothing
        found = object_of("attribute", entry, around)
        if term := around.terms.get(entry["taxonomy_term_id"] or ""):
            found["taxonomy_term"] = term
        yield found


def _as_it_is(found: Json, row: Row, exact: dict[str, str], around: Surroundings) -> None:
    """Nothing more to say."""


def _service(found: Json, row: Row, exact: dict[str, str], around: Surroundings) -> None:  # noqa: ARG001
    """When it was last changed and last found right are ours to say; what its source said of that travels as attributes."""
    for name in ("last_modified", "assured_date"):
        if row[name] is not None:
            exact[name] = values.text(row[name])
    found["last_modified"] = values.moment(row["changed_at"] or row["modified_at"])
    verified = row["verified_at"].date() if row["verified_at"] else None
    assured = max((day for day in (row["assured_date"], verified) if day), default=None)
    if assured:
        found["assured_date"] = assured.isoformat()


def _phone(found: Json, row: Row, exact: dict[str, str], around: Surroundings) -> None:  # noqa: ARG001
    """An extension that is no plain number ("007") stands behind the number, where whoever calls will read it."""
    if said := exact.pop("extension", None):
        if said.isdigit() and len(said) <= 8:
            found["number"] = f"{found['number']} ext. {said}"
        else:
            exact["extension"] = said


def _schedule(found: Json, row: Row, exact: dict[str, str], around: Surroundings) -> None:
    """Times with the offset that the place has, closures and special or intake hours in words."""
    words = words_of_row(row["effect"], row["purpose"], row.get("description") or "")
    if words:
        found["description"] = words
    if row["effect"] == "closes":
        found.pop("opens_at", None)
        found.pop("closes_at", None)
    if found.get("closes_at") == "24:00":
        exact["closes_at"] = "24:00"
        found["closes_at"] = "23:59" if found.get("opens_at") == "00:00" else "00:00"
    starts = row["dtstart"] or row["valid_from"]
    for name in ("opens_at", "closes_at"):
        if name in found and around.zone:
            found[name] += _offset(around.zone, date.fromisoformat(starts) if starts else around.today)


def _offset(zone: str, day: date) -> str:
    minutes = offset_on(zone, day)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _capacity(found: Json, row: Row, exact: dict[str, str], around: Surroundings) -> None:  # noqa: ARG001
    found["unit"] = object_of("unit", around.units[row["unit_id"]], around)


def _noted_source(found: Json, row: Row, exact: dict[str, str], around: Surroundings) -> None:  # noqa: ARG001
    """Taxonomies and terms take no attributes: their source stands in their metadata."""
    for name in ("parent_id", "taxonomy_id"):
        if row.get(name):
            found[name] = row[name]
    source = around.sources.get(row.get("source_id"))
    if source is not None:
        row.setdefault(PARTS_KEY, {}).setdefault("metadata", []).append(source_metadata(row["id"], source))


def source_metadata(owner: str, source: SourceNote) -> Row:
    """The source of a record that takes no attributes, as an entry of its change log."""
    said = {name: getattr(source, name) for name in ("name", "publisher", "licence", "attribution", "url")}
    return {
        "id": derived_id("hsds", "metadata", owner, "source"),
        "last_action_date": source.retrieved_on.isoformat() if source.retrieved_on else "not known",
        "last_action_type": "source",
        "field_name": "source",
        "replacement_value": json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False),
        "updated_by": source.publisher or source.name,
    }


_SHAPES = {
    "service": _service,
    "phone": _phone,
    "schedule": _schedule,
    "service_capacity": _capacity,
    "taxonomy": _noted_source,
    "taxonomy_term": _noted_source,
}
