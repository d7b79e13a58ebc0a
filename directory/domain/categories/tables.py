"""The mapping tables kept as data in `mappings/`, read once: what other taxonomies call things, and what that is to us.

`none` in a table is a decision, not a gap: somebody looked, and nothing of ours stands for it. An empty cell is a gap, and the check of the
taxonomy finds it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from directory.domain.areas import slug as folded

NONE = "none"
OPEN_ELIGIBILITY = "open-eligibility"
HSIS_211 = "211hsis"
GRAVITY = "gravity"

Slugs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A title of Open Eligibility. `is_plain`: its words mean the same in whatever taxonomy they stand."""

    name: str
    categories: Slugs
    is_plain: bool


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a mapping table, as they stand in the file."""
    with (files(__package__) / "mappings" / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def slugs_in(cell: str) -> Slugs:
    """The slugs in a cell of a table; none for `none`."""
    return () if cell.strip() == NONE else tuple(cell.split())


@cache
def open_eligibility() -> Mapping[str, Title]:
    """Folded title -> what it is to us."""
    return {
        folded(row["name"]): Title(row["name"], slugs_in(row["categories"]), row["scope"] != "named")
        for row in rows("open_eligibility.csv")
    }


@cache
def publishers() -> Mapping[str, Mapping[str, Slugs]]:
    """Taxonomy -> folded name -> categories: words that publishers of open data use."""
    tables: dict[str, dict[str, Slugs]] = {}
    for row in rows("publishers.csv"):
        tables.setdefault(row["taxonomy"], {})[folded(row["name"])] = slugs_in(row["categories"])
    return tables


@cache
def hsis_prefixes() -> Mapping[str, Slugs]:
    """Prefix of a code of the 211 taxonomy -> categories."""
    return {row["prefix"]: slugs_in(row["categories"]) for row in rows("hsis_211.csv")}


@cache
def facets() -> Mapping[tuple[str, str], Slugs]:
    """(what, why), both folded, of the terms of BC 211 -> categories; why is "" where any will do."""
    return {(folded(row["what"]), folded(row["why"])): slugs_in(row["categories"]) for row in rows("bc211.csv")}


@cache
def food_words() -> Mapping[str, Slugs]:
    """Folded words that can only be about food."""
    return {folded(row["word"]): slugs_in(row["categories"]) for row in rows("food_words.csv")}


@cache
def gravity() -> Mapping[str, str]:
    """Slug -> code of the Gravity category that it answers; "" where there is none."""
    return {row["category"]: "" if row["gravity"] == NONE else row["gravity"] for row in rows("gravity.csv")}


@cache
def gravity_codes() -> Mapping[str, str]:
    """Code of a Gravity category -> what it is called there."""
    return {row["code"]: row["name"] for row in rows("gravity_codes.csv")}
