"""How near a text is to each category in meaning, when texts are given as vectors: the mean of the nearest few of its phrases.

What makes the vectors is not known here; they are of length 1, so that their product is the cosine of their angle.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from directory.domain.categories.tree import CATEGORIES
from directory.domain.meaning import data
from directory.domain.meaning.lexicon import ORDER, Floats, Numbers
from directory.domain.meaning.words import LANGUAGES

Vectors = NDArray[np.float32]
"""One row a text."""

NEAREST = 3
"""Of how many phrases the mean is taken: one alone may be near by chance."""


@cache
def phrases() -> tuple[str, ...]:
    """All that is said for all categories in all languages, one category after the other."""
    return tuple(phrase for slug in ORDER for phrase in _phrases_of(slug))


@cache
def starts() -> Numbers:
    """Where the phrases of each category begin among `phrases()`."""
    counts = [len(_phrases_of(slug)) for slug in ORDER]
    return np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp)


def _phrases_of(slug: str) -> tuple[str, ...]:
    entry = CATEGORIES[slug]
    said = (
        phrase
        for language in LANGUAGES
        for phrase in (entry.names[language], *entry.synonyms[language], *data.phrases().get((slug, language), ()))
    )
    return tuple(dict.fromkeys(said))


def nearness(vectors: Vectors, text: Vectors) -> Floats:
    """For each category how near the text is (-1 to 1). `vectors`: those of `phrases()`; `text`: one row."""
    near = (vectors @ text).astype(np.float64)
    counts = np.diff(np.append(starts(), len(near)))
    total = np.zeros(len(ORDER))
    for _ in range(NEAREST):  # a category always has more phrases than that: a name and synonyms in three languages
        best = np.maximum.reduceat(near, starts())
        total += best
        near[near == np.repeat(best, counts)] = -1.0
    return total / NEAREST
