"""Find services: read the request, ask the index, take the listings from the database, and say why each is there."""

import math
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from directory.domain.community import Community
from directory.domain.errors import InvalidInput, Unavailable
from directory.domain.hours.access import access_state
from directory.domain.hours.values import Access, AccessState, OpeningHours
from directory.domain.listing import ListedPlace, Listing
from directory.domain.sentences import say
from directory.services.finding.areas import AreasOfPoints
from directory.services.finding.changes import searching
from directory.services.finding.concepts import UsedConcept, meant_by
from directory.services.finding.danger import danger_in, danger_near
from directory.services.finding.eligibility import Judged, judge
from directory.services.finding.farther import Farther, farther
from directory.services.finding.labels import facet_groups
from directory.services.finding.named_places import NamedPlaces
from directory.services.finding.other_needs import other_needs
from directory.services.finding.relax import relaxations
from directory.services.finding.request import FindRequest
from directory.services.finding.results import FindPage, FoundService
from directory.services.finding.summaries import summary_of
from directory.services.finding.understand import Understood, understand
from directory.services.finding.whereabouts import Lookup
from directory.services.finding.why import reasons
from directory.services.indexing.documents import served_area_ids
from directory.services.indexing.whom import whom_of
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.planning.note_gap import note_search
from search_index.port import CannotSearch, IndexNotReady, IndexUnavailable, Searching
from search_index.query import FIRST_RESULTS, Box, Hit, Near, OpenAt, ServiceQuery

Found = TypeVar("Found")

LARGEST_PAGE = 100
LONGEST_TEXT = 400
FEW_RESULTS = 3
"""With fewer than this, the page is told what hides the most."""


def find_services(parts: Parts, request: FindRequest) -> FindPage:
    """Answer a search. Raise `InvalidInput` for what cannot be read, `Unavailable` (from the engine) when nothing can be searched."""
    with parts.measures.search() as search:
        page = _find(parts, request)
        search.came_to(page.total, asked=page.place_question is not None, degraded=page.degraded)
    return page


def _find(parts: Parts, request: FindRequest) -> FindPage:
    _check(request)
    now = parts.clock.now()
    with parts.database.reading(may_lag=True) as session:
        community = community_in(session)
        lookup = NamedPlaces(parts, session, community).lookup
        understood = understand(request, community, lookup, now, parts.meaning.rank)
        query = build_query(parts, request, understood, lookup)
        engine = searching(parts, session)
        judged = _answer(engine, session, query, request)
        answer = judged.answer
        results = _hydrate(parts, session, judged, query, understood.concepts, community, now)
        groups = facet_groups(session, answer, request)
        found_little = answer.total < FEW_RESULTS
        nothing_near = found_little and all(hit.distance_km is None for hit in answer.hits)
        further = _also(lambda: _nearest(parts, engine, session, query, community, now), None) if nothing_near else None
    page = FindPage(
        results=results,
        total=answer.total,
        total_exact=answer.total_exact,
        page=request.page,
        per_page=request.per_page,
        asked_at=now,
        chips=understood.chips,
        words=understood.words,
        words_dropped=answer.words_dropped,
        place=understood.place,
        place_question=understood.place_question,
        facets=groups,
        relaxations=_also(lambda: relaxations(engine, query, answer.total), ()) if found_little else (),
        farther=further,
        other_needs=_also(lambda: other_needs(engine, query, request), ()) if found_little else (),
        whom_to_ask=(*community.information_lines, *community.crisis_lines) if found_little else (),
        open_count=answer.open_counts[0] if answer.open_counts else None,
        hours_unknown=answer.open_counts[1] if answer.open_counts else None,
        degraded=answer.degraded,
        fit=judged.fit,
        danger=danger_in(request.text, community) or danger_near(request.text, understood.concepts, community),
        has_sample_data=any(result.listing.source is not None and result.listing.source.is_sample for result in results),
    )
    is_for_somebody = bool(request.person.told or request.avoids)  # what is missing for one person says nothing of the others
    if not is_for_somebody and (request.text.strip() or request.selections):
        note_search(parts, request, page, community.zone, found_little=found_little)
    return page


def _nearest(parts: Parts, engine: Searching, session: Session, query: ServiceQuery, community: Community, now: datetime) -> Farther | None:
    return farther(engine, query, lambda ids: parts.listings.listed(session, ids, default_zone=community.zone, now=now))


def _also(look: Callable[[], Found], otherwise: Found) -> Found:
    """What helps beside the results; an index that ceases to answer meanwhile keeps nobody from what was found."""
    try:
        return look()
    except CannotSearch:
        return otherwise


def _answer(engine: Searching, session: Session, query: ServiceQuery, request: FindRequest) -> Judged:
    try:
        if request.person.answers:
            return judge(engine, session, query, request.person, shows_unfit=request.shows_unfit, skipped=request.skipped)
        return Judged(engine.search(query))
    except IndexNotReady:
        raise Unavailable("The search index is being built; try again in a minute.") from None
    except IndexUnavailable:
        raise Unavailable("The search does not answer just now; try again in a minute.") from None


