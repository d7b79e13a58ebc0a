"""What people say when they need something of each category: its names, its synonyms and the phrases kept as data, made ready to compare.

A phrase is its telling words, each cut back to its stem: words that only carry a sentence are left out, and where the others stand matters
less than that they are said. Words that mean nearly the same (`word_classes.ini`) stand for one another for a little less.

Everything is kept in arrays, so that a text is held against thousands of phrases in a fraction of a millisecond. A *slot* is one word of
one phrase; the slots of a phrase follow each other, and so do the phrases of a category, in the order of `ORDER`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from directory.domain.categories.tree import CATEGORIES
from directory.domain.meaning import data
from directory.domain.meaning.words import Stem, said, stemmer

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]
Stems = tuple[str, ...]

ORDER: tuple[str, ...] = tuple(CATEGORIES)
"""The categories by number."""

WEAK = 0.4
"""What is left of the weight of a word that tells something only beside others."""

FEW = 1.5
"""In how many phrases of a category a word must stand to count half as much as it can."""

NOWHERE: Numbers = np.empty(0, dtype=np.intp)
NOTHING: Floats = np.zeros(len(ORDER))


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language.

    `exact`, `near`: stem, or class of words, -> the slots it stands in. `slot_weight`: how much the word of a slot tells. `phrase_start`,
    `category_start`: the first slot of each phrase, the first phrase of each category. `phrase_weight`: the sum of its slots.
    `spread`, `near_spread`: stem or class -> for each category, how commonly it is said there (0 to 1). `spelt`: known words as they are
    spelt, to find what was misspelt. `plain`: phrases without a telling word ("something to do"), as stems -> their categories; a text
    has to be such a phrase as a whole to mean what it means.
    """

    language: str
    stem: Stem
    exact: Mapping[str, Numbers]
    near: Mapping[str, Numbers]
    classes: Mapping[str, tuple[str, ...]]
    slot_weight: Floats
    phrase_start: Numbers
    phrase_weight: Floats
    category_start: Numbers
    spread: Mapping[str, Floats]
    near_spread: Mapping[str, Floats]
    weights: Mapping[str, float]
    function_words: frozenset[str]
    spelt: Sequence[str]
    plain: Mapping[Stems, tuple[int, ...]]

    def weight(self, stem: str) -> float:
        """How much a word tells: the fewer categories it is said for, the more. A word of no phrase tells as much as the rarest."""
        return self.weights.get(stem, math.log(1 + len(ORDER)))

    def knows(self, stem: str) -> bool:
        return stem in self.weights or stem in self.classes


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of one of the languages; made when it is first asked for."""
    stem = stemmer(language)
    idle = frozenset(_words(data.function_words(language)))
    stems = [list(_telling(_phrases(slug, language), idle, stem)) for slug in ORDER]
    weak = {stem(word) for word in _words(data.weak_words(language))}
    weights = {word: weight * (WEAK if word in weak else 1.0) for word, weight in _weights(stems).items()}
    slots = [word for phrases in stems for phrase in phrases for word in phrase]
    slot_weight = np.array([weights[word] for word in slots])
    lengths = [len(phrase) for phrases in stems for phrase in phrases]
    phrase_start = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.intp)
    members = data.classes(language)
    classes = _classes(members, stem)
    exact, near = _places(slots, classes)
    category_of_slot = np.repeat(np.arange(len(ORDER)), [sum(len(phrase) for phrase in phrases) for phrases in stems])
    return Lexicon(
        language=language,
        stem=stem,
        exact=exact,
        near=near,
        classes=classes,
        slot_weight=slot_weight,
        phrase_start=phrase_start,
        phrase_weight=np.add.reduceat(slot_weight, phrase_start),
        category_start=np.concatenate([[0], np.cumsum([len(phrases) for phrases in stems])[:-1]]).astype(np.intp),
        spread=_spread(exact, category_of_slot, FEW),
        near_spread=_spread(near, category_of_slot, 2 * FEW),
        weights=weights,
        function_words=idle,
        spelt=sorted({word for slug in ORDER for word in _words(_phrases(slug, language))} | set(_words(members.values())) | idle),
        plain=_plain(idle, language),
    )


def stems_of(words: Iterable[str], stem: Stem) -> Stems:
    """The stems of some words, each once, in order."""
    return tuple(dict.fromkeys(stem(word) for word in words))


def _plain(idle: frozenset[str], language: str) -> dict[Stems, tuple[int, ...]]:
    found: defaultdict[Stems, dict[int, None]] = defaultdict(dict)
    for number, slug in enumerate(ORDER):
        for phrase in _phrases(slug, language):
            words = [word.word for word in said(phrase)]
            if idle.issuperset(words):
                found[stems_of(words, stemmer(language))][number] = None
    return {stems: tuple(numbers) for stems, numbers in found.items()}


def _phrases(slug: str, language: str) -> Iterator[str]:
    entry = CATEGORIES[slug]
    yield entry.names[language]
    yield from entry.synonyms[language]
    yield from data.phrases().get((slug, language), ())


def _words(phrases: Iterable[str | Iterable[str]]) -> Iterator[str]:
    for phrase in phrases:
        if isinstance(phrase, str):
            yield from (word.word for word in said(phrase))
        else:
            yield from _words(phrase)


def _telling(phrases: Iterable[str], idle: frozenset[str], stem: Stem) -> Iterable[Stems]:
    """The telling words of each phrase (all of them, where none tells), each phrase once."""
    found: dict[Stems, None] = {}
    for phrase in phrases:
        words = [word.word for word in said(phrase)]
        telling = [word for word in words if word not in idle] or words
        found[stems_of(telling, stem)] = None
    return found


def _weights(stems: Sequence[Sequence[Stems]]) -> dict[str, float]:
    spread: defaultdict[str, set[int]] = defaultdict(set)
    for number, phrases in enumerate(stems):
        for phrase in phrases:
            for word in phrase:
                spread[word].add(number)
    return {word: math.log(1 + len(ORDER) / len(numbers)) for word, numbers in spread.items()}


def _classes(members: Mapping[str, Iterable[str]], stem: Stem) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, phrases in members.items():
        for word in _words(phrases):
            found[stem(word)][name] = None
    return {word: tuple(names) for word, names in found.items()}


def _places(slots: Sequence[str], classes: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    exact: defaultdict[str, list[int]] = defaultdict(list)
    near: defaultdict[str, list[int]] = defaultdict(list)
    for slot, word in enumerate(slots):
        exact[word].append(slot)
        for name in classes.get(word, ()):
            near[name].append(slot)
    as_arrays = ({key: np.array(found, dtype=np.intp) for key, found in table.items()} for table in (exact, near))
    return next(as_arrays), next(as_arrays)


def _spread(places: Mapping[str, Numbers], category_of_slot: Numbers, half: float) -> dict[str, Floats]:
    spread: dict[str, Floats] = {}
    for key, slots in places.items():
        values = np.zeros(len(ORDER))
        for number, count in Counter(category_of_slot[slots].tolist()).items():
            values[number] = count / (count + half)
        spread[key] = values
    return spread
