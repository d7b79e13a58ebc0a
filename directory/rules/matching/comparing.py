"""How alike the records of each pair are, field by field, as levels: 0 where a record does not say, then from unlike (1) to the same."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from directory.rules.matching.blocking import Candidates, Places
from directory.rules.matching.columns import Columns, NameTable, Numbers, Small, TextTable
from directory.rules.matching.comparing_names import LAST_PART, PART_BELOW_ONE, compare_names
from directory.rules.matching.hashing import Hashes
from directory.rules.matching.statistics import Statistics, Table
from directory.rules.matching.words import ALL_AGES, BOTH_SEXES


class Field(IntEnum):
    """Columns of the levels. The numbers are an order, nothing more."""

    NAME = 0
    OWNER = 1
    ADDRESS = 2
    AREA = 3
    POINT = 4
    PHONE = 5
    LINK = 6
    HOURS = 7
    AUDIENCE = 8
    CATEGORY = 9


LEVELS: dict[Field, tuple[str, ...]] = {
    Field.NAME: ("unlike", "few_words", "half", "within", "nearly", "same"),
    Field.OWNER: ("unlike", "few_words", "half", "within", "nearly", "same"),
    Field.ADDRESS: ("elsewhere", "other_number", "next_door", "other_unit", "nearly", "same"),
    Field.AREA: ("other_town", "other_postal_code", "same_town", "same_postal_code"),
    Field.POINT: ("far", "near", "around_the_corner", "here"),
    Field.PHONE: ("other", "same_without_area_code", "same"),
    Field.LINK: ("other", "same"),
    Field.HOURS: ("other", "same"),
    Field.AUDIENCE: ("other", "same"),
    Field.CATEGORY: ("other", "same"),
}
"""Field -> its levels from 1 on, from unlike to the same. Level 0 is: not known."""

NEXT_DOOR = 4
"""House numbers this far apart may be one door written two ways."""

ALIKE_STREET, ALIKE_CITY = 80.0, 80.0
NEAR_M, CORNER_M, HERE_M = 1_000.0, 200.0, 60.0
DEGREE_M = 111_195.0
SHARED_SLOPE = 0.5
_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of P pairs: `levels` (P, fields); `strengths` (P, fields), 0 to 1: the part of a field's weight that counts, where it speaks
    for the pair; `shared` (P, fields): between how many different things the telephone or host is shared, 1 where it is not."""

    levels: Small
    strengths: Numbers
    shared: NDArray[np.int32]


