"""File services anew after what their terms mean was decided otherwise: only what follows from those terms changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.orm import Session

from directory.domain.categories.filing import Decisions, SaidTerm, file_by_terms
from directory.domain.clock import Clock
from directory.services.exchange.apply.history import text_of
from directory.services.exchange.prepare.categories import MAPPED
from directory.services.indexing.enqueue import MOST_BY_HAND, enqueue
from directory.services.taxonomy.said import AT_ONCE, terms_of
from directory.store.tables import Change, Service, ServiceCategory


def refile(
    session: Session, service_ids: Sequence[str], before: Decisions, after: Decisions, *, actor: str, why: str, clock: Clock
) -> tuple[str, ...]:
    """Bring the categories of services from what `before` made of their terms to what `after` makes, with history and word to the indexes;
    the ids of those that changed. Categories that a source stated or a planner gave by hand stay. The caller commits."""
    changed: list[str] = []
    for start in range(0, len(service_ids), AT_ONCE):
        changed += _refile_some(session, service_ids[start : start + AT_ONCE], before, after, actor, why, clock.now())
    if changed:
        enqueue(session, changed, clock, in_bulk=len(changed) > MOST_BY_HAND)
    return tuple(changed)


def _refile_some(
    session: Session, ids: Sequence[str], before: Decisions, after: Decisions, actor: str, why: str, now: datetime
) -> list[str]:
    said = terms_of(session, ids)
    names = dict(session.execute(select(Service.id, Service.name).where(Service.id.in_(ids))).all())
    stored: dict[str, dict[str, str]] = {service_id: {} for service_id in ids}
    for service_id, category, origin in session.execute(
        select(ServiceCategory.service_id, ServiceCategory.category, ServiceCategory.origin).where(ServiceCategory.service_id.in_(ids))
    ):
        stored[service_id][category] = origin
    gone: list[tuple[str, str]] = []
    new: list[tuple[str, str]] = []
    for service_id in ids:
        taken, given = _steps(said.get(service_id, []), before, after, names.get(service_id, ""), stored[service_id])
        gone += [(service_id, slug) for slug in taken]
        new += [(service_id, slug) for slug in given]
    _write(session, gone, new, actor, why, now)
    return list(dict.fromkeys(service_id for service_id, _ in (*gone, *new)))


def _steps(
    terms: Sequence[SaidTerm], before: Decisions, after: Decisions, name: str, stored: dict[str, str]
) -> tuple[list[str], list[str]]:
    """The categories to take from a service and those to give it."""
    is_stated = any(origin != MAPPED for origin in stored.values())
    was, will = (file_by_terms(terms, decisions, service_name=name, is_stated=is_stated) for decisions in (before, after))
    taken = [slug for slug in sorted(was - will) if stored.get(slug) == MAPPED]
    return taken, [slug for slug in sorted(will - was) if slug not in stored]


def _write(session: Session, gone: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], actor: str, why: str, now: datetime) -> None:
    if not (gone or new):
        return
    connection = session.connection()  # rows without objects: a term may hang on thousands of listings, and others wait meanwhile
    if gone:
        connection.execute(delete(ServiceCategory).where(tuple_(ServiceCategory.service_id, ServiceCategory.category).in_(gone)))
    if new:
        rows = [{"service_id": service_id, "category": slug, "origin": MAPPED} for service_id, slug in new]
        connection.execute(insert(ServiceCategory), rows)
    told = {"object_kind": "service", "part": "service_category", "at": now, "actor": actor, "why": why}
    words = {slug: text_of({"category": slug, "origin": MAPPED}) for _, slug in (*gone, *new)}
    history = [{**told, "object_id": key, "field": "removed", "before": words[slug], "after": None} for key, slug in gone]
    history += [{**told, "object_id": key, "field": "added", "before": None, "after": words[slug]} for key, slug in new]
    connection.execute(insert(Change), history)
    touched = list(dict.fromkeys(service_id for service_id, _ in (*gone, *new)))
    connection.execute(update(Service).where(Service.id.in_(touched)).values(modified_at=now))
