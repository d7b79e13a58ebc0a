"""Signals of a referral on its way: where it stands and who is waited for; nothing of the person."""

from directory.domain.referrals.codes import Code
from directory.domain.referrals.states import CAME_BACK, LIVE, State
from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.signal_tables.making import CATEGORY_CHOICES, SECTOR_CHOICES, URGENCIES, choice, number, yes_no

SUGGEST, FLAG, ROUTE, QUALITY = SetKind
_REFERRAL = say("the referral's own events")

STATE_CHOICES = {
    "consent_pending": say("waits for consent"),
    "sent": say("sent"),
    "seen": say("seen"),
    "info_needed": say("a question is open"),
    "accepted": say("accepted"),
    "handoff_planned": say("an introduction is planned"),
    "waitlisted": say("on a waiting list"),
    "introduced": say("introduced"),
    "in_service": say("being helped"),
    "declined": say("declined"),
    "not_helped": say("did not help"),
    "expired": say("nobody answered"),
}
assert {state.value for state in (LIVE | CAME_BACK) - {State.DRAFT}} == set(STATE_CHOICES)
"""A draft is not among them: after a week untouched it is forgotten, whatever rules say."""

CODE_WORDS = {
    Code.NO_CAPACITY.value: say("no room"),
    Code.WAITLIST_CLOSED.value: say("the waiting list is closed"),
    Code.FUNDS_EXHAUSTED.value: say("the money for it is used up"),
    Code.NOT_ELIGIBLE.value: say("a condition is not met"),
    Code.OUTSIDE_AREA.value: say("lives outside the area"),
    Code.SERVICE_NOT_OFFERED.value: say("this is not offered"),
    Code.LISTING_WRONG.value: say("the listing is wrong"),
    Code.HOURS_OR_FORMAT.value: say("hours or way of working do not suit"),
    Code.LANGUAGE_OR_ACCESS.value: say("language or access cannot be offered"),
    Code.ALREADY_SERVED.value: say("is helped there already"),
    Code.DUPLICATE_REFERRAL.value: say("was referred there already"),
    Code.MISSING_INFORMATION.value: say("something needed was not told"),
    Code.CONFLICT_OR_SAFETY.value: say("a conflict, or safety"),
    Code.COULD_NOT_CONTACT.value: say("could not be reached"),
    Code.NO_SHOW.value: say("did not come"),
    Code.PERSON_DECLINED.value: say("the person did not want it"),
    Code.NO_LONGER_NEEDED.value: say("no longer needed"),
}
assert set(CODE_WORDS) == set(Code)

REFERRAL_SIGNALS = (
    choice("referral.state", say("where the referral stands"), _REFERRAL, STATE_CHOICES, ROUTE),
    choice("referral.urgency", say("how urgent the referral is"), _REFERRAL, URGENCIES, ROUTE),
    choice("referral.category", say("what the referral is about"), _REFERRAL, CATEGORY_CHOICES, ROUTE),
    choice(
        "referral.waits_for", say("who is waited for"), _REFERRAL, {"receiver": say("the receiver"), "sender": say("the sender")}, ROUTE
    ),
    choice("referral.code", say("why it was declined or did not help"), _REFERRAL, CODE_WORDS, ROUTE),
    number("referral.attempts", say("how many were asked for this need"), _REFERRAL, ROUTE, unit=say("programs")),
    choice("referral.sender_sector", say("the sector of the sender"), say("both organizations"), SECTOR_CHOICES, ROUTE),
    choice("referral.receiver_sector", say("the sector of the receiver"), say("both organizations"), SECTOR_CHOICES, ROUTE),
    yes_no("referral.has_agreement", say("the two have an agreement"), say("both organizations"), ROUTE),
    yes_no("referral.receiver_is_slow", say("the program lately left referrals unanswered"), _REFERRAL, ROUTE),
)  # fmt: skip
