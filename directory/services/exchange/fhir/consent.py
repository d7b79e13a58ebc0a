"""What a person agreed to as a `Consent` (profile SDOHCC Consent): who may learn what, until when. Never the purpose in words, a witness or
a name."""

from directory.domain.referrals.consent import Field, Method, Proxy
from directory.services.exchange.fhir.facts import ConsentFacts
from directory.services.exchange.fhir.reasons import CONSENT_FIELD
from directory.services.exchange.fhir.task import patient
from directory.services.exchange.fhir.terms import Here, Json, coding, concept, instant, present, profile, reference, resource

_CODES = "http://terminology.hl7.org/CodeSystem"
SCOPE = concept(coding(f"{_CODES}/consentscope", "patient-privacy", "Privacy Consent"))
DISCLOSURE = concept(coding(f"{_CODES}/v3-ActCode", "IDSCL", "information disclosure"))
RECIPIENT = concept(coding(f"{_CODES}/v3-ParticipationType", "IRCP", "information recipient"))

FIELD_WORDS = {
    Field.NAME: "Name",
    Field.CONTACT: "How to reach the person",
    Field.LANGUAGE: "Language",
    Field.OWN_WORDS: "What matters to the person, and what was tried",
    Field.FACTS: "Answers that eligibility rests on, as a summary",
    Field.EARLIER: "Earlier attempts for the same need",
}
METHOD_WORDS = {
    Method.SPOKEN: "Spoken before a witness",
    Method.TICKED: "Ticked on the form, which was shown back in plain words",
    Method.SIGNED: "Signed on paper",
}
PROXY_WORDS = {
    Proxy.PARENT: "A parent",
    Proxy.GUARDIAN: "A guardian",
    Proxy.ATTORNEY: "Somebody with power of attorney",
    Proxy.CHILD_WELFARE: "A child welfare agency",
}
RULE = "Nothing of a person travels without their consent; it ends on its own, and is withdrawn in one step."


def consent(here: Here, facts: ConsentFacts) -> Json:
    agreed = patient(here, facts.person) if facts.proxy is None else {"type": "RelatedPerson", "display": PROXY_WORDS[facts.proxy]}
    return resource(
        "Consent",
        facts.id,
        profile("Consent"),
        status="active" if facts.holds else "inactive",
        scope=SCOPE,
        category=[DISCLOSURE],
        patient=patient(here, facts.person),
        dateTime=instant(facts.given_at),
        performer=[agreed],
        organization=[reference("Organization", facts.organization_id)],
        sourceAttachment=present(contentType="text/plain", language=facts.language, title=METHOD_WORDS[facts.method]),
        policyRule=concept(text=RULE),
        provision=_provision(here, facts),
    )


def _provision(here: Here, facts: ConsentFacts) -> Json:
    return present(
        type="permit",
        period={"start": instant(facts.given_at), "end": instant(facts.ends_at)},
        actor=[{"role": RECIPIENT, "reference": reference("Organization", each)} for each in facts.recipients],
        code=[concept(coding(here.codes(CONSENT_FIELD), field, FIELD_WORDS[field])) for field in facts.fields],
    )
