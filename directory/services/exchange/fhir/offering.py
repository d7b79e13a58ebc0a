"""What is offered, by whom and where: `HealthcareService`, `Organization`, `Location`. Only what is listed in public."""

from directory.services.exchange.fhir.facts import OrganizationFacts, PhoneFacts, PlaceFacts, ServiceFacts
from directory.services.exchange.fhir.service_request import categories
from directory.services.exchange.fhir.terms import (
    GUIDE,
    TEMPORARY_CODES,
    US_CORE_CATEGORIES,
    Here,
    Json,
    coding,
    concept,
    present,
    profile,
    reference,
    resource,
    us_core_profile,
)

SDOH = coding(US_CORE_CATEGORIES, "sdoh", "SDOH")
CAPACITY_WORDS = {
    "capacity": "Has Capacity",
    "no-capacity": "No Capacity",
    "waitlist": "No Capacity - Has Waitlist",
    "additional-assessment-required": "Additional Assessment Required",
}
_CAPACITY = f"{GUIDE}/StructureDefinition/SDOHCC-ExtensionHealthcareServiceCapacityStatus"
_FOR_APPOINTMENTS = f"{GUIDE}/StructureDefinition/SDOHCC-ExtensionHealthcareServiceTelecomAppointment"


def healthcare_service(here: Here, facts: ServiceFacts) -> Json:
    """It names a profile of the guide where it has what that requires: a telephone to call, or room that somebody told of."""
    return resource(
        "HealthcareService",
        facts.id,
        *_profiles(facts),
        extension=_room(facts),
        active=facts.is_listed,
        providedBy=reference("Organization", facts.organization_id) if facts.organization_id else None,
        category=[_category(here, slug) for slug in facts.categories] or [concept(SDOH)],
        type=[concept(text=_first_words(here, facts))],
        location=[reference("Location", location_id) for location_id in facts.location_ids],
        name=facts.name,
        telecom=[_phone(phone) for phone in facts.phones] + ([{"system": "email", "value": facts.email}] if facts.email else []),
        communication=[concept(coding("urn:ietf:bcp:47", code, name), text=name) for code, name in facts.languages if code],
    )


def organization(facts: OrganizationFacts) -> Json:
    return resource("Organization", facts.id, us_core_profile("organization"), active=facts.is_active, name=facts.name)


def location(facts: PlaceFacts) -> Json:
    """A place without an address that may be told names no profile: the guide's wants one."""
    lines, town = list(facts.lines), (facts.city, facts.region, facts.postal_code, facts.country)
    address = present(line=lines, **dict(zip(("city", "state", "postalCode", "country"), town, strict=True)))
    return resource(
        "Location", facts.id, *([profile("Location")] if address else []), status="active", name=facts.name, address=address
    )  # fmt: skip


def _profiles(facts: ServiceFacts) -> list[str]:
    if not facts.is_listed:
        return []
    told = [profile("HealthcareService")] if facts.phones else []
    return told + ([profile("HealthcareServiceForReferralManagement")] if facts.room in CAPACITY_WORDS else [])


def _room(facts: ServiceFacts) -> list[Json]:
    if facts.room not in CAPACITY_WORDS:
        return []
    status = concept(coding(TEMPORARY_CODES, facts.room, CAPACITY_WORDS[facts.room]))
    return [{"url": _CAPACITY, "extension": [{"url": "capacityStatus", "valueCodeableConcept": status}]}]


def _category(here: Here, slug: str) -> Json:
    first = categories(here, slug)[0]
    return concept(SDOH, *first["coding"], text=first["text"])


def _first_words(here: Here, facts: ServiceFacts) -> str:
    return str(categories(here, facts.categories[0])[0]["text"]) if facts.categories else "Social service"


def _phone(phone: PhoneFacts) -> Json:
    value = f"{phone.number} ext. {phone.extension}" if phone.extension else phone.number
    return {"extension": [{"url": _FOR_APPOINTMENTS, "valueBoolean": True}], "system": "phone", "value": value}
