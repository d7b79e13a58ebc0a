"""Decide what imported terms mean: kept with who, when and why, and applied to every listing that carries them, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from directory.domain.categories.filing import SaidTerm
from directory.domain.categories.tables import Slugs
from directory.domain.categories.terms import most_exact
from directory.domain.categories.tree import CATEGORIES
from directory.domain.errors import InvalidInput
from directory.services.parts import Parts
from directory.services.taxonomy.refile import refile
from directory.services.taxonomy.said import decisions_in, known_terms, services_by_term
from directory.store.tables import Change, TermDecision

TERM = "imported_term"
LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a term is to mean: `categories`, () for *none fits*, None to take a decision back."""

    term_id: str
    categories: Slugs | None


@dataclass(frozen=True, slots=True)
class Decided:
    """`terms` whose decision is new or another, and `services` whose categories changed by it."""

    terms: tuple[SaidTerm, ...]
    services: int


def decide_terms(parts: Parts, verdicts: Iterable[Verdict], actor: str, why: str = "") -> Decided:
    """Keep the verdicts and file the listings anew. Raise `InvalidInput` for a term or category that is none; nothing is kept then."""
    wanted = {verdict.term_id: _checked(verdict) for verdict in verdicts}
    why = " ".join(why.split())[:LONGEST_WHY]
    with parts.database.writing() as session:
        known = known_terms(session)
        strangers = [term_id for term_id in wanted if term_id not in known]
        if strangers:
            raise InvalidInput("term", f"No source says a term with the id {strangers[0][:60]}; list them with: taxonomy terms")
        before = decisions_in(session)
        changed = [known[term_id] for term_id, categories in wanted.items() if before.get(term_id) != categories]
        affected = sorted(set().union(*services_by_term(session, changed).values()))
        for term in changed:
            _keep(session, term, wanted[term.id], actor, why, parts)
        session.flush()
        after = decisions_in(session)
        refiled = refile(session, affected, before, after, actor=actor, why=_why(changed, why), clock=parts.clock)
        session.commit()
    return Decided(tuple(changed), len(refiled))


def _checked(verdict: Verdict) -> Slugs | None:
    if verdict.categories is None:
        return None
    for slug in verdict.categories:
        if slug not in CATEGORIES:
            raise InvalidInput("category", f"There is no category “{slug[:60]}”; look it up with: taxonomy show")
    return most_exact(verdict.categories)


def _keep(session: Session, term: SaidTerm, categories: Slugs | None, actor: str, why: str, parts: Parts) -> None:
    now = parts.clock.now()
    row = session.get(TermDecision, term.id)
    told = None if row is None else " ".join(row.categories) or "none"
    if categories is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(
            TermDecision(
                id=term.id,
                source=term.source,
                taxonomy=term.taxonomy,
                code=term.code,
                name=term.name,
                categories=list(categories),
                decided_by=actor,
                decided_at=now,
                why=why,
            )
        )
    else:
        row.categories, row.decided_by, row.decided_at, row.why = list(categories), actor, now, why
    after = None if categories is None else " ".join(categories) or "none"
    change = Change(object_kind=TERM, object_id=term.id, field="categories", before=told, after=after, at=now, actor=actor, why=why)
    session.add(change)


def _why(terms: Sequence[SaidTerm], why: str) -> str:
    said = ", ".join(f"“{term.name or term.code}”" for term in terms[:3]) + (" …" if len(terms) > 3 else "")
    return f"what {said} means was decided" + (f": {why}" if why else "")
