"""Categories of services from the taxonomy terms said of them, wherever in the feed the terms themselves are told."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.exchange.apply.planned import Planned
from directory.services.exchange.prepare.categories import MAPPED, mapped
from directory.store.tables import Taxonomy, TaxonomyTerm

MOST_REMEMBERED = 20_000


class TermCategories:
    """Remembers what terms mean in the directory's own categories."""

    def __init__(self) -> None:
        self._slugs: dict[str, tuple[str, ...]] = {}

    def add_to(self, session: Session, services: Iterable[Planned]) -> None:
        """Add to each service the categories that its terms stand for; what the feed states itself stays as stated."""
        services = [service for service in services if service.terms]
        self._learn(session, {term for service in services for term in service.terms.values() if term})
        for service in services:
            known = {slug for slug, _ in service.categories}
            found = {slug for term in service.terms.values() if term for slug in self._slugs.get(term, ())}
            service.categories = [*service.categories, *([slug, MAPPED] for slug in sorted(found - known))]

    def _learn(self, session: Session, terms: set[str]) -> None:
        unknown = terms - self._slugs.keys()
        if not unknown:
            return
        if len(self._slugs) > MOST_REMEMBERED:
            self._slugs.clear()
            unknown = terms
        statement = select(TaxonomyTerm.id, TaxonomyTerm.taxonomy, Taxonomy.name.label("known_as"), TaxonomyTerm.code, TaxonomyTerm.name)
        statement = (
            statement.select_from(TaxonomyTerm)
            .outerjoin(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
            .where(TaxonomyTerm.id.in_(unknown))
        )
        for row in session.execute(statement):
            self._slugs[row.id] = mapped(row.taxonomy or row.known_as or "", row.code or "", row.name)
