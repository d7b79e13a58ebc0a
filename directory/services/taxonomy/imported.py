"""List the terms that sources say, with what hangs on each, what it means here, and what it might mean where it means nothing yet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from directory.domain.categories.filing import SaidTerm
from directory.domain.categories.tables import Slugs
from directory.domain.categories.terms import category_of_term
from directory.rules.term_suggestions import Company, Suggestion, suggest_categories
from directory.services.accounts.names import names_of
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.taxonomy.said import (
    from_terms,
    from_words,
    in_words,
    known_terms,
    of_services,
    services_by_term,
    term_code,
    term_source,
    term_taxonomy,
    word_kind,
    word_source,
)
from directory.store.tables import Attribute, Service, ServiceCategory, TaxonomyTerm, TermDecision

EVERY_TERM = 1_000_000
"""More terms on a page than there ever are."""

MOST_SERVICES_LOOKED_AT = 500
"""Of a term's services, for the company they keep."""


class State(StrEnum):
    """Where a term stands. Mapped: by the tables that ship. Decided, and none fits: by a planner."""

    UNMAPPED = "unmapped"
    MAPPED = "mapped"
    DECIDED = "decided"
    NONE_FITS = "none_fits"


@dataclass(frozen=True, slots=True)
class Decision:
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class ImportedTerm:
    """`services` counts listed services of which the term is said. Suggestions are made for unmapped terms that were asked for only."""

    term: SaidTerm
    services: int
    state: State
    categories: Slugs
    decision: Decision | None = None
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class TermPage:
    """A page of terms, those that most hangs on first. `states` and `sources` count the terms of each, the other choice being kept."""

    terms: tuple[ImportedTerm, ...]
    total: int
    page: int
    per_page: int
    states: Mapping[State, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)


def list_terms(
    parts: Parts, *, states: Sequence[State] = (), source: str = "", page: int = 1, per_page: int = 50, with_suggestions: bool = True
) -> TermPage:
    """The terms in some states (all, when none are named) of a source (or all)."""
    with parts.database.reading() as session:
        everything = _all(session)
        in_states = [entry for entry in everything if not states or entry.state in states]
        of_source = [entry for entry in everything if not source or entry.term.source == source]
        found = [entry for entry in in_states if not source or entry.term.source == source]
        shown = found[(page - 1) * per_page : page * per_page]
        if with_suggestions:
            shown = _suggested(session, shown)
    return TermPage(
        terms=tuple(shown),
        total=len(found),
        page=page,
        per_page=per_page,
        states=Counter(entry.state for entry in of_source),
        sources=Counter(entry.term.source for entry in in_states),
    )


def count_unmapped(session: Session) -> tuple[int, int]:
    """How many terms are said, and how many of them mean nothing yet."""
    everything = _all(session)
    return len(everything), sum(entry.state is State.UNMAPPED for entry in everything)


def _all(session: Session) -> list[ImportedTerm]:
    counts = _counts(session)
    decisions = {row.id: row for row in session.scalars(select(TermDecision))}
    names = names_of(session, {row.decided_by for row in decisions.values()})
    entries = [_entry(term, counts.get(term, 0), decisions.get(term_id), names) for term_id, term in known_terms(session).items()]
    return sorted(entries, key=lambda entry: (-entry.services, entry.term))


def _entry(term: SaidTerm, services: int, decision: TermDecision | None, names: Mapping[str, str]) -> ImportedTerm:
    if decision is None:
        categories = category_of_term(term.taxonomy, term.code, term.name)
        return ImportedTerm(term, services, State.MAPPED if categories else State.UNMAPPED, categories)
    state = State.DECIDED if decision.categories else State.NONE_FITS
    taken = Decision(names.get(decision.decided_by, decision.decided_by), decision.decided_at, decision.why)
    return ImportedTerm(term, services, state, tuple(decision.categories), taken)


def _counts(session: Session) -> Mapping[SaidTerm, int]:
    """Term -> listed services of which it is said."""
    number = func.count(Attribute.link_id.distinct())
    said = (term_source, term_taxonomy, term_code, TaxonomyTerm.name)
    by_terms = from_terms(select(*said, number)).join(Attribute, and_(Attribute.taxonomy_term_id == TaxonomyTerm.id, of_services))
    by_terms = by_terms.join(Service, Service.id == Attribute.link_id).where(*listed_condition()).group_by(*said)
    words = (word_source, word_kind, Attribute.value)
    by_words = from_words(select(*words, number)).where(*listed_condition()).group_by(*words)
    counts = {SaidTerm(*row[:4]): row[4] for row in session.execute(by_terms)}
    for *row, services in session.execute(by_words):
        term = in_words(*row)
        counts[term] = counts.get(term, 0) + services
    return counts


def _suggested(session: Session, entries: Sequence[ImportedTerm]) -> list[ImportedTerm]:
    everywhere: Counter[str] = Counter(
        dict(session.execute(select(ServiceCategory.category, func.count()).group_by(ServiceCategory.category)).all())
    )
    all_services = session.scalar(select(func.count()).select_from(Service).where(*listed_condition())) or 0
    unmapped = [entry.term for entry in entries if entry.state is State.UNMAPPED]
    carriers = services_by_term(session, unmapped)
    return [
        replace(entry, suggestions=_suggestions(session, entry.term, carriers[entry.term], everywhere, all_services))
        if entry.term in carriers
        else entry
        for entry in entries
    ]


def _suggestions(
    session: Session, term: SaidTerm, carriers: set[str], everywhere: Mapping[str, int], all_services: int
) -> tuple[Suggestion, ...]:
    ids = sorted(carriers)[:MOST_SERVICES_LOOKED_AT]
    together = select(ServiceCategory.category, func.count()).where(ServiceCategory.service_id.in_(ids)).group_by(ServiceCategory.category)
    company = Company(len(ids), dict(session.execute(together).all()), everywhere, all_services) if ids else None
    return suggest_categories(term.name, company)
