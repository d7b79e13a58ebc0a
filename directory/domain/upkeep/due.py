"""How much harm a wrong word in a listing does, by what it is filed under. How soon somebody looks again is said by rules
(`rules/shipped/listing-quality.yaml`). Verified is not edited: a change of a field moves nothing there."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from directory.domain.categories.tree import CATEGORIES, ancestors


class Risk(StrEnum):
    """What a wrong word in a listing may cost."""

    CRISIS = "crisis"  # a night, a life
    BASIC = "basic"  # a meal, a bed, a dose, a doctor
    OTHER = "other"  # a trip for nothing


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


def risk_of(categories: Iterable[str]) -> Risk:
    """The highest risk of what a listing is filed under."""
    given = set(categories)
    return next((risk for risk in SLUGS if given & SLUGS[risk]), Risk.OTHER)
