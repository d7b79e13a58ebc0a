"""The words of an attempt for Meilisearch: a filter that decides what matches.

Meilisearch has typos, beginnings and synonyms of its own, and they differ: a typo on the first letter counts twice, fifty derived words at
most, ten words a question. So a word is made into every token of the index that it may mean, by the rules that all engines share, and
listings are asked for any of those.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from search_index.fields import TEXT_FIELDS
from search_index.marks import is_phrase, phrase_token
from search_index.meeting import FieldTexts, ListingWords, Met, Quality, beginning
from search_index.meili import contract
from search_index.meili.encoding import BETWEEN_FIELDS
from search_index.meili.filters import facet_filter
from search_index.meili.values import all_of, any_of, any_value, quoted
from search_index.query import Facet, Meant
from search_index.synonyms import Phrase
from search_index.vocabulary import Vocabulary
from search_index.wording import Attempt, Unit, Word
from search_index.words import SHORTEST_PREFIX

_LONG = tuple(field for field in TEXT_FIELDS if field not in contract.TELLING)
Stretches = list[tuple[str, Phrase]]
"""Phrases, each with what stands for it in the words of a row."""


class WordsMeant:
    """What the words of one search may mean in an index, each looked up once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.is_known = cache(vocabulary.__contains__)
        self.beginning_with = cache(vocabulary.beginning_with)
        self.misspellings = misspellings = cache(vocabulary.misspellings)
        self.misspelt = cache(lambda word: tuple((token,) for token in misspellings(word)))
        self.stretches = cache(_stretches)


def _stretches(phrases: tuple[Phrase, ...]) -> Stretches:
    return [(f" {phrase_token(phrase)} ", phrase) for phrase in phrases]


class KnownWords(ListingWords):
    """The tokens of a listing, in an index whose words are known: what a word may mean was looked up for the whole search. `of_row` are
    those of the telling fields as a row holds them, where a phrase is one token; longer texts are cut for what is not met there."""

    def __init__(self, of_row: str, written: FieldTexts, words: WordsMeant) -> None:
        super().__init__(written, _LONG)
        self._of_row = of_row
        self._words = words

    def word(self, word: str) -> Met | None:
        itself = f" {word} "
        if itself in self._of_row:
            return self._standing(itself, (word,), Quality.EXACT)
        return super().word(word) if self._words.is_known(word) else None

    def phrases(self, phrases: tuple[Phrase, ...], quality: Quality) -> Met | None:
        return self._weightiest(self._words.stretches(phrases), quality) or super().phrases(phrases, quality) if phrases else None

    def beginning(self, word: str) -> Met | None:
        if not self._words.beginning_with(word):
            return None
        longer = {token for (token,) in beginning(word, self._of_row) if not is_phrase(token)}
        return self._weightiest([(f" {token} ", (token,)) for token in longer], Quality.BEGINNING) or super().beginning(word)

    def misspelt(self, word: str) -> Met | None:
        return self.phrases(self._words.misspelt(word), Quality.MISSPELT)  # those that stand elsewhere meet nothing here

    def _weightiest(self, stretches: Stretches, quality: Quality) -> Met | None:
        met = [self._standing(itself, phrase, quality) for itself, phrase in stretches if itself in self._of_row]
        return max(met, key=lambda met: (met.weight, met.tokens), default=None)

    def _standing(self, itself: str, phrase: Phrase, quality: Quality) -> Met:
        return Met(contract.TELLING[self._of_row.count(BETWEEN_FIELDS, 0, self._of_row.index(itself))], phrase, quality)


def wording_filter(attempt: Attempt, words: WordsMeant) -> str | None:
    """Met by what meets every unit of the attempt; None when nothing is asked."""
    units = [_unit_filter(unit, attempt.last_word, words) for unit in attempt.units]
    return all_of(*units) if units else None


def meaning_filter(meant: Sequence[Meant]) -> str:
    """Met by what lies under a category that the words were understood as."""
    return facet_filter(Facet.CATEGORY, {each.category for each in meant})


def _unit_filter(unit: Unit, last_word: str | None, words: WordsMeant) -> str:
    own = all_of(*(_word_filter(word, word.text == last_word, words) for word in unit.words))
    return any_of(own, any_value(contract.TOKENS, as_tokens((*unit.alternatives, *unit.translations))))


def _word_filter(word: Word, is_last: bool, words: WordsMeant) -> str:
    meant = {word.text, *words.misspellings(word.text), *as_tokens(word.others)}
    itself = any_value(contract.TOKENS, sorted(meant))
    if is_last and len(word.text) >= SHORTEST_PREFIX:
        return any_of(itself, f"{contract.TOKENS} STARTS WITH {quoted(word.text)}")
    return itself


def as_tokens(phrases: Iterable[Phrase]) -> list[str]:
    return [phrase_token(phrase) for phrase in phrases]
