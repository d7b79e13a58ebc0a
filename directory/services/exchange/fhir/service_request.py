"""A need as a `ServiceRequest` (profile SDOHCC ServiceRequest): what kind of help, how urgent, and whether it is still looked for."""

from collections.abc import Iterable

from directory.domain.categories.tables import gravity, gravity_codes
from directory.domain.categories.tree import name
from directory.domain.referrals.states import ENDS, State
from directory.services.exchange.fhir.facts import NeedFacts
from directory.services.exchange.fhir.reasons import OWN_CATEGORY
from directory.services.exchange.fhir.task import patient
from directory.services.exchange.fhir.terms import (
    SOCIAL_SERVICE,
    TEMPORARY_CODES,
    Here,
    Json,
    coding,
    concept,
    instant,
    profile,
    reference,
    resource,
)

UNSPECIFIED = "sdoh-category-unspecified"


def service_request(here: Here, facts: NeedFacts) -> Json:
    return resource(
        "ServiceRequest",
        facts.id,
        profile("ServiceRequest"),
        identifier=[{"system": here.naming("request"), "value": facts.id}],
        status=request_status(facts.states, is_open=facts.is_open),
        intent="order",
        category=[concept(SOCIAL_SERVICE), *categories(here, facts.category)],
        priority="urgent" if facts.is_urgent else "routine",
        code=concept(SOCIAL_SERVICE, text=name(facts.category, "en")),
        subject=patient(here, facts.person),
        authoredOn=instant(facts.sent_at),
        requester=reference("Organization", facts.requester_id, facts.requester),
        performer=[reference("HealthcareService", service_id) for service_id in facts.performers],
        locationReference=[reference("Location", place_id) for place_id in facts.places],
        supportingInfo=[reference("Consent", consent_id) for consent_id in facts.consents],
    )


def request_status(states: Iterable[State], *, is_open: bool) -> str:
    """Of the attempts that are known: helped, still under way, an error, or given up. Between two attempts an open need is active."""
    found = frozenset(states)
    if State.HELPED in found:
        return "completed"
    if found - ENDS:
        return "active"
    if found == {State.VOID}:
        return "entered-in-error"
    return "active" if is_open else "revoked"


def categories(here: Here, slug: str) -> list[Json]:
    """The domain of the guide, where ours answers one; beside it the unspecified one, whose codes are all procedures: the guide wants each
    code to be of a value set that belongs to one of the categories. The text is what we call it ourselves."""
    own = coding(here.codes(OWN_CATEGORY), slug, name(slug, "en"))
    domain = gravity().get(slug, "")
    found = [domain, UNSPECIFIED] if domain and domain != UNSPECIFIED else [UNSPECIFIED]
    return [concept(coding(TEMPORARY_CODES, code, gravity_codes()[code]), own, text=name(slug, "en")) for code in found]
