"""When somebody works, for the clocks and for introductions: the opening hours of the place that an attempt goes to, else office hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

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
    found = parts.listings.listed(session, [service_id], default_zone=community_in(session).zone, now=parts.clock.now())
    return _time_at(found.get(service_id), place_id) or office_time(session)


def _time_at(listing: Listing | None, place_id: str | None) -> WorkingTime | None:
    hours = _hours(listing, place_id) if listing is not None else None
    return WorkingTime(hours.zone, _spans(hours)) if hours is not None else None


class Times:
    """The terms and working times that one pass needs, each read once: a pass is over many attempts and few programs."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._terms: Mapping[State, ClockRow] | None = None
        self._office: WorkingTime | None = None
        self._at: dict[tuple[str, str | None], WorkingTime] = {}

    def terms(self, session: Session) -> Mapping[State, ClockRow]:
        if self._terms is None:
            self._terms = clocks_in(session)
        return self._terms

    def office(self, session: Session) -> WorkingTime:
        if self._office is None:
            self._office = _each_day_once(office_time(session))
        return self._office

    def at(self, session: Session, service_id: str, place_id: str | None) -> WorkingTime:
        """As `working_time`."""
        self.prepare(session, [(service_id, place_id)])
        return self._at[service_id, place_id]

    def prepare(self, session: Session, wanted: Iterable[tuple[str, str | None]]) -> None:
        """Read those that are not there yet with one look at the listings."""
        missing = {each for each in wanted if each not in self._at}
        if not missing:
            return
        ids = {service_id for service_id, _place in missing}
        found = self._parts.listings.listed(session, ids, default_zone=community_in(session).zone, now=self._parts.clock.now())
        for service_id, place_id in missing:
            own = _time_at(found.get(service_id), place_id)
            self._at[service_id, place_id] = _each_day_once(own) if own is not None else self.office(session)


def _each_day_once(time: WorkingTime) -> WorkingTime:
    return replace(time, spans_on=cache(time.spans_on))


def _hours(listing: Listing, place_id: str | None) -> OpeningHours | None:
    chosen = [place for place in listing.places if place.id == place_id] or list(listing.places)
    known = (place.access.hours for place in chosen if place.access is not None and are_known(place.access.hours))
    return next(known, None)


def _spans(hours: OpeningHours) -> DayOpen:
    reader = reader_of(hours)

    def spans_on(day: date) -> tuple[tuple[int, int], ...]:
        return tuple((span[0], span[1]) for span in reader.spans_on(day))

    return spans_on


@dataclass(frozen=True, slots=True)
class Asked:
    """Which program is asked, at which of its places, and how urgently."""

    service_id: str
    place_id: str | None
    urgency: Urgency


def deadlines_for(session: Session, times: Times, asked: Asked, standing: Standing, at: datetime) -> tuple[str, Deadlines] | None:
    """Who is waited for from `at` on and until when; None where nobody is. A receiver's clock stops for a question once, and begins anew
    with the answer; the question itself runs on the sender's."""
    row = times.terms(session).get(standing.state)
    if row is None:
        return None
    counts_from_sent = row.from_sent and standing.sent_at is not None and not standing.paused_once
    start = standing.sent_at if counts_from_sent and standing.sent_at is not None else at
    time = time_of(session, times, asked, row.waits_for)
    return row.waits_for, deadlines(start, row.term(asked.urgency), time.zone, time.spans_on)


def time_of(session: Session, times: Times, asked: Asked | Attempt, waits_for: str | None) -> WorkingTime:
    """Of whoever is waited for."""
    return times.office(session) if waits_for == SENDER else times.at(session, asked.service_id, asked.place_id)
