"""Names taken apart into the words that tell them from others."""

import re
from collections.abc import Sequence

from directory.rules.matching.folding import SEPARATOR, joined
from directory.rules.matching.words import ONE_WRITING, SILENT

MOST_WORDS = 12
_APOSTROPHE = "['’‘`´ʼ]"
_POSSESSIVE = re.compile(rf"(?<=\w){_APOSTROPHE}s\b")
_ELISION = re.compile(rf"\b(?:[ldjmnstc]|qu){_APOSTROPHE}(?=\w)")
_ABBREVIATED = re.compile(rf"\bass{_APOSTROPHE}n\b")
_ANY_APOSTROPHE = re.compile(_APOSTROPHE)
_AND = re.compile(r"[&+]")
_BETWEEN = re.compile(rf"[^\w{SEPARATOR}]+|_+")
_SPELT_OUT = re.compile(r" (?=\w\b)(?<=\b\w )")


def words_of_names(names: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of each name, each once, in one writing and in the order in which they are said."""
    if not names:
        return []
    once = dict.fromkeys(names)
    if len(once) < len(names):
        read = dict(zip(once, words_of_names(list(once)), strict=True))
        return [read[name] for name in names]
    whole = joined(names)
    if _ANY_APOSTROPHE.search(whole):
        whole = _POSSESSIVE.sub("s", _ABBREVIATED.sub("association", whole))
        whole = _ANY_APOSTROPHE.sub("", _ELISION.sub("", whole))
    whole = _BETWEEN.sub(" ", _AND.sub(" and ", whole))
    return [_kept(text) for text in _SPELT_OUT.sub("", whole).split(SEPARATOR)]


def _kept(text: str) -> tuple[str, ...]:
    words = text.split()
    telling = dict.fromkeys(ONE_WRITING.get(word, word) for word in words if word not in SILENT)
    return tuple(telling or dict.fromkeys(words))[:MOST_WORDS]
