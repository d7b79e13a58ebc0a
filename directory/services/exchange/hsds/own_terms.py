"""The directory's own taxonomies in HSDS: what the standard has no field for travels as attributes with terms of these three.

*Fields* names a field of the directory ("ways_in"); the attribute's value is what it holds. *Sources* has a term for each publisher's feed,
with its thanks; the attribute's value is the licence. *Categories* are the directory's own; the attribute's value says where it comes from
when it was not stated. Ids are made from names, so that every installation has the same and an importer knows them again.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from directory.domain.categories.tree import CATEGORIES
from directory.domain.listing import SourceNote
from directory.services.exchange.identity import derived_id
from directory.services.exchange.prepare.fields import FIELDS

Json = dict[str, Any]

TRANSLATION, CAPACITY = "translation", "capacity"
"""Terms that stand for a whole object, written as JSON in the attribute's value."""

_WHOLE = (TRANSLATION, CAPACITY)
_NO_TERM = "no-term"


def _taxonomy(key: str, name: str, description: str) -> Json:
    return {"id": derived_id("hsds", "taxonomy", key), "name": name, "description": description, "version": "1"}


FIELD_TAXONOMY = _taxonomy("fields", "Shared directory: fields", "Fields of the shared directory that HSDS has no room for.")
SOURCE_TAXONOMY = _taxonomy(
    "sources", "Shared directory: sources", "The feeds that records come from. The value of an attribute with such a term is the licence."
)
CATEGORY_TAXONOMY = _taxonomy("categories", "Shared directory: categories", "What services are for, over all sectors.")
TAXONOMIES: tuple[Json, ...] = (CATEGORY_TAXONOMY, FIELD_TAXONOMY, SOURCE_TAXONOMY)
NOT_STATED = "not stated"
NO_ORGANIZATION: Json = {
    "id": derived_id("hsds", "organization", "none"),
    "name": "Organization not stated",
    "description": "Stands in tables for the organization of services that name none.",
}
TAXONOMY_IDS = frozenset(taxonomy["id"] for taxonomy in TAXONOMIES)


def _term(taxonomy: Json, key: str, code: str, name: str, description: str, **more: str) -> Json:
    return {
        "id": derived_id("hsds", "term", taxonomy["id"], key),
        "code": code,
        "name": name,
        "description": description,
        "taxonomy": taxonomy["name"],
        "taxonomy_id": taxonomy["id"],
        **more,
    }


@cache
def field_term(name: str) -> Json:
    """The term that names a field."""
    return _term(FIELD_TAXONOMY, name, f"field.{name}", name, _DESCRIPTIONS.get(name, f"The field {name} of the shared directory."))


_DESCRIPTIONS = {
    TRANSLATION: "A text in another language: JSON with language, text and machine; the label names the field.",
    CAPACITY: "Room that is not counted in units: JSON with status, updated and what else is known.",
    _NO_TERM: "The attribute has a value and no term.",
    "ways_in": "How people get in: walk_in, phone, online, appointment, referral_only and others, with commas.",
    "remote": "How it is given: in_person, phone, online, with commas.",
    "cost": "free, sliding or fee, with commas.",
    "criteria": "Whom it is for: JSON with criteria (conditions over facts), questions, referral and documents.",
    "asks_papers": "yes or no: whether it asks for identity papers.",
    "asks_status": "yes or no: whether it asks about immigration status.",
    "tells_police": "yes or no: whether it shares information about people with the police.",
    "tells_immigration": "yes or no: whether it shares information about people with immigration authorities.",
    "tells_child_welfare": "yes or no: whether it shares information about people with child welfare.",
    "confidential": "yes: where this place is must not be told.",
    "zone": "IANA time zone of the place.",
}


@cache
def known_fields() -> Mapping[str, str]:
    """Id of a term -> the field it names."""
    names = {name for fields in FIELDS.values() for name, _ in fields} | set(_WHOLE) | {_NO_TERM}
    return {field_term(name)["id"]: name for name in sorted(names)}


def no_term() -> Json:
    """What stands in a table where an attribute has no term: the tabular form needs one."""
    return field_term(_NO_TERM)


def is_no_term(term_id: str) -> bool:
    return bool(term_id == no_term()["id"])


@lru_cache(maxsize=1_000)
def source_term(source: SourceNote) -> Json:
    """The term of a publisher's feed: its name is the publisher's, its description the thanks."""
    more = {"term_uri": source.url} if source.url.startswith(("https://", "http://")) and source.url.isascii() else {}
    return _term(
        SOURCE_TAXONOMY, source.name, f"source.{source.name}", source.publisher or source.name, source.attribution or source.name, **more
    )


@cache
def category_term(slug: str) -> Json:
    """The term of one of the directory's own categories."""
    entry = CATEGORIES[slug]
    more = {"parent_id": category_term(entry.parent)["id"]} if entry.parent else {}
    return _term(CATEGORY_TAXONOMY, slug, slug, entry.names["en"], entry.names["en"], language="en", **more)


@cache
def category_slugs() -> Mapping[str, str]:
    """Id of a term -> the category it stands for."""
    return {category_term(slug)["id"]: slug for slug in CATEGORIES}


def is_static(term_id: str) -> bool:
    """Whether a term is one of our own that every installation has: a field or a category."""
    return term_id in known_fields() or term_id in category_slugs()


def own_terms(sources: Iterable[SourceNote]) -> Iterator[Json]:
    """Every term of our own taxonomies, parents before children."""
    yield from (category_term(slug) for slug in CATEGORIES)
    yield from (field_term(name) for name in known_fields().values())
    yield from (source_term(source) for source in sources)
