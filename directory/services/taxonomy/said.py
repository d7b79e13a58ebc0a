"""What sources say of their services: the terms, read from taxonomy terms and from attributes that carry words instead of a term."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from directory.domain.categories.filing import Decisions, SaidTerm
from directory.store.tables import Attribute, Service, Source, Taxonomy, TaxonomyTerm, TermDecision

AT_ONCE = 500

_TermSource = aliased(Source)
term_taxonomy = func.coalesce(TaxonomyTerm.taxonomy, Taxonomy.name, "")
term_code = func.coalesce(TaxonomyTerm.code, "")
term_source = func.coalesce(_TermSource.name, "")
word_kind = func.coalesce(Attribute.link_type, "")
word_source = func.coalesce(Source.name, "")
of_services = Attribute.link_entity == "service"
said_in_words = and_(of_services, Attribute.taxonomy_term_id.is_(None), Attribute.value.is_not(None), Attribute.value != "")


def from_terms(statement: Any) -> Any:
    """A statement over taxonomy terms with what their taxonomy and their source are called."""
    joined = statement.select_from(TaxonomyTerm).outerjoin(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
    return joined.outerjoin(_TermSource, _TermSource.id == TaxonomyTerm.source_id)


def from_words(statement: Any) -> Any:
    """A statement over words said of services, with what the source of the service is called."""
    joined = statement.select_from(Attribute).join(Service, Service.id == Attribute.link_id)
    return joined.outerjoin(Source, Source.id == Service.source_id).where(said_in_words)


def known_terms(session: Session) -> Mapping[str, SaidTerm]:
    """Every term that a source says now, and every one that was decided on, by id."""
    by_terms = from_terms(select(term_source, term_taxonomy, term_code, TaxonomyTerm.name)).where(TaxonomyTerm.withdrawn_at.is_(None))
    by_words = from_words(select(word_source, word_kind, Attribute.value))
    decided = select(TermDecision.source, TermDecision.taxonomy, TermDecision.code, TermDecision.name)
    terms = [SaidTerm(*row) for statement in (by_terms.distinct(), decided) for row in session.execute(statement)]
    terms += [in_words(*row) for row in session.execute(by_words.distinct())]
    return {term.id: term for term in terms}


def decisions_in(session: Session, sources: Iterable[str] | None = None) -> Decisions:
    """What was decided, of all sources or of some."""
    statement = select(TermDecision.id, TermDecision.categories)
    if sources is not None:
        statement = statement.where(TermDecision.source.in_(list(sources)))
    return {term_id: tuple(categories) for term_id, categories in session.execute(statement)}


def services_by_term(session: Session, terms: Collection[SaidTerm]) -> Mapping[SaidTerm, set[str]]:
    """Ids of all services of which each of these terms is said, listed or not."""
    found: dict[SaidTerm, set[str]] = {term: set() for term in terms}
    names = sorted({term.name for term in terms})
    of_terms = _of_services(select(Attribute.link_id, term_source, term_taxonomy, term_code, TaxonomyTerm.name))
    of_words = from_words(select(Attribute.link_id, word_source, word_kind, Attribute.value))
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        rows = [(row[0], SaidTerm(*row[1:])) for row in session.execute(of_terms.where(TaxonomyTerm.name.in_(some)))]
        rows += [(row[0], in_words(*row[1:])) for row in session.execute(of_words.where(Attribute.value.in_(some)))]
        for service_id, term in rows:
            if term in found:
                found[term].add(service_id)
    return found


def _of_services(statement: Any) -> Any:
    """The same as `from_terms`, for terms that are said of services."""
    return from_terms(statement).join(Attribute, and_(Attribute.taxonomy_term_id == TaxonomyTerm.id, of_services))


def in_words(source: str, kind: str, words: str) -> SaidTerm:
    """Words said of a service as a term: their kind stands for its taxonomy."""
    return SaidTerm(source, kind, "", words)


def terms_of(session: Session, service_ids: Sequence[str]) -> Mapping[str, list[SaidTerm]]:
    """Service -> all terms that are said of it."""
    found: dict[str, list[SaidTerm]] = defaultdict(list)
    of_terms = _of_services(select(Attribute.link_id, term_source, term_taxonomy, term_code, TaxonomyTerm.name))
    of_words = from_words(select(Attribute.link_id, word_source, word_kind, Attribute.value))
    for start in range(0, len(service_ids), AT_ONCE):
        some = Attribute.link_id.in_(service_ids[start : start + AT_ONCE])
        for service_id, *said in session.execute(of_terms.where(some)):
            found[service_id].append(SaidTerm(*said))
        for service_id, *said in session.execute(of_words.where(some)):
            found[service_id].append(in_words(*said))
    return found
