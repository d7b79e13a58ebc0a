"""Reading back what our own export says in attributes: fields that HSDS has no room for, categories, translations, and the source.

An attribute is known by the id of its term (`hsds.own_terms`), whoever sends it. A source attribute that names the very feed being imported
tells of that feed, and is not kept; one that names another stays an attribute, so that a record goes on saying where it first came from.
"""

import json
from typing import Any

from directory.domain.listing import SourceNote
from directory.services.exchange.hsds import own_terms
from directory.services.exchange.identity import derived_id

Data = dict[str, Any]

_SERVICE_SAYS_ITSELF = ("last_modified", "assured_date")
"""Fields of a service that our export fills with the directory's own knowledge; what the source said stands in an attribute."""


def is_only_ours(kind: str, data: Data) -> bool:
    """Whether a record is one that our export adds to stand behind others: its own taxonomies and terms, the organization of none."""
    if kind in ("taxonomy", "taxonomy_term"):
        key = data.get("taxonomy_id" if kind == "taxonomy_term" else "id")
        return isinstance(key, str) and key in own_terms.TAXONOMY_IDS
    return kind == "organization" and data.get("id") == own_terms.NO_ORGANIZATION["id"]


def source_told(kind: str, data: Data) -> SourceNote | None:
    """The source that a record of our own export names; None for any other feed's record."""
    if kind in ("taxonomy", "taxonomy_term"):
        entry = next((entry for entry in _dicts(data.get("metadata")) if _is_source_entry(data, entry)), None)
        said = _json(entry.get("replacement_value")) if entry else {}
        told: dict[str, Any] = {name: str(said.get(name) or "") for name in _NOTED}
        return SourceNote(**told) if said else None
    return next((note for entry in _dicts(data.get("attributes")) if (note := _source_of(entry))), None)


_NOTED = ("name", "publisher", "licence", "attribution", "url")


def read_own_words(kind: str, data: Data, source: str) -> Data:
    """The record or part with our attributes read into fields. `source` is the name of the feed; what was given is not changed."""
    if data.get("organization_id") == own_terms.NO_ORGANIZATION["id"]:
        data = {name: value for name, value in data.items() if name != "organization_id"}
    if kind in ("taxonomy", "taxonomy_term"):
        return _without_source_entry(data)
    attributes = data.get("attributes")
    if not isinstance(attributes, list) or not any(_is_ours(entry) for entry in _dicts(attributes)):
        return data
    data = {**data, "attributes": []}
    if kind == "service" and any(_source_of(entry) for entry in _dicts(attributes)):
        for name in _SERVICE_SAYS_ITSELF:
            data.pop(name, None)
    for entry in attributes:
        _read(data, entry, source)
    if not data["attributes"]:
        del data["attributes"]
    return data


def _read(data: Data, entry: Any, source: str) -> None:
    term_id = _term_id(entry)
    field = own_terms.known_fields().get(term_id, "")
    if own_terms.is_no_term(term_id):
        data["attributes"].append({name: value for name, value in entry.items() if name not in ("taxonomy_term_id", "taxonomy_term")})
    elif field == own_terms.TRANSLATION:
        data["translations"] = [*data.get("translations", ()), {**_json(entry.get("value")), "field": entry.get("label")}]
    elif field == own_terms.CAPACITY:
        data["capacities"] = [*data.get("capacities", ()), _json(entry.get("value"))]
    elif field:
        data[field] = entry.get("value")
    elif slug := own_terms.category_slugs().get(term_id):
        data["categories"] = [*data.get("categories", ()), slug]
        if entry.get("value"):
            data["category_origins"] = {**data.get("category_origins", {}), slug: entry["value"]}
    elif note := _source_of(entry):
        if note.name != source:
            data["attributes"].append(_of_another_feed(entry))
    else:
        data["attributes"].append(entry)


def _of_another_feed(entry: Data) -> Data:
    """A source attribute that is kept as one of the publisher's: its term stands by itself, since the taxonomy is ours."""
    term = {name: value for name, value in entry["taxonomy_term"].items() if name not in ("taxonomy_id", "taxonomy_detail")}
    return {**entry, "taxonomy_term": term}


def _term_id(entry: Any) -> str:
    if not isinstance(entry, dict):
        return ""
    term = entry.get("taxonomy_term")
    found = term.get("id") if isinstance(term, dict) else entry.get("taxonomy_term_id")
    return found if isinstance(found, str) else ""


def _is_ours(entry: Data) -> bool:
    term_id = _term_id(entry)
    return term_id in own_terms.known_fields() or term_id in own_terms.category_slugs() or _source_of(entry) is not None


def _source_of(entry: Data) -> SourceNote | None:
    """What an attribute of ours says of the feed that a record comes from."""
    term = entry.get("taxonomy_term")
    if not isinstance(term, dict) or term.get("taxonomy_id") != own_terms.SOURCE_TAXONOMY["id"]:
        return None
    name = str(term.get("code") or "").removeprefix("source.")
    licence = str(entry.get("value") or "")
    is_sample = "sample" in str(entry.get("label") or "")
    return SourceNote(
        name,
        publisher=str(term.get("name") or ""),
        licence="" if licence == own_terms.NOT_STATED else licence,
        attribution=str(term.get("description") or ""),
        url=str(term.get("term_uri") or ""),
        is_sample=is_sample,
    )


def _is_source_entry(data: Data, entry: Data) -> bool:
    return entry.get("field_name") == "source" and entry.get("id") == derived_id("hsds", "metadata", str(data.get("id")), "source")


def _without_source_entry(data: Data) -> Data:
    entries = _dicts(data.get("metadata"))
    kept = [entry for entry in entries if not _is_source_entry(data, entry)]
    return data if len(kept) == len(entries) else {**data, "metadata": kept}


def _dicts(value: Any) -> list[Data]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _json(value: Any) -> Data:
    try:
        found = json.loads(value) if isinstance(value, str) else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