def compare(columns: Columns, pairs: Candidates, statistics: Statistics) -> Comparison:
    count = len(pairs)
    levels = np.zeros((count, len(Field)), dtype=np.int8, order="F")
    strengths = np.ones((count, len(Field)), dtype=np.float32, order="F")
    shared = np.ones((count, len(Field)), dtype=np.int32, order="F")
    for start in range(0, count, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        some = Candidates(pairs.left[part], pairs.right[part])
        _compare(columns, some, statistics, Comparison(levels[part], strengths[part], shared[part]))
    return Comparison(levels, strengths, shared)


def _compare(columns: Columns, pairs: Candidates, statistics: Statistics, into: Comparison) -> None:
    levels, strengths, shared = into.levels, into.strengths, into.shared
    left, right = pairs.left, pairs.right
    table = columns.name_table
    levels[:, Field.NAME], strengths[:, Field.NAME] = _names(table, columns.names, left, right, statistics)
    levels[:, Field.OWNER], strengths[:, Field.OWNER] = _names(table, columns.owners, left, right, statistics)
    levels[:, Field.ADDRESS] = _addresses(columns, left, right)
    levels[:, Field.AREA] = _areas(columns, left, right)
    levels[:, Field.POINT] = _points(columns.points, left, right)
    levels[:, Field.PHONE], shared[:, Field.PHONE] = _phones(columns, left, right, statistics.phones)
    levels[:, Field.LINK], shared[:, Field.LINK] = _sets(columns.links, left, right, statistics.links)
    levels[:, Field.HOURS] = _equal(columns.hours, left, right)
    levels[:, Field.AUDIENCE] = _audiences(columns, left, right)
    levels[:, Field.CATEGORY], _ = _sets(columns.categories, left, right, None)
    for field in (Field.PHONE, Field.LINK):
        strengths[:, field] = np.clip(1 - SHARED_SLOPE * np.log(shared[:, field]), 0, 1)


def _names(
    table: NameTable, names: NDArray[np.int32], left: Places, right: Places, statistics: Statistics
) -> tuple[Small, Numbers]:  # fmt: skip
    """The best level that any name of one has with any name of the other."""
    best = np.zeros(len(left), dtype=np.float32)
    for first in range(names.shape[1]):
        for second in range(names.shape[1]):
            one, other = names[left, first], names[right, second]
            both = np.flatnonzero((one >= 0) & (other >= 0))
            if len(both):
                level, strength = compare_names(table, one[both], other[both], statistics)
                best[both] = np.maximum(best[both], level + np.minimum(strength, PART_BELOW_ONE))
    level = np.floor(best).astype(np.int8)
    strength = best - level
    return level, np.where(strength >= LAST_PART, 1, strength).astype(np.float32)


def _alike(table: TextTable, one: NDArray[np.int32], other: NDArray[np.int32], least: float) -> NDArray[np.bool_]:
    """Whether two texts of a table are one, but for slips or words that one leaves out. Asked of texts that differ."""
    if not len(one):
        return np.zeros(0, dtype=bool)
    packed, inverse = np.unique(one.astype(np.int64) << 32 | other, return_inverse=True)
    first = [table.texts[row] for row in (packed >> 32).tolist()]
    second = [table.texts[row] for row in (packed & 0xFFFFFFFF).tolist()]
    close = process.cpdist(first, second, scorer=fuzz.ratio, score_cutoff=least) > 0
    within = np.array([_is_within(a, b) for a, b in zip(first, second, strict=True)], dtype=bool)
    answers: NDArray[np.bool_] = (close | within)[inverse]
    return answers


def _is_within(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first


def _addresses(columns: Columns, left: Places, right: Places) -> Small:
    number, other_number = columns.numbers[left], columns.numbers[right]
    street, other_street = columns.streets[left], columns.streets[right]
    has_street = (street >= 0) & (other_street >= 0)
    known = has_street & ((number > 0) == (other_number > 0))
    same_street = has_street & (street == other_street)
    level = np.where(known, np.int8(1), np.int8(0))
    asked = np.flatnonzero(known & ~same_street & (number == other_number))
    alike = np.zeros(len(left), dtype=bool)
    alike[asked] = _alike(columns.street_table, street[asked], other_street[asked], ALIKE_STREET)
    way, other_way = columns.ways[left], columns.ways[right]
    kind, other_kind = columns.kinds[left], columns.kinds[right]
    other_side = (way > 0) & (other_way > 0) & (way != other_way)
    other_kind_of_street = (kind > 0) & (other_kind > 0) & (kind != other_kind)
    unit, other_unit = columns.units[left], columns.units[right]
    units_differ = (unit != 0) & (other_unit != 0) & (unit != other_unit)
    same_number = (number == other_number) & (number > 0)
    level[known & same_street] = 2
    level[known & same_street & ~same_number & ~other_side & _nearly_one_number(number, other_number)] = 3
    door = known & (same_number | (number == 0)) & ~other_side
    level[door & (alike | same_street)] = 5
    level[door & same_street & ~other_kind_of_street] = 6
    level[(level >= 5) & units_differ] = 4
    return level


def _nearly_one_number(one: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Next door, or one digit mistyped in a number of three or more, or two that change places."""
    found = np.abs(one - other) <= NEXT_DOOR
    digits = np.stack([np.stack([side // 10**place % 10 for place in range(6)]) for side in (one, other)])
    differ = digits[0] != digits[1]
    count = differ.sum(axis=0)
    as_long = (one >= 100) & (other >= 100) & (np.log10(np.maximum(one, 1)).astype(int) == np.log10(np.maximum(other, 1)).astype(int))
    swapped = np.zeros(len(one), dtype=bool)
    for place in range(5):
        swapped |= (digits[0, place] == digits[1, place + 1]) & (digits[0, place + 1] == digits[1, place]) & differ[place]
    slip: NDArray[np.bool_] = found | (as_long & ((count == 1) | ((count == 2) & swapped)))
    return slip


def _areas(columns: Columns, left: Places, right: Places) -> Small:
    city, other_city = columns.cities[left], columns.cities[right]
    code, other_code = columns.postal_codes[left], columns.postal_codes[right]
    cities = (city >= 0) & (other_city >= 0)
    codes = (code != 0) & (other_code != 0)
    same_city = cities & (city == other_city)
    asked = np.flatnonzero(cities & ~same_city)
    same_city[asked] = _alike(columns.city_table, city[asked], other_city[asked], ALIKE_CITY)
    level = np.where(cities | codes, np.int8(2), np.int8(0))
    level[cities & ~same_city] = 1
    level[same_city & ~codes] = 3
    level[codes & (code == other_code)] = 4
    return level


def _points(points: Numbers, left: Places, right: Places) -> Small:
    level = np.zeros(len(left), dtype=np.int8)
    known = np.flatnonzero(~np.isnan(points[left]).any(axis=1) & ~np.isnan(points[right]).any(axis=1))
    one, other = points[left[known]].astype(np.float64), points[right[known]].astype(np.float64)
    apart = (one - other) * DEGREE_M
    apart[:, 1] *= np.cos(np.radians(one[:, 0]))
    metres = np.hypot(apart[:, 0], apart[:, 1])
    level[known] = 1 + (metres <= NEAR_M) + (metres <= CORNER_M) + (metres <= HERE_M)
    return level


def _phones(columns: Columns, left: Places, right: Places, common: Table) -> tuple[Small, NDArray[np.int32]]:
    level, shared = _sets(columns.phones, left, right, common)
    level[level == 2] = 3
    one, other = columns.local_phones[left], columns.local_phones[right]
    whole, other_whole = columns.phones[left], columns.phones[right]
    level[(level == 0) & (one >= 0).any(axis=1) & (other >= 0).any(axis=1)] = 1
    equal = (one[:, :, None] == other[:, None, :]) & (one >= 0)[:, :, None]
    # with both area codes said, the whole numbers have been compared already
    equal &= (whole == 0)[:, :, None] | (other_whole == 0)[:, None, :]
    local = np.flatnonzero(equal.any(axis=(1, 2)) & (level < 3))
    which = one[local, equal[local].any(axis=2).argmax(axis=1)].astype(np.uint64)
    shared[local] = common.of(which, 1)
    level[local] = 2
    neither = ((whole != 0).any(axis=1) | (other_whole != 0).any(axis=1))[local]
    level[local[~neither]] = 3  # a table that never says area codes means its own
    return level, shared


def _sets(values: Hashes, left: Places, right: Places, common: Table | None) -> tuple[Small, NDArray[np.int32]]:
    """2 where two sets have something in common, 1 where not; and between how many the rarest common one is shared."""
    one, other = values[left], values[right]
    known = (one != 0).any(axis=1) & (other != 0).any(axis=1)
    equal = ((one[:, :, None] == other[:, None, :]) & (one != 0)[:, :, None]).any(axis=2)
    meets = equal.any(axis=1)
    shared = np.ones(len(left), dtype=np.int32)
    if common is not None:
        found = np.flatnonzero(meets)
        counts = np.where(equal[found], common.of(one[found], 1), np.int32(2**31 - 1))
        shared[found] = counts.min(axis=1) if len(found) else shared[found]
    return np.where(known, np.where(meets, np.int8(2), np.int8(1)), np.int8(0)).astype(np.int8), shared


def _equal(values: Hashes, left: Places, right: Places) -> Small:
    one, other = values[left], values[right]
    level: Small = np.where((one != 0) & (other != 0), np.where(one == other, 2, 1), 0).astype(np.int8)
    return level


def _audiences(columns: Columns, left: Places, right: Places) -> Small:
    """Other people: ages that do not meet, men and women, words for unlike ages, names that speak of unlike people. The same words say the
    same; other words say nothing."""
    said, other_said = columns.audiences[left], columns.audiences[right]
    level = np.where((said != 0) & (said == other_said), np.int8(2), np.int8(0))
    one, other = columns.people[left], columns.people[right]
    apart = np.zeros(len(left), dtype=bool)
    for group in (BOTH_SEXES, ALL_AGES):
        apart |= (one & group != 0) & (other & group != 0) & (one & other & group == 0)
    named, other_named = one >> 6, other >> 6
    apart |= (named != 0) & (other_named != 0) & (named & other_named == 0)
    youngest = np.fmax(columns.ages[left, 0], columns.ages[right, 0])
    oldest = np.fmin(columns.ages[left, 1], columns.ages[right, 1])
    apart |= youngest > oldest  # false where neither says
    level[apart] = 1
    return level.astype(np.int8)
