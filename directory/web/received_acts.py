"""What a receiver's form says, done: the same by link and with an account. A button is called by what it says, as in "declined:no_room"."""

from datetime import UTC, datetime, time

from flask import request

from directory.domain.errors import NotFound
from directory.domain.referrals.events import Kind
from directory.domain.referrals.handoff import Attended, How
from directory.services.referrals.answering import put_on_waiting_list
from directory.services.referrals.introduce import Met, Planned, close_handoff, plan_handoff
from directory.services.referrals.standpoint import Standpoint
from directory.services.referrals.write import LONGEST_CLAUSE, LONGEST_WORDS, Act, act_on
from directory.web.here import community_zone, parts
from directory.web.wording import _
from directory.web.wrong_fields import ToldToReader

SIMPLE = frozenset(
    {
        Kind.INFO_ASKED, Kind.INFO_GIVEN, Kind.ACCEPTED, Kind.DECLINED, Kind.WAIT_CONFIRMED, Kind.SERVICE_STARTED, Kind.HELPED,
        Kind.NOT_HELPED, Kind.STILL_GOING, Kind.APPOINTMENT_MISSED, Kind.CONTACT_TRIED, Kind.INTRODUCTION_DISPUTED, Kind.CANCEL_CONFIRMED,
        Kind.NOTED,
    }
)  # fmt: skip
LONGEST_NAME = 120


def button() -> tuple[str, str]:
    """What the pressed button says: the act, and its reason or way."""
    what, _colon, rest = request.form.get("do", "").partition(":")
    return what, rest


def act(attempt_id: str, who: Standpoint) -> str:
    """Do what the form says; the name of what was done. Raise `NotFound` where there is no such button, `InvalidInput`, `IllegalMove`."""
    what, rest = button()
    if what == "waitlist":
        put_on_waiting_list(parts(), attempt_id, who, _act(Kind.WAITLISTED, rest))
    elif what == "plan":
        plan_handoff(parts(), attempt_id, who, _planned())
    elif what in ("met", "missed"):
        attended = frozenset(Attended(each) for each in request.form.getlist("attended") if each in list(Attended))
        close_handoff(parts(), attempt_id, who, Met(what == "met", attended))
    elif what in SIMPLE:
        act_on(parts(), attempt_id, who, _act(Kind(what), rest))
    else:
        raise NotFound("There is no such button.")
    return what


def _act(kind: Kind, rest: str) -> Act:
    is_way = kind is Kind.CONTACT_TRIED
    return Act(
        kind,
        code="" if is_way else rest,
        clause=_text("clause", LONGEST_CLAUSE),
        channel=rest[:20] if is_way else "",
        words=_text("words", LONGEST_WORDS + 1),
        contact_name=_text("contact_name", LONGEST_NAME) if kind in (Kind.ACCEPTED, Kind.WAITLISTED) else "",
        wait_position=_position(),
        review_at=_review_at(),
    )


def _text(name: str, longest: int) -> str:
    return request.form.get(name, "").strip()[:longest]


def _position() -> int | None:
    written = _text("wait_position", 6)
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and 0 < int(written) < 10_000):
        raise ToldToReader("wait_position", _("Place in line: write a number from 1 on."))
    return int(written)


def _review_at() -> datetime | None:
    written = _text("review_at", 10)
    if not written:
        return None
    try:
        day = datetime.fromisoformat(written).date()
    except ValueError:
        raise ToldToReader("review_at", _("Date: choose a day, as in 2026-12-24.")) from None
    found = datetime.combine(day, time(12), community_zone()).astimezone(UTC)
    if found < parts().clock.now():
        raise ToldToReader("review_at", _("Date: choose a day that is still to come."))
    return found


def _planned() -> Planned:
    how = _text("how", 20)
    if how not in list(How):
        raise ToldToReader("how", _("Choose how you meet."))
    return Planned(
        _starts_at(),
        How(how),
        where=_text("where", 200),
        receiver_name=_text("contact_name", LONGEST_NAME),
        made_present=request.form.get("made_present") == "yes",
    )


def _starts_at() -> datetime:
    """One of the times that were offered, else the one that was typed, on the community's clock."""
    typed, chosen = _text("starts_at", 40), _text("slot", 40)
    try:
        found = datetime.fromisoformat(typed or chosen)
    except ValueError:
        raise ToldToReader("starts_at", _("Choose one of the times, or write one.")) from None
    return (found if found.tzinfo else found.replace(tzinfo=community_zone())).astimezone(UTC)
