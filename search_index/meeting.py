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
from search_index.words import beginning_with, misspellings, tokens


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
    """The tokens of a listing, cut when they are first asked for: often the name alone decides."""

    def __init__(self, written: FieldTexts) -> None:
        self._written = written
        self._texts: dict[str, tuple[Phrase, ...]] = {}
        self._vocabulary: dict[str, frozenset[str]] = {}
        self._everywhere: frozenset[str] | None = None

    def texts(self, field: str) -> tuple[Phrase, ...]:
        """The texts of a field, each as its tokens in order."""
        if field not in self._texts:
            self._texts[field] = tuple(tuple(tokens(text)) for text in self._written[field])
        return self._texts[field]

    def fields(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Every field with all of its tokens."""
        for field in self._written:
            if field not in self._vocabulary:
                self._vocabulary[field] = frozenset().union(*self.texts(field))
            yield field, self._vocabulary[field]

    def everywhere(self) -> frozenset[str]:
        """The tokens of all fields."""
        if self._everywhere is None:
            self._everywhere = frozenset().union(*(known for _, known in self.fields()))
        return self._everywhere

    def meeting(self, found: Collection[str], quality: Quality) -> "Met | None":
        """The best of these tokens, where it weighs most."""
        if not found:
            return None
        return _best(Met(field, (token,), quality) for field, known in self.fields() for token in found if token in known)


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
    for field, known in words.fields():
        if word.text in known:
            return Met(field, (word.text,), Quality.EXACT)
    return (
        _phrases_met(word.others, Quality.TRANSLATION, words)
        or (words.meeting(beginning_with(word.text, words.everywhere()), Quality.BEGINNING) if is_last else None)
        or words.meeting(misspellings(word.text, words.everywhere()), Quality.MISSPELT)
    )


def _phrases_met(phrases: Collection[Phrase], quality: Quality, words: ListingWords) -> Met | None:
    everywhere = words.everywhere() if phrases else ()
    return _best(met for phrase in phrases if phrase[0] in everywhere for met in _phrase_met(phrase, quality, words))


def _phrase_met(phrase: Phrase, quality: Quality, words: ListingWords) -> Iterator[Met]:
    for field, known in words.fields():
        if phrase[0] in known and any(_stands_in(phrase, text) for text in words.texts(field)):
            yield Met(field, phrase, quality)


def _stands_in(phrase: Phrase, text: Phrase) -> bool:
    return any(text[start : start + len(phrase)] == phrase for start in range(len(text) - len(phrase) + 1))


def _best(found: Iterable[Met]) -> Met | None:
    return max(found, key=lambda met: (met.weight, met.tokens), default=None)
