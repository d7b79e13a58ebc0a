"""The order of words as a dictionary of the reader's language has it, not as computers number letters.

Case and accents decide only between words that are equal otherwise; ñ is a letter of its own in Spanish, after n; in Canadian French the
last accent of a word decides first (côte, coté by CAN/CSA Z243.4.1); ligatures are two letters; signs between words count as a space.
"""

import unicodedata
from functools import lru_cache

_AS_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_AFTER_N = "n~"  # stands after every n followed by a letter

SortKey = tuple[str, tuple[str, ...], str]


@lru_cache(maxsize=4096)
def sort_key(text: str, locale: str) -> SortKey:
    """A key to sort words with for a reader of a language (BCP 47, "fr-CA")."""
    language = locale.replace("_", "-").casefold()
    lower = unicodedata.normalize("NFC", text.casefold())
    if language.partition("-")[0] == "es":
        lower = lower.replace("ñ", _AFTER_N)
    apart = unicodedata.normalize("NFD", lower.translate(_AS_LETTERS))
    accents = tuple(_accents(apart))
    return _letters(apart), accents[::-1] if language == "fr-ca" else accents, text


def _letters(apart: str) -> str:
    plain = "".join(sign if sign.isalnum() or sign == "~" else " " for sign in apart if not unicodedata.combining(sign))
    return " ".join(plain.split())


def _accents(apart: str) -> list[str]:
    """The accents of each letter, in order."""
    found: list[str] = []
    for sign in apart:
        if unicodedata.combining(sign) and found:
            found[-1] += sign
        elif sign.isalnum():
            found.append("")
    return found
