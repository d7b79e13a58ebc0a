"""When a listing is due to be looked at again: sooner where a wrong word does more harm.

A crisis line that moved is worse than a choir that moved, and room changes faster than an address. What was never looked at is due at once.
Verified is not edited: a change of a field moves nothing here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from directory.domain.categories.tree import CATEGORIES, ancestors


class Risk(StrEnum):
    """What a wrong word in a listing may cost."""

    CRISIS = "crisis"  # a night, a life
    BASIC = "basic"  # a meal, a bed, a dose, a doctor
    OTHER = "other"  # a trip for nothing


class Why(StrEnum):
    """Why a listing is due when it is."""

    NEVER = "never"  # nobody has looked yet, as far as known
    TOLD = "told"  # somebody told that it may be wrong, and nobody has answered
    ROOM = "room"  # it tells of room, which is soon out of date
    CRISIS = "crisis"
    BASIC = "basic"
    OTHER = "other"


DAYS: Mapping[Risk, int] = MappingProxyType({Risk.CRISIS: 90, Risk.BASIC: 180, Risk.OTHER: 365})
"""After how many days a listing of each risk is due again. A year is what standards of the field ask for at least."""

ROOM_DAYS = 30
"""A listing that tells of room (has room, waitlist, full) is due so many days after room was told or found right."""

BRANCHES: Mapping[Risk, tuple[str, ...]] = MappingProxyType(
    {
        Risk.CRISIS: (
            "emergency-shelter", "detox", "opioid-treatment", "harm-reduction", "crisis-support", "urgent-care", "child-protection",
            "elder-abuse", "violence", "disaster-help",
        ),
        Risk.BASIC: (
            "food", "housing", "addictions", "mental-health", "primary-care", "emergency-funds", "social-assistance", "medical-rides",
        ),
    }
)  # fmt: skip
"""The categories of each risk, with all that lies under them. Of a listing with several, the highest counts."""


def _slugs(risk: Risk) -> frozenset[str]:
    branches = set(BRANCHES[risk])
    return frozenset(slug for slug in CATEGORIES if branches.intersection((slug, *ancestors(slug))))


SLUGS: Mapping[Risk, frozenset[str]] = MappingProxyType({risk: _slugs(risk) for risk in BRANCHES})
"""Every category of a risk, those underneath included."""


@dataclass(frozen=True, slots=True)
class Known:
    """What decides when a listing is due. `since`: from when on it is in the directory; `room_at`: when the room that it tells of was told
    last, None where it tells of none; `told_at`: since when an unanswered report says that it may be wrong. Moments are aware."""

    since: datetime
    categories: tuple[str, ...] = ()
    verified_at: datetime | None = None
    room_at: datetime | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """From `at` on somebody should look, because of `why`."""

    at: datetime
    why: Why


def risk_of(categories: Iterable[str]) -> Risk:
    """The highest risk of what a listing is filed under."""
    given = set(categories)
    return next((risk for risk in SLUGS if given & SLUGS[risk]), Risk.OTHER)


def due_of(known: Known) -> Due:
    """When a listing is due, and why then: the earliest of all that makes it so."""
    if known.verified_at is None:
        return Due(known.since, Why.NEVER)
    risk = risk_of(known.categories)
    found = [Due(known.verified_at + timedelta(days=DAYS[risk]), Why(risk.value))]
    if known.room_at is not None:
        found.append(Due(max(known.room_at, known.verified_at) + timedelta(days=ROOM_DAYS), Why.ROOM))
    if known.told_at is not None and known.told_at > known.verified_at:
        found.append(Due(known.told_at, Why.TOLD))
    return min(found, key=lambda due: due.at)
