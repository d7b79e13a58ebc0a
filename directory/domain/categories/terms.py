"""What a term of someone else's taxonomy means in the directory's own categories, by tables kept as data in `mappings/`.

An unknown term means nothing rather than something near it: the importer keeps the term itself, and a planner may file it by hand.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from directory.domain.areas import slug as folded
from directory.domain.categories.tree import CATEGORIES, ancestors, find_category

Slugs = tuple[str, ...]
_HSIS_CODE = re.compile(r"[A-Z]{1,2}(-\d{4}(\.\d{4}(-\d{3}(\.\d{2})?)?)?)?")
_FACET = re.compile(r"(what|why|who):'([^']*)'")


@lru_cache(maxsize=20_000)
def category_of_term(taxonomy: str, code: str, name: str) -> Slugs:
    """The categories that a term stands for; empty when it is not known. Any of the three may be "".

    The order of belief: a row of the named taxonomy's own table; our own slug, name or synonym; faceted terms of BC 211 (`{what:'…'}`, in
    the code); 211 HSIS codes by their longest known prefix; the same words in any other table; words that can only be about food.
    """
    words = folded(name)
    answers = (
        _in_named_table(folded(taxonomy), words),
        _own(code, name),
        _of_facets(code if "{" in code else name),
        _of_code(code),
        _in_any_table(words),
        _of_food(words),
    )
    return _most_exact(next(filter(None, answers), ()))


def _own(code: str, name: str) -> Slugs:
    found = code if code in CATEGORIES else find_category(name, "en") if name else None
    return (found,) if found else ()


def _in_named_table(taxonomy: str, words: str) -> Slugs:
    known = next((table for table in _tables() if taxonomy and (table in taxonomy or taxonomy in table)), "")
    return _tables().get(known, {}).get(words, ())


def _in_any_table(words: str) -> Slugs:
    return next((table[words] for table in _tables().values() if words in table), ())


def _of_code(code: str) -> Slugs:
    code = code.strip().upper()
    if not _HSIS_CODE.fullmatch(code):
        return ()
    cuts = [cut for cut in range(len(code), 1, -1) if cut == len(code) or code[cut] in "-."]
    return next((_prefixes()[code[:cut]] for cut in cuts if code[:cut] in _prefixes()), ())


def _of_facets(term: str) -> Slugs:
    """Terms as `{what:'COUNSELLING',why:'suicide',who:'Youth'}`: each what with each why, or the what alone where no pair is known."""
    facets = [(kind, folded(value)) for kind, value in _FACET.findall(term)]
    whats = [value for kind, value in facets if kind == "what"]
    whys = [value for kind, value in facets if kind == "why"]
    exact = [slug for what in whats for why in whys for slug in _faceted().get((what, why), ())]
    return tuple(exact or [slug for what in whats for slug in _faceted().get((what, ""), ())])


def _of_food(words: str) -> Slugs:
    spaced = f"-{words}-"
    return next((slugs for word, slugs in _food_words().items() if f"-{word}-" in spaced), ())


def _most_exact(slugs: Iterable[str]) -> Slugs:
    """Each once, without those that another of them lies under."""
    found = dict.fromkeys(slugs)
    above = {ancestor for slug in found for ancestor in ancestors(slug)}
    return tuple(slug for slug in found if slug not in above)


def _rows(name: str) -> list[dict[str, str]]:
    with (files(__package__) / "mappings" / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def _tables() -> Mapping[str, Mapping[str, Slugs]]:
    """Taxonomy -> folded name -> categories."""
    tables: dict[str, dict[str, Slugs]] = {"open-eligibility": {}}
    tables["open-eligibility"].update((folded(row["name"]), tuple(row["categories"].split())) for row in _rows("open_eligibility.csv"))
    for row in _rows("publishers.csv"):
        tables.setdefault(row["taxonomy"], {})[folded(row["name"])] = tuple(row["categories"].split())
    return tables


@cache
def _prefixes() -> Mapping[str, Slugs]:
    return {row["prefix"]: tuple(row["categories"].split()) for row in _rows("hsis_211.csv")}


@cache
def _faceted() -> Mapping[tuple[str, str], Slugs]:
    return {(folded(row["what"]), folded(row["why"])): tuple(row["categories"].split()) for row in _rows("bc211.csv")}


@cache
def _food_words() -> Mapping[str, Slugs]:
    return {folded(row["word"]): tuple(row["categories"].split()) for row in _rows("food_words.csv")}
