"""What people say when they need something of each category: names, synonyms and the phrases kept as data in `phrases/`, by language.

A phrase is its telling words, each cut back to its stem: words that only carry a sentence are left out, and where the others stand matters
less than that they are said. Words that mean nearly the same (`word_classes.ini`) stand for one another for a little less.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from directory.domain.categories.tree import CATEGORIES
from directory.domain.meaning.words import Stem, said, stemmer

Place = tuple[int, int]
"""A word of a phrase: which phrase, and which of its words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`weights`: of each of its words, how much it tells."""

    category: str
    words: tuple[str, ...]
    weights: tuple[float, ...]

    @property
    def weight(self) -> float:
        return sum(self.weights)


@dataclass(frozen=True)
class Lexicon:
    """One language. `exact`: stem -> where it stands in phrases; `near`: class -> where its words stand; `classes`: stem -> its classes.

    `counts`: category -> stem -> in how many of its phrases the stem stands. `known`: every word as it is spelt, to find misspelt ones.
    """

    language: str
    stem: Stem
    phrases: Sequence[Phrase]
    exact: Mapping[str, Sequence[Place]]
    near: Mapping[str, Sequence[Place]]
    classes: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, Mapping[str, int]]
    class_counts: Mapping[str, Mapping[str, int]]
    weights: Mapping[str, float]
    function_words: frozenset[str]
    known: frozenset[str]

    def weight(self, stem: str) -> float:
        """How much a word tells: the fewer categories it is said for, the more. A word of no phrase tells as much as the rarest."""
        return self.weights.get(stem, math.log(1 + len(CATEGORIES)))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of one of the languages, read once."""
    stem = stemmer(language)
    idle = frozenset(word.word for phrase in _listed("function_words.ini", "words", language) for word in said(phrase))
    spoken = {slug: _distinct(_phrases_of(slug, language), idle, stem) for slug in CATEGORIES}
    classes = _classes(language, stem)
    stems = {slug: [words for words, _ in phrases] for slug, phrases in spoken.items()}
    weights = _weights(stems)
    phrases = [Phrase(slug, words, tuple(weights[word] for word in words)) for slug, said_so in stems.items() for words in said_so]
    exact, near = _places(phrases, classes)
    return Lexicon(
        language=language,
        stem=stem,
        phrases=phrases,
        exact=exact,
        near=near,
        classes=classes,
        counts={slug: _counts(said_so, lambda word: (word,)) for slug, said_so in stems.items()},
        class_counts={slug: _counts(said_so, lambda word: classes.get(word, ())) for slug, said_so in stems.items()},
        weights=weights,
        function_words=idle,
        known=frozenset(spelt for phrases in spoken.values() for _, words in phrases for spelt in words) | idle | _spelt(language),
    )


def _phrases_of(slug: str, language: str) -> Iterator[str]:
    entry = CATEGORIES[slug]
    yield entry.names[language]
    yield from entry.synonyms[language]
    yield from _spoken().get((slug, language), ())


def _distinct(phrases: Iterable[str], idle: frozenset[str], stem: Stem) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of each phrase its telling words, as stems and as they are spelt; phrases that come to the same stand once."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for phrase in phrases:
        spelt = [word.word for word in said(phrase)]
        telling = dict.fromkeys(word for word in spelt if word not in idle) or dict.fromkeys(spelt)
        found.setdefault(tuple(dict.fromkeys(stem(word) for word in telling)), tuple(telling))
    return list(found.items())


def _weights(stems: Mapping[str, Iterable[tuple[str, ...]]]) -> dict[str, float]:
    spread: defaultdict[str, set[str]] = defaultdict(set)
    for slug, phrases in stems.items():
        for phrase in phrases:
            for word in phrase:
                spread[word].add(slug)
    return {word: math.log(1 + len(CATEGORIES) / len(slugs)) for word, slugs in spread.items()}


def _places(phrases: Sequence[Phrase], classes: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, list[Place]], dict[str, list[Place]]]:
    exact: defaultdict[str, list[Place]] = defaultdict(list)
    near: defaultdict[str, list[Place]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for position, word in enumerate(phrase.words):
            exact[word].append((number, position))
            for name in classes.get(word, ()):
                near[name].append((number, position))
    return dict(exact), dict(near)


def _counts(phrases: Iterable[tuple[str, ...]], keys) -> dict[str, int]:  # type: ignore[no-untyped-def]
    counts: defaultdict[str, int] = defaultdict(int)
    for phrase in phrases:
        for key in {key for word in phrase for key in keys(word)}:
            counts[key] += 1
    return dict(counts)


def _classes(language: str, stem: Stem) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in _read("word_classes.ini").sections():
        for phrase in _listed("word_classes.ini", name, language):
            for word in said(phrase):
                if name not in found[stem(word.word)]:
                    found[stem(word.word)].append(name)
    return {word: tuple(names) for word, names in found.items()}


def _spelt(language: str) -> frozenset[str]:
    names = _read("word_classes.ini").sections()
    return frozenset(word.word for name in names for phrase in _listed("word_classes.ini", name, language) for word in said(phrase))


@cache
def _spoken() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(category, language) -> phrases, from all files of `phrases/`."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for name in sorted(entry.name for entry in (files(__package__) / "phrases").iterdir() if entry.name.endswith(".ini")):
        for section in _read(f"phrases/{name}").sections():
            for language, text in _read(f"phrases/{name}")[section].items():
                found[section, language] = _apart(text)
    return found


def _listed(name: str, section: str, language: str) -> tuple[str, ...]:
    return _apart(_read(name)[section][language])


def _apart(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(";") if phrase.strip())


@cache
def _read(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, delimiters=(":",), comment_prefixes=("#",))
    parser.read_string((files(__package__) / name).read_text(encoding="utf-8"))
    return parser
