"""When somebody works, for the clocks and for introductions: the opening hours of the place that an attempt goes to, else office hours."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlalchemy.orm import Session

from directory.domain.hours.days import are_known, reader_of
from directory.domain.hours.public_holidays import holiday_name
from directory.domain.hours.values import OpeningHours
from directory.domain.listing import Listing
from directory.domain.referrals.clocks import DayOpen, office_hours
from directory.services.listings.community import community_in
from directory.services.parts import Parts


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """`zone` is IANA. `is_known` False: office hours are taken for want of better."""

    zone: str
    spans_on: DayOpen
    is_known: bool = True


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
    """The working times that one pass needs, each read once: a pass is over many attempts and few programs."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._office: WorkingTime | None = None
        self._at: dict[tuple[str, str | None], WorkingTime] = {}

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
