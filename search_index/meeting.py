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
        self._lines: list[tuple[str, str]] = []
        self._whole: str | None = None

    def fields(self) -> Iterator[tuple[str, str]]:
        """Every field with its tokens."""
        for place, field in enumerate(self._fields):
            if place == len(self._lines):
                self._lines.append((field, "\n".join(f" {' '.join(tokens(text))} " for text in self._written[field])))
            yield self._lines[place]

    def stands(self, token: str) -> bool:
        """Whether a token stands in any field."""
        return f" {token} " in self.whole()

    def everywhere(self) -> frozenset[str]:
        """The tokens of all fields."""
        return frozenset(self.whole().split())

    def whole(self) -> str:
        """All fields as one text."""
        if self._whole is None:
            self._whole = "\n".join(line for _, line in self.fields())
        return self._whole

    def beginning_with(self, word: str) -> list[str]:
        """Its tokens that begin with a word, if that is long enough to say anything."""
        return [*dict.fromkeys(_beginning(word, self.whole()))] if len(word) >= SHORTEST_PREFIX else []

    def misspellings(self, word: str) -> list[str]:
        """Its tokens that are a word but for the typos it may have."""
        return misspellings(word, self.everywhere())

    def meeting(self, found: Collection[str], quality: Quality) -> "Met | None":
        """The best of these tokens, where it weighs most."""
        if not found:
            return None
        return _best(Met(field, (token,), quality) for field, line in self.fields() for token in found if f" {token} " in line)


def _beginning(word: str, line: str) -> Iterator[str]:
    """The tokens that begin with a word, found in the line itself: cutting all of it for a few of them takes ten times as long."""
    start = line.find(f" {word}")
    while start >= 0:
        end = line.find(" ", start + 1)
        yield line[start + 1 : end]
        start = line.find(f" {word}", end)


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
    itself = f" {word.text} "
    for field, line in words.fields():
        if itself in line:
            return Met(field, (word.text,), Quality.EXACT)
    return (
        _phrases_met(word.others, Quality.TRANSLATION, words)
        or (words.meeting(words.beginning_with(word.text), Quality.BEGINNING) if is_last else None)
        or words.meeting(words.misspellings(word.text), Quality.MISSPELT)
    )


def _phrases_met(phrases: Collection[Phrase], quality: Quality, words: ListingWords) -> Met | None:
    return _best(met for phrase in phrases if words.stands(phrase[0]) for met in _phrase_met(phrase, quality, words))


def _phrase_met(phrase: Phrase, quality: Quality, words: ListingWords) -> Iterator[Met]:
    standing = f" {' '.join(phrase)} "
    return (Met(field, phrase, quality) for field, line in words.fields() if standing in line)


def _best(found: Iterable[Met]) -> Met | None:
    return max(found, key=lambda met: (met.weight, met.tokens), default=None)
