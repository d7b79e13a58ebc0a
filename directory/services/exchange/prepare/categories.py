"""The directory's own categories of a service: stated by the feed, or mapped from the terms and words that it uses."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from directory.domain.categories import CATEGORIES, category_of_term
from directory.services.exchange.prepare.things import Part

STATED = "stated"
MAPPED = "mapped"
ORIGINS = frozenset({STATED, MAPPED, "planner"})


@lru_cache(maxsize=8_192)
def mapped(taxonomy: str, code: str, name: str) -> tuple[str, ...]:
    """Slugs of the categories that a term of any taxonomy means; none when it is not known."""
    return tuple(category_of_term(taxonomy, code, name))


def slugs_of(data: dict[str, Any], parts: Sequence[Part]) -> list[tuple[str, str]]:
    """(slug, origin) of a service from `categories`, `category_terms` and attributes that carry words instead of a term; where all of these
    say nothing, from a name that is just what a category is called ("Food pantry")."""
    origins = data.get("category_origins")
    said = origins if isinstance(origins, dict) else {}
    found = {slug: said[slug] if said.get(slug) in ORIGINS else STATED for slug in _texts(data.get("categories")) if slug in CATEGORIES}
    for slug in (slug for words in _terms(data, parts) for slug in mapped(*words)):
        found.setdefault(slug, MAPPED)
    if not found:
        found = dict.fromkeys(mapped("", "", str(data.get("name") or "")), MAPPED)
    return sorted(found.items())


def attributes_of_terms(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The terms that a feed tells beside the attributes of a service, as attributes: so that they are kept, and a planner can file them.

    Feeds that tell their terms by attributes have told them already. A code without a name is its own name.
    """
    attributes = data.get("attributes")
    told = attributes if isinstance(attributes, list) else []
    if any(isinstance(item, dict) and (item.get("taxonomy_term") or item.get("taxonomy_term_id")) for item in told):
        return []
    found = []
    for taxonomy, code, name in dict.fromkeys(_stated_terms(data)):
        term = {"taxonomy": taxonomy, "code": code, "name": name or code}
        found.append({"taxonomy_term": {key: value for key, value in term.items() if value}})
    return [attribute for attribute in found if attribute["taxonomy_term"].get("name")]


def _stated_terms(data: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    terms = data.get("category_terms")
    for term in terms if isinstance(terms, list) else ():
        if isinstance(term, dict):
            yield str(term.get("taxonomy") or ""), str(term.get("code") or ""), str(term.get("name") or "")


def _terms(data: dict[str, Any], parts: Sequence[Part]) -> Iterator[tuple[str, str, str]]:
    """(taxonomy, code, name) of what is said of the kind of service."""
    yield from _stated_terms(data)
    for part in parts:
        if part.kind == "attribute" and part.parent == -1 and part.ref is None and part.fields.get("value"):
            yield part.fields.get("link_type") or "", "", part.fields["value"]


def _texts(value: Any) -> Iterable[str]:
    return [item for item in value if isinstance(item, str) and len(item) <= 60] if isinstance(value, list) else ()
