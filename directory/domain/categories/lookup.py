"""Which categories a person means who writes a slug, a name in any language, or the code or title of another taxonomy."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from directory.domain.areas import slug as folded
from directory.domain.categories import tables
from directory.domain.categories.tables import Slugs
from directory.domain.categories.terms import most_exact, of_hsis_code
from directory.domain.categories.tree import CATEGORIES, LANGUAGES, ancestors, find_category

LIKE_ENOUGH = 65.0
"""Of 100: from here on two phrases are near enough that one may be a mistyped other."""


class Kind(StrEnum):
    """What a term was known as."""

    SLUG = "slug"
    WORDS = "name or synonym"
    OPEN_ELIGIBILITY = "Open Eligibility title"
    GRAVITY = "Gravity category"
    HSIS_211 = "211HSIS code"


@dataclass(frozen=True, slots=True)
class Meant:
    """`categories`: the widest that the term stands for; empty where it is known and stands for none of ours."""

    kind: Kind
    categories: Slugs


class Mappings(NamedTuple):
    """What others call a category: prefixes of 211 codes, Open Eligibility titles, the code of a Gravity category ("" for none)."""

    hsis_211: tuple[str, ...]
    open_eligibility: tuple[str, ...]
    gravity: str


def look_up(term: str, locale: str = "en") -> Meant | None:
    """The categories of a term; None when nobody knows it."""
    key = folded(term)
    if key in CATEGORIES:
        return Meant(Kind.SLUG, (key,))
    if own := find_category(term, locale):
        return Meant(Kind.WORDS, (own,))
    if title := tables.open_eligibility().get(key):
        return Meant(Kind.OPEN_ELIGIBILITY, title.categories)
    code = term.strip().lower()
    if code in tables.gravity_codes() or key in _gravity_names():
        return Meant(Kind.GRAVITY, _widest(_by_gravity().get(_gravity_names().get(key, code), ())))
    if slugs := of_hsis_code(term):
        return Meant(Kind.HSIS_211, most_exact(slugs))
    return None


def near_names(term: str, locale: str = "en", limit: int = 5) -> tuple[str, ...]:
    """Slugs of categories whose names or synonyms are written much like the term, nearest first."""
    key = _spaced(term)
    languages = dict.fromkeys((locale.partition("-")[0], *LANGUAGES))
    found: dict[str, float] = {}
    for language in (language for language in languages if language in LANGUAGES):
        for phrase, score, _ in process.extract(
            key, list(_phrases(language)), scorer=fuzz.token_sort_ratio, score_cutoff=LIKE_ENOUGH, limit=4 * limit
        ):
            slug = _phrases(language)[phrase]
            found[slug] = max(found.get(slug, 0.0), score)
    return tuple(sorted(found, key=lambda slug: (-found[slug], slug)))[:limit]


@cache
def mappings_of(slug: str) -> Mappings:
    """What others call a category."""
    return Mappings(
        hsis_211=tuple(prefix for prefix, slugs in tables.hsis_prefixes().items() if slug in slugs),
        open_eligibility=tuple(title.name for title in tables.open_eligibility().values() if slug in title.categories),
        gravity=tables.gravity().get(slug, ""),
    )


def _widest(slugs: Slugs) -> Slugs:
    """Without those that lie under another of them."""
    return tuple(slug for slug in slugs if not set(ancestors(slug)) & set(slugs))


@cache
def _phrases(language: str) -> Mapping[str, str]:
    """The phrases of a language as they are compared -> slug."""
    phrases: dict[str, str] = {}
    for entry in CATEGORIES.values():
        for phrase in (entry.names[language], *entry.synonyms[language]):
            phrases.setdefault(_spaced(phrase), entry.slug)
    return phrases


def _spaced(phrase: str) -> str:
    return folded(phrase).replace("-", " ")


@cache
def _by_gravity() -> Mapping[str, Slugs]:
    by_code: dict[str, list[str]] = {}
    for slug, code in tables.gravity().items():
        by_code.setdefault(code, []).append(slug)
    return {code: tuple(slugs) for code, slugs in by_code.items() if code}


@cache
def _gravity_names() -> Mapping[str, str]:
    return {folded(name): code for code, name in tables.gravity_codes().items()}
