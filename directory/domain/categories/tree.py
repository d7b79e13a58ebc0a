"""The tree of categories, read once from `categories.csv`: what each is called, what it lies under, which words people use for it.

Slugs are stable: stored with listings, sent in addresses and exported. A category may move under another parent or gain words; its slug
stays. A phrase stands for one category only in each language, so that looking a word up never has to guess.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from directory.domain.areas import slug as folded
from directory.domain.errors import NotFound
from directory.domain.sectors import Sector

LANGUAGES = ("en", "fr", "es")


@dataclass(frozen=True, slots=True)
class Category:
    """`names` and `synonyms` by language; `parent` is "" at the top; `tile` is its place among the needs shown first, or None."""

    slug: str
    parent: str
    sector: Sector
    names: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]]
    tile: int | None = None


def _category(row: Mapping[str, str]) -> Category:
    return Category(
        slug=row["slug"],
        parent=row["parent"],
        sector=Sector(row["sector"]),
        names={language: row[f"name_{language}"] for language in LANGUAGES},
        synonyms={language: tuple(filter(None, row[f"words_{language}"].split(";"))) for language in LANGUAGES},
        tile=int(row["tile"]) if row["tile"] else None,
    )


def read_rows() -> tuple[Category, ...]:
    """The rows of the file in its order, also those that should not be there twice."""
    with (files(__package__) / "categories.csv").open(encoding="utf-8") as lines:
        return tuple(_category(row) for row in csv.DictReader(lines))


CATEGORIES: Mapping[str, Category] = MappingProxyType({entry.slug: entry for entry in read_rows()})
"""Every category by slug, parents before their children."""


def category(slug: str) -> Category:
    """The category of a slug; raises `NotFound` for a slug that is none."""
    found = CATEGORIES.get(slug)
    if found is None:
        raise NotFound(f"There is no category “{slug}”; the list of categories has them all.")
    return found


@cache
def ancestors(slug: str) -> tuple[str, ...]:
    """What a category lies under, nearest first; empty at the top and for a slug that is none."""
    found = CATEGORIES.get(slug)
    return (found.parent, *ancestors(found.parent)) if found and found.parent else ()


def closure(slugs: Iterable[str]) -> tuple[str, ...]:
    """The categories with everything they lie under: each once, the given ones first. Slugs that are none are left out."""
    given = [slug for slug in slugs if slug in CATEGORIES]
    return tuple(dict.fromkeys([*given, *(above for slug in given for above in ancestors(slug))]))


@cache
def children(slug: str = "") -> tuple[str, ...]:
    """The categories right under one, in the order of the file; of "" those at the top."""
    return tuple(entry.slug for entry in CATEGORIES.values() if entry.parent == slug)


@cache
def descendants(slug: str) -> tuple[str, ...]:
    """Everything that lies under a category, itself left out."""
    return tuple(below for child in children(slug) for below in (child, *descendants(child)))


def name(slug: str, locale: str) -> str:
    """What a category is called in a language ("fr", "fr-CA"); in English where there is no such language, the slug where it is none."""
    found = CATEGORIES.get(slug)
    return found.names.get(_language(locale), found.names["en"]) if found else slug


@cache
def words(slug: str) -> tuple[str, ...]:
    """All names and synonyms of a category in all languages, each once: what the index is fed with."""
    found = CATEGORIES.get(slug)
    if found is None:
        return ()
    return tuple(dict.fromkeys(phrase for language in LANGUAGES for phrase in (found.names[language], *found.synonyms[language])))


def find_category(text: str, locale: str) -> str | None:
    """The slug of what a person calls a category: the slug itself, a name or a synonym, whatever its case and accents.

    The reader's own language comes first, then the others, names before synonyms.
    """
    key = folded(text)
    if key in CATEGORIES:
        return key
    tables = [_phrases(language) for language in dict.fromkeys((_language(locale), *LANGUAGES))]
    return next((table[key] for table in tables if key in table), None)


@cache
def _phrases(language: str) -> Mapping[str, str]:
    """Folded phrase -> slug, in one language."""
    table = {folded(entry.names[language]): entry.slug for entry in CATEGORIES.values()} if language in LANGUAGES else {}
    for entry in CATEGORIES.values():
        for phrase in entry.synonyms.get(language, ()):
            table.setdefault(folded(phrase), entry.slug)
    return table


def _language(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].lower()


@cache
def top_needs() -> tuple[str, ...]:
    """The twelve needs that people are offered first, in order."""
    tiles = [entry for entry in CATEGORIES.values() if entry.tile is not None]
    return tuple(entry.slug for entry in sorted(tiles, key=lambda entry: entry.tile or 0))
