"""The questions of the standard as SQL conditions, on services and on what hangs on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select

from directory.domain.listing import SourceNote
from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.hsds import own_terms
from directory.services.exchange.hsds.rows import is_public
from directory.services.exchange.serving.asking import HsdsQuery

SERVICE, SITE, LOCATION = TABLES["service"], TABLES["service_at_location"], TABLES["location"]
ORGANIZATION, ATTRIBUTE, TERM = TABLES["organization"], TABLES["attribute"], TABLES["taxonomy_term"]
CATEGORY = TABLES["service_category"]
Condition = ColumnElement[bool]
MOST_WORDS = 12


def words_condition(search: str, columns: Iterable[Any]) -> list[Condition]:
    """Every word stands somewhere in these columns, whatever its case."""
    asked = [[f"%{_escaped(form)}%" for form in _forms(word)] for word in _words(search)]
    searched = list(columns)
    return [or_(*(column.ilike(form, escape="\\") for column in searched for form in forms)) for forms in asked]


def _words(search: str) -> list[str]:
    return search.split()[:MOST_WORDS]


def _forms(word: str) -> tuple[str, ...]:
    """The word in the cases it may stand in: not every database folds letters beyond ASCII."""
    return (word,) if word.isascii() else tuple(dict.fromkeys((word, word.lower(), word.upper(), word.capitalize())))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def service_conditions(query: HsdsQuery, sources: dict[int | None, SourceNote], also_searched: Iterable[Any] = ()) -> list[Condition]:
    """What the query asks of a service."""
    found: list[Condition] = list(is_public(SERVICE))
    if query.search:
        name = select(ORGANIZATION.c.name).where(ORGANIZATION.c.id == SERVICE.c.organization_id).correlate(SERVICE).scalar_subquery()
        own = (SERVICE.c.name, SERVICE.c.alternate_name, SERVICE.c.description, SERVICE.c.eligibility_description)
        found += words_condition(query.search, [*own, name, *also_searched])
    if query.taxonomy_term_id:
        found.append(_has_term(query.taxonomy_term_id, sources))
    if query.taxonomy_id:
        found.append(_has_taxonomy(query.taxonomy_id))
    if query.organization_id:
        found.append(SERVICE.c.organization_id == query.organization_id)
    if query.modified_after:
        found.append(changed_since(query.modified_after))
    return found


def changed_since(moment: datetime) -> Condition:
    """On or after the moment."""
    return or_(SERVICE.c.changed_at >= moment, and_(SERVICE.c.changed_at.is_(None), SERVICE.c.modified_at >= moment))


def _has_term(term_id: str, sources: dict[int | None, SourceNote]) -> Condition:
    if slug := own_terms.category_slugs().get(term_id):
        return exists(select(CATEGORY.c.service_id).where(CATEGORY.c.service_id == SERVICE.c.id, CATEGORY.c.category == slug))
    if term_id in own_terms.known_fields():
        return false()
    own = [key for key, source in sources.items() if own_terms.source_term(source)["id"] == term_id]
    if own:
        return SERVICE.c.source_id.in_([key for key in own if key is not None])
    return exists(_attributes().where(ATTRIBUTE.c.taxonomy_term_id == term_id))


def _has_taxonomy(taxonomy_id: str) -> Condition:
    if taxonomy_id == own_terms.CATEGORY_TAXONOMY["id"]:
        return exists(select(CATEGORY.c.service_id).where(CATEGORY.c.service_id == SERVICE.c.id))
    if taxonomy_id == own_terms.SOURCE_TAXONOMY["id"]:
        return SERVICE.c.source_id.is_not(None)
    terms = select(TERM.c.id).where(TERM.c.taxonomy_id == taxonomy_id, *is_public(TERM))
    return exists(_attributes().where(ATTRIBUTE.c.taxonomy_term_id.in_(terms)))


def _attributes() -> Select[Any]:
    return select(ATTRIBUTE.c.id).where(ATTRIBUTE.c.link_id == SERVICE.c.id).correlate(SERVICE)


def organization_conditions(query: HsdsQuery, sources: dict[int | None, SourceNote]) -> list[Condition]:
    """What the query asks of an organization; terms are those of its services, or its own."""
    found: list[Condition] = list(is_public(ORGANIZATION))
    if query.search:
        found += words_condition(query.search, (ORGANIZATION.c.name, ORGANIZATION.c.alternate_name, ORGANIZATION.c.description))
    if query.taxonomy_term_id or query.taxonomy_id:
        narrow = HsdsQuery(taxonomy_term_id=query.taxonomy_term_id, taxonomy_id=query.taxonomy_id)
        by_service = exists(
            select(SERVICE.c.id)
            .where(SERVICE.c.organization_id == ORGANIZATION.c.id, *service_conditions(narrow, sources))
            .correlate(ORGANIZATION)
        )
        found.append(by_service)
    return found


def site_statement(query: HsdsQuery, sources: dict[int | None, SourceNote]) -> Select[Any]:
    """Ids of services at locations with their point and service, for what SQL can decide."""
    is_open = LOCATION.c.confidential.is_(False)
    name = func.coalesce(LOCATION.c.name, "")
    conditions = service_conditions(query, sources, [case((is_open, name), else_="")])
    return (
        select(SITE.c.id, SITE.c.service_id, LOCATION.c.latitude, LOCATION.c.longitude, LOCATION.c.confidential)
        .join_from(SITE, LOCATION, SITE.c.location_id == LOCATION.c.id)
        .join(SERVICE, SERVICE.c.id == SITE.c.service_id)
        .where(*is_public(SITE), *is_public(LOCATION), *conditions)
        .order_by(SITE.c.id)
    )


def term_conditions(query: HsdsQuery) -> list[Condition]:
    """What the query asks of an imported taxonomy term."""
    found: list[Condition] = list(is_public(TERM))
    if query.search:
        found += words_condition(query.search, (TERM.c.name, TERM.c.code, TERM.c.description))
    if query.taxonomy_id:
        found.append(TERM.c.taxonomy_id == query.taxonomy_id)
    if query.top_only:
        found.append(TERM.c.parent_id.is_(None))
    if query.parent_id:
        found.append(TERM.c.parent_id == query.parent_id)
    return found
