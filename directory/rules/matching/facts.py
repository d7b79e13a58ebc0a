"""What is compared of a record, and the fingerprint of it. Whoever calls fills in what is known; what is not known is left empty and says
nothing for or against."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any


class IdentityLevel(StrEnum):
    """What "the same" means. `SITE`: one place where people go to one organization; where a record does not say whose it is, the place
    decides, unless names and telephones speak against it. `ORGANIZATION`: one body with one name, wherever it works. `PROGRAM`: one offer
    of one organization at one place."""

    SITE = "site"
    ORGANIZATION = "organization"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Facts:
    """One record as plain words. `owner` is the name of its organization (sites and programs), in `owner_other_names` its other ones.
    `street` holds the lines of its address, `links` its web and mail addresses. Points are in degrees and left out where they stand for a
    whole town. `hours` and `audience` are compared as texts, `minimum_age` and `maximum_age` in years. A program at several places is
    several records, one a place. Confidential addresses and people's names do not belong here."""

    id: str
    name: str = ""
    other_names: tuple[str, ...] = ()
    owner: str = ""
    owner_other_names: tuple[str, ...] = ()
    street: str = ""
    city: str = ""
    postal_code: str = ""
    country: str = ""
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    hours: str = ""
    audience: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    categories: tuple[str, ...] = ()


_FOR_PROGRAMS_ALONE = frozenset({"hours", "audience", "minimum_age", "maximum_age", "categories"})
_NOTHING = (None, "", ())
"""How a record does not say."""


def _rested_on(level: IdentityLevel, kind: type[Facts] = Facts) -> tuple[str, ...]:
    left_out = {"id"}
    if level is not IdentityLevel.PROGRAM:
        left_out |= _FOR_PROGRAMS_ALONE
    if level is IdentityLevel.ORGANIZATION:
        left_out |= {"owner", "owner_other_names"}
    return tuple(field.name for field in fields(kind) if field.name not in left_out)


RESTED_ON = {level: _rested_on(level) for level in IdentityLevel}
"""Level -> the facts that a comparison at that level rests on."""

IN_EVERY_FINGERPRINT = (
    "name", "other_names", "owner", "owner_other_names", "street", "city", "postal_code", "country", "phones", "links", "latitude",
    "longitude", "hours", "audience", "minimum_age", "maximum_age", "categories",
)  # fmt: skip
"""The facts that enter every fingerprint, said or not, in this order: verdicts are kept under it, so nothing is added here. A fact that is
not named here enters where it is said alone: one that is thought of later, and that a record does not say, re-opens no verdict."""


def _reading(kind: type[Facts], level: IdentityLevel) -> tuple[Callable[[Facts], tuple[Any, ...]], tuple[str, ...]]:
    """What reads the facts that enter every fingerprint; and the names of the others."""
    rested_on = _rested_on(level, kind)
    always = (name for name in IN_EVERY_FINGERPRINT if name in rested_on)
    return attrgetter(*always), tuple(name for name in rested_on if name not in IN_EVERY_FINGERPRINT)


_READINGS: dict[tuple[Any, IdentityLevel], Any] = {}


def fingerprint(facts: Facts, level: IdentityLevel) -> str:
    """Sixteen hexadecimal digits that change when a fact changes on which a comparison at this level rests. Capitals and spaces change
    nothing, nor does a new version of the comparing, nor a kind of fact that a record does not say."""
    kind = type(facts)
    if (kind, level) not in _READINGS:
        _READINGS[kind, level] = _reading(kind, level)
    read, later = _READINGS[kind, level]
    words = " | ".join(map(str, read(facts)))
    for name in later:
        if (said := getattr(facts, name)) not in _NOTHING:
            words += f" | {name}: {said}"
    words = words.casefold()
    if "  " in words or not words.isprintable():
        words = " ".join(words.split())
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()


def pair_fingerprint(one: str, one_fingerprint: str, other: str, other_fingerprint: str) -> str:
    """The fingerprint of a pair: that of both records, whichever is named first."""
    first, second = sorted([(one, one_fingerprint), (other, other_fingerprint)])
    return first[1] + second[1]
