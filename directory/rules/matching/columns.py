"""Records as columns of numbers, so that a million pairs are compared in one go. Rows are in the order in which the records were given."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching.hashing import Hashes
from directory.rules.matching.words import DIRECTIONS, STREET_TYPES

Rows = NDArray[np.int32]
Numbers = NDArray[np.float32]
Small = NDArray[np.int8]

MOST_NAMES, MOST_OWNERS, MOST_PHONES, MOST_LINKS, MOST_CATEGORIES = 3, 2, 3, 2, 4
"""How many of each are compared; more are left out."""

WAYS = {way: place for place, way in enumerate(sorted(set(DIRECTIONS.values())), start=1)}
KINDS = {kind: place for place, kind in enumerate(sorted(set(STREET_TYPES.values())), start=1)}


@dataclass(frozen=True, slots=True)
class NameTable:
    """Names. `spoken`: the words of each, in the order in which they are said, with spaces, each once; `texts`: the same words, sorted.
    `words`: hashes of all words, name after name; `starts`: where each name's begin, and the end. `hashes`: of the texts; `numbers`: of the
    words that are numbers, 0 for none."""

    texts: list[str]
    spoken: list[str]
    words: Hashes
    starts: NDArray[np.int64]
    hashes: Hashes
    numbers: Hashes


@dataclass(frozen=True, slots=True)
class TextTable:
    """Each text once, with the hash of all of it and of its first letters."""

    texts: list[str]
    hashes: Hashes
    beginnings: Hashes


@dataclass(frozen=True, slots=True)
class Columns:
    """N records. A row of a table is -1, a hash 0, a figure not a number where the record does not say.

    `names` (N, 3) and `owners` (N, 2): rows of `name_table`; `streets` (N): rows of `street_table`; `cities` (N): rows of `city_table`.
    `numbers` (N): house numbers; `units`, `postal_codes`, `areas` (beginning of the postal code) (N): hashes; `ways`, `kinds` (N):
    direction and kind of the street. `phones` (N, 3): whole numbers, `local_phones` (N, 3): last seven digits, -1 for none;
    `links` (N, 2): hashes;
    `points` (N, 2): degrees; `hours`, `audiences` (N): hashes; `people` (N): bits of all texts, and of the name six bits higher;
    `ages` (N, 2): years; `categories` (N, 4): hashes."""

    ids: list[str]
    name_table: NameTable
    street_table: TextTable
    city_table: TextTable
    names: Rows
    owners: Rows
    numbers: Rows
    streets: Rows
    ways: Small
    kinds: Small
    units: Hashes
    postal_codes: Hashes
    areas: Hashes
    cities: Rows
    phones: Hashes
    local_phones: Rows
    links: Hashes
    points: Numbers
    hours: Hashes
    audiences: Hashes
    people: NDArray[np.int16]
    ages: Numbers
    categories: Hashes

    def __len__(self) -> int:
        return len(self.ids)


def of_table(values: Hashes, rows: Rows) -> Hashes:
    """The values of a table's rows, 0 for row -1."""
    if not len(values):
        return np.zeros(rows.shape, dtype=np.uint64)
    return np.where(rows >= 0, values[rows], np.uint64(0))
