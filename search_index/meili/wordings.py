"""The words of an attempt for Meilisearch: a filter that decides what matches, and what the words of a listing are worth.

Meilisearch has typos, beginnings and synonyms of its own, and they differ: a typo on the first letter counts twice, fifty derived words at
most, ten words a question. So a word is made into every token of the index that it may mean, by the rules that all engines share, and
listings are asked for any of those. What the words are worth is told by the telling fields; a word that none holds stands elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_index.blend import WORTH_OF_SOME_WORDS
from search_index.fields import TEXT_FIELDS
from search_index.marks import phrase_token
from search_index.meeting import Quality
from search_index.meili import contract
from search_index.meili.encoding import Row
from search_index.meili.filters import facet_filter
from search_index.meili.values import all_of, any_of, any_value, quoted
from search_index.query import Facet, Meant
from search_index.synonyms import Phrase
from search_index.vocabulary import Vocabulary
from search_index.wording import Attempt, Unit, Word
from search_index.words import SHORTEST_PREFIX

_WEIGHTS = tuple(TEXT_FIELDS[field] for field in contract.TELLING)
_ELSEWHERE = 1.0
_WORTH_OF_MEANING = 2 * TEXT_FIELDS["name"]
"""What a category that was meant is worth beside these weights: as much as two words of the name."""


Tokens = frozenset[str]


def wording_filter(attempt: Attempt, vocabulary: Vocabulary) -> str | None:
    """Met by what meets every unit of the attempt; None when nothing is asked."""
    units = [_unit_filter(unit, attempt.last_word, vocabulary) for unit in attempt.units]
    return all_of(*units) if units else None


def meaning_filter(meant: Sequence[Meant]) -> str:
    """Met by what lies under a category that the words were understood as."""
    return facet_filter(Facet.CATEGORY, {each.category for each in meant})


def _unit_filter(unit: Unit, last_word: str | None, vocabulary: Vocabulary) -> str:
    words = all_of(*(_word_filter(word, word.text == last_word, vocabulary) for word in unit.words))
    return any_of(words, any_value(contract.TOKENS, _as_tokens((*unit.alternatives, *unit.translations))))


def _word_filter(word: Word, is_last: bool, vocabulary: Vocabulary) -> str:
    meant = {word.text, *vocabulary.misspellings(word.text), *_as_tokens(word.others)}
    itself = any_value(contract.TOKENS, sorted(meant))
    if is_last and len(word.text) >= SHORTEST_PREFIX:
        return any_of(itself, f"{contract.TOKENS} STARTS WITH {quoted(word.text)}")
    return itself


def _as_tokens(phrases: Iterable[Phrase]) -> list[str]:
    return [phrase_token(phrase) for phrase in phrases]


@dataclass(frozen=True, slots=True)
class _Way:
    """Tokens by which something may be met, and how well it is then. `alone`: a single one with spaces around, as it stands in a row."""

    tokens: Tokens
    quality: float
    alone: str | None

    @classmethod
    def by(cls, tokens: Iterable[str], quality: Quality) -> "_Way":
        held = frozenset(tokens)
        return cls(held, quality.value, f" {next(iter(held))} " if len(held) == 1 else None)

    def weight(self, fields: Sequence[str]) -> float:
        """Where it weighs most among the telling fields; 0 when it stands in none."""
        for weight, text in zip(_WEIGHTS, fields, strict=True):
            if self.alone in text if self.alone is not None else not self.tokens.isdisjoint(text.split()):
                return weight * self.quality
        return 0.0


class Relevance:
    """Weighs listings against an attempt by the words of their telling fields, and by what the words were understood as."""

    def __init__(self, attempt: Attempt, vocabulary: Vocabulary, meant: Sequence[Meant]) -> None:
        self._units = [_UnitWays(unit, attempt.last_word, vocabulary) for unit in attempt.units]
        self._meant = {each.category: each.weight for each in meant} if attempt.units else {}

    def of(self, row: Row, *, is_complete: bool) -> float:
        """The relevance of a listing. `is_complete`: it meets all words, and not only lies under a category that was meant."""
        if not self._units:
            return 0.0
        words = sum(unit.weight(row.words, _ELSEWHERE if is_complete else 0.0) for unit in self._units)
        meant = max((self._meant.get(category, 0.0) for category in row.categories), default=0.0) if self._meant else 0.0
        return words * (1.0 if is_complete else WORTH_OF_SOME_WORDS) + meant * _WORTH_OF_MEANING


class _UnitWays:
    def __init__(self, unit: Unit, last_word: str | None, vocabulary: Vocabulary) -> None:
        self._words = [_ways(word, word.text == last_word, vocabulary) for word in unit.words]
        phrases = ((unit.alternatives, Quality.ALTERNATIVE), (unit.translations, Quality.TRANSLATION))
        self._phrases = [_Way.by(_as_tokens(given), quality) for given, quality in phrases if given]

    def weight(self, fields: Sequence[str], elsewhere: float) -> float:
        own = [_first(ways, fields) for ways in self._words]
        itself = sum(weight or elsewhere for weight in own)
        if all(own):
            return max(itself, _first(self._phrases, fields))
        return _first(self._phrases, fields) or itself


def _ways(word: Word, is_last: bool, vocabulary: Vocabulary) -> list[_Way]:
    """How a word may be met, the best way first."""
    ways = [_Way.by([word.text], Quality.EXACT)]
    if word.others:
        ways.append(_Way.by(_as_tokens(word.others), Quality.TRANSLATION))
    if is_last and (longer := vocabulary.beginning_with(word.text)):
        ways.append(_Way.by(longer, Quality.BEGINNING))
    if misspelt := vocabulary.misspellings(word.text):
        ways.append(_Way.by(misspelt, Quality.MISSPELT))
    return ways


def _first(ways: Iterable[_Way], fields: Sequence[str]) -> float:
    return next((weight for way in ways if (weight := way.weight(fields))), 0.0)
