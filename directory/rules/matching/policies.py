"""What "the same" means at each level: shipped weights, and gates: things that no sum of other reasons may outweigh."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.rules.matching import comparing_names as names
from directory.rules.matching.comparing import Comparison, Field
from directory.rules.matching.facts import IdentityLevel
from directory.rules.matching.weights import Weights, make_weights

Mask = NDArray[np.bool_]

CERTAIN_AT = 3.0
"""Log-odds from which a pair may count as certain (probability .95)."""

REVIEW_AT = -2.0
"""Log-odds from which a person should look (probability .12)."""

NEVER_CERTAIN, NEVER_TOGETHER, APART = 1.5, -0.5, -2.5
"""Where gates hold a score: under the certain band; under even odds, to be looked at; out of the review band."""

ELSEWHERE, OTHER_NUMBER, NEXT_DOOR, OTHER_UNIT, NEARLY, SAME = range(1, 7)
OTHER, IN_COMMON = 1, 2
SAME_POSTAL_CODE = 4


@dataclass(frozen=True, slots=True)
class Gate:
    """Where `holds`, the score is held at `cap` at most. `name` is a word for what is in the way."""

    name: str
    cap: float
    holds: Callable[[Comparison], Mask]


@dataclass(frozen=True, slots=True)
class Policy:
    level: IdentityLevel
    weights: Weights
    gates: tuple[Gate, ...]


def _level(comparison: Comparison, field: Field) -> NDArray[np.int8]:
    return comparison.levels[:, field]


def _address_between(lowest: int, highest: int) -> Callable[[Comparison], Mask]:
    return lambda found: (_level(found, Field.ADDRESS) >= lowest) & (_level(found, Field.ADDRESS) <= highest)


def _says_elsewhere(found: Comparison) -> Mask:
    """Two addresses, and they are not one."""
    return _address_between(ELSEWHERE, OTHER_NUMBER)(found)


def _no_address(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.ADDRESS) == 0
    return found_so


def _contact(found: Comparison) -> Mask:
    """The same telephone or host, not shared by many."""
    phone = (_level(found, Field.PHONE) >= IN_COMMON) & (found.strengths[:, Field.PHONE] > 0.5)
    link = (_level(found, Field.LINK) == IN_COMMON) & (found.strengths[:, Field.LINK] > 0.5)
    found_so: Mask = phone | link
    return found_so


def _other_town(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.AREA) == 1
    return found_so


def _place_alone(found: Comparison) -> Mask:
    """One address, and nothing else that they have in common: two agencies under one roof look like this."""
    found_so: Mask = (_level(found, Field.NAME) <= names.FEW_WORDS) & ~_contact(found) & (_level(found, Field.OWNER) < names.WITHIN)
    return found_so


def _place_and_no_more(found: Comparison) -> Mask:
    """One address, names unlike, and telephones that are not the same: more often than not two agencies under one roof."""
    found_so: Mask = (_level(found, Field.NAME) == names.UNLIKE) & (_level(found, Field.PHONE) == OTHER) & _place_alone(found)
    return found_so


def _weak_name(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.NAME) <= names.FEW_WORDS
    return found_so


def _half_of_name(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.NAME) == names.HALF
    return found_so


def _half_of_name_alone(found: Comparison) -> Mask:
    found_so: Mask = _half_of_name(found) & ~_contact(found)
    return found_so


def _part_of_name(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.NAME) < names.NEARLY
    return found_so


def _part_of_name_alone(found: Comparison) -> Mask:
    found_so: Mask = _part_of_name(found) & ~((_level(found, Field.NAME) == names.WITHIN) & _contact(found))
    return found_so


def _name_alone(found: Comparison) -> Mask:
    """One name, and neither a place nor a contact in common."""
    found_so: Mask = ~_contact(found) & ~(_level(found, Field.ADDRESS) >= NEXT_DOOR) & ~(_level(found, Field.POINT) >= 3)
    return found_so


def _other_door_and_contact(found: Comparison) -> Mask:
    """Names a letter apart, other telephones, other addresses: neighbours more often than one body misspelt."""
    found_so: Mask = _name_alone(found) & (_level(found, Field.NAME) < names.SAME)
    return found_so


def _other_owner(found: Comparison) -> Mask:
    found_so: Mask = (_level(found, Field.OWNER) >= names.UNLIKE) & (_level(found, Field.OWNER) <= names.FEW_WORDS)
    return found_so


def _half_owner(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.OWNER) == names.HALF
    return found_so


def _other_people(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.AUDIENCE) == OTHER
    return found_so


def _other_hours(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.HOURS) == OTHER
    return found_so


def _other_category(found: Comparison) -> Mask:
    found_so: Mask = _level(found, Field.CATEGORY) == OTHER
    return found_so


_SITE = Policy(
    IdentityLevel.SITE,
    make_weights(
        -3.0,
        {
            Field.NAME: (-0.8, 0.0, 0.8, 1.2, 1.6, 2.2),
            Field.OWNER: (-0.5, 0.0, 0.3, 0.6, 0.8, 1.0),
            Field.ADDRESS: (-6.0, -3.0, 1.0, 2.0, 5.0, 6.0),
            Field.AREA: (-3.0, -1.5, 0.0, 0.8),
            Field.POINT: (-2.5, -0.5, 0.5, 1.2),
            Field.PHONE: (-0.5, 2.0, 2.8),
            Field.LINK: (-0.2, 0.8),
        },
    ),
    (
        Gate("other_address", NEVER_TOGETHER, _says_elsewhere),
        Gate("other_town", NEVER_TOGETHER, _other_town),
        Gate("other_owner", APART, _other_owner),
        Gate("other_owner", NEVER_TOGETHER, _half_owner),
        Gate("place_alone", NEVER_TOGETHER, _place_and_no_more),
        Gate("place_alone", NEVER_CERTAIN, _place_alone),
        Gate("other_unit", NEVER_CERTAIN, _address_between(OTHER_UNIT, OTHER_UNIT)),
        Gate("next_door", NEVER_CERTAIN, _address_between(NEXT_DOOR, NEXT_DOOR)),
        Gate("no_address", NEVER_CERTAIN, _no_address),
    ),
)

_ORGANIZATION = Policy(
    IdentityLevel.ORGANIZATION,
    make_weights(
        -3.5,
        {
            Field.NAME: (-5.0, -2.0, 0.5, 2.0, 3.0, 4.5),
            Field.ADDRESS: (-1.0, -0.6, 0.5, 1.0, 2.2, 2.6),
            Field.AREA: (-1.5, -0.3, 0.2, 0.5),
            Field.POINT: (-0.6, 0.0, 0.4, 0.8),
            Field.PHONE: (-0.8, 2.0, 2.6),
            Field.LINK: (-0.5, 3.0),
        },
    ),
    (
        Gate("other_name", NEVER_TOGETHER, _weak_name),
        Gate("neighbours", NEVER_TOGETHER, _other_door_and_contact),
        Gate("name_in_part", NEVER_TOGETHER, _half_of_name_alone),
        Gate("name_in_part", NEVER_CERTAIN, _part_of_name_alone),
        Gate("name_alone", NEVER_CERTAIN, _name_alone),
    ),
)

_PROGRAM = Policy(
    IdentityLevel.PROGRAM,
    make_weights(
        -4.0,
        {
            Field.NAME: (-4.0, -2.5, 0.0, 1.5, 2.5, 3.0),
            Field.OWNER: (-2.5, -1.0, 0.5, 1.2, 1.6, 2.0),
            Field.ADDRESS: (-4.0, -3.0, 0.0, 0.8, 2.0, 2.5),
            Field.AREA: (-2.0, -0.8, 0.0, 0.4),
            Field.POINT: (-2.0, -0.6, 0.3, 0.6),
            Field.PHONE: (-0.5, 0.8, 1.0),
            Field.LINK: (-0.4, 0.8),
            Field.HOURS: (-2.0, 0.8),
            Field.AUDIENCE: (-4.0, 0.6),
            Field.CATEGORY: (-4.0, 0.8),
        },
    ),
    (
        Gate("other_people", APART, _other_people),
        Gate("other_address", APART, _says_elsewhere),
        Gate("other_town", APART, _other_town),
        Gate("other_hours", NEVER_TOGETHER, _other_hours),
        Gate("other_owner", NEVER_TOGETHER, _other_owner),
        Gate("other_owner", NEVER_TOGETHER, _half_owner),
        Gate("other_name", NEVER_TOGETHER, _weak_name),
        Gate("other_category", APART, _other_category),
        Gate("name_in_part", NEVER_TOGETHER, _half_of_name),
        Gate("name_in_part", NEVER_CERTAIN, _part_of_name),
        Gate("no_address", NEVER_CERTAIN, _no_address),
    ),
)

POLICIES: Mapping[IdentityLevel, Policy] = {policy.level: policy for policy in (_SITE, _ORGANIZATION, _PROGRAM)}
