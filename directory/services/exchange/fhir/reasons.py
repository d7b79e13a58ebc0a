"""What a state and its reason are called in FHIR: the codes of `businessStatus` and `statusReason`, each with words.

The status itself is `domain.referrals.states.STATES`. A reason that is of one person alone (danger, conflict) stays between the two sides.
"""

from collections.abc import Mapping

from directory.domain.referrals.codes import Code, Outcome, Reason
from directory.domain.referrals.states import STATES, State
from directory.services.exchange.fhir.facts import AttemptFacts
from directory.services.exchange.fhir.terms import Here, Json, coding, concept

BUSINESS_STATUS, STATUS_REASON, OWN_CATEGORY, CONSENT_FIELD = "business-status", "status-reason", "category", "consent-field"
"""The names of our own lists of codes."""

CONTESTED, PARTLY_HELPED = "contested", "partly-helped"

BUSINESS_WORDS: Mapping[str, str] = {
    "sent": "Sent, not seen yet",
    "seen": "Seen by the receiver",
    "info-needed": "The receiver asked something",
    "accepted": "Accepted",
    "handoff-planned": "An introduction is planned",
    "waitlisted": "On the waiting list",
    "introduced": "Introduced",
    "in-service": "Being helped",
    "declined": "Declined",
    "helped": "Helped",
    PARTLY_HELPED: "Partly helped",
    "not-helped": "Not helped",
    "withdrawn": "Withdrawn",
    "no-response": "Ended without an answer",
    "void": "Entered in error",
    CONTESTED: "The person or the sender says that it was not so",
}

REASON_WORDS: Mapping[str, str] = {
    Code.NO_CAPACITY: "No room now",
    Code.WAITLIST_CLOSED: "The waiting list is closed",
    Code.FUNDS_EXHAUSTED: "No funds left",
    Code.NOT_ELIGIBLE: "A condition is not met",
    Code.OUTSIDE_AREA: "Outside the area that is served",
    Code.SERVICE_NOT_OFFERED: "The service is not offered",
    Code.LISTING_WRONG: "The listing is wrong",
    Code.HOURS_OR_FORMAT: "The hours or the way it is given do not suit",
    Code.LANGUAGE_OR_ACCESS: "The language or the access do not suit",
    Code.ALREADY_SERVED: "Already served",
    Code.DUPLICATE_REFERRAL: "Referred already",
    Code.MISSING_INFORMATION: "Something that is needed is not known",
    Code.CONFLICT_OR_SAFETY: "The reason stays between the two sides",
    Code.COULD_NOT_CONTACT: "The person could not be reached",
    Code.NO_SHOW: "The person did not come",
    Code.PERSON_DECLINED: "The person does not want it",
    Code.NO_LONGER_NEEDED: "No longer needed",
    Reason.BY_PERSON: "The person withdrew it",
    Reason.BY_SENDER: "The sender withdrew it",
    Reason.CONSENT_WITHDRAWN: "The person withdrew their consent",
    Reason.NO_RESPONSE: "Nobody answered in time",
}

UNTOLD = frozenset({Code.CONFLICT_OR_SAFETY.value})
"""Reasons that are said in words that tell nothing, and in no code."""

EXPECT_A_REASON = frozenset({"rejected", "cancelled", "on-hold", "failed"})
"""The statuses at which the guide wants to read why."""


def business_of(state: State, code: str) -> str:
    """The code of `businessStatus`."""
    return PARTLY_HELPED if state is State.HELPED and code == Outcome.PARTLY_HELPED else STATES[state].business


def business_status(here: Here, facts: AttemptFacts) -> Json:
    codes = [business_of(facts.state, facts.code), *([CONTESTED] if facts.is_contested else [])]
    system = here.codes(BUSINESS_STATUS)
    return concept(*(coding(system, code, BUSINESS_WORDS[code]) for code in codes), text="; ".join(BUSINESS_WORDS[code] for code in codes))


def status_reason(here: Here, facts: AttemptFacts) -> Json:
    """Why it stands where it does; nothing where the guide expects nothing."""
    if STATES[facts.state].status not in EXPECT_A_REASON:
        return {}
    if facts.state is State.WAITLISTED:
        return concept(text=_waiting(facts))
    words = REASON_WORDS.get(facts.code, BUSINESS_WORDS[STATES[facts.state].business])
    if facts.code in UNTOLD or facts.code not in REASON_WORDS:
        return concept(text=words)
    return concept(coding(here.codes(STATUS_REASON), facts.code, words), text=words)


def _waiting(facts: AttemptFacts) -> str:
    place = f", number {facts.wait_position}" if facts.wait_position else ""
    return f"On the waiting list{place}" + (f"; looked at again on {facts.review_on.isoformat()}" if facts.review_on else "")
