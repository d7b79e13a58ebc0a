"""Words as people type them: cut, folded and cut back to their stems, so that accents, case, apostrophes and endings change nothing.

Apostrophes join in English (`can't`, `cant`) and part in French (`l'école`, `l ecole`): the short words that lose a vowel in French are
known, everything else is joined.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

import Stemmer

LANGUAGES = {"en": "english", "fr": "french", "es": "spanish"}
"""The languages that plain words are understood in, each with the name of its stemmer."""

ELIDED = frozenset({"c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "presqu", "puisqu", "qu", "quelqu", "s", "t"})
_SPELT_OUT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "’": "'", "ʼ": "'", "`": "'", "´": "'"})
_PIECE = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_FEMININE = re.compile(r"(?:ees?|es)$")


class Said(NamedTuple):
    """A word with the characters [start, end) of the text it came from."""

    word: str
    start: int
    end: int


class Stem(Protocol):
    def __call__(self, word: str) -> str: ...


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Without accents and in lower case; look-alike forms spelt out."""
    if text.isascii():
        return text.lower().replace("`", "'")
    spelt = unicodedata.normalize("NFKD", text).casefold().translate(_SPELT_OUT)  # taking apart first: some letters have case only then (𝐀)
    plain = unicodedata.normalize("NFKD", spelt)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_SPELT_OUT)


def said(text: str) -> list[Said]:
    """The words of a text, folded, in order."""
    composed = unicodedata.normalize("NFC", text)
    return [word for piece in _PIECE.finditer(composed) for word in _parted(piece)]


def _parted(piece: re.Match[str]) -> Iterator[Said]:
    folded, (start, end) = fold(piece[0]), piece.span()
    before, apostrophe, after = folded.partition("'")
    if apostrophe and before in ELIDED:
        cut = start + len(before) + 1
        yield Said(before, start, cut)
        yield Said(after.replace("'", ""), cut, end)
    else:
        yield Said(folded.replace("'", ""), start, end)


@cache
def stemmer(language: str) -> Stem:
    """What cuts the endings off a folded word of a language. Remembers words, since people say the same ones."""
    made = Stemmer.Stemmer(LANGUAGES[language])

    def stem(word: str) -> str:
        if language == "fr" and len(word) > 4:
            word = _FEMININE.sub("e", word)  # folded, "expulsée", "expulsés" and "expulsé" lose what the stemmer knows them by
        return str(made.stemWord(word))

    return lru_cache(maxsize=32_768)(stem)
