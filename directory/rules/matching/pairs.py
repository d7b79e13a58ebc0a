"""What a pair carries: probability, band, and reasons whose sizes add up to its score."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """`CERTAIN`: as good as sure; still nothing merges without a person. `REVIEW`: a person should look. `NO`: two things."""

    CERTAIN = "certain"
    REVIEW = "review"
    NO = "no"


class Verdict(StrEnum):
    SAME = "same"
    DIFFERENT = "different"


Verdicts = Mapping[tuple[str, str], Verdict]
"""(smaller id, larger id) -> what a person found."""


def pair_key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Reason:
    """`field` and `level` are the words of `comparing.LEVELS`; besides, field "start" is what two records that share a key begin with, and
    field "gate" is what a gate takes away. `size`: natural log-odds, for the pair (+) or against it (-). `shared`: between how many
    different things the telephone or host is shared, 1 where it is not."""

    field: str
    level: str
    size: float
    shared: int = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """`left` < `right`: ids. `score`: natural log-odds, the sum of the reasons. `probability`: of being one thing, the score said
    otherwise. `fingerprint`: of the facts it rests on (`facts.pair_fingerprint`). `verdict`: what a person found, None for nobody yet."""

    left: str
    right: str
    score: float
    probability: float
    band: Band
    reasons: tuple[Reason, ...]
    fingerprint: str
    verdict: Verdict | None = None
