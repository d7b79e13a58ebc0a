"""The words an index holds, and which of them a word that was asked may mean: what begins with it, what is misspelt.

For engines that can only be asked for words that stand in them. Looking for misspellings among a hundred thousand words takes well under
a millisecond: a word keeps its letters as bits, and each typo changes at most two of them, so only a few are compared.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from search_index.words import SHORTEST_PREFIX, edits_allowed, misspellings

_LETTERS = 32
_MOST_BLOCKS = 8


class Vocabulary:
    """Distinct words, never changed: `with_words` gives a larger one that shares what was made ready before."""

    def __init__(self, words: Iterable[str] = (), _blocks: "tuple[_Block, ...] | None" = None) -> None:
        self._blocks = tuple(filter(None, (_Block(words),))) if _blocks is None else _blocks

    def __len__(self) -> int:
        return sum(len(block.words) for block in self._blocks)

    def __contains__(self, word: object) -> bool:
        return any(word in block.known for block in self._blocks)

    def __iter__(self) -> Iterator[str]:
        return (word for block in self._blocks for word in block.words)

    def with_words(self, words: Iterable[str]) -> "Vocabulary":
        added = [word for word in dict.fromkeys(words) if word not in self]
        if not added:
            return self
        if len(self._blocks) >= _MOST_BLOCKS:
            return Vocabulary([*self, *added])
        return Vocabulary(_blocks=(*self._blocks, _Block(added)))

    def misspellings(self, word: str) -> list[str]:
        """Every word that is this one but for the typos it may have, itself among them when it is there."""
        if not edits_allowed(word):
            return []
        return [found for block in self._blocks for found in misspellings(word, block.alike(word, edits_allowed(word)))]

    def beginning_with(self, word: str) -> list[str]:
        """Every word that begins with this one, if it is long enough to say anything."""
        return [found for block in self._blocks for found in block.beginning_with(word)] if len(word) >= SHORTEST_PREFIX else []


class _Block:
    """Words in order; and, by length, where they stand and their letters as bits."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(set(words))

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def _by_length(self) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.uint64]]:
        """Places of the words, the shortest first; their lengths; their letters."""
        lengths = np.array([len(word) for word in self.words], dtype=np.int64)
        order = np.argsort(lengths, kind="stable")
        return order, lengths[order], np.array([_letters(self.words[place]) for place in order.tolist()], dtype=np.uint64)

    def alike(self, word: str, edits: int) -> list[str]:
        """Those that could be the word with so many edits, by length and letters."""
        places, lengths, letters = self._by_length
        first, last = np.searchsorted(lengths, (len(word) - edits, len(word) + edits + 1))
        is_near = np.bitwise_count(letters[first:last] ^ np.uint64(_letters(word))) <= 2 * edits
        return [self.words[place] for place in places[first:last][is_near].tolist()]

    def beginning_with(self, word: str) -> list[str]:
        first = bisect_left(self.words, word)
        last = bisect_left(self.words, word + "\U0010ffff", lo=first)
        return self.words[first:last]


def _letters(word: str) -> int:
    """Of each letter whether it is there, and whether it is there twice, as bits; letters of the same remainder share them, which makes
    more words alike and never fewer."""
    bits = 0
    for letter in word:
        once = 1 << ord(letter) % _LETTERS
        bits |= once << _LETTERS if bits & once else once
    return bits
