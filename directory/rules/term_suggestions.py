"""What an imported term might mean, for a planner to accept or not: each suggestion says why it is made and how sure it is.

Two kinds of evidence are weighed: **words** that the term shares with the names and synonyms of a category, in any of the three languages,
rare words more than common ones and spelling forgiven; and **company**: the categories that the services which carry the term are filed
under for other reasons, held against how common these are anyway. Both together are surer than either alone.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from directory.domain.areas import slug as folded
from directory.domain.categories.tree import CATEGORIES, LANGUAGES, ancestors

MOST_SUGGESTIONS = 3
NEAR_THE_BEST = 0.75
"""What is less than this part of the best suggestion's score only distracts from it."""

LIKELY, MAYBE = 0.65, 0.38
_WEIGHT_OF_WORDS, _WEIGHT_OF_COMPANY = 0.9, 0.7
_ALIKE = 84.0  # of 100: two words are one, but for spelling
_ELISION = re.compile(r"\b(?:d|l|qu|n|s|j)['’]", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"[^\w'’]|_")
_SILENT = {
    *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "service", "program", "programme", "help"),
    *("aide", "de", "des", "du", "en", "et", "la", "le", "les", "pour", "un", "une"),
    *("ayuda", "con", "del", "el", "los", "las", "para", "por", "y", "servicio", "programa"),
}


class Sureness(StrEnum):
    LIKELY = "likely"
    MAYBE = "maybe"


class Ground(StrEnum):
    """Why something is suggested."""

    WORDS = "words"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Reason:
    """For words: the `phrase` of the category, its `language`, and the `words` that both have. For company: `share` of the services that
    carry the term are filed there, in percent."""

    ground: Ground
    phrase: str = ""
    language: str = ""
    words: tuple[str, ...] = ()
    share: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`score` is between 0 and 1."""

    category: str
    score: float
    sureness: Sureness
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """`together`: category -> services that carry the term and are filed there, of `services` that carry it. `everywhere`: category -> all
    services filed there, of `all_services`."""

    services: int = 0
    together: Mapping[str, int] = field(default_factory=dict)
    everywhere: Mapping[str, int] = field(default_factory=dict)
    all_services: int = 0


@dataclass(frozen=True, slots=True)
class _Phrase:
    slug: str
    language: str
    text: str
    words: tuple[str, ...]


def suggest_categories(name: str, company: Company | None = None) -> tuple[Suggestion, ...]:
    """The likeliest categories of a term by its name and its company, surest first; none that is less than *maybe*."""
    by_words = _by_words(name)
    by_company = _by_company(company) if company else {}
    found = []
    for category in {*by_words, *by_company}:
        words_score, words_reason = by_words.get(category, (0.0, None))
        company_score, company_reason = by_company.get(category, (0.0, None))
        score = 1 - (1 - _WEIGHT_OF_WORDS * words_score) * (1 - _WEIGHT_OF_COMPANY * company_score)
        reasons = tuple(reason for reason in (words_reason, company_reason) if reason)
        if score >= MAYBE:
            found.append(Suggestion(category, round(score, 3), Sureness.LIKELY if score >= LIKELY else Sureness.MAYBE, reasons))
    found.sort(key=lambda suggestion: (-suggestion.score, -len(ancestors(suggestion.category)), suggestion.category))
    return tuple(suggestion for suggestion in found[:MOST_SUGGESTIONS] if suggestion.score >= NEAR_THE_BEST * found[0].score)


@lru_cache(maxsize=5_000)
def _by_words(name: str) -> Mapping[str, tuple[float, Reason]]:
    spoken = _spoken(name)
    said = tuple(spoken)
    same = {known: word for word in said for known in _known_words(word)}
    best: dict[str, tuple[float, Reason]] = {}
    for phrase in dict.fromkeys(phrase for word in same for phrase in _with_word()[word]):
        shared = {word: same[word] for word in phrase.words if word in same}
        score = _likeness(said, phrase.words, shared)
        if score > best.get(phrase.slug, (0.0,))[0]:
            words = tuple(dict.fromkeys(spoken[word] for word in shared.values()))
            best[phrase.slug] = (score, Reason(Ground.WORDS, phrase=phrase.text, language=phrase.language, words=words))
    return best


@lru_cache(maxsize=5_000)
def _known_words(word: str) -> tuple[str, ...]:
    """The words of our phrases that are this one, but for spelling."""
    if len(word) < 5:
        return (word,) if word in _with_word() else ()
    near = process.extract(word, _long_words(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
    return tuple(dict.fromkeys([*((word,) if word in _with_word() else ()), *(found for found, _, _ in near)]))


def _likeness(said: tuple[str, ...], words: tuple[str, ...], shared: Mapping[str, str]) -> float:
    """How much of the weight of both is shared, tempered by how alike they are as whole texts."""
    common = sum(_rarity(word) for word in shared) + sum(_rarity(word) for word in set(shared.values()))
    everything = sum(map(_rarity, words)) + sum(map(_rarity, said))
    whole = fuzz.token_sort_ratio(" ".join(said), " ".join(words)) / 100
    return 0.7 * common / everything + 0.3 * whole


def _by_company(company: Company) -> dict[str, tuple[float, Reason]]:
    found: dict[str, tuple[float, Reason]] = {}
    for category, together in company.together.items():
        if category not in CATEGORIES or not company.services:
            continue
        share = together / company.services
        usual = company.everywhere.get(category, 0) / max(1, company.all_services)
        score = share * (1 - usual) * company.services / (company.services + 1)
        found[category] = (score, Reason(Ground.COMPANY, share=round(100 * share)))
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(_spoken(text))


def _spoken(text: str) -> dict[str, str]:
    """The words that say something, as they are compared -> as they stand in the text."""
    spaced = _BETWEEN_WORDS.sub(" ", _ELISION.sub(" ", text))
    words = {_stem(folded(word)): word.lower() for word in spaced.split() if folded(word)}
    return {word: spoken for word, spoken in words.items() if word not in _SILENT} or words


def _stem(word: str) -> str:
    """Without the plural's s, so that it does not tell pantries from pantry."""
    single = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return single[:-2] + "y" if len(single) > 4 and single.endswith("ie") else single


@cache
def _phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(entry.slug, language, phrase, _words(phrase))
        for entry in CATEGORIES.values()
        for language in LANGUAGES
        for phrase in (entry.names[language], *entry.synonyms[language])
    )


@cache
def _with_word() -> Mapping[str, tuple[_Phrase, ...]]:
    """Word -> the phrases that it stands in."""
    found: dict[str, list[_Phrase]] = {}
    for phrase in _phrases():
        for word in phrase.words:
            found.setdefault(word, []).append(phrase)
    return {word: tuple(phrases) for word, phrases in found.items()}


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(word for word in _with_word() if len(word) > 4)


@cache
def _rarity(word: str) -> float:
    categories = {phrase.slug for phrase in _with_word().get(word, ())}
    return math.log(1 + len(CATEGORIES) / (1 + len(categories)))
