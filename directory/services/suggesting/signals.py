"""The signals of one candidate, reckoned from its listing and from what is known beside it. What is not known is left out."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from directory.domain.categories.tree import CATEGORIES, closure
from directory.domain.distance import metres_between
from directory.domain.hours.access import access_state
from directory.domain.hours.values import Access, AccessState, OpeningHours, Taking
from directory.domain.listing import ListedPlace, Listing, Room
from directory.domain.sectors import Sector
from directory.domain.sectors_see import see_different_parts
from directory.domain.suggesting.figures import overlap
from directory.domain.suggesting.goes_together import go_together
from directory.rules.assess import Assessment
from directory.rules.listed import criteria_of
from directory.rules.outcome import Outcome
from directory.rules.same_people import people_overlap
from directory.rules.sets.signals import Plain, Signals
from directory.services.suggesting.asking import Asking
from directory.services.suggesting.gates import serves_area
from directory.services.suggesting.known import Known
from directory.services.suggesting.of_program import told_of_program
from directory.services.suggesting.year import OfProgram, best_lift

_ROOMS = ("capacity", "additional-assessment-required", "waitlist", "no-capacity")
"""Of several rooms the best counts."""

Told = Iterator[tuple[str, Plain | None]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A program with its signals. `place`: the one of its places that is nearest; `metres` to it, None where it is not known.
    `other_need`: the category that most often comes together with what is asked for, "" where none does."""

    listing: Listing
    place: ListedPlace
    access: AccessState
    metres: float | None
    assessment: Assessment | None
    signals: Signals
    other_need: str = ""

    @property
    def id(self) -> str:
        return self.listing.id


def candidate_of(asking: Asking, listing: Listing, known: Known, assessment: Assessment | None) -> Candidate:
    place, metres = _nearest(asking, listing)
    access = access_state(place.access or Access(OpeningHours(place.zone)), asking.now)
    other_need, together = _needs(asking, listing, known)
    told: dict[str, Any] = {
        **dict(_asked(asking)), **dict(_listed(asking, listing)), **together, **dict(_pair(asking, listing)),
        **dict(_access(asking, listing, access, metres)),
    }  # fmt: skip
    if assessment is not None and asking.person.answers and assessment.outcome is not Outcome.NO:
        told["eligibility.outcome"] = "yes" if assessment.outcome is Outcome.YES else "doubtful" if assessment.is_doubtful else "ask"
    if not asking.is_public:
        told |= {**dict(_agreement(asking, listing, known)), **dict(_history(asking, listing, known))}
    signals: Mapping[str, Plain] = {name: value for name, value in told.items() if value is not None}
    return Candidate(listing, place, access, metres, assessment, signals, other_need)


def _nearest(asking: Asking, listing: Listing) -> tuple[ListedPlace, float | None]:
    """The place that is nearest, else the first. A confidential one has no distance."""
    point = asking.point
    if point is not None:
        measured = [
            (metres_between(point.latitude, point.longitude, place.point.latitude, place.point.longitude), number)
            for number, place in enumerate(listing.places)
            if place.point is not None and not place.confidential
        ]
        if measured:
            metres, number = min(measured)
            return listing.places[number], metres
    return listing.places[0], None


def _asked(asking: Asking) -> Told:
    yield "need.category", asking.categories[0] if asking.is_need and asking.categories[0] in CATEGORIES else None
    yield "need.urgency", asking.urgency or None
    yield "from.sector", asking.sector if asking.sector in list(Sector) else None


def _listed(asking: Asking, listing: Listing) -> Told:
    sector = listing.organization.sector if listing.organization is not None else ""
    yield "candidate.sector", sector if sector in list(Sector) else None
    yield "candidate.categories", frozenset(each for each in listing.categories if each in CATEGORIES)
    yield "candidate.is_free", "free" in listing.cost if listing.cost else None
    for name in ("asks_papers", "asks_status", "tells_police", "tells_immigration", "tells_child_welfare"):
        yield f"candidate.{name}", getattr(listing.disclosures, name)
    room = _room(listing)
    yield "candidate.room", room.status if room is not None else None
    yield "candidate.room_days", _days_since(room.updated, asking.now) if room is not None else None
    verified = listing.verification.at
    yield "candidate.days_since_verified", _days_since(verified, asking.now) if verified is not None else None


