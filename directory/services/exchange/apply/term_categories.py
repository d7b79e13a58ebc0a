"""Categories of services from the terms said of them, wherever in the feed the terms themselves are told, and as planners decided."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.categories.filing import Decisions, SaidTerm, categories_of, file_by_terms
from directory.services.exchange.apply.planned import Planned
from directory.services.exchange.prepare.categories import MAPPED
from directory.services.taxonomy.said import decisions_in, from_terms, in_words, term_code, term_source, term_taxonomy
from directory.store.tables import TaxonomyTerm

MOST_REMEMBERED = 20_000


class TermCategories:
    """Remembers the terms of a source, and what they mean in the directory's own categories."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._terms: dict[str, SaidTerm] = {}

    def add_to(self, session: Session, services: Iterable[Planned]) -> None:
        """Add to each service the categories that its terms stand for; what the feed states itself stays as stated.

        What was mapped from words when the record was prepared is put right where a planner has decided on those words since.
        """
        services = list(services)
        self._learn(session, {term for service in services for term in service.terms.values() if term})
        decisions = decisions_in(session) if services else {}
        for service in services:
            terms = [*self._told(service), *self._words(service)]
            kept = self._without_overruled(service, terms, decisions)
            known = {slug for slug, _ in kept}
            is_stated = any(origin != MAPPED for _, origin in kept)
            found = file_by_terms(terms, decisions, service_name=service.name, is_stated=is_stated)
            service.categories = [*kept, *([slug, MAPPED] for slug in sorted(found - known))]

    def _without_overruled(self, service: Planned, terms: list[SaidTerm], decisions: Decisions) -> list[list[str]]:
        """Without what only the tables made of terms that were decided otherwise."""
        decided = [term for term in terms if term.id in decisions]
        if not decided:
            return list(service.categories)
        overruled = {slug for term in decided for slug in categories_of(term, {})}
        return [[slug, origin] for slug, origin in service.categories if origin != MAPPED or slug not in overruled]

    def _told(self, service: Planned) -> Iterator[SaidTerm]:
        return (self._terms[term] for term in service.terms.values() if term and term in self._terms)

    def _words(self, service: Planned) -> Iterator[SaidTerm]:
        """Attributes of the service itself that carry words instead of a term."""
        for index, (kind, parent, _, fields, _) in enumerate(service.parts):
            if kind == "attribute" and parent < 0 and index not in service.terms and fields.get("value"):
                yield in_words(self._source, fields.get("link_type") or "", fields["value"])

    def _learn(self, session: Session, terms: set[str]) -> None:
        unknown = terms - self._terms.keys()
        if not unknown:
            return
        if len(self._terms) > MOST_REMEMBERED:
            self._terms.clear()
            unknown = terms
        statement = from_terms(select(TaxonomyTerm.id, term_source, term_taxonomy, term_code, TaxonomyTerm.name))
        for term_id, *said in session.execute(statement.where(TaxonomyTerm.id.in_(unknown))):
            self._terms[term_id] = SaidTerm(*said)
