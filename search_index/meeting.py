"""How the words that were asked meet one listing: whether they do, where best, and which of its tokens they meet.

The slow scan decides with it what matches; every engine uses it on the few listings of a page, to say why each is listed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    spaces between and around, so that a word or phrase is a stretch of it; each text of a field has a line of its own. What is looked for
    is met where it weighs most."""

    def __init__(self, written: FieldTexts, fields: Sequence[str] = tuple(TEXT_FIELDS)) -> None:
        self._fields = fields
        self._written = written
        self._cut: list[tuple[str, str]] = []

    def word(self, word: str) -> Met | None:
        """The word itself."""
        itself = f" {word} "
        for field, text in self._lines():
            if itself in text:
                return Met(field, (word,), Quality.EXACT)
        return None

    def phrases(self, phrases: tuple[Phrase, ...], quality: Quality) -> Met | None:
        """One of these."""
        if not phrases:
            return None
        stretches = [(f" {' '.join(phrase)} ", phrase) for phrase in phrases]
        return _best(((field, [each for itself, each in stretches if itself in text]) for field, text in self._lines()), quality)

    def beginning(self, word: str) -> Met | None:
        """What begins with the word, if that is long enough to say anything."""
        if len(word) < SHORTEST_PREFIX:
            return None
        return _best(((field, [*beginning(word, text)]) for field, text in self._lines()), Quality.BEGINNING)

    def misspelt(self, word: str) -> Met | None:
        """The word but for the typos that it may have."""
        found = misspellings(word, {token for _, text in self._lines() for token in text.split()})
        return self.phrases(tuple((token,) for token in found), Quality.MISSPELT)

    def _lines(self) -> Iterator[tuple[str, str]]:
        """Every field with its tokens, the weightiest first."""
        for place, field in enumerate(self._fields):
            if place == len(self._cut):
                self._cut.append((field, "\n".join([f" {' '.join(tokens(text))} " for text in self._written.get(field, ())])))
            yield self._cut[place]


def beginning(word: str, text: str) -> Iterator[Phrase]:
    """The tokens of a text that begin with a word, found in it: cutting all of it for a few takes ten times as long."""
    start = text.find(f" {word}")
    while start >= 0:
        end = text.find(" ", start + 1)
        yield (text[start + 1 : end],)
        start = text.find(f" {word}", end)


def _best(found: Iterable[tuple[str, Collection[Phrase]]], quality: Quality) -> Met | None:
    """Of what was found in fields, the weightiest first, the best where it weighs most: seldom are all looked at."""
    best: Met | None = None
    for field, phrases in found:
        if best is not None and TEXT_FIELDS[field] < TEXT_FIELDS[best.field]:
            break
        if phrases and (best is None or max(phrases) > best.tokens):
            best = Met(field, max(phrases), quality)
    return best


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
    alternative = words.phrases(unit.alternatives, Quality.ALTERNATIVE) or words.phrases(unit.translations, Quality.TRANSLATION)
    return (alternative,) if alternative else complete


def _word_met(word: Word, is_last: bool, words: ListingWords) -> Met | None:
    """Where the word stands itself, else what stands for it, else what begins with it, else where it stands misspelt."""
    return (
        words.word(word.text)
        or words.phrases(word.others, Quality.TRANSLATION)
        or (words.beginning(word.text) if is_last else None)
        or words.misspelt(word.text)
    )
