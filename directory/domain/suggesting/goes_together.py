"""Needs that often come together, as long as a community's own needs do not tell: a short list, each pair with where it comes from.

A pair reads both ways. It holds for everything that lies under either category.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from directory.domain.categories.tree import closure, descendants

_OURS = "our proposal"
_CONCURRENT = "Health Canada, Best Practices: Concurrent Mental Health and Substance Use Disorders (2002)"
_POVERTY = "College of Family Physicians of Canada, Best Advice: Social Determinants of Health (2015)"

PAIRS: Mapping[frozenset[str], str] = {
    frozenset(pair): source
    for *pair, source in (
        ("eviction-prevention", "eviction-legal", _OURS),
        ("eviction-prevention", "benefits-help", _OURS),
        ("eviction-prevention", "budgeting", _OURS),
        ("rent-help", "benefits-help", _OURS),
        ("rent-help", "debt-credit", _OURS),
        ("rent-help", "food-pantry", _OURS),
        ("utilities-help", "benefits-help", _OURS),
        ("food-pantry", "benefits-help", _OURS),
        ("food-pantry", "budgeting", _OURS),
        ("emergency-shelter", "housing-search", _OURS),
        ("emergency-shelter", "id-documents", _OURS),
        ("emergency-shelter", "primary-care", _OURS),
        ("emergency-shelter", "addictions", _OURS),
        ("womens-shelter", "trauma-counselling", _OURS),
        ("womens-shelter", "family-law", _OURS),
        ("womens-shelter", "child-care", _OURS),
        ("detox", "addiction-treatment", _OURS),
        ("detox", "recovery-house", _OURS),
        ("addictions", "mental-health", _CONCURRENT),
        ("harm-reduction", "primary-care", _OURS),
        ("counselling", "mental-health-peer-support", _OURS),
        ("attendance", "youth-mental-health", _OURS),
        ("attendance", "parenting", _OURS),
        ("attendance", "food", _OURS),
        ("attendance", "housing", _OURS),
        ("school-counselling", "youth-mental-health", _OURS),
        ("youth-justice", "youth-employment", _OURS),
        ("youth-justice", "addictions", _OURS),
        ("pregnancy", "early-years", _OURS),
        ("pregnancy", "baby-supplies", _OURS),
        ("parenting", "child-care", _OURS),
        ("job-search", "child-care", _OURS),
        ("job-search", "clothing", _OURS),
        ("settlement", "language-classes", _OURS),
        ("settlement", "housing-search", _OURS),
        ("settlement", "newcomer-employment", _OURS),
        ("refugee-claimants", "immigration-legal", _OURS),
        ("refugee-claimants", "emergency-shelter", _OURS),
        ("social-assistance", "food-pantry", _OURS),
        ("social-assistance", "job-search", _OURS),
        ("record-expungement", "job-search", _OURS),
        ("dementia", "caregiver-support", _OURS),
        ("home-care", "friendly-visiting", _OURS),
        ("elder-abuse", "legal", _OURS),
        ("dental", "health-coverage", _OURS),
        ("primary-care", "benefits-help", _POVERTY),
    )
}


@cache
def goes_with(slug: str) -> frozenset[str]:
    """The categories that go together with one, or with what it lies under: as they stand in the list, without what lies under them."""
    above = frozenset(closure((slug,)))
    return frozenset(other for pair in PAIRS for one in pair & above for other in pair - {one}) - above


def go_together(slugs: Iterable[str], others: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The pairs of the list that the two sides make up: (of `slugs`, of `others`), as the list has them."""
    first, second = frozenset(closure(slugs)), frozenset(closure(others))
    return frozenset((one, other) for pair in PAIRS for one in pair & first for other in (pair - {one}) & second)


@cache
def with_all_below(slug: str) -> frozenset[str]:
    """A category with everything under it."""
    return frozenset((slug, *descendants(slug)))
