"""Synonyms of human-services words, kept as data in `data/synonyms.yaml` and expanded before a query is sent to any engine."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from search_index.words import tokens

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Synonyms:
    """`others`: phrase -> the phrases that stand for it. `languages`: phrase -> in which it is used. `only_in`: phrase -> the one language
    in which it counts."""

    others: Mapping[Phrase, tuple[Phrase, ...]]
    languages: Mapping[Phrase, frozenset[str]]
    only_in: Mapping[Phrase, str]
    longest: int

    def alternatives(self, phrase: Phrase, locale: str) -> tuple[Phrase, ...]:
        """What else may stand in a listing for this phrase; empty when nothing is known."""
        only = self.only_in.get(phrase)
        return self.others.get(phrase, ()) if only in (None, _language(locale)) else ()

    def is_in_language(self, phrase: Phrase, locale: str) -> bool:
        return _language(locale) in self.languages.get(phrase, ())

    def longest_phrase(self, words: Sequence[str], start: int, locale: str) -> int:
        """How many words from `start` on make up the longest phrase that has alternatives; 0 when there is none."""
        longest = min(self.longest, len(words) - start)
        sizes = range(longest, 0, -1)
        return next((size for size in sizes if self.alternatives(tuple(words[start : start + size]), locale)), 0)

    def standing_in(self, words: Sequence[str]) -> Iterator[Phrase]:
        """Every phrase of several words that stands in these words, one after the other; as often as it does."""
        for start, word in enumerate(words):
            for phrase in self._longer.get(word, ()):
                if tuple(words[start : start + len(phrase)]) == phrase:
                    yield phrase

    @cached_property
    def _longer(self) -> Mapping[str, tuple[Phrase, ...]]:
        """First word -> the phrases of several words that begin with it."""
        found: defaultdict[str, list[Phrase]] = defaultdict(list)
        for phrase in self.others:
            if len(phrase) > 1:
                found[phrase[0]].append(phrase)
        return {word: tuple(phrases) for word, phrases in found.items()}

    @cached_property
    def longer_phrases(self) -> tuple[Phrase, ...]:
        """All phrases of several words, sorted."""
        return tuple(sorted(phrase for phrase in self.others if len(phrase) > 1))


def synonyms_from(data: Mapping[str, Any]) -> Synonyms:
    """Read the form of `data/synonyms.yaml`: `groups`, each language -> phrases; `only_in`, phrase -> language."""
    others: defaultdict[Phrase, dict[Phrase, None]] = defaultdict(dict)
    languages: defaultdict[Phrase, set[str]] = defaultdict(set)
    for group in data["groups"]:
        for language, texts in group.items():
            for text in texts:
                languages[tuple(tokens(text))].add(language)
        phrases = list(dict.fromkeys(tuple(tokens(text)) for texts in group.values() for text in texts))
        for phrase in phrases:
            others[phrase].update(dict.fromkeys(other for other in phrases if other != phrase))
    only_in = {tuple(tokens(text)): language for text, language in data.get("only_in", {}).items()}
    longest = max((len(phrase) for phrase in others), default=0)
    used_in = {phrase: frozenset(found) for phrase, found in languages.items()}
    return Synonyms({phrase: tuple(found) for phrase, found in others.items()}, used_in, only_in, longest)


NO_SYNONYMS = synonyms_from({"groups": []})


@cache
def shipped_synonyms() -> Synonyms:
    return synonyms_from(_shipped("synonyms.yaml"))


@cache
def stop_words() -> frozenset[str]:
    """Words that are ignored when other words exist (English, French and Spanish together)."""
    lists = _shipped("stop_words.yaml")
    return frozenset(token for words in lists.values() for word in words for token in tokens(word))


def _language(locale: str) -> str:
    return locale.partition("-")[0].lower()


def _shipped(name: str) -> Any:
    return yaml.safe_load((files("search_index") / "data" / name).read_text(encoding="utf-8"))
