"""How alike two prepared records are, in Spark's SQL: for each field, when it is known of both, and when it has at least a level.

What `comparing` and `comparing_names` do, with two differences. Likeness of letters is here the share that is left after the fewest
insertions and deletions; Spark knows Levenshtein's distance alone, from which follows a share that is that one or somewhat less. And other
names of a record count there only where they are the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from directory.rules.matching import comparing as fields
from directory.rules.matching import comparing_names as names
from directory.rules.matching.comparing import Field
from directory.rules.matching.words import ALL_AGES, BOTH_SEXES


@dataclass(frozen=True, slots=True)
class Look:
    """`known`: SQL that holds where both records say. `at_least`: level -> SQL that holds from this level on, where no higher one did."""

    known: str
    at_least: Callable[[int], str]


def alike(one: str, other: str) -> str:
    """The share of letters that two texts have in common."""
    lengths = f"(length({one}) + length({other}))"
    return f"(1 - (2E0 * levenshtein({one}, {other}) - abs(length({one}) - length({other}))) / {lengths})"


def _known(*columns: str) -> str:
    return " AND ".join(f"{column}_{side} IS NOT NULL" for column in columns for side in "lr")


def _some(column: str) -> str:
    return f"size({column}_l) > 0 AND size({column}_r) > 0"


def _or_false(condition: str) -> str:
    return f"coalesce({condition}, false)"


def _names(column: str) -> Mapping[int, str]:
    """Names alone are held against each other by their words and letters; other names of the two count where they are the same."""
    left, right = f"{column}_l", f"{column}_r"
    least, letters, common = _least(column), _letters(column), _common(column)
    share = f"{common} / greatest({column}_told_l + {column}_told_r - {common}, 0.000001)"
    one_sided = f"{least} - {common} < {names.LEAST_TOLD}"
    no_other_number = f"NOT {_or_false(f'{column}_number_l <> {column}_number_r')}"
    return {
        names.SAME: f"{left} = {right} OR arrays_overlap({column}s_l, {column}s_r)",
        names.NEARLY: f"{no_other_number} AND ({letters} >= {_NEARLY} OR ({share} >= {names.NEARLY_WORDS} AND {one_sided}))",
        names.WITHIN: f"{no_other_number} AND {least} >= {names.WITHIN_TELLS} AND {one_sided} AND {common} >= {names.WITHIN_TELLS}",
        names.HALF: f"{no_other_number} AND ({letters} >= {_HALF} OR {share} >= {names.HALF_WORDS})",
        names.FEW_WORDS: f"{share} >= {names.FEW_WORDS_SHARE} OR {common} >= 0.5 * {least} OR {letters} >= {_HALF}",
    }


def told_by(column: str, level: int) -> str:
    """How much the words tell that two names of this level share, in natural log units; `FULL` counts in full."""
    if level == names.SAME:
        shared = f"array_max(transform(array_intersect({column}s_l, {column}s_r), each -> each.told))"
        return f"CASE WHEN {column}_l = {column}_r THEN {column}_told_l ELSE {shared} END"
    if level == names.HALF:
        letters = _letters(column)
        return f"greatest({_common(column)}, CASE WHEN {letters} >= {_DOUBTED} THEN {_least(column)} * {letters} ELSE 0 END)"
    return _least(column)


def _least(column: str) -> str:
    return f"least({column}_told_l, {column}_told_r)"


def _common(column: str) -> str:
    words = f"array_intersect({column}_words_l, {column}_words_r)"
    return f"aggregate({words}, CAST(0 AS DOUBLE), (told, each) -> told + each.t)"


def _letters(column: str) -> str:
    return f"greatest({alike(f'{column}_l', f'{column}_r')}, {alike(f'{column}_spoken_l', f'{column}_spoken_r')})"


_NEARLY, _HALF, _DOUBTED = names.NEARLY_LETTERS / 100, names.HALF_LETTERS / 100, names.DOUBTED_LETTERS / 100

_SUBSET = "size(array_except(split({0}_l, ' '), split({0}_r, ' '))) = 0 OR size(array_except(split({0}_r, ' '), split({0}_l, ' '))) = 0"
_STREET_ALIKE = f"{alike('street_l', 'street_r')} >= {fields.ALIKE_STREET / 100} OR {_SUBSET.format('street')}"
_ONE_NUMBER = "(house_l = house_r OR (house_l IS NULL AND house_r IS NULL))"
_OTHER_SIDE = _or_false("way_l <> way_r")
_DOOR = f"{_ONE_NUMBER} AND NOT {_OTHER_SIDE} AND (street_l = street_r OR {_STREET_ALIKE})"
_UNITS_DIFFER = _or_false("unit_l <> unit_r")
_DIGITS = tuple(f"CAST(house_{side} AS STRING)" for side in "lr")
_SWAPPED = (
    f"exists(sequence(1, length({_DIGITS[0]}) - 1), i -> concat(substring({_DIGITS[0]}, 1, i - 1), substring({_DIGITS[0]}, i + 1, 1), "
    f"substring({_DIGITS[0]}, i, 1), substring({_DIGITS[0]}, i + 2)) = {_DIGITS[1]})"
)
_NEARLY_ONE_NUMBER = (
    f"(abs(house_l - house_r) <= {fields.NEXT_DOOR} OR (house_l >= 100 AND house_r >= 100 AND length({_DIGITS[0]}) = length({_DIGITS[1]}) "
    f"AND (levenshtein({_DIGITS[0]}, {_DIGITS[1]}) = 1 OR {_SWAPPED})))"
)
_ADDRESS = {
    6: f"street_l = street_r AND {_ONE_NUMBER} AND NOT {_OTHER_SIDE} AND NOT {_or_false('kind_l <> kind_r')} AND NOT {_UNITS_DIFFER}",
    5: f"{_DOOR} AND NOT {_UNITS_DIFFER}",
    4: _DOOR,
    3: f"street_l = street_r AND NOT {_OTHER_SIDE} AND {_NEARLY_ONE_NUMBER}",
    2: "street_l = street_r",
}

_SAME_CITY = f"(city_l = city_r OR {alike('city_l', 'city_r')} >= {fields.ALIKE_CITY / 100} OR {_SUBSET.format('city')})"
_AREA = {
    4: "postal_code_l = postal_code_r",
    3: f"{_SAME_CITY} AND (postal_code_l IS NULL OR postal_code_r IS NULL)",
    2: f"city_l IS NULL OR city_r IS NULL OR {_SAME_CITY}",
}

_METRES = (
    f"sqrt(power((latitude_l - latitude_r) * {fields.DEGREE_M}, 2) "
    f"+ power((longitude_l - longitude_r) * {fields.DEGREE_M} * cos(radians(latitude_l)), 2))"
)
_POINT = {level: f"{_METRES} <= {metres}" for level, metres in ((2, fields.NEAR_M), (3, fields.CORNER_M), (4, fields.HERE_M))}

_LOCAL_ALONE = "(arrays_overlap(bare_phones_l, local_phones_r) OR arrays_overlap(local_phones_l, bare_phones_r))"
_PHONE = {
    3: f"arrays_overlap(phones_l, phones_r) OR ({_LOCAL_ALONE} AND size(phones_l) = 0 AND size(phones_r) = 0)",
    2: _LOCAL_ALONE,
}

_TWO_GROUPS = "(({group} & people_l) <> 0 AND ({group} & people_r) <> 0 AND ({group} & people_l & people_r) = 0)"
_NAMED = "(shiftright(people_l, 6) <> 0 AND shiftright(people_r, 6) <> 0 AND (shiftright(people_l, 6) & people_r) = 0)"
_AGES = _or_false("greatest(minimum_age_l, minimum_age_r) > least(maximum_age_l, maximum_age_r)")
_OTHER_PEOPLE = f"({_TWO_GROUPS.format(group=BOTH_SEXES)} OR {_TWO_GROUPS.format(group=ALL_AGES)} OR {_NAMED} OR {_AGES})"
_AUDIENCE = f"audience_l = audience_r AND NOT {_OTHER_PEOPLE}"


def _of(known: str, levels: Mapping[int, str]) -> Look:
    """The lowest level is whatever is known and has no other."""
    return Look(known, lambda level: levels.get(level, known))


LOOKS: Mapping[Field, Look] = {
    Field.NAME: _of(_known("name"), _names("name")),
    Field.OWNER: _of(_known("owner"), _names("owner")),
    Field.ADDRESS: _of(f"{_known('street')} AND (house_l IS NULL) = (house_r IS NULL)", _ADDRESS),
    Field.AREA: _of(f"({_known('city')}) OR ({_known('postal_code')})", _AREA),
    Field.POINT: _of(_known("latitude", "longitude"), _POINT),
    Field.PHONE: _of(_some("local_phones"), _PHONE),
    Field.LINK: _of(_some("links"), {2: "arrays_overlap(links_l, links_r)"}),
    Field.HOURS: _of(_known("hours"), {2: "hours_l = hours_r"}),
    Field.AUDIENCE: _of(f"{_OTHER_PEOPLE} OR {_or_false('audience_l = audience_r')}", {2: _AUDIENCE}),
    Field.CATEGORY: _of(_some("categories"), {2: "arrays_overlap(categories_l, categories_r)"}),
}


def shared_by(field: Field, level: int, count: int) -> str:
    """Holds where the rarest that both have is shared between so many different things."""
    if field is Field.LINK:
        return f"{_least_shared('links_l', 'links_r')} = {count}"
    if level == len(fields.LEVELS[Field.PHONE]):
        return f"coalesce({_least_shared('phones_l', 'phones_r')}, {_least_shared('local_phones_l', 'local_phones_r')}) = {count}"
    either = (_least_shared("bare_phones_l", "local_phones_r"), _least_shared("local_phones_l", "bare_phones_r"))
    return f"least({either[0]}, {either[1]}) = {count}"


def _least_shared(one: str, other: str) -> str:
    return f"array_min(transform(array_intersect({one}, {other}), each -> each.shared))"
