"""What is asked in words, made ready for any engine: units that must all be met, and what to try when they are not.

The text is cut into words. Phrases that have synonyms become one unit, every other word is a unit of its own; stop words are left out when
other words remain. A listing matches when every unit is met: all words of the unit are met (in any fields), or one alternative phrase
stands in a field, word by word, spelt exactly. When nothing matches, the last word is dropped and the rest is tried, and so on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search_index.synonyms import Phrase, Synonyms, stop_words
from search_index.words import tokens

MOST_WORDS = 10
"""Words after these are not searched; they are reported as dropped."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`words`: each must be met. `alternatives`: phrases, any of which stands for all of them."""

    words: tuple[str, ...]
    alternatives: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One search: its units, the words it uses in order, the words left out for want of a match. No units: everything matches."""

    units: tuple[Unit, ...] = ()
    used: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def last_word(self) -> str | None:
        """The word that may still be being typed, and so may be the beginning of a longer one."""
        return self.used[-1] if self.used else None

    def words(self) -> Iterator[tuple[str, bool]]:
        """Each word that must be met, and whether it may be only the beginning of one."""
        for unit in self.units:
            for word in unit.words:
                yield word, word == self.last_word


def attempts(text: str, locale: str, synonyms: Synonyms) -> tuple[Attempt, ...]:
    """What to search, in order, until something is found. Never empty; one attempt without units when there are no words."""
    asked = tokens(text)
    kept = _kept(asked, locale, synonyms)
    if not kept:
        return (Attempt(),)
    searched = kept[:MOST_WORDS]
    return tuple(_attempt(asked, kept, count, locale, synonyms) for count in range(len(searched), 0, -1))


def _kept(asked: list[str], locale: str, synonyms: Synonyms) -> list[int]:
    """Positions of the words that count: no stop words (inside a known phrase: none of one letter), unless there is nothing else."""
    meant: list[int] = []
    position = 0
    while position < len(asked):
        size = synonyms.longest_phrase(asked, position, locale) or 1
        here = range(position, position + size)
        in_phrase = size > 1
        meant.extend(place for place in here if _counts(asked[place], in_phrase))
        position += size
    return meant or list(range(len(asked)))


def _counts(word: str, in_phrase: bool) -> bool:
    return word not in stop_words() or (in_phrase and len(word) > 1)


def _attempt(asked: list[str], kept: list[int], count: int, locale: str, synonyms: Synonyms) -> Attempt:
    used = kept[:count]
    return Attempt(
        units=tuple(_units(asked[: used[-1] + 1], frozenset(used), locale, synonyms)),
        used=tuple(asked[position] for position in used),
        dropped=tuple(asked[position] for position in kept[count:]),
    )


def _units(asked: list[str], used: frozenset[int], locale: str, synonyms: Synonyms) -> Iterator[Unit]:
    position = 0
    while position < len(asked):
        size = synonyms.longest_phrase(asked, position, locale) or 1
        words = tuple(asked[place] for place in range(position, position + size) if place in used)
        if words:
            yield Unit(words, synonyms.alternatives(tuple(asked[position : position + size]), locale))
        position += size
