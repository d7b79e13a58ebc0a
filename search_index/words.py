"""Words: how text becomes tokens, and when a word that was asked meets a token of a listing.

Engines index and compare exactly these tokens, so what matches is decided here once. Text is cut where there is neither letter, digit
nor mark; each piece is folded: compatibility forms and accents go (café = cafe), case goes, letters that no accent explains are
spelt out (ø = o, œ = oe). Marks that are part of a letter (Devanagari vowels, for one) stay. Han characters stand alone: the
script has no spaces.

A word meets a token when they are equal, or within the typos its length allows, or (the last word only) when the token begins with it.
"""

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST_TOKEN = 64
SHORTEST_PREFIX = 2

_ACCENTS = "\u0300-\u036f"
_HEBREW_POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_ARABIC_POINTS = "\u0640\u064b-\u065f\u0670"
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_DROPPED = re.compile(f"[{_ACCENTS}{_HEBREW_POINTS}{_ARABIC_POINTS}{_INVISIBLE}]")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "".join(chr(code) for code in range(0x300, 0xAC00) if unicodedata.category(chr(code)).startswith("M"))
_PIECE = re.compile(f"(?:[^\\W_]|[{_MARKS}{_INVISIBLE}])+")
_TOKEN = re.compile(f"[{_HAN}]|(?:(?![{_HAN}])(?:[^\\W_]|[{_MARKS}]))+")
_ASCII_TOKEN = re.compile(r"[a-z0-9]+")
_ASCII_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)) + bytes(128)
"""For ASCII: letters small, digits as they are, a space for all else."""

_SPELT_OUT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})


class Placed(NamedTuple):
    """A token with the characters [start, end) of the text it came from."""

    token: str
    start: int
    end: int


def fold(piece: str) -> str:
    """Case, accents and look-alike forms taken away; the result is NFC."""
    if piece.isascii():
        return piece.lower()
    spelt = unicodedata.normalize("NFKD", piece).casefold().translate(_SPELT_OUT)
    return unicodedata.normalize("NFC", _DROPPED.sub("", unicodedata.normalize("NFKD", spelt)))


@lru_cache(maxsize=65_536)
def _tokens_of_piece(piece: str) -> tuple[str, ...]:
    return tuple(token[:LONGEST_TOKEN] for token in _TOKEN.findall(fold(piece)))


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order."""
    if text.isascii():
        pieces = text.encode().translate(_ASCII_LETTERS).decode().split()
        is_short = len(text) <= LONGEST_TOKEN or max(map(len, pieces), default=0) <= LONGEST_TOKEN
        return pieces if is_short else [piece[:LONGEST_TOKEN] for piece in pieces]
    return [token for piece in _PIECE.findall(text) for token in _tokens_of_piece(piece)]


def placed_tokens(text: str) -> Iterator[Placed]:
    """The tokens of a text with where each came from; the same tokens in the same order as `tokens` gives."""
    if text.isascii():
        return (Placed(match[0][:LONGEST_TOKEN], *match.span()) for match in _ASCII_TOKEN.finditer(text.lower()))
    return (Placed(token, *match.span()) for match in _PIECE.finditer(text) for token in _tokens_of_piece(match[0]))


def find_tokens(text: str, wanted: frozenset[str]) -> list[Placed]:
    """Those tokens of a text that are wanted, with where each is."""
    if text.isascii():
        lower = text.lower()
        return sorted((placed for token in wanted for placed in _standing(lower, token)), key=itemgetter(1))
    return [token for token in placed_tokens(text) if token.token in wanted]


def find_phrase(text: str, phrase: Sequence[str]) -> tuple[int, int] | None:
    """The characters [start, end) where these tokens stand one after the other for the first time."""
    if text.isascii():
        lower = text.lower()
        for first in _standing(lower, phrase[0]):
            end = _followed(lower, first.end, phrase[1:])
            if end is not None:
                return first.start, end
    recent: deque[Placed] = deque(maxlen=len(phrase))
    for placed in placed_tokens(text):
        recent.append(placed)
        if placed.token == phrase[-1] and [each.token for each in recent] == [*phrase]:
            return recent[0].start, placed.end
    return None


def _standing(lower: str, token: str) -> Iterator[Placed]:
    """Where a token stands in an ASCII text in small letters; one longer than any token is not found."""
    start = lower.find(token)
    while start >= 0:
        end = start + len(token)
        if not lower[end : end + 1].isalnum() and not (start and lower[start - 1].isalnum()):
            yield Placed(token, start, end)
        start = lower.find(token, end)


def _followed(lower: str, end: int, others: Sequence[str]) -> int | None:
    """The end of these tokens when they are the next ones of an ASCII text from `end` on."""
    for token in others:
        following = _ASCII_TOKEN.search(lower, end)
        if following is None or following[0] != token:
            return None
        end = following.end()
    return end


@lru_cache(maxsize=4096)
def edits_allowed(word: str) -> int:
    """How many typos a word may have: two from nine letters, one from five, none in numbers. Two letters swapped are one typo."""
    if word.isdigit() or len(word) < 5:
        return 0
    return 2 if len(word) >= 9 else 1


def misspellings(word: str, known: Iterable[str]) -> list[str]:
    """Those tokens that are the word but for the typos it may have."""
    allowed = edits_allowed(word)
    if not allowed:
        return []
    return [token for token, _, _ in process.extract(word, list(known), scorer=OSA.distance, score_cutoff=allowed, limit=None)]


def beginning_with(word: str, known: Iterable[str]) -> list[str]:
    """Those tokens that begin with the word, if it is long enough to say anything."""
    return [token for token in known if token.startswith(word)] if len(word) >= SHORTEST_PREFIX else []
