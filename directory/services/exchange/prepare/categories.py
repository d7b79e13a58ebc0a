"""The directory's own categories of a service: stated by the feed, or mapped from the terms and words that it uses."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.things import Part

try:
    from directory.domain.categories import category_of_term
except ImportError:  # the taxonomy is data that an installation may leave out

    def category_of_term(taxonomy: str, code: str, name: str) -> tuple[str, ...]:  # noqa: ARG001
        return ()


STATED = "stated"
MAPPED = "mapped"


@lru_cache(maxsize=8_192)
def mapped(taxonomy: str, code: str, name: str) -> tuple[str, ...]:
    """Slugs of the categories that a term of any taxonomy means; none when it is not known."""
    return tuple(category_of_term(taxonomy, code, name))


def slugs_of(data: dict[str, Any], parts: Sequence[Part], notes: Notes) -> list[tuple[str, str]]:  # noqa: ARG001
    """(slug, origin) of a service from `categories`, `category_terms` and attributes that carry words instead of a term."""
    found = dict.fromkeys(_texts(data.get("categories")), STATED)
    terms = data.get("category_terms")
    for term in terms if isinstance(terms, list) else ():
        if isinstance(term, dict):
            for slug in mapped(*(str(term.get(key) or "") for key in ("taxonomy", "code", "name"))):
                found.setdefault(slug, MAPPED)
    for part in parts:
        if part.kind == "attribute" and part.parent == -1 and part.ref is None and part.fields.get("value"):
            for slug in mapped(part.fields.get("link_type") or "", "", part.fields["value"]):
                found.setdefault(slug, MAPPED)
    return sorted(found.items())


def _texts(value: Any) -> Iterable[str]:
    return [item for item in value if isinstance(item, str) and len(item) <= 60] if isinstance(value, list) else ()
