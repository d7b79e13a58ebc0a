"""What the words of candidates are worth: all are weighed at once, in one text of all their words, since a search may have a thousand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search_index.blend import WORTH_OF_SOME_WORDS, Floats
from search_index.fields import TEXT_FIELDS
from search_index.meeting import Quality
from search_index.meili import contract
from search_index.meili.contract import facet_attribute
from search_index.meili.encoding import BETWEEN_FIELDS
from search_index.meili.rows import Rows
from search_index.meili.values import term
from search_index.meili.wordings import WordsMeant, as_tokens
from search_index.query import Facet, Meant
from search_index.wording import Attempt, Unit, Word

CATEGORIES = facet_attribute(Facet.CATEGORY)
"""The attribute that must have been read of candidates where words were understood as categories."""

_WEIGHTS = np.array([TEXT_FIELDS[field] for field in contract.TELLING])
_ELSEWHERE = 1.0
_WORTH_OF_MEANING = 2 * TEXT_FIELDS["name"]
"""What a category that was meant is worth beside these weights: as much as two words of the name."""

_FEW = 8

Mask = NDArray[np.bool_]


class Relevance:
    """Weighs listings against an attempt by the words of their telling fields, and by what the words were understood as."""

    def __init__(self, attempt: Attempt, words: WordsMeant, meant: Sequence[Meant]) -> None:
        self._units = [_UnitWays(unit, attempt.last_word, words) for unit in attempt.units]
        self._meant = {term(each.category): each.weight for each in meant} if attempt.units else {}

    def of(self, rows: Rows, is_complete: Mask) -> Floats:
        """The relevance of listings. `is_complete`: they meet all words, and do not only lie under a category that was meant."""
        if not self._units or not rows:
            return np.zeros(len(rows))
        held, elsewhere = _HeldWords(rows.words), np.where(is_complete, _ELSEWHERE, 0.0)
        words: Floats = sum((unit.weights(held, elsewhere) for unit in self._units), np.zeros(len(rows)))
        return np.where(is_complete, words, words * WORTH_OF_SOME_WORDS) + self._of_meaning(rows)

    def _of_meaning(self, rows: Rows) -> Floats | float:
        if not self._meant:
            return 0.0
        best = [max((self._meant.get(category, 0.0) for category in held.get(CATEGORIES, ())), default=0.0) for held in rows.held]
        return np.array(best) * _WORTH_OF_MEANING


class _HeldWords:
    """The words of all candidates as one text, a stretch for each telling field of each."""

    def __init__(self, words: Sequence[str]) -> None:
        self.size = len(words)
        self._text = BETWEEN_FIELDS.join(words).encode()

    def weights(self, way: "_Way") -> Floats | None:
        """Of each candidate how much the way weighs there, in the heaviest field that it leads to; None where it leads nowhere."""
        standing = way.tokens if len(way.tokens) <= _FEW else way.tokens.intersection(self._tokens)
        places = [place for wanted in (*(b" %b " % token for token in standing), *way.beginnings) for place in self._places(wanted)]
        if not places:
            return None
        # The heaviest field, which is the first, has the last word.
        candidate, field = divmod(np.searchsorted(self._ends, sorted(places, reverse=True)), len(_WEIGHTS))
        weights = np.zeros(self.size)
        weights[candidate] = _WEIGHTS[field] * way.quality.value
        return weights

    def _places(self, wanted: bytes) -> Iterator[int]:
        place = self._text.find(wanted)
        while place >= 0:
            yield place
            place = self._text.find(wanted, place + 1)

    @cached_property
    def _tokens(self) -> list[bytes]:
        return self._text.split()

    @cached_property
    def _ends(self) -> NDArray[np.intp]:
        return np.flatnonzero(np.frombuffer(self._text, dtype=np.uint8) == ord(BETWEEN_FIELDS))


@dataclass(frozen=True, slots=True)
class _Way:
    """How something may be met, by tokens or by what tokens begin with, and how well it is then."""

    quality: Quality
    tokens: frozenset[bytes] = frozenset()
    beginnings: tuple[bytes, ...] = ()

    @classmethod
    def by(cls, quality: Quality, tokens: Iterable[str]) -> "_Way":
        return cls(quality, frozenset(map(str.encode, tokens)))


class _UnitWays:
    def __init__(self, unit: Unit, last_word: str | None, words: WordsMeant) -> None:
        self._words = [_ways(word, word.text == last_word, words) for word in unit.words]
        phrases = ((Quality.ALTERNATIVE, unit.alternatives), (Quality.TRANSLATION, unit.translations))
        self._phrases = [_Way.by(quality, as_tokens(given)) for quality, given in phrases if given]

    def weights(self, held: _HeldWords, elsewhere: Floats) -> Floats:
        own = [_first(ways, held) for ways in self._words]
        itself: Floats = sum((np.where(weights > 0, weights, elsewhere) for weights in own), np.zeros(held.size))
        if not self._phrases:
            return itself
        phrases = _first(self._phrases, held)
        has_all = np.logical_and.reduce([weights > 0 for weights in own])
        return np.where(has_all, np.maximum(itself, phrases), np.where(phrases > 0, phrases, itself))


def _ways(word: Word, is_last: bool, words: WordsMeant) -> list[_Way]:
    """How a word may be met, the best way first."""
    ways = [_Way.by(Quality.EXACT, [word.text])]
    if word.others:
        ways.append(_Way.by(Quality.TRANSLATION, as_tokens(word.others)))
    if is_last and any(longer != word.text for longer in words.beginning_with(word.text)):
        ways.append(_Way(Quality.BEGINNING, beginnings=(f" {word.text}".encode(),)))
    if misspelt := [meant for meant in words.misspellings(word.text) if meant != word.text]:
        ways.append(_Way.by(Quality.MISSPELT, misspelt))
    return ways


def _first(ways: Iterable[_Way], held: _HeldWords) -> Floats:
    """For each candidate the weight of the first way by which it meets anything."""
    weights = np.zeros(held.size)
    for way in ways:
        found = held.weights(way)
        if found is not None:
            weights = np.where(weights > 0, weights, found)
            if weights.all():
                break
    return weights
