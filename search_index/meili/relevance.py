"""What the words of candidates are worth: all are weighed at once, field by field, since a search may have a thousand of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search_index.blend import WORTH_OF_SOME_WORDS, Floats
from search_index.fields import TEXT_FIELDS
from search_index.meeting import Quality
from search_index.meili import contract
from search_index.meili.contract import facet_attribute
from search_index.meili.encoding import Row
from search_index.meili.values import term
from search_index.meili.wordings import WordsMeant, as_tokens
from search_index.query import Facet, Meant
from search_index.wording import Attempt, Unit, Word

CATEGORIES = facet_attribute(Facet.CATEGORY)
"""The attribute that must have been read of candidates where words were understood as categories."""

_WEIGHTS = tuple(TEXT_FIELDS[field] for field in contract.TELLING)
_ELSEWHERE = 1.0
_WORTH_OF_MEANING = 2 * TEXT_FIELDS["name"]
"""What a category that was meant is worth beside these weights: as much as two words of the name."""

_FEW = 4

Mask = NDArray[np.bool_]


class Relevance:
    """Weighs listings against an attempt by the words of their telling fields, and by what the words were understood as."""

    def __init__(self, attempt: Attempt, words: WordsMeant, meant: Sequence[Meant]) -> None:
        self._units = [_UnitWays(unit, attempt.last_word, words) for unit in attempt.units]
        self._meant = {term(each.category): each.weight for each in meant} if attempt.units else {}

    def of(self, rows: Sequence[Row], is_complete: Mask) -> Floats:
        """The relevance of listings. `is_complete`: they meet all words, and do not only lie under a category that was meant."""
        if not self._units or not rows:
            return np.zeros(len(rows))
        columns = [_Column(texts) for texts in zip(*(row.words for row in rows), strict=True)]
        elsewhere = np.where(is_complete, _ELSEWHERE, 0.0)
        words: Floats = sum((unit.weights(columns, elsewhere) for unit in self._units), np.zeros(len(rows)))
        return np.where(is_complete, words, words * WORTH_OF_SOME_WORDS) + self._of_meaning(rows)

    def _of_meaning(self, rows: Sequence[Row]) -> Floats | float:
        if not self._meant:
            return 0.0
        best = [max((self._meant.get(category, 0.0) for category in row.held.get(CATEGORIES, ())), default=0.0) for row in rows]
        return np.array(best) * _WORTH_OF_MEANING


class _Column:
    """One telling field of all candidates, as one text with a line for each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.size = len(texts)
        self._text = "\n".join(texts)
        self._texts = texts

    def holding(self, tokens: frozenset[str]) -> Mask:
        """Which candidates hold any of the tokens."""
        standing = tokens if len(tokens) <= _FEW else tokens.intersection(self._tokens)
        held = np.zeros(self.size, dtype=np.bool_)
        places = [place for token in standing for place in self._places(f" {token} ")]
        if places:
            held[np.searchsorted(self._ends, places, side="right")] = True
        return held

    def _places(self, wanted: str) -> Iterable[int]:
        place = self._text.find(wanted)
        while place >= 0:
            yield place
            place = self._text.find(wanted, place + 1)

    @cached_property
    def _tokens(self) -> list[str]:
        return self._text.split()

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.cumsum(np.fromiter(map(len, self._texts), dtype=np.int64, count=self.size) + 1)


@dataclass(frozen=True, slots=True)
class _Way:
    """Tokens by which something may be met, and how well it is then."""

    tokens: frozenset[str]
    quality: float

    @classmethod
    def by(cls, tokens: Iterable[str], quality: Quality) -> "_Way":
        return cls(frozenset(tokens), quality.value)

    def weights(self, columns: Sequence[_Column]) -> Floats:
        """Where it weighs most among the telling fields; 0 where it stands in none."""
        weights = np.zeros(columns[0].size)
        for weight, column in zip(reversed(_WEIGHTS), reversed(columns), strict=True):  # the heaviest field has the last word
            weights[column.holding(self.tokens)] = weight * self.quality
        return weights


class _UnitWays:
    def __init__(self, unit: Unit, last_word: str | None, words: WordsMeant) -> None:
        self._words = [_ways(word, word.text == last_word, words) for word in unit.words]
        phrases = ((unit.alternatives, Quality.ALTERNATIVE), (unit.translations, Quality.TRANSLATION))
        self._phrases = [_Way.by(as_tokens(given), quality) for given, quality in phrases if given]

    def weights(self, columns: Sequence[_Column], elsewhere: Floats) -> Floats:
        own = [_first(ways, columns) for ways in self._words]
        itself: Floats = sum((np.where(weights > 0, weights, elsewhere) for weights in own), np.zeros(len(elsewhere)))
        phrases = _first(self._phrases, columns)
        has_all = np.logical_and.reduce([weights > 0 for weights in own])
        return np.where(has_all, np.maximum(itself, phrases), np.where(phrases > 0, phrases, itself))


def _ways(word: Word, is_last: bool, words: WordsMeant) -> list[_Way]:
    """How a word may be met, the best way first."""
    ways = [_Way.by([word.text], Quality.EXACT)]
    if word.others:
        ways.append(_Way.by(as_tokens(word.others), Quality.TRANSLATION))
    if is_last and (longer := words.beginning_with(word.text)):
        ways.append(_Way.by(longer, Quality.BEGINNING))
    if misspelt := words.misspellings(word.text):
        ways.append(_Way.by(misspelt, Quality.MISSPELT))
    return ways


def _first(ways: Iterable[_Way], columns: Sequence[_Column]) -> Floats:
    """For each candidate the weight of the first way by which it meets anything."""
    weights = np.zeros(columns[0].size)
    for way in ways:
        if weights.all():
            break
        weights = np.where(weights > 0, weights, way.weights(columns))
    return weights
