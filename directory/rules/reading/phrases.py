"""Fixed phrases, found by their words: a table of phrases is a tree of words, and the longest phrase wins.

In a table `a|b` is either word and `a?` is a word that may be there: `people|adults with a? disability` is four phrases.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Generic, TypeVar

from directory.rules.reading.text import Token, folded, tokens_of

Meaning = TypeVar("Meaning")


class _Node(Generic[Meaning]):
    __slots__ = ("meaning", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Meaning]] = {}
        self.meaning: Meaning | None = None


class Phrases(Generic[Meaning]):
    """Phrases with what each means."""

    def __init__(self, table: Mapping[str, Meaning]) -> None:
        self._first: _Node[Meaning] = _Node()
        for pattern, meaning in table.items():
            for words in spelled_out(pattern):
                node = self._first
                for word in words:
                    node = node.next.setdefault(word, _Node())
                node.meaning = meaning

    def at(self, tokens: Sequence[Token], place: int) -> tuple[int, Meaning] | None:
        """The longest phrase that begins with the token `place`: the number of the token behind it, and its meaning."""
        node, found = self._first, None
        for number in range(place, len(tokens)):
            following = node.next.get(tokens[number].folded)
            if following is None:
                break
            node = following
            if node.meaning is not None:
                found = (number + 1, node.meaning)
        return found

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, Meaning]]:
        """Every phrase, left to right without overlap: first token, the token behind the last, meaning."""
        place = 0
        while place < len(tokens):
            found = self.at(tokens, place)
            if found is None:
                place += 1
                continue
            yield place, found[0], found[1]
            place = found[0]


def spelled_out(pattern: str) -> Iterator[tuple[str, ...]]:
    """Each phrase that a pattern of a table stands for, as folded words."""
    choices = []
    for slot in pattern.split():
        may_miss = slot.endswith("?")
        words = slot.removesuffix("?").split("|")
        choices.append([*words, ""] if may_miss else words)
    for chosen in product(*choices):
        yield tuple(token.folded for part in chosen if part for token in tokens_of(folded(part)))
