"""What is asked in words, made ready for any engine: units that must all be met, and what to try when they are not.

The text is cut into words. Phrases that have synonyms become one unit, every other word is a unit of its own; stop words are left out when
other words remain. A listing matches when every unit is met: all words of the unit are met (in any fields), or one phrase that stands for
the unit stands in a field, word by word, spelt exactly. Inside a unit of several words, what stands for one of them counts as that word.

When nothing matches, the last word is dropped and the rest is tried, and so on; when even the first word alone finds nothing, the directory
does not know it, and the words after it are tried in the same way.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search_index.synonyms import Phrase, Synonyms, stop_words
from search_index.words import tokens

MOST_WORDS = 10
"""Words after these are not searched; they are reported as dropped."""


@dataclass(frozen=True, slots=True)
class Word:
    """`others`: phrases that stand for it, when it is one of several words of a unit."""

    text: str
    others: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """`words`: each must be met. `alternatives` (in the language of the person) and `translations`: phrases that each stand for all."""

    words: tuple[Word, ...]
    alternatives: tuple[Phrase, ...] = ()
    translations: tuple[Phrase, ...] = ()


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


def attempts(text: str, locale: str, synonyms: Synonyms) -> Iterator[Attempt]:
    """What to search, in order, until something is found. Never empty; one attempt without units when there are no words."""
    asked = tokens(text)
    kept = _kept(asked, locale, synonyms)
    if not kept:
        yield Attempt()
    searched = kept[:MOST_WORDS]
    for first in range(len(searched)):
        for end in range(len(searched), first, -1):
            yield _attempt(asked, kept, searched[first:end], locale, synonyms)


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


def _attempt(asked: list[str], kept: list[int], used: list[int], locale: str, synonyms: Synonyms) -> Attempt:
    return Attempt(
        units=tuple(_units(asked, used, locale, synonyms)),
        used=tuple(asked[position] for position in used),
        dropped=tuple(asked[position] for position in kept if position not in used),
    )


def _units(asked: list[str], used: list[int], locale: str, synonyms: Synonyms) -> Iterator[Unit]:
    """Units of the words from the first to the last that is used."""
    within = asked[: used[-1] + 1]
    position = used[0]
    while position < len(within):
        size = synonyms.longest_phrase(within, position, locale) or 1
        words = [within[place] for place in range(position, position + size) if place in used]
        if words:
            yield _unit(words, tuple(within[position : position + size]), locale, synonyms)
        position += size


def _unit(words: list[str], phrase: Phrase, locale: str, synonyms: Synonyms) -> Unit:
    others = synonyms.alternatives(phrase, locale)
    return Unit(
        words=tuple(Word(word, synonyms.alternatives((word,), locale) if len(phrase) > 1 else ()) for word in words),
        alternatives=tuple(other for other in others if synonyms.is_in_language(other, locale)),
        translations=tuple(other for other in others if not synonyms.is_in_language(other, locale)),
    )
