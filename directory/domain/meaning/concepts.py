"""From plain words to categories: which needs a text speaks of, on which of its words that rests, and how sure it is.

Each language is tried, since people mix them and the language of a page is not that of its reader. Inside a language a category is worth

- its best phrase: the weight of its words that are said, times the share of the phrase that they make up, less when they stand far apart;
- for less, every word of the text that is said for the category anywhere;
- for less again, what the category above it is worth.

A text that is one of the phrases without a telling word ("I need help") means first of all what that phrase means.

Where vectors of meaning are at hand (`nearness`), how near the text is to each category is added. They are never trusted alone: they are
near to something whatever is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.domain.categories.tree import CATEGORIES
from directory.domain.meaning.lexicon import NOTHING, NOWHERE, ORDER, Floats, Lexicon, Numbers, lexicon, stems_of
from directory.domain.meaning.words import LANGUAGES, Said, said

MOST = 24
"""How many concepts a text is given at most."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What things are worth, chosen on the tuning half of the query file.

    `near`: a word that means nearly the same. `misspelt`: a word but for a typing error. `share`: the power of the share of a phrase that
    is said. `anywhere`: words said for a category anywhere. `from_parent`: the best phrase of the category above. `apart`: taken off for
    each word between those of a phrase beyond `loose`. `own_language`: for the language that the person reads. `fit`: the power of the
    share of words that a language has.

    `vectors`: the nearest category by vectors, against the best one by words, which is worth 1; `sharp`: how quickly that falls with
    distance. `vouch`: how much vectors add to certainty, from the nearness `far` on and in full from `close`.
    """

    near: float = 0.5
    misspelt: float = 0.8
    share: float = 1.0
    anywhere: float = 0.5
    from_parent: float = 0.3
    loose: int = 5
    apart: float = 0.05
    own_language: float = 1.1
    fit: float = 2.0
    vectors: float = 1.25
    sharp: float = 10.0
    vouch: float = 0.3
    far: float = 0.4
    close: float = 0.8


WORTH = Worth()
_LIKELY = 0.5  # a language that has less than this share of what the best has is not tried
_SHORTEST_MISSPELT = 5
_FAR = 10_000
_PARENT: Numbers = np.array([ORDER.index(CATEGORIES[slug].parent) if CATEGORIES[slug].parent else -1 for slug in ORDER], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Concept:
    """`score` orders the concepts of one text and says nothing across texts. `sure`, 0 to 1: how much of a phrase was said, and how much
    of what was said that explains. `words`: the words of the text that it rests on, as numbers into `said(text)`."""

    category: str
    score: float
    sure: float
    language: str
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A telling word of a text in one language. `quality`: 1 as it is known, 0 where the language does not have it."""

    position: int
    stem: str
    quality: float


@dataclass(frozen=True, eq=False)
class _Reading:
    """A text read in one language: what each category is worth, what its best phrase is worth, and which that is."""

    language: str
    score: Floats
    sure: Floats
    best: Floats
    value: Floats  # of each phrase
    where: Numbers  # slot -> the word of the text that stands there, or -1
    telling: tuple[int, ...]  # all words of the text that tell something


def rank(text: str, locale: str = "en", near: Floats | None = None, worth: Worth = WORTH) -> tuple[Concept, ...]:
    """The concepts of a text, best first, at most `MOST`. `near`: how near the text is to each category of `ORDER`, by vectors."""
    words = said(text)
    told = _told(words, locale, near, worth)
    plain = _plain(words, locale, above=told[0].score if told else 0.0)
    meant = {concept.category for concept in plain}
    return (*plain, *(concept for concept in told if concept.category not in meant))[:MOST]


def _plain(words: Sequence[Said], locale: str, above: float) -> tuple[Concept, ...]:
    """What a text means that is, as a whole, a phrase without a telling word: in the language of the page before others."""
    everything = tuple(range(len(words)))
    found: dict[int, Concept] = {}
    for language in sorted(LANGUAGES, key=lambda language: not locale.startswith(language)):
        known = lexicon(language)
        for number in known.plain.get(stems_of((word.word for word in words), known.stem), ()):
            found.setdefault(number, Concept(ORDER[number], above + 1.0, 1.0, language, everything))
    return tuple(found.values())


def _told(words: Sequence[Said], locale: str, near: Floats | None, worth: Worth) -> tuple[Concept, ...]:
    """The concepts that the telling words of a text tell of."""
    readings = [_read(heard, fit, known, locale, worth) for heard, fit, known in _languages(words, worth)]
    if not readings:
        return ()
    scores = np.stack([reading.score for reading in readings])
    total, sure_too = scores.max(axis=0), NOTHING
    if near is not None:
        pull = np.exp(worth.sharp * (near - near.max()))
        total = total / max(float(total.max()), 1.0) + worth.vectors * pull
        sure_too = worth.vouch * pull * np.clip((near.max() - worth.far) / (worth.close - worth.far), 0.0, 1.0)
    order = [number for number in np.argsort(-total, kind="stable")[:MOST].tolist() if total[number] > 0]
    found = [_concept(number, readings[int(scores[:, number].argmax())]) for number in order]
    return tuple(
        replace(concept, score=float(total[number]), sure=min(1.0, concept.sure + float(sure_too[number])))
        for concept, number in zip(found, order, strict=True)
    )


