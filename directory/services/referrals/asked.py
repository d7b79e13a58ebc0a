"""What stands on the form of a referral: whom it asks, what earlier ones were refused for, and for which needs it may be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.areas import is_postal
from directory.domain.errors import NotFound
from directory.domain.listing import ListedPlace, Listing
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.finding.named_places import NamedPlaces
from directory.services.listings.community import community_in
from directory.services.lists.places import Standing, places_in
from directory.services.parts import Parts
from directory.services.referrals.addresses import receiving_in
from directory.services.referrals.slow import Slowness, slowness_of
from directory.store.tables import Need, RuleReview

MOST_NEEDS = 12
CONDITIONS_HOLD = timedelta(days=180)
MOST_CONDITIONS = 5


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that a receiver named when it declined somebody, in its own words; never of a person."""

    clause: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need of the asking worker that is not closed."""

    id: str
    code: str
    category: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """`takes_referrals` False: call instead. `can_write` False: nobody can be written to; whoever has an account there still sees it."""

    listing: Listing
    place: ListedPlace
    takes_referrals: bool
    can_write: bool
    conditions: tuple[Condition, ...]
    slow: Slowness | None
    needs: tuple[OpenNeed, ...]


def read_asked(parts: Parts, actor: Actor, place_id: str) -> Asked:
    """Of a place of a listing, or of a service. Raise `NotFound`."""
    with parts.database.reading() as session:
        (found,) = places_in(session, parts, [place_id])
        if found.standing is not Standing.LISTED or found.listing is None or found.place is None:
            raise NotFound(say("There is no such listing."))
        organization = found.listing.organization
        receiving = receiving_in(session, organization.id, found.listing.id) if organization is not None else None
        return Asked(
            found.listing,
            found.place,
            takes_referrals=receiving is not None and receiving.takes_referrals,
            can_write=receiving is not None and bool(receiving.address),
            conditions=conditions_of(session, found.listing.id, parts.clock.now()),
            slow=slowness_of(session, [found.listing.id], parts.clock.now()).get(found.listing.id),
            needs=_needs(session, actor),
        )


def conditions_of(session: Session, service_id: str, now: datetime) -> tuple[Condition, ...]:
    """What earlier receivers named for a listing and nobody has settled since, the newest first, each once."""
    rows = session.execute(
        select(RuleReview.clause, RuleReview.made_at)
        .where(RuleReview.service_id == service_id, RuleReview.clause.is_not(None), RuleReview.settled_at.is_(None))
        .where(RuleReview.made_at > now - CONDITIONS_HOLD)
        .order_by(RuleReview.made_at.desc())
        .limit(MOST_CONDITIONS * 4)
    )
    found: dict[str, Condition] = {}
    for clause, made_at in rows:
        words = " ".join((clause or "").split())
        found.setdefault(words.casefold(), Condition(words, made_at))
    return tuple(found.values())[:MOST_CONDITIONS]


def area_named(parts: Parts, words: str) -> str:
    """The id of the area that words name, as coarse as a city; "" where it is not known, or where several places are called so."""
    if not words.strip():
        return ""
    with parts.database.reading(may_lag=True) as session:
        place = NamedPlaces(parts, session, community_in(session)).lookup(words.strip()).place
    areas = place.area_ids if place is not None else ()
    return next((area for area in areas if not is_postal(area)), areas[0] if areas else "")


def first_known(parts: Parts, *places: str) -> str:
    """Of these names of places, the first that an area is known for; "" where none is."""
    return next((place for place in places if area_named(parts, place)), "")


def _needs(session: Session, actor: Actor) -> tuple[OpenNeed, ...]:
    rows = session.execute(
        select(Need.id, Need.code, Need.category, Need.made_at)
        .where(Need.worker_id == actor.person_id, Need.closed_at.is_(None))
        .order_by(Need.made_at.desc(), Need.id)
        .limit(MOST_NEEDS)
    )
    return tuple(OpenNeed(*row) for row in rows)


def known_of(parts: Parts, service_ids: Collection[str]) -> dict[str, tuple[tuple[Condition, ...], Slowness | None]]:
    """What whoever asks should know of several listings: what was refused for before, and whether referrals go unanswered."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        slow = slowness_of(session, service_ids, now)
        return {service_id: (conditions_of(session, service_id, now), slow.get(service_id)) for service_id in service_ids}