def _room(listing: Listing) -> Room | None:
    return min((room for room in listing.rooms if room.status in _ROOMS), key=lambda room: _ROOMS.index(room.status), default=None)


def _needs(asking: Asking, listing: Listing, known: Known) -> tuple[str, dict[str, Plain]]:
    """Whether it offers what is needed, and what comes together with it: as counted, or by the list where too little was counted."""
    offered = closure(listing.categories)
    told: dict[str, Plain] = {}
    if asking.is_need:
        told["pair.offers_need"] = asking.categories[0] in offered
    others = [each for each in offered if each not in asking.categories]
    found = best_lift(known.community, asking.categories, others)
    if found is not None:
        told |= {"pair.need_lift": round(found[0], 2), "pair.need_cases": found[1]}
        return found[2], told
    listed = sorted(go_together(asking.categories, others))
    told["pair.goes_together"] = bool(listed)
    return (listed[0][1] if listed else ""), told


def _pair(asking: Asking, listing: Listing) -> Told:
    own, other = asking.sector, listing.organization.sector if listing.organization is not None else ""
    yield "pair.is_other_sector", own != other if own and other else None
    yield "pair.sees_other_part", see_different_parts(own, other) if own and other else None
    shared = overlap(asking.own_categories, closure(listing.categories))
    yield "pair.category_overlap", round(shared, 3) if shared is not None else None
    criteria = criteria_of(listing)
    people = [each for own_criteria in asking.own_criteria if (each := people_overlap(own_criteria, criteria)) is not None]
    yield "pair.people_overlap", max(people, default=None)


def _access(asking: Asking, listing: Listing, access: AccessState, metres: float | None) -> Told:
    yield "access.metres", round(metres) if metres is not None else None
    yield "access.serves_area", serves_area(asking, listing)
    reached = {"phone", "online"} & set(listing.remote)
    yield "access.is_remote", bool(reached) or any(place.virtual for place in listing.places) if listing.remote or reached else None
    takes_now = access.taking is Taking.TAKES_PEOPLE
    yield "access.takes_people_now", takes_now if access.taking is not Taking.UNKNOWN else None
    yield "access.opens_within_hours", math.ceil((access.next - asking.now) / timedelta(hours=1)) if access.next is not None else None
    spoken = {each.code.partition("-")[0] for place in listing.places for each in (*place.languages, *listing.languages)}
    wanted = asking.language.partition("-")[0]
    yield "language.is_spoken", wanted in spoken if wanted and spoken else None


def _agreement(asking: Asking, listing: Listing, known: Known) -> Told:
    partner = listing.organization.id if listing.organization is not None else ""
    held = known.agreements.get(partner)
    yield "agreement.status", "active" if held is not None else "ended" if partner in known.ended else "none"
    if held is None:
        return
    yield "agreement.days_left", max(0, (held.review_on - _today(asking)).days) if held.review_on is not None else None
    yield "agreement.has_contact", bool(held.contacts)
    yield "agreement.shares_intake", held.shared_intake
    kept = known.kept.get(partner)
    if kept is not None and kept.is_enough:
        yield "agreement.kept_share", round(kept.in_time / (kept.in_time + kept.late), 3)
        yield "agreement.kept_cases", kept.in_time + kept.late


def _history(asking: Asking, listing: Listing, known: Known) -> Told:
    organization = listing.organization
    sector, partner = (organization.sector, organization.id) if organization is not None else ("", "")
    program, usual = known.programs.get(listing.id, OfProgram()), known.community.usual_of(sector)
    yield from told_of_program(program, usual)
    yield "answers.is_slow", listing.id in known.slow
    between = known.together.get(partner)
    if between is not None:
        yield "history.years", round((asking.now - between.since) / timedelta(days=365.25), 1)
        yield "history.both_ways", between.sent and between.received
    if asking.sector and sector:
        yield "pair.sector_links", known.community.links.get(frozenset((asking.sector, sector)), 0)
    open_now = known.open_now.get(listing.id, 0)
    yield "load.open_referrals", open_now
    room = _room(listing)
    places = (room.available if room.available is not None else room.maximum) if room is not None else None
    yield "load.share_of_room", min(1.0, round(open_now / places, 3)) if places else None


def _days_since(moment: datetime, now: datetime) -> int:
    return max(0, (now - moment).days)


def _today(asking: Asking) -> date:
    return asking.now.date()
