"""A text as words with their places, and where its sentences end. Nothing here knows what the words mean.

Every step looks at each character a bounded number of times, so that no text makes it run away.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

LONGEST = 20_000
"""Characters that are read; what follows is left out."""

_WORD = re.compile(
    r"(?P<postal>\b[^\W\d_]\d[^\W\d_](?: ?\d[^\W\d_]\d)?\b)"  # K1N, K1N 4A2
    r"|(?P<elided>(?:jusqu|lorsqu|puisqu|qu|[cdjlmnst])['’])(?=[^\W\d_])"  # French d', l': a word of its own
    r"|(?P<number>\d{1,9})"
    r"|(?P<word>[^\W\d_]{1,80}(?:['’][^\W\d_]{1,80})?)"
    r"|(?P<mark>\S)",
    re.IGNORECASE,
)
_ENDS = frozenset(".!?;|\n•*")
_SHORTENED = frozenset({"st", "ste", "mt", "dr", "mr", "mrs", "ms", "so", "no", "twp", "twps", "approx", "incl", "env", "ext", "etc"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: characters `start` to `end`, its `folded` form (no accents, small letters)."""

    start: int
    end: int
    folded: str
    capital: bool
    kind: str
    """postal, elided, number, word or mark."""

    @property
    def is_mark(self) -> bool:
        return self.kind == "mark"


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """Small letters without accents, with straight apostrophes: `Âgé` is `age`."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", words) if not unicodedata.combining(letter))
    return plain.replace("’", "'").casefold()


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words, numbers and marks of a text in order. Hyphens inside of words are left out: `low-income` is two words."""
    found = []
    for match in _WORD.finditer(text):
        if match["mark"] in {"-", "‐", "‑"} and _joins(text, match.start()):
            continue
        words = match[0]
        found.append(Token(match.start(), match.end(), folded(words), words[0].isupper(), str(match.lastgroup)))
    return tuple(found)


def _joins(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def sentence_starts(text: str, tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """Characters at which a sentence or a clause of its own begins, the first being 0."""
    starts = [0]
    for place, token in enumerate(tokens):
        if text[token.start] not in _ENDS or not token.is_mark:
            continue
        if token.folded == "." and not _full_stop(text, tokens, place):
            continue
        starts.append(token.end)
    return tuple(starts)


def _full_stop(text: str, tokens: tuple[Token, ...], place: int) -> bool:
    end = tokens[place].end
    if end < len(text) and not text[end].isspace() and not text[end].isupper():
        return False
    before = tokens[place - 1] if place else None
    if before is None or before.kind != "word" or before.end < tokens[place].start:
        return True
    return len(before.folded) > 1 and before.folded not in _SHORTENED


class Taken:
    """Which characters of a text are taken already."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def any(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) >= 0

    def take(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\x01" * (end - start)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made ready: `text` as it was given up to `LONGEST`, its `tokens`, and where sentences begin."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[int, ...]
    starts: tuple[int, ...] = field(repr=False)
    """The start of each token, for looking up."""

    def sentence(self, at: int) -> tuple[int, int]:
        """The characters from and to of the sentence in which the character `at` stands."""
        number = bisect_right(self.sentences, at)
        end = self.sentences[number] if number < len(self.sentences) else len(self.text)
        return self.sentences[number - 1], end

    def token_at(self, at: int) -> int:
        """The number of the token that begins at the character `at`, or of the last one before it."""
        return max(bisect_right(self.starts, at) - 1, 0)

    def before(self, at: int, most: int = 80) -> str:
        """What stands before the character `at` in its sentence, at most so many characters."""
        start, _ = self.sentence(at)
        return self.text[max(start, at - most) : at]

    def after(self, at: int, most: int = 80) -> str:
        """What follows the character `at` in its sentence, at most so many characters."""
        _, end = self.sentence(max(at - 1, 0))
        return self.text[at : min(end, at + most)]


def read(text: str) -> Reading:
    text = text[:LONGEST]
    tokens = tokens_of(text)
    return Reading(text, tokens, sentence_starts(text, tokens), tuple(token.start for token in tokens))
