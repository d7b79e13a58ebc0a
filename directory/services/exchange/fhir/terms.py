"""The addresses and words of the standard that everything here is written with: profiles, code systems, references, moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

OURS = "/api/v1/fhir/"
"""Where it all lies, under whatever name the site is called by."""

FHIR_VERSION = "4.0.1"
GUIDE = "http://hl7.org/fhir/us/sdoh-clinicalcare"
GUIDE_VERSION = "3.0.0"
TEMPORARY_CODES = f"{GUIDE}/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
TASK_CODES = "http://hl7.org/fhir/CodeSystem/task-code"
SNOMED = "http://snomed.info/sct"
US_CORE = "http://hl7.org/fhir/us/core"
US_CORE_CATEGORIES = f"{US_CORE}/CodeSystem/us-core-category"

SOCIAL_SERVICE: Json = {"system": SNOMED, "code": "410606002", "display": "Social service procedure"}
"""What is asked for, as far as one code can say it for every kind of help; the category says more."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where this directory answers in FHIR: `base` without a slash at its end, as in `https://help.example.org/api/v1/fhir`."""

    base: str

    def address(self, kind: str, object_id: str) -> str:
        return f"{self.base}/{kind}/{object_id}"

    def codes(self, name: str) -> str:
        """The address of one of our own lists of codes; it is served there."""
        return f"{self.base}/CodeSystem/{name}"

    def naming(self, name: str) -> str:
        """The address under which identifiers of one kind are ours."""
        return f"{self.base}/NamingSystem/{name}"

    def extension(self, name: str) -> str:
        return f"{self.base}/StructureDefinition/{name}"


def here_at(site_address: str) -> Here:
    """Of a site's address, as in `https://help.example.org`."""
    return Here(site_address.rstrip("/") + OURS.rstrip("/"))


def profile(name: str) -> str:
    """The canonical address of a profile of the guide."""
    return f"{GUIDE}/StructureDefinition/SDOHCC-{name}"


def us_core_profile(name: str) -> str:
    return f"{US_CORE}/StructureDefinition/us-core-{name}"


def coding(system: str, code: str, display: str = "") -> Json:
    return present(system=system, code=code, display=display)


def concept(*codings: Json, text: str = "") -> Json:
    return present(coding=list(codings), text=text)


def reference(kind: str, object_id: str, display: str = "") -> Json:
    return present(reference=f"{kind}/{object_id}", display=display)


def instant(moment: datetime) -> str:
    """As FHIR writes moments: whole seconds and more, always with the zone."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def present(**fields: Any) -> Json:
    """The fields that say something: FHIR knows no empty values. A name that Python keeps for itself ends in `_` here."""
    return {name.removesuffix("_"): value for name, value in fields.items() if value not in (None, "", [], {})}


def resource(kind: str, object_id: str, *profiles: str, meta: Mapping[str, Any] | None = None, **fields: Any) -> Json:
    """A resource with what every one has."""
    told = present(**(meta or {}), profile=list(profiles))
    return {"resourceType": kind, **present(id=object_id, meta=told, **fields)}
