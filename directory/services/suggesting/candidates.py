"""Who comes into question: for a need, those that offer it, as the search ranks them for this person; for a listing, those that offer what
often goes together with what it offers, near by."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from directory.domain.listing import Listing
from directory.domain.suggesting.goes_together import goes_with
from directory.rules.assess import Assessment
from directory.services.finding.changes import searching
from directory.services.finding.eligibility import Judged, judge
from directory.services.indexing.whom import whom_of
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.suggesting.asking import Asking
from directory.services.suggesting.year import community_year
from search_index.query import Facet, Near, ServiceQuery

MOST = 60
ENOUGH = 10
"""With fewer than so many near by, those farther away come into question, too."""

Found = tuple[Mapping[str, Listing], Mapping[str, Assessment]]


def find_candidates(parts: Parts, session: Session, asking: Asking) -> Found:
    """Listings by id, in the order of the search, and what their criteria say to the person. Raise `CannotSearch`."""
    wanted = _wanted(session, asking)
    if not wanted:
        return {}, {}
    community = community_in(session)
    found = _search(parts, session, asking, wanted, community.default_within_km if asking.point is not None else None)
    if asking.point is not None and len(found.answer.hits) < ENOUGH:
        found = _search(parts, session, asking, wanted, None)
    ids = [hit.service_id for hit in found.answer.hits]
    listings = parts.listings.listed(session, ids, default_zone=community.zone, now=asking.now)
    return {each: listings[each] for each in ids if each in listings}, found.assessments


def _wanted(session: Session, asking: Asking) -> frozenset[str]:
    if asking.is_need:
        return frozenset(asking.categories)
    year = community_year(session, asking.now)
    counted = frozenset(other for each in asking.categories for other in year.comes_with(each))
    listed = frozenset(other for each in asking.categories for other in goes_with(each))
    return (counted | listed) - asking.own_categories


def _search(parts: Parts, session: Session, asking: Asking, wanted: frozenset[str], within_km: float | None) -> Judged:
    point = asking.point
    near = Near(point.latitude, point.longitude, within_km, asking.area_ids) if point is not None else None
    query = ServiceQuery(
        selections=((Facet.CATEGORY, wanted),), near=near, per_page=MOST, whom=whom_of(asking.person), snippets=False,
        without_services=frozenset({asking.about_id}),
    )  # fmt: skip
    engine = searching(parts, session)
    if asking.person.answers:
        return judge(engine, session, query, asking.person)
    return Judged(engine.search(query))
