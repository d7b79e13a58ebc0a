"""Check the taxonomy: the data that ships, the listings that use it, and the imported terms that nobody has filed yet."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.categories.faults import Fault, faults
from directory.domain.categories.tree import CATEGORIES
from directory.services.parts import Parts
from directory.services.taxonomy.imported import count_unmapped
from directory.store.migrate import is_current
from directory.store.tables import ServiceCategory


@dataclass(frozen=True, slots=True)
class TaxonomyReport:
    """`terms` and `unmapped_terms` are None where there is no database yet. Unmapped terms are work, not faults."""

    categories: int
    faults: tuple[Fault, ...]
    terms: int | None
    unmapped_terms: int | None

    @property
    def sound(self) -> bool:
        return not self.faults


def check_taxonomy(parts: Parts) -> TaxonomyReport:
    """Everything that is wrong with the taxonomy, and how many imported terms mean nothing yet."""
    found = list(faults())
    if not is_current(parts.database):
        return TaxonomyReport(len(CATEGORIES), tuple(found), None, None)
    with parts.database.reading() as session:
        found += _listings_astray(session)
        terms, unmapped = count_unmapped(session)
    return TaxonomyReport(len(CATEGORIES), tuple(found), terms, unmapped)


def _listings_astray(session: Session) -> list[Fault]:
    counts = session.execute(select(ServiceCategory.category, func.count()).group_by(ServiceCategory.category)).all()
    return [
        Fault("listings", slug, f"{number} listings are filed under {slug}, which is no category.")
        for slug, number in sorted(counts)
        if slug not in CATEGORIES
    ]
