"""Words without what differs between two typists: capitals, accents, forms of one letter. All texts of a table at once, since
most of the time would go into calling."""

import re
import unicodedata
from collections.abc import Sequence

SEPARATOR = "\x1e"
"""Stands between texts that are folded at once; it is nothing anybody types."""

_MARKS = re.compile("[\u0300-\u036f]")
_LETTERS = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_LETTER = re.compile("[" + "".join(_LETTERS) + "]")


def joined(texts: Sequence[str]) -> str:
    """All texts as one, folded, with `SEPARATOR` between them."""
    whole = SEPARATOR.join(texts)
    if whole.count(SEPARATOR) != max(len(texts) - 1, 0):
        whole = SEPARATOR.join(text.replace(SEPARATOR, " ") for text in texts)
    if whole.isascii():
        return whole.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", whole).casefold())
    return _LETTER.sub(lambda found: _LETTERS[found[0]], unicodedata.normalize("NFKD", plain) if not plain.isascii() else plain)


def folded(texts: Sequence[str]) -> list[str]:
    """Each text folded."""
    return joined(texts).split(SEPARATOR) if texts else []
