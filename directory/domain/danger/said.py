"""What a person typed, as words that can be compared: folded, with the forms that an apostrophe leaves open, cut into clauses.

*can't* may be met as `cant` and as `t`; *l'enfant* as `lenfant` and as `enfant`: people write apostrophes or leave them out, and French
joins with them what a list writes apart.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from directory.domain.areas import fold

_WORD = re.compile(r"[^\W_]+(?:['’ʼ‘`´][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’ʼ‘`´]")
_ENDS_CLAUSE = re.compile(r"[,;:.!?¿¡()\n–—/]|\s-\s")


@dataclass(frozen=True, slots=True)
class SaidWord:
    """`forms`: every way in which a list may write this word. `clause`: the number of the clause it stands in, from 0."""

    forms: frozenset[str]
    clause: int


def said_words(text: str) -> tuple[SaidWord, ...]:
    """The words of a text in order."""
    words, clause, end = [], 0, 0
    for found in _WORD.finditer(text):
        if _ENDS_CLAUSE.search(text[end : found.start()]):
            clause += 1
        words.append(SaidWord(forms_of(found.group()), clause))
        end = found.end()
    return tuple(words)


@lru_cache(maxsize=8_192)
def forms_of(word: str) -> frozenset[str]:
    """The folded word without its apostrophes, and each of the parts between them.

    >>> sorted(forms_of("L'Été"))
    ['ete', 'l', 'lete']
    """
    parts = [fold(part) for part in _APOSTROPHE.split(word)]
    return frozenset(["".join(parts), *parts])