def _check(request: FindRequest) -> None:
    if len(request.text) > LONGEST_TEXT:
        raise InvalidInput("q", say("What you look for (q) can have at most %(most)s characters.", most=LONGEST_TEXT))
    if not 1 <= request.per_page <= LARGEST_PAGE:
        raise InvalidInput("per_page", say("Results per page (per_page) must be from 1 to %(most)s.", most=LARGEST_PAGE))
    if request.page < 1 or request.page > math.ceil(FIRST_RESULTS / request.per_page):
        raise InvalidInput(
            "page",
            say(
                "Results can be paged up to the first %(first)s: with %(per_page)s on a page, page must be from 1 to %(last)s. Narrow the "
                "search to see the others.",
                first=FIRST_RESULTS,
                per_page=request.per_page,
                last=math.ceil(FIRST_RESULTS / request.per_page),
            ),
        )


def build_query(parts: Parts, request: FindRequest, understood: Understood, lookup: Lookup) -> ServiceQuery:
    """The question to the engine that a request, once read, comes to."""
    near = None
    if understood.place is not None:
        point = understood.place.point
        area_ids = AreasOfPoints(parts).at(point.latitude, point.longitude) | frozenset(understood.place.area_ids)
        near = Near(point.latitude, point.longitude, understood.within_km, area_ids)
    return ServiceQuery(
        text=understood.words,
        locale=request.locale,
        meant=meant_by(understood.concepts),
        selections=tuple((facet, frozenset(values)) for facet, values in request.selections.items() if values),
        near=near,
        box=_box(request),
        served_area_ids=_served(request, lookup),
        open_at=understood.open_at,
        known_only=request.known_only,
        order=request.order,
        page=request.page,
        per_page=request.per_page,
        facets=request.facets,
        whom=whom_of(request.person, request.avoids),
        snippets=False,  # summaries are cut from the listing itself, in the language of the reader
    )


def _box(request: FindRequest) -> Box | None:
    if request.box is None:
        return None
    south, west, north, east = request.box
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise InvalidInput("bbox", "The view (bbox) must be west,south,east,north in degrees, south not above north.")
    return Box(south, west, north, east)


def _served(request: FindRequest, lookup: Lookup) -> frozenset[str]:
    if not request.serves.strip():
        return frozenset()
    answer = lookup(request.serves.strip())
    if answer.place is None:
        raise InvalidInput(
            "serves",
            say(
                "The area served (serves) must be a place that is known; “%(place)s” is not, or is more than one.",
                place=request.serves[:60],
            ),
        )
    return frozenset(answer.place.area_ids)


def _hydrate(
    parts: Parts,
    session: Session,
    judged: Judged,
    query: ServiceQuery,
    concepts: tuple[UsedConcept, ...],
    community: Community,
    now: datetime,
) -> tuple[FoundService, ...]:
    answer = judged.answer
    ids = [hit.service_id for hit in answer.hits]
    listings = parts.listings.listed(session, ids, default_zone=community.zone, now=now)
    shown = [(listings[hit.service_id], hit) for hit in answer.hits if hit.service_id in listings]

    def make() -> tuple[FoundService, ...]:
        return tuple(_found(listing, hit, query, concepts, judged, now) for listing, hit in shown)

    if query.whom is not None:  # what somebody told of a person is kept nowhere, not even for a minute
        return make()
    minute = now.replace(second=0, microsecond=0)  # what is open is so for a whole minute
    return parts.found.made([answer, *(listing for listing, _ in shown)], (query, concepts, minute), make)


def _found(
    listing: Listing, hit: Hit, query: ServiceQuery, concepts: tuple[UsedConcept, ...], judged: Judged, now: datetime
) -> FoundService:
    place = next((place for place in listing.places if place.id == hit.document_id), listing.places[0])
    access = access_at(place, query.open_at, now)
    serves = _serves_here(listing, place, query.near)
    return FoundService(
        listing=listing,
        place=place,
        access=access,
        distance_km=None if place.confidential else hit.distance_km,
        serves_here=serves,
        summary=summary_of(listing, hit, judged.answer.words_used, query.locale),
        reasons=reasons(listing, place, access, hit, query, concepts, serves_here=serves),
        unknown=hit.unknown,
        assessment=judged.assessments.get(listing.id),
    )


def _serves_here(listing: Listing, place: ListedPlace, near: Near | None) -> bool | None:
    stated = served_area_ids(place.served or listing.served)
    if near is None or not stated or not near.area_ids:
        return None
    return not near.area_ids.isdisjoint(stated)


def access_at(place: ListedPlace, open_at: OpenAt | None, now: datetime) -> AccessState:
    """Whether people are taken at the moment asked for, or now. For a window: at its start, or else at the first opening inside it."""
    access = place.access or Access(OpeningHours(place.zone))
    zone = ZoneInfo(place.zone)
    if open_at is None:
        return access_state(access, now)
    start = _instant(open_at.start, zone)
    state = access_state(access, start)
    if state.open is False and open_at.end is not None and state.next is not None and state.next < _instant(open_at.end, zone):
        return access_state(access, state.next)
    return state


def _instant(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
