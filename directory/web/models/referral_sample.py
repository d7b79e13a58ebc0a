"""Made-up values that show every component of referrals, for the page where all are reviewed together."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from directory.services.suggesting.suggested import Missing, Reason
from directory.web.figures.qr import qr_code
from directory.web.models.card import Card
from directory.web.models.referral_board import ShownRow
from directory.web.models.referral_consent import Agreement
from directory.web.models.referral_need import NeedPage, ShownAttempt, ShownEvent, ShownMeeting
from directory.web.models.referral_others import Other
from directory.web.models.suggested import ShownPartner, ShownPartners, ShownWhyNot
from directory.web.models.texts import Line
from directory.web.status import Status

_YES = Status("open", "check", "They said yes")
_NO = Status("closed", "x", "They said no")


def referral_samples(now: datetime, card: Card) -> dict[str, Any]:
    """By the name that its template uses."""
    meeting = ShownMeeting(
        when="Nov 24, 2026, 9:30 a.m.", starts_at=now + timedelta(days=1), how="Together, in person", status="Planned", is_planned=True,
        is_past=False, where="Room 4", to_know="Loud rooms are hard for me.", with_whom="Rosa", made_present=True, attended="",
        calendar="#main",
    )  # fmt: skip
    attempt = _attempt(now, meeting)
    back = replace(attempt, id="back", state="declined", status=_NO, reason="A condition is not met: “Women only”", meeting=None,
                   is_over=True, is_live=False, came_back=True, acts=frozenset())  # fmt: skip
    unsent = replace(attempt, id="unsent", state="draft", status=Status("plain", "list", "Not sent yet"), meeting=None,
                     acts=frozenset({"consent_asked", "voided"}), conditions=(("Women only", "3 days ago"),))  # fmt: skip
    row = ShownRow(
        href="#main", code="K7Q2-M9XD", need="A place to stay tonight", to="Night shelter, Harbour House", status=_YES, detail="",
        todo="Plan the introduction", when="until Thu 9:00 a.m.", at=now, is_late=False, is_urgent=False, is_mine=True,
    )  # fmt: skip
    late = replace(row, code="3T8N-0RJW", status=_NO, detail="No room now", todo="Choose the next step", when="was due yesterday",
                   is_late=True, is_urgent=True)  # fmt: skip
    return {
        "referral_page": _page(attempt, now),
        "referral_attempts": (attempt, back, unsent),
        "referral_slots": (("one", "Mon, Nov 23, 11:30 a.m."), ("two", "Tue, Nov 24, 9:00 a.m.")),
        "referral_hows": (("in_person", "Together, in person", True), ("video", "By video", False)),
        "referral_rows": (row, late),
        "referral_meeting": meeting,
        "referral_conditions": (("Women only", "3 days ago"),),
        "referral_agreements": (
            Agreement("one", "fr", "français", ("J’accepte que ces organisations apprennent des choses sur moi : Abri.",), True, ""),
            Agreement(
                "two", "en", "English", ("I agree that these may learn of me: Harbour House.",), False, "Taken back on Nov 20, 2026."
            ),
        ),
        "referral_partners": _partners(Other(card, (("Women only", "3 days ago"),))),
        "referral_why_not": _why_not(),
        "referral_qr": qr_code("https://directory.example/code"),
        "referral_words": {"say": "Say: “I have a referral code.”", "keep": "It tells nobody who you are.", "of": "A directory"},
    }


def _partners(other: Other) -> ShownPartners:
    near = Reason("near", 10, "1.2 km away")
    helped = Reason("helps-many", 4, "Of referrals to it, 61% helped (drawn toward the usual, n=18)", 18, date(2026, 11, 22))
    room = Missing("has-room", 10, "its room: not known", is_unknown=True)
    one = ShownPartner(
        other=other, place=1, points=14, first=(near.sentence, helped.sentence), reasons=(near, helped),
        cautions=("Whether there is room is not known: ask.",), changes=(room,), keeps_place=False,
    )  # fmt: skip
    seldom = replace(one, place=5, points=10, first=(near.sentence,), reasons=(near,), changes=(), keeps_place=True)
    return ShownPartners((one, seldom), "Who to introduce a person to next", "#main", "Nov 22, 2026", 12)


def _why_not() -> ShownWhyNot:
    lacking = Missing("near", 10, "how far away it is: 12 km", is_unknown=False)
    return ShownWhyNot(
        organization="Lighthouse", organization_at="#main", program=Line("Warm meals"), program_at="#main", is_suggested="", gates=(),
        points=8, behind="The last that is suggested has 6 points more.",
        reasons=(Reason("offers-what-is-needed", 8, "Offers what is asked for: Food"),), cautions=("It asks for papers",), lacks=(lacking,),
    )  # fmt: skip


def _attempt(now: datetime, meeting: ShownMeeting) -> ShownAttempt:
    events = (
        ShownEvent("Written down", "Anna", now, "Nov 22, 2026, 9:10 a.m.", "", "", ""),
        ShownEvent("Sent", "Anna", now, "Nov 22, 2026, 9:12 a.m.", "", "", "turn"),
        ShownEvent("They asked one thing", "Harbour House", now, "Nov 22, 2026, 10:00 a.m.", "", "Do they use a wheelchair?", "turn"),
        ShownEvent("They said no", "Harbour House", now, "Nov 22, 2026, 11:00 a.m.", "No room now", "", "ended"),
    )
    return ShownAttempt(
        id="sample", service_id="sample", name="Night shelter", href="#main", receiver_id="", receiver="Harbour House",
        state="handoff_planned", status=_YES, reason="", is_over=False, came_back=False, asks_other_way=False,
        is_live=True, until="Thu 9:00 a.m.", is_late=False,
        contact_name="Rosa", waiting="", question="", events=events, meeting=meeting, acts=frozenset({"withdrawn"}), conditions=(),
    )  # fmt: skip


def _page(attempt: ShownAttempt, now: datetime) -> NeedPage:
    return NeedPage(
        id="11111111-1111-4111-8111-111111111111", code="K7Q2-M9XD", category="A place to stay tonight", category_slug="emergency-shelter",
        urgency="Urgent", is_urgent=True, area="Ottawa", since="yesterday", worker="Anna", organization="Maple School", is_own=True,
        is_minor=False, hindrance="is in a crisis", closed="", is_erased=False, has_agreement=True, next=attempt, attempts=(attempt,),
        name="Sam", contact="613-555-0142", language="French", matters="Her own bed", tried="Twice at a hall", facts=("age: 34",),
        reads=(("Anna, Maple School", now, "Nov 23, 2026, 10:00 a.m."),), siblings=(),
    )  # fmt: skip
