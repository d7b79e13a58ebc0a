"""The words of an attempt for Meilisearch: a filter that decides what matches.

Meilisearch has typos, beginnings and synonyms of its own, and they differ: a typo on the first letter counts twice, fifty derived words at
most, ten words a question. So a word is made into every token of the index that it may mean, by the rules that all engines share, and
listings are asked for any of those.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from search_index.marks import is_phrase, phrase_token
from search_index.meeting import FieldTexts, ListingWords
from search_index.meili import contract
from search_index.meili.encoding import BETWEEN_FIELDS
from search_index.meili.filters import facet_filter
from search_index.meili.values import all_of, any_of, any_value, quoted
from search_index.query import Facet, Meant
from search_index.synonyms import Phrase
from search_index.vocabulary import Vocabulary
from search_index.wording import Attempt, Unit, Word
from search_index.words import SHORTEST_PREFIX


class WordsMeant:
    """What the words of one search may mean in an index, each looked up once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.is_known = cache(vocabulary.__contains__)
        self.beginning_with = cache(vocabulary.beginning_with)
        self.misspellings = cache(vocabulary.misspellings)


class KnownWords(ListingWords):
    """The tokens of a listing, in an index whose words are known: what a word may mean was looked up for the whole search. `of_row` are
    those of the telling fields as a row holds them, where a phrase is one token."""

    def __init__(self, of_row: str, written: FieldTexts, words: WordsMeant) -> None:
        super().__init__(written)
        self._words = words
        self._cut = [each for each in zip(contract.TELLING, of_row.split(BETWEEN_FIELDS), strict=True) if each[0] in written]

    def may_hold(self, word: str) -> bool:
        return self._words.is_known(word)

    def may_continue(self, word: str) -> bool:
        return bool(self._words.beginning_with(word))

    def stretch(self, field: str, phrase: Phrase) -> str:
        return f" {phrase_token(phrase)} " if field in contract.TELLING else super().stretch(field, phrase)

    def beginning_with(self, word: str, text: str) -> Iterator[str]:
        return (token for token in super().beginning_with(word, text) if not is_phrase(token))

    def misspellings(self, word: str) -> list[str]:
        return self._words.misspellings(word)  # those that stand elsewhere meet nothing here


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
