"""What is compared of a record, and the fingerprint of it. Whoever calls fills in what is known; what is not known is left empty and says
nothing for or against."""

import hashlib
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter


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


def _rested_on(level: IdentityLevel) -> tuple[str, ...]:
    left_out = {"id"}
    if level is not IdentityLevel.PROGRAM:
        left_out |= _FOR_PROGRAMS_ALONE
    if level is IdentityLevel.ORGANIZATION:
        left_out |= {"owner", "owner_other_names"}
    return tuple(field.name for field in fields(Facts) if field.name not in left_out)


RESTED_ON = {level: _rested_on(level) for level in IdentityLevel}
"""Level -> the facts that a comparison at that level rests on."""

_READERS = {level: attrgetter(*names) for level, names in RESTED_ON.items()}


def fingerprint(facts: Facts, level: IdentityLevel) -> str:
    """Sixteen hexadecimal digits that change when a fact changes on which a comparison at this level rests. Capitals and spaces change
    nothing, nor does a new version of the comparing."""
    words = " | ".join(map(str, _READERS[level](facts))).casefold()
    if "  " in words or not words.isprintable():
        words = " ".join(words.split())
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).hexdigest()


def pair_fingerprint(one: str, one_fingerprint: str, other: str, other_fingerprint: str) -> str:
    """The fingerprint of a pair: that of both records, whichever is named first."""
    first, second = sorted([(one, one_fingerprint), (other, other_fingerprint)])
    return first[1] + second[1]
