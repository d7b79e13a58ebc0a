"""A listing as it is held against others: what it offers, to whom, where, when, in which languages."""

from dataclasses import dataclass, field

from directory.domain.categories.tree import CATEGORIES
from directory.domain.sectors import Sector
from directory.rules.overlap.ground import NOWHERE, Ground
from directory.rules.overlap.people import NOBODY_TOLD, People

FOR_A_CULTURE = ("indigenous", "language")
"""Facts by which a listing says that it is for the people of a culture or a language."""


@dataclass(frozen=True)
class Offering:
    """`group`: what one organization gives alike in many places has one name, and counts once with any other (the id where it is alone).
    `at`: degrees north and east of its first place that may be shown, None where there is none. `week`: half hours that it is open
    (`week.week_of`), None where that is not known. `languages`: empty where they are not told."""

    id: str
    organization_id: str
    categories: frozenset[str]
    people: People = NOBODY_TOLD
    ground: Ground = NOWHERE
    at: tuple[float, float] | None = None
    week: int | None = None
    languages: frozenset[str] = field(default_factory=frozenset)
    sector: str = ""

    @property
    def group(self) -> tuple[str, tuple[str, ...]]:
        return (self.organization_id or self.id, tuple(sorted(self.categories)))


def is_for_a_culture(offering: Offering, main_language: str) -> bool | None:
    """Whether it is led by the people of a culture, or for those of one, or in another language than the community's first. It makes a
    pair a choice that people have, and is never a reason to close anything. None: nothing that is told says either."""
    sectors = {offering.sector, *(CATEGORIES[slug].sector for slug in offering.categories if slug in CATEGORIES)}
    if Sector.INDIGENOUS in sectors or any(fact in offering.people.limits for fact in FOR_A_CULTURE):
        return True
    if offering.languages and main_language not in offering.languages:
        return True
    return False if offering.sector or offering.languages or offering.people.is_whole else None


def languages_beside(offering: Offering, usual: frozenset[str]) -> frozenset[str]:
    return offering.languages - usual
