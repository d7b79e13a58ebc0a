"""When somebody works, for the clocks and for introductions: the opening hours of the place that an attempt goes to, else office hours."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from directory.domain.hours.days import are_known, reader_of
from directory.domain.hours.public_holidays import holiday_name
from directory.domain.hours.values import OpeningHours
from directory.domain.listing import Listing
from directory.domain.referrals.clocks import (
    DEFAULT_CLOCKS,
    SENDER,
    ClockRow,
    DayOpen,
    Deadlines,
    Urgency,
    deadlines,
    office_hours,
    read_clocks,
)
from directory.domain.referrals.fold import Standing
from directory.domain.referrals.states import State
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.store.tables import Attempt, CommunityFact

CLOCKS_FACT = "referral_clocks"


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """`zone` is IANA. `is_known` False: office hours are taken for want of better."""

    zone: str
    spans_on: DayOpen
    is_known: bool = True


def clocks_in(session: Session) -> dict[State, ClockRow]:
    """The community's terms."""
    row = session.get(CommunityFact, CLOCKS_FACT)
    return read_clocks(row.value) if row is not None else dict(DEFAULT_CLOCKS)


def office_time(session: Session) -> WorkingTime:
    """Office hours of the community, holidays left out: whose hours nobody told, and the sender's."""
    community = community_in(session)
    region = community.subdivision or None
    return WorkingTime(community.zone, office_hours(lambda day: holiday_name(region, day) is not None), is_known=False)


def working_time(parts: Parts, session: Session, service_id: str, place_id: str | None) -> WorkingTime:
    """Of the place that was chosen, else of the first whose hours are known."""
    found = parts.listings.listed(session, [service_id], default_zone=community_in(session).zone, now=parts.clock.now()).get(service_id)
    hours = _hours(found, place_id) if found is not None else None
    if hours is None:
        return office_time(session)
    return WorkingTime(hours.zone, _spans(hours))


def _hours(listing: Listing, place_id: str | None) -> OpeningHours | None:
    chosen = [place for place in listing.places if place.id == place_id] or list(listing.places)
    known = (place.access.hours for place in chosen if place.access is not None and are_known(place.access.hours))
    return next(known, None)


def _spans(hours: OpeningHours) -> DayOpen:
    reader = reader_of(hours)

    def spans_on(day: date) -> tuple[tuple[int, int], ...]:
        return tuple((span[0], span[1]) for span in reader.spans_on(day))

    return spans_on


def deadlines_for(parts: Parts, session: Session, attempt: Attempt, standing: Standing, at: datetime) -> tuple[str, Deadlines] | None:
    """Who is waited for from `at` on and until when; None where nobody is. A receiver's clock stops for a question once, and begins anew
    with the answer; the question itself runs on the sender's."""
    row = clocks_in(session).get(standing.state)
    if row is None:
        return None
    counts_from_sent = row.from_sent and standing.sent_at is not None and not standing.paused_once
    start = standing.sent_at if counts_from_sent and standing.sent_at is not None else at
    is_senders = row.waits_for == SENDER
    time = office_time(session) if is_senders else working_time(parts, session, attempt.service_id, attempt.place_id)
    return row.waits_for, deadlines(start, row.term(Urgency(attempt.urgency)), time.zone, time.spans_on)
