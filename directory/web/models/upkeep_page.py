"""An organization's own listings on one page: each as the public sees it for the next month, and what can be said of it in one tap."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from directory.domain.upkeep.due import Risk
from directory.domain.upkeep.today import Today
from directory.services.upkeep.own import SHOWN, OwnListing, OwnListings
from directory.web.models.card import room_status
from directory.web.models.freshness import Freshness, freshness
from directory.web.models.phones import PhoneLine, phone_lines
from directory.web.models.places import PlaceView, place_view
from directory.web.models.quality_page import FlagRow, flag_row
from directory.web.models.texts import Line, Text, listing_line, listing_text, own_line
from directory.web.models.upkeep_words import due_words, report_words, today_acts, today_words
from directory.web.models.whom_told import papers_to_bring, who_words
from directory.web.status import Status
from directory.web.wording import _, ngettext
from directory.web.words import facet_value_name
from search_index.query import Facet

PLACES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class TodayLine:
    """What holds for today, with what takes it back."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class OwnCard:
    """One listing. `acts` are (kind, words) of what can be told for today; `is_due`: nobody has looked in time."""

    id: str
    name: Line
    href: str
    is_due: bool
    was_just_verified: bool
    due: str
    freshness: Freshness
    reports: tuple[str, ...]
    today: tuple[TodayLine, ...]
    acts: tuple[tuple[str, str], ...]
    places: tuple[PlaceView, ...]
    more_places: int
    rooms: tuple[Status, ...]
    phones: tuple[PhoneLine, ...]
    ways_in: tuple[str, ...]
    correct: str
    ages: str
    eligibility: Text
    cost: tuple[str, ...]
    documents: tuple[Line, ...]
    flags: tuple[FlagRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`done` are sentences on what the listings did for people."""

    organization_id: str
    name: str
    done: tuple[str, ...]
    cards: tuple[OwnCard, ...]
    due_count: int
    total: int
    pages: int
    page: int
    address: str
    is_own_address: bool
    is_stopped: bool
    tells_at_once: bool
    flag_words: str


def own_page(own: OwnListings, now: datetime, user_agent: str, correct: Callable[[str], str] = lambda _service: "") -> OwnPage:
    """The page as it stands. `correct`: where a listing is put right, by its id; "" where it cannot be from here."""
    cards = tuple(own_card(one, now, user_agent, correct(one.listing.id)) for one in own.listings)
    return OwnPage(
        organization_id=own.organization_id,
        name=own.name,
        done=done_words(own.done.handed, own.done.kept),
        cards=cards,
        due_count=sum(card.is_due for card in cards),
        total=own.total,
        pages=max(1, -(-own.total // SHOWN)),
        page=own.page,
        address=own.asking.address,
        is_own_address=own.asking.own,
        is_stopped=own.asking.is_stopped,
        tells_at_once=own.asking.tells_at_once,
        flag_words=ngettext("%(num)d thing to put right", "%(num)d things to put right", own.flag_count) if own.flag_count else "",
    )


def own_card(one: OwnListing, now: datetime, user_agent: str, correct: str = "") -> OwnCard:
    """One listing of it."""
    listing = one.listing
    places = tuple(place_view(listing, place, now, user_agent) for place in listing.places[:PLACES_SHOWN])
    told = {notice.kind for notice in listing.notices}
    return OwnCard(
        id=listing.id,
        name=listing_line(listing, "name"),
        href=url_for("listings.service", service_id=listing.id),
        is_due=one.due.due.at <= now,
        was_just_verified=one.was_just_verified,
        due=due_words(one.due.due, now),
        freshness=freshness(listing.verification, listing.source, now),
        reports=tuple(report_words(report, now) for report in one.reports),
        today=tuple(TodayLine(notice.kind, today_words(notice)) for notice in listing.notices),
        acts=tuple((kind.value, words) for kind, words in today_acts().items() if kind not in told and _fits(kind, places)),
        places=places,
        more_places=len(listing.places) - len(places),
        rooms=tuple(room_status(room, now) for room in listing.rooms),
        phones=phone_lines(listing.phones, listing.organization.phones if listing.organization else ()),
        ways_in=tuple(dict.fromkeys(way for place in places for way in place.ways_in)),
        correct=correct,
        ages=who_words(listing),
        eligibility=listing_text(listing, "eligibility"),
        cost=(*(facet_value_name(Facet.COST, cost) for cost in listing.cost), *((listing.fees,) if listing.fees else ())),
        flags=tuple(flag_row(flag) for flag in one.flags),
        documents=(*map(Line, papers_to_bring(listing)), *(own_line(listing, document) for document in listing.documents)),
    )


def _fits(kind: Today, places: tuple[PlaceView, ...]) -> bool:
    """Nobody needs to be told to just come where everybody walks in."""
    return kind is not Today.JUST_COME or any(place.status.tone != "open" for place in places)


def done_words(handed: int | None, kept: int | None) -> tuple[str, ...]:
    """What the listings did for people, in sentences; None stands for a number too small to tell."""
    lines = []
    if handed is None:
        lines.append(_("A few lists with your places were handed to people in the last month."))
    elif handed:
        lines.append(
            ngettext(
                "%(num)d list with your places was handed to people in the last month.",
                "%(num)d lists with your places were handed to people in the last month.",
                handed,
            )
        )
    if kept is None:
        lines.append(_("A few teams keep your places on a list of theirs."))
    elif kept:
        lines.append(
            ngettext("%(num)d team keeps your places on a list of theirs.", "%(num)d teams keep your places on a list of theirs.", kept)
        )
    return tuple(lines) or (_("Anybody in the community can find your listings, at any hour. We do not count who looks."),)


def risk_words(risk: Risk) -> str:
    """How much harm a wrong word may do."""
    return {Risk.CRISIS: _("Crisis"), Risk.BASIC: _("Daily needs"), Risk.OTHER: _("Other")}[risk]
