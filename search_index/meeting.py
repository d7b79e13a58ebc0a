"""How the words that were asked meet one listing: whether they do, where best, and which of its tokens they meet.

The slow scan decides with it what matches; every engine uses it on the few listings of a page, to say why each is listed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from search_index.documents import ListingDocument
from search_index.fields import TEXT_FIELDS, field_texts
from search_index.synonyms import Phrase
from search_index.wording import Attempt, Unit, Word
from search_index.words import SHORTEST_PREFIX, misspellings, tokens


class Quality(Enum):
    """How well a word is met; the value weighs a field's own weight."""

    EXACT = 1.0
    ALTERNATIVE = 0.7
    TRANSLATION = 0.5
    BEGINNING = 0.6
    MISSPELT = 0.3


@dataclass(frozen=True, slots=True)
class Met:
    """A word or phrase met the tokens of a field."""

    field: str
    tokens: Phrase
    quality: Quality

    @property
    def weight(self) -> float:
        return TEXT_FIELDS[self.field] * self.quality.value


FieldTexts = Mapping[str, tuple[str, ...]]
"""Field of `TEXT_FIELDS` -> its texts as they are written, the most telling field first."""


class ListingWords:
    """The tokens of a listing, cut when they are first asked for: often the name alone decides. They are kept as text, in order, with
    spaces between and around, so that a word or phrase is a stretch of it; each text of a field has a line of its own."""

    def __init__(self, written: FieldTexts) -> None:
        self._fields = [*written]
        self._written = written
        self._cut: list[tuple[str, str]] = []

    def fields(self) -> Iterator[tuple[str, str]]:
        """Every field with its tokens, the weightiest first."""
        for place, field in enumerate(self._fields):
            if place == len(self._cut):
                self._cut.append((field, "\n".join(f" {' '.join(tokens(text))} " for text in self._written[field])))
            yield self._cut[place]

    def may_hold(self, word: str) -> bool:
        """Whether it is worth looking for a word as it is."""
        return bool(word)

    def may_continue(self, word: str) -> bool:
        """Whether it is worth looking for what begins with a word: a single letter says nothing."""
        return len(word) >= SHORTEST_PREFIX

    def stretch(self, field: str, phrase: Phrase) -> str:
        """What a phrase is in the text of a field where it stands."""
        del field
        return f" {' '.join(phrase)} "

    def beginning_with(self, word: str, text: str) -> Iterator[str]:
        """The tokens of the text of a field that begin with a word, found in it: cutting all of it for a few takes ten times as long."""
        start = text.find(f" {word}")
        while start >= 0:
            end = text.find(" ", start + 1)
            yield text[start + 1 : end]
            start = text.find(f" {word}", end)

    def misspellings(self, word: str) -> list[str]:
        """Its tokens that are a word but for the typos it may have."""
        return misspellings(word, {token for _, text in self.fields() for token in text.split()})


def texts_of(document: ListingDocument) -> FieldTexts:
    return {field: texts for field in TEXT_FIELDS if (texts := field_texts(document, field))}


@dataclass(frozen=True, slots=True)
class Meetings:
    """How the units that are met are met (by their own words: one meeting for each word). `complete`: every unit is."""

    met: tuple[Met, ...]
    complete: bool

    @property
    def weight(self) -> float:
        return sum(met.weight for met in self.met)


def meetings(attempt: Attempt, words: ListingWords) -> Meetings:
    """How a listing meets the units of an attempt."""
    units = [_unit_met(unit, attempt.last_word, words) for unit in attempt.units]
    return Meetings(tuple(met for unit in units for met in unit), all(units))


def _unit_met(unit: Unit, last_word: str | None, words: ListingWords) -> tuple[Met, ...]:
    own = tuple(met for word in unit.words if (met := _word_met(word, word.text == last_word, words)))
    complete = own if len(own) == len(unit.words) else ()
    if complete and all(met.quality is Quality.EXACT for met in complete):
        return complete
    alternative = _phrases_met(unit.alternatives, Quality.ALTERNATIVE, words) or _phrases_met(unit.translations, Quality.TRANSLATION, words)
    return (alternative,) if alternative else complete


def _word_met(word: Word, is_last: bool, words: ListingWords) -> Met | None:
    """Where the word stands itself, else what stands for it, else what begins with it, else where it stands misspelt."""
    return (
        (_standing(word.text, words) if words.may_hold(word.text) else None)
        or _phrases_met(word.others, Quality.TRANSLATION, words)
        or (_beginnings_met(word.text, words) if is_last and words.may_continue(word.text) else None)
        or _phrases_met([(token,) for token in words.misspellings(word.text)], Quality.MISSPELT, words)
    )


def _standing(word: str, words: ListingWords) -> Met | None:
    itself = f" {word} "
    for field, text in words.fields():
        if itself in text:
            return Met(field, (word,), Quality.EXACT)
    return None


def _phrases_met(phrases: Collection[Phrase], quality: Quality, words: ListingWords) -> Met | None:
    if not phrases:
        return None
    return _best(((field, [each for each in phrases if words.stretch(field, each) in text]) for field, text in words.fields()), quality)


def _beginnings_met(word: str, words: ListingWords) -> Met | None:
    found = ((field, [(token,) for token in words.beginning_with(word, text)]) for field, text in words.fields())
    return _best(found, Quality.BEGINNING)


def _best(found: Iterable[tuple[str, Collection[Phrase]]], quality: Quality) -> Met | None:
    """Of what was found in fields, the weightiest first, the best where it weighs most: seldom are all looked at."""
    best: Met | None = None
    for field, phrases in found:
        if best is not None and TEXT_FIELDS[field] < TEXT_FIELDS[best.field]:
            break
        if phrases and (best is None or max(phrases) > best.tokens):
            best = Met(field, max(phrases), quality)
    return best
