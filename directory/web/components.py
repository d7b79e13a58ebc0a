"""Made-up values that show every component in each of its states, for the page where they are reviewed together."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from markupsafe import Markup

from directory.domain.hours.values import AccessState, Frequency, OpeningHours, Schedule, Taking
from directory.domain.listing import SourceNote
from directory.domain.planning.shading import STEPS, Shade
from directory.services.finding.request import FindRequest
from directory.services.referrals.reviews import OpenReview
from directory.web.figures.point_map import Pin, point_map
from directory.web.figures.qr import qr_code
from directory.web.figures.shaded_map import ShadedArea, ShadedMap, shaded_map
from directory.web.figures.week import week_grid
from directory.web.models.account_page import PasskeyRow, SessionRow, ToldRow
from directory.web.models.card import Card
from directory.web.models.chips import ShownChip
from directory.web.models.conversation_sample import conversation_samples
from directory.web.models.danger import CrisisLine, ShownAdvice, ShownDanger
from directory.web.models.duplicates_sample import duplicate_samples
from directory.web.models.editor.sample import editor_samples
from directory.web.models.filters import Choice, FilterGroup
from directory.web.models.freshness import Freshness
from directory.web.models.gaps_page import GapRow
from directory.web.models.handout import HandoutEntry
from directory.web.models.home_page import NeedTile
from directory.web.models.kept_page import ChangeLine
from directory.web.models.list_page import ListRow
from directory.web.models.listed import ListedService
from directory.web.models.map_page import step_words
from directory.web.models.needs_page import Need
from directory.web.models.overlaps_page import Bar, OverlapCard, SideLine
from directory.web.models.paging import Pager
from directory.web.models.partners_sample import partner_samples
from directory.web.models.phones import PhoneLine
from directory.web.models.places import PlaceView
from directory.web.models.planning_sample import planning_samples
from directory.web.models.plans_sample import plan_samples
from directory.web.models.quadrant_part import quadrant_sample
from directory.web.models.quality_page import FlagRow, lasts_choices
from directory.web.models.referral_sample import referral_samples
from directory.web.models.review_cards import review_cards
from directory.web.models.rules_sample import rule_samples
from directory.web.models.searches import Step
from directory.web.models.suggest_page import DecisionCard, DecisionField
from directory.web.models.terms_page import Guess, TermRow
from directory.web.models.texts import Line, Text, blocks_of
from directory.web.models.upkeep_page import OwnCard, TodayLine
from directory.web.models.when import when_options
from directory.web.models.whom_sample import fit_samples, whom_panels
from directory.web.models.whom_told import WhomTold
from directory.web.static_files import icon_names
from directory.web.status import Status, access_status

_NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
_NOWHERE = Step("#main", [("q", "food")])
_FRESH = Freshness("Verified 12 days ago by the organization", is_old=False)
GROUNDS = ("paper", "open", "ask", "closed", "danger", "accent", "accent-ground")


def samples() -> dict[str, Any]:
    """One sample of each component and state, by the name its template uses."""
    return {
        "grounds": GROUNDS,
        "icons": icon_names(),
        "statuses": _statuses(),
        "ages": (_FRESH, Freshness("Not verified since 2024: call first", is_old=True)),
        "cards": (_full_card(), _empty_card()),
        "whom_panels": whom_panels(),
        "fits": fit_samples(),
        "chips": (
            ShownChip("open now", _NOWHERE, "open tonight", "clock"),
            ShownChip("near Philadelphia", _NOWHERE, icon="pin"),
            ShownChip("Free", _NOWHERE),
        ),
        "tiles": (NeedTile("#main", "need-food", "Food", "1,204"), NeedTile("#main", "need-legal", "Legal help", "")),
        "need_samples": _needs(),
        "term_rows": _terms(),
        "when": when_options(FindRequest(open_at="now"), _NOW),
        "rows": (_row(),),
        "source_sample": SourceNote("Feed", "A publisher", "CC0-1.0", "Thanks to all", retrieved_on=date(2026, 8, 14), is_sample=True),
        "group": _filter_group(),
        "danger_sample": _danger(),
        "pager_sample": Pager("21", "40", "1,204", "2", "50", _NOWHERE, _NOWHERE, is_cut=True),
        "phone_samples": (
            PhoneLine("(215) 555-0142 ext. 3", "tel:+12155550142", "sms:+12155550142", "Intake · Spanish"),
            PhoneLine("call the desk", "", "", "Fax"),
        ),
        **_pictures(),
        "list_rows": _list_rows(),
        **(_account() | planning_samples()),
        "change_samples": (
            ChangeLine("Telephone changed, 3 days ago", "(215) 555-0142"),
            ChangeLine("Hours changed, yesterday", week=week_grid(_hours(), _NOW.date())),
        ),
        "handed": _handed(),
        "qr_sample": qr_code("https://directory.example/l/7f3k9qpm2xtd"),
        "flag_samples": (_flags(), lasts_choices()),
        "own_samples": _own(),
        "suggestion_samples": _suggested(),
        "review_sample": review_cards([OpenReview(str(UUID(int=0)), "Night shelter", "not_eligible", "Women only", 3, _NOW)], _NOW)[0],
        "report_samples": ("A worker called today at 9:12: nobody answered.",),
        **editor_samples(),
        **(
            referral_samples(_NOW, _full_card()) | partner_samples() | duplicate_samples() | rule_samples() | {"overlap_sample": _overlap()}
        ),
        "coming_sample": _coming(),
        "text_sample": blocks_of("A paragraph of a listing.\n\n- the first of a list\n- the second"),
    }


def _pictures() -> dict[str, Any]:
    pins = [Pin(1, "North", 39.99, -75.16), Pin(2, "Centre", 39.95, -75.16), Pin(3, "Same door", 39.95, -75.16)]
    return {
        **conversation_samples(),
        **plan_samples(),
        "week_sample": week_grid(_hours(), _NOW.date()),
        "map_sample": point_map(pins, (39.96, -75.17)),
        "quadrant_sample": quadrant_sample(),
        "shaded_sample": (_shaded(), [(step, step_words(Shade.UNMET, step)) for step in range(STEPS)]),
        "gap_samples": (
            GapRow(
                "Detox",
                "#main",
                "Ottawa",
                "A gap",
                "alert",
                "24 of 45",
                53.3,
                ("no room or money: 14", "some fewer than 5"),
                "2 of 3",
                False,
                "",
                "#main",
                "#main",
            ),
            GapRow("Legal help", "#main", "Ottawa", "Not known", "info", "", 0, (), "nothing is offered", False, "1,204", "#main", "#main"),
        ),
    }


def _shaded() -> ShadedMap | None:
    """A square for each step, and one that is not known."""
    steps: tuple[int | None, ...] = (0, 1, 2, 3, 4, None)
    return shaded_map(
        [
            ShadedArea(
                place + 1,
                f"Area {place + 1}",
                "#main",
                (0.5, place + 0.5),
                (((0, place), (0, place + 1), (1, place + 1), (1, place)),),
                step,
            )
            for place, step in enumerate(steps)
        ]
    )


def _overlap() -> OverlapCard:
    bars = (
        Bar("Same help", "100%", 100, 0, is_known=True),
        Bar("Same people", "not known", 0, 100, is_known=False),
        Bar("Same area", "40%", 40, 0, is_known=True),
        Bar("Same hours", "20% to 70%", 20, 50, is_known=False),
    )
    return OverlapCard(
        id="overlap", href="#main", first=SideLine("Night shelter", "#main", "Harbour House", "Housing"),
        second=SideLine("Shelter for women", "#main", "Lantern", "Housing"), category="Emergency shelter", size="20% to 70%",
        status=Status("ask", "info", "Worth a conversation"), reason="", undecided=("A choice for people",), bars=bars, apart="1.4 km",
        since="Nov 23, 2026",
    )  # fmt: skip


def _coming() -> WhomTold:
    return WhomTold(
        sentence="For women aged 18 or over, with a child aged under 5.",
        unconfirmed=("For people with a child aged under 5.",),
        is_open=False,
        questions=(),
        referral="",
        papers=(),
        no_papers=False,
        tells=(("Asks for identity papers", "Yes", True), ("Tells the police", "Not known: ask", False)),
    )


def _own() -> tuple[OwnCard, ...]:
    place = PlaceView(
        id="own-place", location_id="", title="St. Mark’s hall", address=("1515 Fairmount Avenue", "Philadelphia PA 19130"),
        confidential=False, status=_statuses()[0], week=week_grid(_hours(), _NOW.date()), intake=None, hours_texts=(), zone="",
        directions="", directions_text=Text(()), ways_in=("Walk in",), access_features=(), phones=(), languages=(), point=None,
    )  # fmt: skip
    due = OwnCard(
        flags=_flags(),
        id="own-due", name=Line("Night shelter and warm meals"), href="#main", is_due=True,
        was_just_verified=False,
        due="Nobody has looked at it yet, as far as we know", freshness=Freshness("Last verified: not known. Call first", is_old=True),
        reports=("A worker called today at 9:12: nobody answered.",), today=(TodayLine("full", "Full today"),),
        acts=(("closed", "Closed today"), ("just_come", "Just come, no referral needed")), places=(place,), more_places=2, rooms=(),
        phones=(PhoneLine("(215) 555-0142", "tel:+12155550142", "", ""),), ways_in=("Walk in",), correct="#main", ages="Ages 18 and over",
        eligibility=Text(()), cost=("Free",), documents=(Line("Any card with your name"),),
    )  # fmt: skip
    bare = replace(
        due, id="own-bare", flags=(), name=Line("Pantry"), is_due=False, was_just_verified=True,
        due="To be looked at again on May 1, 2027", freshness=_FRESH, reports=(),
        today=(), places=(), more_places=0, phones=(), ways_in=(), ages="", cost=(), documents=(), correct="",
    )  # fmt: skip
    return (due, bare)


def _flags() -> tuple[FlagRow, ...]:
    """Things to put right: one on which much depends, one that planners have in hand."""
    hours = FlagRow(
        id="flag-hours", service="Night shelter and warm meals", href="#main", organization="Harbour House", only="#main",
        severity="Important", tone="danger", icon="alert", reason="Its hours contradict each other",
        way_out="Keep one line for each time that it is open", mend="#main", since="since November 3, 2026", turn="", is_taken_over=False,
    )  # fmt: skip
    words = {"reason": "It does not say what it costs", "way_out": "Say whether it is free", "turn": "Planners have it in hand"}
    cost = replace(hours, id="flag-cost", severity="When there is time", tone="plain", icon="info", is_taken_over=True, **words)
    return (hours, cost)


def _account() -> dict[str, Any]:
    here = SessionRow(
        "one", "Firefox, Android", "by a passkey", _NOW, "Nov 23, 2026, 9:10 a.m.", _NOW, "Nov 23, 2026, 10:00 a.m.", is_this=True
    )
    return {
        "session_samples": (here, replace(here, id="two", device="Chrome, Windows", way="by a link", is_this=False)),
        "passkey_samples": (
            PasskeyRow("first", "Phone", "Nov 3, 2026, 9:10 a.m.", "Nov 23, 2026, 9:10 a.m."),
            PasskeyRow("second", "Key on my ring", "Nov 3, 2026, 9:20 a.m.", ""),
        ),
        "told_samples": (
            ToldRow(_NOW, "Nov 23, 2026, 9:10 a.m.", "You signed in by a passkey.", is_wrong=False),
            ToldRow(_NOW, "Nov 23, 2026, 8:55 a.m.", "Somebody tried to sign in by password and was not let in.", is_wrong=True),
        ),
    }


def _suggested() -> tuple[DecisionCard, ...]:
    phone = DecisionField("phone", "Telephone", (("-", "(215) 555-0142"), ("+", "(215) 555-0199")), False, "", "")
    hours = DecisionField("hours", "Hours", (("+", "Monday to Friday 9 to 4"),), True, "", "")
    waits = DecisionCard(
        "one", "sample", "Night shelter", "#main", "#main", "Good Neighbours", "somebody without an account", "today",
        "2026-11-23T10:00+00:00", "", True, (phone, hours),
    )  # fmt: skip
    return (waits, replace(waits, id="two", held="it is full of links", wants_answer=False, fields=(phone,)))


def _needs() -> tuple[Need, ...]:
    beds = Need("beds", "Beds", "1", "#main", "#main")
    shelter = Need("shelter", "A place to stay tonight", "12", "#main", "#main", holds=(beds,))
    empty = Need("empty", "A need that nothing is listed for", "0", "#main", "#main")
    return (
        Need("housing", "Housing", "1,204", "#main", "#main", "need-housing", (shelter, empty)),
        Need("none", "Not counted", "", "#main", "#main"),
    )


def _terms() -> tuple[TermRow, ...]:
    likely = Guess(
        "food-pantry", "Food bank", "likely", True, ("“groceries” as in “free groceries” (English)", "90% of its services are filed there")
    )
    maybe = Guess("meals", "Free meals", "maybe", False, ("“door” as in “meals at the door” (English)",))
    decided = "decided by anna@example.org on November 23, 2026: they serve at the door"
    return (
        TermRow("one", "Free groceries", "BD-1800 · a taxonomy", "a feed", "1,204", "", "", False, (likely, maybe)),
        TermRow("two", "Walk up", "", "a feed", "12", "Free meals", decided, True, ()),
        TermRow("three", "County", "", "a feed", "0", "", "", False, ()),
    )


def _statuses() -> tuple[Status, ...]:
    later = _NOW + timedelta(hours=3)
    states = [AccessState(taking, open=None, until=later, next=later) for taking in Taking]
    return tuple(access_status(state, _NOW) for state in states)


def _hours() -> OpeningHours:
    weekdays = Schedule(freq=Frequency.WEEKLY, byday=("MO", "TU", "WE"), opens_at=time(9), closes_at=time(17))
    nights = Schedule(freq=Frequency.WEEKLY, byday=("FR",), opens_at=time(21), closes_at=time(7))
    once = Schedule(dtstart=date(2026, 12, 12), opens_at=time(10), closes_at=time(12))
    return OpeningHours("America/New_York", (weekdays, nights, once), holiday_region="US-PA", closed_on_holidays=True)


def _filter_group() -> FilterGroup:
    first = (Choice("free", "Free", "310", chosen=True), Choice("sliding", "Pay what you can", "42", chosen=False))
    return FilterGroup("cost", "Cost", first, (Choice("fee", "Costs money", "18", chosen=False),), "120 places do not say", 1)


def _danger() -> ShownDanger:
    lines = (
        CrisisLine("911", "tel:911", "Emergency", "Somebody is in danger now", "", "", is_emergency=True),
        CrisisLine("988", "tel:988", "Suicide crisis helpline", "Day and night", "988", "sms:988", is_emergency=False),
    )
    return ShownDanger(lines, (ShownAdvice("Stay with the person until help comes.", "A health authority", "A page"),))


def _row() -> ListedService:
    return ListedService(
        "#main", Line("Night shelter"), Line("Good Neighbours"), "1515 Fairmount Avenue", ("Housing",), _statuses()[0], _FRESH
    )


def _list_rows() -> tuple[ListRow, ...]:
    listed = ListRow(
        "sample-1", 1, "Pantry", "#main", "Good Neighbours", "1515 Fairmount Avenue", "Ask for Sam", "listed", _statuses()[0], _FRESH, "",
        is_first=True, is_last=False,
    )  # fmt: skip
    moved = replace(listed, place_id="sample-2", number=2, standing="moved", status=None, replacement="sample-5", note="", is_first=False)
    gone = replace(moved, place_id="sample-3", number=3, standing="gone", href="", freshness=None)
    resting = replace(moved, place_id="sample-4", number=4, standing="resting", is_last=True)
    return (listed, moved, gone, resting)


def _handed() -> tuple[HandoutEntry, ...]:
    place = PlaceView(
        id="sample-place", location_id="", title="St. Mark’s hall", address=("1515 Fairmount Avenue", "Philadelphia PA 19130"),
        confidential=False, status=_statuses()[0], week=week_grid(_hours(), _NOW.date()), intake=None, hours_texts=(), zone="",
        directions="#main", directions_text=Text(blocks_of("Bus 7 stops at the door.")), ways_in=("Walk in",),
        access_features=(("Wheelchair access", Line("")),), phones=(), languages=(), point=None,
    )  # fmt: skip
    full = HandoutEntry(
        6, Line("Night shelter and warm meals"), Line("Good Neighbours"), "Ask for Sam", place,
        alert=Line("Closed this Friday for cleaning."),
        ages="Ages 18 and over", eligibility=Text(blocks_of("Anyone who has nowhere to stay.")),
        documents=(Line("Any card with your name"),),
        cost=("Free",), languages=("English", "Spanish"), phones=(PhoneLine("(215) 555-0142", "tel:+12155550142", "", "Intake"),),
        website="https://neighbours.example", freshness=_FRESH,
    )  # fmt: skip
    bare = replace(
        place, id="bare", title="Pantry", address=(), week=None, directions="", directions_text=Text(()), ways_in=(), access_features=()
    )
    return (full, HandoutEntry(7, Line("Pantry"), Line(""), "", bare, freshness=_FRESH), HandoutEntry(8, Line("Old pantry"), Line(""), ""))


def _full_card() -> Card:
    return Card(
        number=1,
        service_id="sample",
        place_id="sample-place",
        href="#main",
        name=Line("Night shelter and warm meals for women with children, open through the winter months in three parishes"),
        organization=Line("Society of the Good Neighbour"),
        organization_href="#main",
        place="1515 Fairmount Avenue, Philadelphia",
        distance="1.4 km",
        serves="serves your area",
        summary=Markup("Beds and a hot <mark>meal</mark> for women who have nowhere to stay."),
        statuses=_statuses()[:1],
        facts=("Free", "Ages 18 and over", "English, Spanish"),
        call=("tel:+12155550142", "(215) 555-0142"),
        directions="#main",
        freshness=_FRESH,
        why=("“meal” is in its description",),
        unknown=("its cost",),
        point=(39.96, -75.16),
        summary_language="",
        alert=Line("Closed this Friday for cleaning."),
    )


def _empty_card() -> Card:
    return Card(
        number=2,
        service_id="bare",
        place_id="bare-place",
        href="#main",
        name=Line("Pantry"),
        organization=Line(""),
        organization_href="",
        place="",
        distance="",
        serves="",
        summary=Markup(""),
        statuses=_statuses()[-1:],
        facts=(),
        call=None,
        directions="",
        freshness=Freshness("Last verified: not known. Call first", is_old=True),
        why=(),
        unknown=(),
        point=None,
        summary_language="",
        alert=Line(""),
    )
