"""What "the same" means at each level: shipped weights, and gates: things that no sum of other reasons may outweigh."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.rules.matching import comparing_names as names
from directory.rules.matching.comparing import Field
from directory.rules.matching.facts import IdentityLevel
from directory.rules.matching.gates import At, Condition, at_least, at_most, exactly
from directory.rules.matching.weights import Weights, make_weights

CERTAIN_AT = 3.0
"""Log-odds from which a pair may count as certain (probability .95)."""

REVIEW_AT = -2.0
"""Log-odds from which a person should look (probability .12)."""

NEVER_CERTAIN, NEVER_TOGETHER, APART = 1.5, -0.5, -2.5
"""Where gates hold a score: under the certain band; under even odds, to be looked at; out of the review band."""

ELSEWHERE, OTHER_NUMBER, NEXT_DOOR, OTHER_UNIT, NEARLY, SAME = range(1, 7)
OTHER, IN_COMMON = 1, 2


@dataclass(frozen=True, slots=True)
class Gate:
    """Where `when` holds, the score is held at `cap` at most. `name` is a word for what is in the way."""

    name: str
    cap: float
    when: Condition


@dataclass(frozen=True, slots=True)
class Policy:
    level: IdentityLevel
    weights: Weights
    gates: tuple[Gate, ...]


_SAYS_ELSEWHERE = At(Field.ADDRESS, ELSEWHERE, OTHER_NUMBER)
"""Two addresses, and they are not one."""

_NO_ADDRESS = exactly(Field.ADDRESS, 0)
_OTHER_TOWN = exactly(Field.AREA, 1)

_CONTACT = at_least(Field.PHONE, IN_COMMON, stronger_than=0.5) | at_least(Field.LINK, IN_COMMON, stronger_than=0.5)
"""The same telephone or host, not shared by many."""

_WEAK_NAME = at_most(Field.NAME, names.FEW_WORDS)
_PART_OF_NAME = at_most(Field.NAME, names.WITHIN)
_HALF_OF_NAME = exactly(Field.NAME, names.HALF)
_HALF_OF_NAME_ALONE = _HALF_OF_NAME & ~_CONTACT
_PART_OF_NAME_ALONE = _PART_OF_NAME & ~(exactly(Field.NAME, names.WITHIN) & _CONTACT)

_PLACE_ALONE = _WEAK_NAME & ~_CONTACT & at_most(Field.OWNER, names.HALF)
"""One address, and nothing else that they have in common: two agencies under one roof look like this."""

_PLACE_AND_NO_MORE = exactly(Field.NAME, names.UNLIKE) & exactly(Field.PHONE, OTHER) & _PLACE_ALONE
"""One address, names unlike, and telephones that are not the same: more often than not two agencies under one roof."""

_NAME_ALONE = ~_CONTACT & at_most(Field.ADDRESS, OTHER_NUMBER) & at_most(Field.POINT, 2)
"""One name, and neither a place nor a contact in common."""

_OTHER_DOOR_AND_CONTACT = _NAME_ALONE & at_most(Field.NAME, names.NEARLY)
"""Names a letter apart, other telephones, other addresses: neighbours more often than one body misspelt."""

_OTHER_OWNER = At(Field.OWNER, names.UNLIKE, names.FEW_WORDS)
_HALF_OWNER = exactly(Field.OWNER, names.HALF)
_OTHER_PEOPLE, _OTHER_HOURS, _OTHER_CATEGORY = (exactly(field, OTHER) for field in (Field.AUDIENCE, Field.HOURS, Field.CATEGORY))


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
        Gate("other_address", NEVER_TOGETHER, _SAYS_ELSEWHERE),
        Gate("other_town", NEVER_TOGETHER, _OTHER_TOWN),
        Gate("other_owner", APART, _OTHER_OWNER),
        Gate("other_owner", NEVER_TOGETHER, _HALF_OWNER),
        Gate("place_alone", NEVER_TOGETHER, _PLACE_AND_NO_MORE),
        Gate("place_alone", NEVER_CERTAIN, _PLACE_ALONE),
        Gate("other_unit", NEVER_CERTAIN, exactly(Field.ADDRESS, OTHER_UNIT)),
        Gate("next_door", NEVER_CERTAIN, exactly(Field.ADDRESS, NEXT_DOOR)),
        Gate("no_address", NEVER_CERTAIN, _NO_ADDRESS),
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
        Gate("other_name", NEVER_TOGETHER, _WEAK_NAME),
        Gate("neighbours", NEVER_TOGETHER, _OTHER_DOOR_AND_CONTACT),
        Gate("name_in_part", NEVER_TOGETHER, _HALF_OF_NAME_ALONE),
        Gate("name_in_part", NEVER_CERTAIN, _PART_OF_NAME_ALONE),
        Gate("name_alone", NEVER_CERTAIN, _NAME_ALONE),
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
        Gate("other_people", APART, _OTHER_PEOPLE),
        Gate("other_address", APART, _SAYS_ELSEWHERE),
        Gate("other_town", APART, _OTHER_TOWN),
        Gate("other_hours", NEVER_TOGETHER, _OTHER_HOURS),
        Gate("other_owner", NEVER_TOGETHER, _OTHER_OWNER),
        Gate("other_owner", NEVER_TOGETHER, _HALF_OWNER),
        Gate("other_name", NEVER_TOGETHER, _WEAK_NAME),
        Gate("other_category", APART, _OTHER_CATEGORY),
        Gate("name_in_part", NEVER_TOGETHER, _HALF_OF_NAME),
        Gate("name_in_part", NEVER_CERTAIN, _PART_OF_NAME),
        Gate("no_address", NEVER_CERTAIN, _NO_ADDRESS),
    ),
)

POLICIES: Mapping[IdentityLevel, Policy] = {policy.level: policy for policy in (_SITE, _ORGANIZATION, _PROGRAM)}
