"""Help while typing: needs by their names and by plain words, then services and organizations whose names begin so."""

from dataclasses import dataclass

from directory.domain.categories.tree import CATEGORIES, find_category, name, words
from directory.services.finding.changes import searching
from directory.services.finding.concepts import find_concepts
from directory.services.finding.danger import danger_in
from directory.services.finding.phrases import fold
from directory.services.listings.community import community_in, read_community
from directory.services.parts import Parts
from search_index.port import CannotSearch
from search_index.query import Order, ServiceQuery


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind`: "category" (value is a slug), "service" (value is the id) or "danger" (value is the number to call)."""

    text: str
    kind: str
    value: str


def suggest(parts: Parts, text: str, locale: str = "en", limit: int = 8) -> list[Suggestion]:
    """At most `limit` suggestions; none for fewer than two letters."""
    typed = fold(text.strip())
    if len(typed) < 2:
        return []
    calls = _calls(parts, text, locale)
    needs = [need.category for need in find_concepts(text, locale)]
    found = _categories(typed, locale, needs)[: limit - 2]
    taken = {fold(entry.text) for entry in found}
    for entry in _services(parts, text.strip(), locale, limit):
        if fold(entry.text) not in taken and len(found) < limit:
            taken.add(fold(entry.text))
            found.append(entry)
    return calls + found


def _calls(parts: Parts, text: str, locale: str) -> list[Suggestion]:
    """Whom to call when what is being typed speaks of danger; beside the suggestions, never in their number."""
    danger = danger_in(text, read_community(parts))
    language = locale.partition("-")[0]
    named = ((entry.number, entry.name.get(language) or entry.name.get("en", "")) for entry in (danger.numbers if danger else ()))
    return [Suggestion(f"{number} {name}".strip(), "danger", number) for number, name in named]


def _categories(typed: str, locale: str, needs: list[str]) -> list[Suggestion]:
    """What is called so, then what such plain words mean, then what begins so or holds a word that does."""
    exact = find_category(typed, locale)
    begins, inside = [], []
    for slug in CATEGORIES:
        if slug == exact:
            continue
        folded = [fold(word) for word in words(slug)]
        if any(word.startswith(typed) for word in folded):
            begins.append(slug)
        elif any(f" {typed}" in word for word in folded):
            inside.append(slug)
    slugs = dict.fromkeys([*([exact] if exact else []), *needs, *begins, *inside])
    return [Suggestion(name(slug, locale), "category", slug) for slug in slugs]


def _services(parts: Parts, text: str, locale: str, limit: int) -> list[Suggestion]:
    """None where nothing can be searched: needs are suggested all the same."""
    query = ServiceQuery(text=text, locale=locale, order=Order.RELEVANCE, per_page=limit, snippets=False)
    with parts.database.reading(may_lag=True) as session:
        try:
            ids = [hit.service_id for hit in searching(parts, session).search(query).hits]
        except CannotSearch:
            return []
        listings = parts.listings.listed(session, ids, default_zone=community_in(session).zone, now=parts.clock.now())
    return [Suggestion(listings[key].name, "service", key) for key in ids if key in listings]
