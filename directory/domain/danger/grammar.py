"""The little grammar in which the lists write their phrases.

====================  ============================================================================================
`wants to die`        these words in this order; small words of the language ("just", "really") may stand between
`(he|she) is`         one of several; an alternative may have several words: `(kill himself|end his life)`
`[up]`                may be there or not
`<someone>`           one of a set of words that the list or `shared.yaml` names
`~suicide`            also with a typing error (one letter; two from nine letters on)
`took .. pills`       up to three words of any kind between
`lips + blue`         both, in either order, at most ten words apart, also across commas
====================  ============================================================================================

Words are written folded: no accents, no capitals, no apostrophes (`cant`, `jai`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAY_BE_MISTYPED = "~"
_PIECE = re.compile(r"\.\.|[()\[\]|+]|<[a-z_]+>|~?[a-z0-9]+|\S")


class GrammarError(ValueError):
    """A phrase of a list cannot be read; the message names the phrase."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of the set; `~word` in it stands for the word with a typing error."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; or nothing, where it `may_lack`."""

    ways: tuple["Sequence", ...]
    may_lack: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to three words of any kind."""


Sequence = tuple[OneOf | Choice | Gap, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase, read: its parts (those joined by `+`), and sets of words of each of which one must have been said, the rarest first."""

    parts: tuple[Sequence, ...]
    needed: tuple[frozenset[str], ...]


def parse_phrase(written: str, sets: Mapping[str, frozenset[str]]) -> Pattern:
    """Read a phrase. Raise `GrammarError` for what is not in the grammar."""
    pieces = _PIECE.findall(written)
    parts: list[Sequence] = []
    while pieces or not parts:
        part, ended_by = _sequence(pieces, sets, written)
        if not part or ended_by not in ("", "+"):
            raise GrammarError(f"The phrase “{written}” cannot be read.")
        parts.append(part)
    needed = sorted((words for part in parts for words in _needed_words(part)), key=_commonness)
    if not needed:
        raise GrammarError(f"The phrase “{written}” would be met by anything.")
    return Pattern(tuple(parts), tuple(needed))


def _sequence(pieces: list[str], sets: Mapping[str, frozenset[str]], written: str) -> tuple[Sequence, str]:
    """Elements up to what ends them: "+", "|", ")", "]" or "" for the end of the phrase. Uses up `pieces`."""
    found: list[OneOf | Choice | Gap] = []
    while pieces:
        piece = pieces.pop(0)
        if piece in ("+", "|", ")", "]"):
            return tuple(found), piece
        found.append(_element(piece, pieces, sets, written))
    return tuple(found), ""


def _element(piece: str, pieces: list[str], sets: Mapping[str, frozenset[str]], written: str) -> OneOf | Choice | Gap:
    if piece == "..":
        return Gap()
    if piece in ("(", "["):
        return _choice(piece, pieces, sets, written)
    if piece.startswith("<"):
        if piece[1:-1] not in sets:
            raise GrammarError(f"The phrase “{written}” names a set that there is not: {piece}.")
        return OneOf(sets[piece[1:-1]])
    plain = piece.removeprefix(MAY_BE_MISTYPED)
    if not plain.isalnum():
        raise GrammarError(f"The phrase “{written}” has a sign that means nothing here: {piece}")
    return OneOf(frozenset({plain, piece}))


def _choice(opened_by: str, pieces: list[str], sets: Mapping[str, frozenset[str]], written: str) -> OneOf | Choice:
    ways: list[Sequence] = []
    ended_by = "|"
    while ended_by == "|":
        way, ended_by = _sequence(pieces, sets, written)
        ways.append(way)
    if ended_by != {"(": ")", "[": "]"}[opened_by] or not all(ways):
        raise GrammarError(f"The phrase “{written}” opens a bracket that is not closed, or has nothing in one.")
    single = [way[0] for way in ways if len(way) == 1]
    words = [element.words for element in single if isinstance(element, OneOf)]
    if opened_by == "(" and len(words) == len(ways):
        return OneOf(frozenset().union(*words))
    return Choice(tuple(ways), may_lack=opened_by == "[")


def _needed_words(sequence: Sequence) -> tuple[frozenset[str], ...]:
    sets = (found for element in sequence if (found := _needed_by(element)))
    return tuple(sorted(sets, key=_commonness))


def _needed_by(element: OneOf | Choice | Gap) -> frozenset[str]:
    if isinstance(element, OneOf):
        return element.words
    if isinstance(element, Gap) or element.may_lack:
        return frozenset()
    ways = [_needed_words(way) for way in element.ways]
    return frozenset().union(*(way[0] for way in ways)) if all(ways) else frozenset()


def _commonness(words: frozenset[str]) -> int:
    """Short words are in every second search, so a set that has them makes a poor first look."""
    return sum(20 if len(word) <= 3 else 1 for word in words)


def words_of(pattern: Pattern) -> Iterator[str]:
    """Every word of a phrase."""
    return (word for part in pattern.parts for word in _words_in(part))


def _words_in(sequence: Sequence) -> Iterator[str]:
    for element in sequence:
        if isinstance(element, OneOf):
            yield from element.words
        elif isinstance(element, Choice):
            for way in element.ways:
                yield from _words_in(way)