def _concept(number: int, reading: _Reading) -> Concept:
    words: tuple[int, ...] = reading.telling
    if reading.best[number] > 0:
        known = lexicon(reading.language)
        first, last = _bounds(known.category_start, number, len(known.phrase_start))
        phrase = first + int(reading.value[first:last].argmax())
        start, end = _bounds(known.phrase_start, phrase, len(known.slot_weight))
        words = tuple(sorted({position for position in reading.where[start:end].tolist() if position >= 0}))
    return Concept(ORDER[number], float(reading.score[number]), float(reading.sure[number]), reading.language, words)


def _bounds(starts: Numbers, number: int, end: int) -> tuple[int, int]:
    return int(starts[number]), int(starts[number + 1]) if number + 1 < len(starts) else end


def _languages(words: Sequence[Said], worth: Worth) -> Iterator[tuple[list[_Heard], float, Lexicon]]:
    """The languages that the text may be in, each with its telling words and the share of words that it has."""
    read = {language: _heard(words, lexicon(language)) for language in LANGUAGES}
    most = max((fit for _, fit in read.values()), default=0.0)
    for language, (heard, fit) in read.items():
        if heard and fit >= _LIKELY * most:
            mended = [_mended(word, words[word.position].word, lexicon(language), worth) for word in heard]
            more = sum(word.quality for word in mended) - sum(word.quality for word in heard)
            yield mended, fit + more / len(words), lexicon(language)


def _heard(words: Sequence[Said], known: Lexicon) -> tuple[list[_Heard], float]:
    heard = []
    for position, word in enumerate(words):
        if word.word not in known.function_words:
            stem = known.stem(word.word)
            heard.append(_Heard(position, stem, 1.0 if known.knows(stem) else 0.0))
    idle = len(words) - len(heard)
    return heard, (idle + sum(word.quality for word in heard)) / max(1, len(words))


def _mended(word: _Heard, typed: str, known: Lexicon, worth: Worth) -> _Heard:
    meant = _meant(typed, known.language) if not word.quality else None
    return _Heard(word.position, known.stem(meant), worth.misspelt) if meant else word


@lru_cache(maxsize=8192)
def _meant(word: str, language: str) -> str | None:
    """The known word that an unknown one is a typing error, or a forgotten apostrophe, away from."""
    known = lexicon(language)
    if language == "fr":
        short = next((word[size:] for size in (1, 2) if word[:size] in _ELIDED and known.knows(known.stem(word[size:]))), None)
        if short is not None:
            return short
    if len(word) < _SHORTEST_MISSPELT or word.isdigit():
        return None
    edits = 2 if len(word) >= 9 else 1
    found = process.extractOne(word, known.spelt, scorer=OSA.distance, score_cutoff=edits)
    return None if found is None or found[0] in known.function_words or len(found[0]) < _SHORTEST_MISSPELT - 1 else str(found[0])


_ELIDED = ("d", "j", "l", "m", "n", "qu", "s", "t")


def _read(heard: Sequence[_Heard], fit: float, known: Lexicon, locale: str, worth: Worth) -> _Reading:
    held, where = np.zeros(len(known.slot_weight)), np.full(len(known.slot_weight), -1, dtype=np.intp)
    for word in heard:
        for quality, slots in _slots(word, known, worth):
            better = slots[held[slots] < quality]
            held[better], where[better] = quality, word.position
    said_of = np.add.reduceat(held * known.slot_weight, known.phrase_start)
    share = said_of / known.phrase_weight
    value = said_of * share**worth.share / (1 + worth.apart * _loose(where, known, worth))
    best = np.maximum.reduceat(value, known.category_start)
    score = best + worth.anywhere * _anywhere(heard, known, worth) + worth.from_parent * np.where(_PARENT >= 0, best[_PARENT], 0.0)
    told = sum(known.weight(word.stem) for word in heard)
    sure = fit * np.maximum.reduceat(share * (0.5 + 0.5 * np.minimum(1.0, value / told)), known.category_start)
    prior = worth.own_language if locale.startswith(known.language) else 1.0
    return _Reading(known.language, prior * fit**worth.fit * score, sure, best, value, where, tuple(word.position for word in heard))


def _slots(word: _Heard, known: Lexicon, worth: Worth) -> Iterable[tuple[float, Numbers]]:
    yield word.quality, known.exact.get(word.stem, NOWHERE)
    for name in known.classes.get(word.stem, ()):
        yield word.quality * worth.near, known.near.get(name, NOWHERE)


def _loose(where: Numbers, known: Lexicon, worth: Worth) -> Numbers:
    """For each phrase, how many words beyond those allowed stand between its own."""
    first = np.minimum.reduceat(np.where(where < 0, _FAR, where), known.phrase_start)
    last = np.maximum.reduceat(where, known.phrase_start)
    count = np.add.reduceat((where >= 0).astype(np.intp), known.phrase_start)
    loose: Numbers = np.maximum(0, last - first + 1 - count - worth.loose)
    return loose


def _anywhere(heard: Sequence[_Heard], known: Lexicon, worth: Worth) -> Floats:
    total = NOTHING.copy()
    for word in heard:
        values = known.spread.get(word.stem, NOTHING)
        for name in known.classes.get(word.stem, ()):
            values = np.maximum(values, worth.near * known.near_spread.get(name, NOTHING))
        total += known.weight(word.stem) * word.quality * values
    return total
