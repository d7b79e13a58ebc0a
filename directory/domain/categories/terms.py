"""What a term of someone else's taxonomy means in the directory's own categories, by tables kept as data in `mappings/`.

An unknown term means nothing rather than something near it: the importer keeps the term itself, and a planner may file it by hand.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from directory.domain.areas import slug as folded
from directory.domain.categories import tables
from directory.domain.categories.tables import OPEN_ELIGIBILITY, Slugs
from directory.domain.categories.tree import CATEGORIES, ancestors, find_category

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
        of_hsis_code(code),
        _in_any_table(words),
        _of_food(words),
    )
    return most_exact(next(filter(None, answers), ()))


def of_hsis_code(code: str) -> Slugs:
    """The categories of a code of the 211 taxonomy, by its longest known prefix; empty for what is no such code."""
    code = code.strip().upper()
    if not _HSIS_CODE.fullmatch(code):
        return ()
    cuts = [cut for cut in range(len(code), 1, -1) if cut == len(code) or code[cut] in "-."]
    known = tables.hsis_prefixes()
    return next((known[code[:cut]] for cut in cuts if code[:cut] in known), ())


def most_exact(slugs: Iterable[str]) -> Slugs:
    """Each once, without those that another of them lies under."""
    found = dict.fromkeys(slugs)
    above = {ancestor for slug in found for ancestor in ancestors(slug)}
    return tuple(slug for slug in found if slug not in above)


def _own(code: str, name: str) -> Slugs:
    found = code if code in CATEGORIES else find_category(name, "en") if name else None
    return (found,) if found else ()


def _in_named_table(taxonomy: str, words: str) -> Slugs:
    if not taxonomy:
        return ()
    if _same(taxonomy, OPEN_ELIGIBILITY):
        title = tables.open_eligibility().get(words)
        return title.categories if title else ()
    known = next((table for name, table in tables.publishers().items() if _same(taxonomy, name)), {})
    return known.get(words, ())


def _same(one: str, other: str) -> bool:
    return one in other or other in one


def _in_any_table(words: str) -> Slugs:
    title = tables.open_eligibility().get(words)
    if title and title.is_plain:
        return title.categories
    return next((table[words] for table in tables.publishers().values() if words in table), ())


def _of_facets(term: str) -> Slugs:
    """Terms as `{what:'COUNSELLING',why:'suicide',who:'Youth'}`: each what with each why, or the what alone where no pair is known."""
    found = [(kind, folded(value)) for kind, value in _FACET.findall(term)]
    whats = [value for kind, value in found if kind == "what"]
    whys = [value for kind, value in found if kind == "why"]
    known = tables.facets()
    exact = [slug for what in whats for why in whys for slug in known.get((what, why), ())]
    return tuple(exact or [slug for what in whats for slug in known.get((what, ""), ())])


def _of_food(words: str) -> Slugs:
    spaced = f"-{words}-"
    return next((slugs for word, slugs in tables.food_words().items() if f"-{word}-" in spaced), ())
