"""The order in which words are put for a reader: letters with accents beside those without, as word lists have it.

Spanish counts ñ as a letter of its own, after n. Capitals and accents decide only between words that are alike otherwise.
"""

from directory.domain.areas import fold

_AFTER_N = "n\N{LATIN SMALL LETTER Z WITH CARON}"
"""Sorts after every word that goes on from an n with a plain letter."""


def collation_key(text: str, language: str) -> tuple[str, str]:
    """What to sort by: `sorted(names, key=lambda name: collation_key(name, "fr"))`."""
    letters = text.lower()
    if language.partition("-")[0] != "es":
        return _plain(letters), text
    return _AFTER_N.join(_plain(part) for part in letters.split("ñ")), text


def _plain(text: str) -> str:
    return fold(text).replace("-", " ")
