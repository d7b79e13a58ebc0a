"""How the words that were asked meet one listing: whether they do, where best, and which of its tokens they meet.

The slow scan decides with it what matches; every engine uses it on the few listings of a page, to say why each is listed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from search_index.documents import ListingDocument
from search_index.fields import TEXT_FIELDS, field_texts
from search_index.synonyms import Phrase
from search_index.wording import Attempt, Unit, Word
from search_index.words import is_beginning, is_misspelling, tokens


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


@dataclass(frozen=True, slots=True)
class ListingWords:
    """The tokens of a listing: field -> its texts, each in order; field -> all of them."""

    texts: Mapping[str, tuple[Phrase, ...]]
    vocabulary: Mapping[str, frozenset[str]]


FieldTexts = Mapping[str, tuple[str, ...]]
"""Field of `TEXT_FIELDS` -> its texts as they are written."""


def texts_of(document: ListingDocument) -> FieldTexts:
    return {field: texts for field in TEXT_FIELDS if (texts := field_texts(document, field))}


def listing_words(written: FieldTexts) -> ListingWords:
    texts = {field: tuple(tuple(tokens(text)) for text in values) for field, values in written.items()}
    return ListingWords(texts, {field: frozenset().union(*values) for field, values in texts.items()})


def meetings(attempt: Attempt, words: ListingWords) -> tuple[Met, ...] | None:
    """How every unit is met (by its own words: one meeting for each word); None when a unit is not met."""
    found: list[Met] = []
    for unit in attempt.units:
        met = _unit_met(unit, attempt.last_word, words)
        if not met:
            return None
        found.extend(met)
    return tuple(found)


def _unit_met(unit: Unit, last_word: str | None, words: ListingWords) -> tuple[Met, ...]:
    own = tuple(met for word in unit.words if (met := _word_met(word, word.text == last_word, words)))
    complete = own if len(own) == len(unit.words) else ()
    if complete and all(met.quality is Quality.EXACT for met in complete):
        return complete
    alternative = _phrases_met(unit.alternatives, Quality.ALTERNATIVE, words) or _phrases_met(unit.translations, Quality.TRANSLATION, words)
    return (alternative,) if alternative else complete


def _word_met(word: Word, is_last: bool, words: ListingWords) -> Met | None:
    """Where the word stands itself, else what stands for it, else what begins with it, else where it stands misspelt."""
    exact = (Met(field, (word.text,), Quality.EXACT) for field, known in words.vocabulary.items() if word.text in known)
    beginning = (
        Met(field, (token,), Quality.BEGINNING)
        for field, known in words.vocabulary.items()
        for token in known
        if is_last and is_beginning(word.text, token)
    )
    misspelt = (
        Met(field, (token,), Quality.MISSPELT)
        for field, known in words.vocabulary.items()
        for token in known
        if is_misspelling(word.text, token)
    )
    return _best(exact) or _phrases_met(word.others, Quality.TRANSLATION, words) or _best(beginning) or _best(misspelt)


def _phrases_met(phrases: Iterable[Phrase], quality: Quality, words: ListingWords) -> Met | None:
    return _best(met for phrase in phrases for met in _phrase_met(phrase, quality, words))


def _phrase_met(phrase: Phrase, quality: Quality, words: ListingWords) -> Iterator[Met]:
    for field, known in words.vocabulary.items():
        if phrase[0] in known and any(_stands_in(phrase, text) for text in words.texts[field]):
            yield Met(field, phrase, quality)


def _stands_in(phrase: Phrase, text: Phrase) -> bool:
    return any(text[start : start + len(phrase)] == phrase for start in range(len(text) - len(phrase) + 1))


def _best(found: Iterable[Met]) -> Met | None:
    return max(found, key=lambda met: (met.weight, met.tokens), default=None)
