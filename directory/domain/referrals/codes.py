"""Why an attempt ended, in codes that others can act on: each has what it does to the directory, and what it counts as.

An end without a code is impossible. The codes map onto those of IRIS (not eligible, no capacity, not provided, already enrolled, other) and
onto the closure reasons that CalAIM asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why an attempt was declined, or did not help."""

    NO_CAPACITY = "no_capacity"
    WAITLIST_CLOSED = "waitlist_closed"
    FUNDS_EXHAUSTED = "funds_exhausted"
    NOT_ELIGIBLE = "not_eligible"
    OUTSIDE_AREA = "outside_area"
    SERVICE_NOT_OFFERED = "service_not_offered"
    LISTING_WRONG = "listing_wrong"
    HOURS_OR_FORMAT = "hours_or_format"
    LANGUAGE_OR_ACCESS = "language_or_access"
    ALREADY_SERVED = "already_served"
    DUPLICATE_REFERRAL = "duplicate_referral"
    MISSING_INFORMATION = "missing_information"
    CONFLICT_OR_SAFETY = "conflict_or_safety"
    COULD_NOT_CONTACT = "could_not_contact"
    NO_SHOW = "no_show"
    PERSON_DECLINED = "person_declined"
    NO_LONGER_NEEDED = "no_longer_needed"


class Outcome(StrEnum):
    """What came of help that was given."""

    HELPED = "helped"
    PARTLY_HELPED = "partly_helped"


class Reason(StrEnum):
    """Why the sender's side ended an attempt, or it ended by itself."""

    BY_PERSON = "by-person"
    BY_SENDER = "by-sender"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    NO_RESPONSE = "no-response"
    ENTERED_IN_ERROR = "entered-in-error"
    UNTOUCHED = "untouched"


class Effect(StrEnum):
    """What a code does to the directory when it is given."""

    SET_NO_CAPACITY = "set_no_capacity"  # dated capacity on the listing, for a fortnight unless it is renewed
    SET_WAITLIST_CLOSED = "set_waitlist_closed"
    REVIEW_RULE = "review_rule"  # the criterion is looked at, and shown to the next sender
    REVIEW_AREA = "review_area"
    OPEN_CORRECTION = "open_correction"
    TELL_SENDER_TODAY = "tell_sender_today"
    ASK_ANOTHER_CHANNEL = "ask_another_channel"
    NOTHING = "nothing"


class Counts(StrEnum):
    """What a code counts as when planners ask what is missing."""

    CAPACITY = "capacity"
    ELIGIBILITY = "eligibility"
    AREA = "area"
    ACCESS = "access"
    DATA_QUALITY = "data_quality"
    DOUBLE_EFFORT = "double_effort"
    PROCESS = "process"
    NOT_UNMET = "not_unmet"
    NOT_COUNTED = "not_counted"  # its reason is of one person, and is told to nobody but the sender's lead


UNMET = frozenset({Counts.CAPACITY, Counts.ELIGIBILITY, Counts.AREA, Counts.ACCESS})


@dataclass(frozen=True, slots=True)
class CodeRow:
    """`is_decline`: may be given before the attempt is accepted; `is_failure`: afterwards. `needs_clause`: names the criterion."""

    effect: Effect
    counts: Counts
    is_decline: bool = True
    is_failure: bool = True
    needs_clause: bool = False


CODES: Mapping[Code, CodeRow] = {
    Code.NO_CAPACITY: CodeRow(Effect.SET_NO_CAPACITY, Counts.CAPACITY),
    Code.WAITLIST_CLOSED: CodeRow(Effect.SET_WAITLIST_CLOSED, Counts.CAPACITY),
    Code.FUNDS_EXHAUSTED: CodeRow(Effect.SET_NO_CAPACITY, Counts.CAPACITY),
    Code.NOT_ELIGIBLE: CodeRow(Effect.REVIEW_RULE, Counts.ELIGIBILITY, needs_clause=True),
    Code.OUTSIDE_AREA: CodeRow(Effect.REVIEW_AREA, Counts.AREA),
    Code.SERVICE_NOT_OFFERED: CodeRow(Effect.OPEN_CORRECTION, Counts.DATA_QUALITY),
    Code.LISTING_WRONG: CodeRow(Effect.OPEN_CORRECTION, Counts.DATA_QUALITY),
    Code.HOURS_OR_FORMAT: CodeRow(Effect.NOTHING, Counts.ACCESS),
    Code.LANGUAGE_OR_ACCESS: CodeRow(Effect.NOTHING, Counts.ACCESS),
    Code.ALREADY_SERVED: CodeRow(Effect.NOTHING, Counts.DOUBLE_EFFORT),
    Code.DUPLICATE_REFERRAL: CodeRow(Effect.NOTHING, Counts.DOUBLE_EFFORT),
    Code.MISSING_INFORMATION: CodeRow(Effect.NOTHING, Counts.PROCESS, is_failure=False),
    Code.CONFLICT_OR_SAFETY: CodeRow(Effect.NOTHING, Counts.NOT_COUNTED),
    Code.COULD_NOT_CONTACT: CodeRow(Effect.ASK_ANOTHER_CHANNEL, Counts.PROCESS, is_decline=False),
    Code.NO_SHOW: CodeRow(Effect.TELL_SENDER_TODAY, Counts.PROCESS, is_decline=False),
    Code.PERSON_DECLINED: CodeRow(Effect.NOTHING, Counts.NOT_UNMET),
    Code.NO_LONGER_NEEDED: CodeRow(Effect.NOTHING, Counts.NOT_UNMET),
}

DECLINES = tuple(code for code, row in CODES.items() if row.is_decline)
FAILURES = tuple(code for code, row in CODES.items() if row.is_failure)
CAPACITY_HOLDS_DAYS = 14
"""For how long a decline for want of room says so on the listing, unless it is renewed."""
