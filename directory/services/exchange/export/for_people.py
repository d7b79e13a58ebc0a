"""Listings for files that people open: each service at each place, said in words. They are made from the values that pages are made from,
which have lost everything confidential."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from directory.domain.categories.tree import name as category_name
from directory.domain.community import Community
from directory.domain.hours.access import access_state
from directory.domain.hours.opening_calendar import opening_calendar
from directory.domain.hours.values import Access, OpeningHours
from directory.domain.listing import ListedPlace, Listing, PhoneNumber
from directory.services.exchange.export.selecting import Selection
from directory.services.listings.access_words import access_words
from directory.store.listings import load_listings

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_MINUTES = 1_440


@dataclass(frozen=True, slots=True)
class Listings:
    """What a file for people is made of. `now` is the moment that its words on being open speak of."""

    session: Session
    selection: Selection
    community: Community
    now: datetime
    address: str

    def count(self) -> int:
        return self.selection.count_listed()

    def batches(self) -> Iterator[list[Listing]]:
        for ids in self.selection.listed():
            found = load_listings(self.session, ids, default_zone=self.community.zone, now=self.now)
            yield [found[key] for key in ids]

    def link(self, listing: Listing) -> str:
        return f"{self.address}/services/{listing.id}"

    def open_words(self, place: ListedPlace) -> str:
        """Whether people get in at the moment of the export."""
        return access_words(access_state(place.access, self.now), self.now) if place.access else "Hours not known: call"

    def week_words(self, place: ListedPlace) -> str:
        """The usual week of the place, "Mon 09:00-17:00; Tue 09:00-12:00, 13:00-17:00"; the source's own words where it is not known."""
        hours = _week(place.access.hours, self.now) if place.access else ""
        return hours or ("" if place.confidential else "; ".join(place.hours_texts))

    def intake_words(self, place: ListedPlace) -> str:
        return _week(place.access.intake, self.now) if place.access and place.access.intake else ""


def _week(hours: OpeningHours, now: datetime) -> str:
    calendar = opening_calendar(hours, now.date() - timedelta(days=now.weekday()), 28)
    days: dict[str, list[str]] = {}
    for start, end in calendar.week if calendar.known else ():
        day, begins, ends = start // DAY_MINUTES, start % DAY_MINUTES, end - start // DAY_MINUTES * DAY_MINUTES
        days.setdefault(DAYS[day], []).append("all day" if (begins, ends) == (0, DAY_MINUTES) else f"{_clock(begins)}-{_clock(ends)}")
    return "; ".join(f"{day} {', '.join(spans)}" for day, spans in days.items())


def _clock(minute: int) -> str:
    return "24:00" if minute == DAY_MINUTES else f"{minute // 60:02d}:{minute % 60:02d}"


def where_words(place: ListedPlace) -> str:
    """The address in one line, or why there is none."""
    if place.confidential:
        return "Address not published: call"
    return place.address.one_line if place.address else ""


def access_features(place: ListedPlace) -> str:
    """What makes the place easier to use; of a confidential one only codes, since free text may tell of the place."""
    texts = (feature.code if place.confidential else feature.description or feature.code for feature in place.accessibility)
    return "; ".join(filter(None, texts))


def phone_words(phones: tuple[PhoneNumber, ...]) -> str:
    texts = (
        f"{phone.number}{f' ext. {phone.extension}' if phone.extension else ''}{f' ({phone.type})' if phone.type else ''}"
        for phone in phones
    )
    return "; ".join(dict.fromkeys(texts))


def phones_of(listing: Listing, place: ListedPlace) -> tuple[PhoneNumber, ...]:
    """The numbers nearest to the offering: of the place, of the service, else of the organization."""
    return place.phones + listing.phones or (listing.organization.phones if listing.organization else ())


def category_words(listing: Listing) -> str:
    return "; ".join(category_name(slug, "en") for slug in listing.categories)


def verified_words(listing: Listing) -> str:
    """The day on which somebody found the listing right."""
    return listing.verification.at.date().isoformat() if listing.verification.at else "Never verified, as far as known: call first"


def source_words(listing: Listing) -> dict[str, str]:
    """Where the listing comes from and what that asks for."""
    source = listing.source
    if source is None:
        return {"source": "", "licence": "", "attribution": ""}
    name = source.publisher or source.name
    return {
        "source": f"{name} (made-up sample data)" if source.is_sample else name,
        "licence": source.licence,
        "attribution": source.attribution,
    }


def reach_of(access: Access | None) -> str:
    """How people get in."""
    return "; ".join(sorted(way.value.replace("_", " ") for way in access.ways_in)) if access else ""
