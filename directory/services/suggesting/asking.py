"""Who asks, for what and for whom: what candidates, gates and signals look at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.areas import with_ancestors, words_of
from directory.domain.categories.tree import closure
from directory.domain.errors import InvalidInput
from directory.domain.listing import Listing
from directory.domain.place import Point
from directory.domain.referrals.codes import Code, Reason
from directory.rules.criteria import Criteria
from directory.rules.listed import criteria_of
from directory.rules.person import NOBODY, Person
from directory.services.finding.areas import AreasOfPoints
from directory.services.finding.named_places import NamedPlaces
from directory.services.finding.persons import person_told
from directory.services.listings.community import community_in
from directory.services.listings.successors import with_successors
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of
from directory.services.suggesting.avoid import NOBODY_AVOIDED, Avoided, avoided_now
from directory.store.criteria_of import criteria_in
from directory.store.tables import Area, Attempt, HelpedPerson, Need, Organization, Service, ServiceCategory

MOST_OWN = 10
"""So many programs of the one who asks are looked at for whom it helps."""

_SAID_NO = (Reason.BY_PERSON.value, Reason.CONSENT_WITHDRAWN.value, Code.PERSON_DECLINED.value)


@dataclass(frozen=True, slots=True)
class Asking:
    """`about_kind`: "need" or "service", with its id. `categories`: what is needed, or what the listing offers. `point` None: where the
    person lives is not known nearer than a region. `own_categories`: what the one who asks offers itself, with all that lies above;
    `own_criteria`: whom its programs are for. `said_no`: organizations that the person said no to or took consent back from; `asked`:
    services that were asked for this need. `is_public`: nothing of what happened between organizations may show."""

    about_kind: str
    about_id: str
    now: datetime
    organization_id: str = ""
    organization_name: str = ""
    sector: str = ""
    categories: tuple[str, ...] = ()
    urgency: str = ""
    point: Point | None = None
    area_ids: frozenset[str] = frozenset()
    person: Person = NOBODY
    language: str = ""
    own_categories: frozenset[str] = frozenset()
    own_criteria: tuple[Criteria, ...] = ()
    said_no: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    avoided: Avoided = field(default=NOBODY_AVOIDED)
    is_public: bool = False

    @property
    def is_need(self) -> bool:
        return self.about_kind == "need"


def asking_for_need(parts: Parts, session: Session, need: Need) -> Asking:
    """What a need asks, as its own worker sees it."""
    organization = session.get_one(Organization, need.organization_id)
    person_row = session.get_one(HelpedPerson, need.person_id)
    area = need.area_id or ""
    point, area_ids = _place(parts, session, area)
    own = select(Service.id).where(Service.organization_id == need.organization_id, Service.withdrawn_at.is_(None)).order_by(Service.id)
    own_ids = list(session.scalars(own))
    return Asking(
        about_kind="need", about_id=need.id, now=parts.clock.now(), organization_id=organization.id, organization_name=organization.name,
        sector=organization.sector or "", categories=(need.category,), urgency=need.urgency, point=point, area_ids=area_ids,
        person=_person(parts, json.loads(need.facts) if need.facts else {}, area), language=person_row.language or "",
        own_categories=_offered(session, own_ids), own_criteria=tuple(criteria_in(session, own_ids[:MOST_OWN]).values()),
        said_no=_said_no(session, need, parts.clock.now()),
        asked=frozenset(session.scalars(select(Attempt.service_id).where(Attempt.need_id == need.id))), avoided=avoided_now(session, need),
    )  # fmt: skip


def asking_for_listing(parts: Parts, listing: Listing) -> Asking:
    """What goes with a listing, as everybody may see it."""
    organization = listing.organization
    point = next((place.point for place in listing.places if place.point is not None and not place.confidential), None)
    areas = AreasOfPoints(parts).at(point.latitude, point.longitude) if point is not None else frozenset()
    return Asking(
        about_kind="service", about_id=listing.id, now=parts.clock.now(), organization_id=organization.id if organization else "",
        organization_name=organization.name if organization else "", sector=organization.sector if organization else "",
        categories=listing.categories, point=point, area_ids=areas, own_categories=frozenset(closure(listing.categories)),
        own_criteria=(criteria_of(listing),), is_public=True,
    )  # fmt: skip


def _place(parts: Parts, session: Session, area: str) -> tuple[Point | None, frozenset[str]]:
    """The middle of an area, and the areas that hold it. A whole region has none that anything is near to."""
    if not area:
        return None, frozenset()
    if len(area.split("-")) < 3:
        return None, frozenset(with_ancestors(area))
    row = session.get(Area, area)
    place = NamedPlaces(parts, session, community_in(session)).lookup(row.name if row is not None else words_of(area)).place
    if place is None or area not in place.area_ids:
        return None, frozenset(with_ancestors(area))
    return place.point, AreasOfPoints(parts).at(place.point.latitude, place.point.longitude) | frozenset(place.area_ids)


def _person(parts: Parts, facts: Mapping[str, Any], area: str) -> Person:
    told = {**({"area": area} if area else {}), **facts}
    try:
        return person_told(parts, told) if told else NOBODY
    except InvalidInput:  # a place that is not known any more, or an older form
        return NOBODY


def _offered(session: Session, service_ids: list[str]) -> frozenset[str]:
    found = session.scalars(select(ServiceCategory.category).where(ServiceCategory.service_id.in_(service_ids)).distinct())
    return frozenset(closure(found))


def _said_no(session: Session, need: Need, now: datetime) -> frozenset[str]:
    """Organizations that consent was taken back from, unless it was given anew since, and those that the person wanted no more of."""
    given = [consent for _id, consent in consents_of(session, need.person_id)]
    holding = {each for consent in given if consent.holds(now) for each in consent.recipients}
    revoked = {each for consent in given if consent.revoked_at is not None for each in consent.recipients}
    needs = select(Need.id).where(Need.person_id == need.person_id)
    ended = session.scalars(select(Attempt.receiver_id).where(Attempt.need_id.in_(needs), Attempt.code.in_(_SAID_NO)).distinct())
    return with_successors(session, {*revoked, *ended} - holding) - holding
