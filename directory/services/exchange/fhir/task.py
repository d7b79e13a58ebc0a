"""An attempt as a `Task` by which a request is fulfilled (profile SDOHCC Task For Referral Management)."""

from directory.domain.referrals.states import STATES, UNSENT, State
from directory.services.exchange.fhir.facts import AttemptFacts, Pseudonym
from directory.services.exchange.fhir.reasons import business_status, status_reason
from directory.services.exchange.fhir.terms import (
    SOCIAL_SERVICE,
    TASK_CODES,
    TEMPORARY_CODES,
    Here,
    Json,
    coding,
    concept,
    instant,
    present,
    profile,
    reference,
    resource,
)

WAIT_POSITION, REVIEW_DATE = "wait-position", "review-date"


def task(here: Here, facts: AttemptFacts) -> Json:
    """Raise `ValueError` for one that was never sent: nobody else may learn of it."""
    if facts.state in UNSENT:
        raise ValueError("An attempt that was not sent is shown to nobody.")
    return resource(
        "Task",
        facts.id,
        profile("TaskForReferralManagement"),
        meta={"versionId": str(facts.version), "lastUpdated": instant(facts.changed_at)},
        extension=_waiting(here, facts),
        groupIdentifier={"system": here.naming("request"), "value": facts.need_id},
        status=STATES[facts.state].status,
        statusReason=status_reason(here, facts),
        businessStatus=business_status(here, facts),
        intent="order",
        priority="urgent" if facts.is_urgent else "routine",
        code=concept(coding(TASK_CODES, "fulfill", "Fulfill the focal request")),
        focus=reference("ServiceRequest", facts.need_id),
        for_=patient(here, facts.person),
        authoredOn=instant(facts.sent_at),
        lastModified=instant(facts.changed_at),
        requester=reference("Organization", facts.requester_id, facts.requester),
        owner=reference("Organization", facts.owner_id, facts.owner),
        location=reference("Location", facts.place_id) if facts.place_id else None,
        output=_output(facts),
    )


def patient(here: Here, person: Pseudonym) -> Json:
    """Somebody, by an identifier that tells nothing: there is no `Patient` to be read."""
    return {"type": "Patient", "identifier": {"system": here.naming(person.kind), "value": person.value}}


def _waiting(here: Here, facts: AttemptFacts) -> list[Json]:
    if facts.state is not State.WAITLISTED:
        return []
    told = [
        present(url=here.extension(WAIT_POSITION), valuePositiveInt=facts.wait_position) if facts.wait_position else {},
        present(url=here.extension(REVIEW_DATE), valueDate=facts.review_on.isoformat()) if facts.review_on else {},
    ]
    return [each for each in told if each]


def _output(facts: AttemptFacts) -> list[Json]:
    """What was done, once help was given."""
    if facts.state is not State.HELPED:
        return []
    return [
        {
            "type": concept(coding(TEMPORARY_CODES, "resulting-activity", "Resulting Activity")),
            "valueCodeableConcept": concept(SOCIAL_SERVICE),
        }
    ]
