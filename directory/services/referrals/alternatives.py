"""Who else may help: up to three programs from the eligible search near where the person lives. They were not asked yet, and take
referrals."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.areas import words_of
from directory.domain.errors import InvalidInput, Unavailable
from directory.rules.outcome import Outcome
from directory.rules.person import NOBODY, Person
from directory.services.finding.find import find_services
from directory.services.finding.persons import person_told
from directory.services.finding.request import FindRequest
from directory.services.finding.results import FoundService
from directory.services.parts import Parts
from directory.services.referrals.addresses import receiving_in
from directory.store.tables import Area, Attempt, Need
from search_index.port import CannotSearch
from search_index.query import Facet

MOST = 3
LOOKED_AT = 20


def alternatives(parts: Parts, need_id: str, locale: str, most: int = MOST) -> tuple[FoundService, ...]:
    """Ranked as the search ranks them for this person; none while nothing can be searched. The need exists."""
    with parts.database.reading() as session:
        need = session.get_one(Need, need_id)
        asked = frozenset(session.scalars(select(Attempt.service_id).where(Attempt.need_id == need_id)))
        facts: Mapping[str, Any] = json.loads(need.facts) if need.facts else {}
        category, area = need.category, need.area_id or ""
        near = _called(session, area)
    person = _person(parts, facts, area)
    request = FindRequest(
        near=near, selections={Facet.CATEGORY: (category,)}, person=person, per_page=LOOKED_AT, locale=locale, facets=frozenset()
    )
    try:
        found = find_services(parts, request).results
    except (CannotSearch, Unavailable, InvalidInput):
        return ()
    with parts.database.reading() as session:
        return tuple(each for each in found if _may_be_asked(session, each, asked))[:most]


def _may_be_asked(session: Session, found: FoundService, asked: frozenset[str]) -> bool:
    organization = found.listing.organization
    is_against = found.assessment is not None and found.assessment.outcome is Outcome.NO
    if organization is None or found.listing.id in asked or is_against:
        return False
    return receiving_in(session, organization.id, found.listing.id).takes_referrals


def _person(parts: Parts, facts: Mapping[str, Any], area: str) -> Person:
    told = {**({"area": area} if area else {}), **facts}
    try:
        return person_told(parts, told) if told else NOBODY
    except InvalidInput:  # a place that is not known any more, or an older form
        return NOBODY


def _called(session: Session, area: str) -> str:
    """The area in words that the search reads; "" for a whole region, which is no place to be near to."""
    if len(area.split("-")) < 3:
        return ""
    row = session.get(Area, area)
    return row.name if row is not None else words_of(area)
