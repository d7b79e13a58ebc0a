"""What this server can do, in the standard's own form (`CapabilityStatement`)."""

from directory.services.exchange.fhir.code_systems import TITLES
from directory.services.exchange.fhir.terms import FHIR_VERSION, GUIDE, GUIDE_VERSION, Here, Json, present, profile, us_core_profile

DATE = "2026-11-26"
"""When this statement changed last."""

_SEARCHED = (
    ("_id", "token", "Ids, with commas between."),
    ("_lastUpdated", "date", "ge, gt, le or lt before a date or a moment; may stand several times."),
    ("status", "token", "Statuses, with commas between."),
    ("owner", "reference", "The receiving organization: yours."),
    ("requester", "reference", "The organization that asks."),
)
_TASKS = (
    "A receiver changes status, statusReason, businessStatus and the extensions wait-position and review-date, and names in "
    "note.authorString who takes care of it; other elements stay as they are. Codes: CodeSystem business-status and status-reason."
)


_ABOUT = "People are told apart by codes that tell nothing; no Patient can be read. A token sees what its organization received, only."
_SECURITY = (
    "A token of your organization: Authorization: Bearer. Open to all: metadata, CodeSystem, HealthcareService, Organization, Location."
)


def capability_statement(here: Here, site_name: str) -> Json:
    about = f"Referrals of {site_name}" if site_name else "Referrals of a shared directory"
    return {
        "resourceType": "CapabilityStatement",
        "id": "server",
        "url": f"{here.base}/metadata",
        "name": "SharedDirectoryReferrals",
        "status": "active",
        "date": DATE,
        "kind": "instance",
        "implementation": {"description": about, "url": here.base},
        "fhirVersion": FHIR_VERSION,
        "format": ["json"],
        "implementationGuide": [f"{GUIDE}/ImplementationGuide/hl7.fhir.us.sdoh-clinicalcare|{GUIDE_VERSION}"],
        "rest": [{"mode": "server", "documentation": _ABOUT, "security": {"description": _SECURITY}, "resource": _resources()}],
    }


def _resources() -> list[Json]:
    return [
        _resource("Task", ("read", "search-type", "update"), profile("TaskForReferralManagement"), _TASKS),
        _resource("ServiceRequest", ("read",), profile("ServiceRequest")),
        _resource("HealthcareService", ("read",), profile("HealthcareService")),
        _resource("Organization", ("read",), us_core_profile("organization")),
        _resource("Location", ("read",), profile("Location")),
        _resource("CodeSystem", ("read",), documentation=", ".join(TITLES)),
    ]


def _resource(kind: str, interactions: tuple[str, ...], supported: str = "", documentation: str = "") -> Json:
    is_task = kind == "Task"
    return present(
        type=kind,
        supportedProfile=[supported] if supported else [],
        documentation=documentation,
        interaction=[{"code": code} for code in interactions],
        versioning="versioned-update" if is_task else None,
        updateCreate=False if is_task else None,
        searchInclude=["Task:focus"] if is_task else [],
        searchParam=[{"name": name, "type": kind_, "documentation": words} for name, kind_, words in _SEARCHED] if is_task else [],
    )
