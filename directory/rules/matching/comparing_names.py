"""Names compared by the words they share, rare words counting for more, and by their letters."""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from directory.rules.matching.columns import NameTable, Numbers, Small
from directory.rules.matching.hashing import Hashes
from directory.rules.matching.names import MOST_WORDS
from directory.rules.matching.statistics import Statistics

UNLIKE, FEW_WORDS, HALF, WITHIN, NEARLY, SAME = range(1, 7)
PART_BELOW_ONE, LAST_PART = 0.999, 0.998
"""A level and the part of its weight that counts are one figure, so the part stays below one: from `LAST_PART` on it is all of it."""

FULL = 8.0
"""Words that tell this much (natural log units) count in full; "food pantry" tells less than "Saint Euphemia"."""

_AT_ONCE = 50_000
NEARLY_LETTERS, HALF_LETTERS, DOUBTED_LETTERS = 90.0, 75.0, 50.0
NEARLY_WORDS, HALF_WORDS, FEW_WORDS_SHARE = 0.85, 0.45, 0.15
WITHIN_TELLS, LEAST_TOLD = 6.0, 0.5


def compare_names(
    table: NameTable, one: NDArray[np.int32], other: NDArray[np.int32], statistics: Statistics
) -> tuple[Small, Numbers]:  # fmt: skip
    """Level and strength of each pair of rows of the table; each pair of names is looked at once."""
    packed, inverse = np.unique(one.astype(np.int64) << 32 | other, return_inverse=True)
    first, second = (packed >> 32).astype(np.int64), (packed & 0xFFFFFFFF).astype(np.int64)
    levels = np.empty(len(packed), dtype=np.int8)
    strengths = np.empty(len(packed), dtype=np.float32)
    telling = statistics.telling(table.words)
    for start in range(0, len(packed), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        levels[part], strengths[part] = _compare(table, telling, first[part], second[part])
    return levels[inverse], strengths[inverse]


def _compare(table: NameTable, telling: Numbers, one: NDArray[np.int64], other: NDArray[np.int64]) -> tuple[Small, Numbers]:
    words, weights = _padded(table, telling, one)
    other_words, other_weights = _padded(table, telling, other)
    equal = (words[:, :, None] == other_words[:, None, :]) & (words != 0)[:, :, None]
    all_one, all_other, common = _added(weights), _added(other_weights), _added(weights * equal.any(axis=2))
    letters = _letters(table.texts, one, other)
    doubted = np.flatnonzero((letters < NEARLY_LETTERS) & (letters >= DOUBTED_LETTERS))
    letters[doubted] = np.maximum(letters[doubted], _letters(table.spoken, one[doubted], other[doubted]))
    least = np.minimum(all_one, all_other)
    share = common / np.maximum(all_one + all_other - common, 1e-6)
    numbers, other_numbers = table.numbers[one], table.numbers[other]
    numbers_differ = (numbers != other_numbers) & (numbers != 0) & (other_numbers != 0)
    level = np.full(len(one), UNLIKE, dtype=np.int8)
    level[(share >= FEW_WORDS_SHARE) | (common >= 0.5 * least)] = FEW_WORDS
    level[(share >= HALF_WORDS) | (letters >= HALF_LETTERS)] = HALF
    # "Hope House Cafe" and "Hope House Dining Room" share what tells, and each says what it is besides: neither holds the other
    one_sided = least - common < LEAST_TOLD
    level[one_sided & (common >= WITHIN_TELLS)] = WITHIN
    level[((share >= NEARLY_WORDS) & one_sided) | (letters >= NEARLY_LETTERS)] = NEARLY
    level[numbers_differ] = np.minimum(level[numbers_differ], FEW_WORDS)
    level[table.hashes[one] == table.hashes[other]] = SAME
    told = np.maximum(common, np.where(letters >= NEARLY_LETTERS, least * letters / 100, 0))
    told[level == HALF] = np.maximum(told, least * letters / 100)[level == HALF]
    return level, np.minimum(told / FULL, 1).astype(np.float32)


def _added(values: Numbers) -> Numbers:
    """Sums over words, one after the other, so that a pair has the same sum among however many."""
    sums = np.zeros(len(values), dtype=np.float32)
    for place in range(values.shape[1]):
        sums += values[:, place]
    return sums


def _letters(texts: list[str], one: NDArray[np.int64], other: NDArray[np.int64]) -> Numbers:
    """How alike the letters of each pair are, 0 to 100; 0 below what can be in doubt."""
    first, second = [texts[row] for row in one.tolist()], [texts[row] for row in other.tolist()]
    alike: Numbers = process.cpdist(first, second, scorer=fuzz.ratio, score_cutoff=DOUBTED_LETTERS)
    return alike


def _padded(table: NameTable, telling: Numbers, rows: NDArray[np.int64]) -> tuple[Hashes, Numbers]:
    """(P, most words): the words of each name and what they tell, 0 past its end."""
    begin, length = table.starts[rows], table.starts[rows + 1] - table.starts[rows]
    width = int(min(length.max(initial=1), MOST_WORDS))
    places = begin[:, None] + np.arange(width)
    inside = np.arange(width) < length[:, None]
    places = np.where(inside, places, 0)
    return np.where(inside, table.words[places], np.uint64(0)), np.where(inside, telling[places], np.float32(0))
