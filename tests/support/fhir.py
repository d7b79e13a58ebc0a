"""What FHIR R4, US Core and the SDOH Clinical Care guide hold against a resource, from the facts in `tests/contracts/fhir`."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

FACTS = Path(__file__).parents[1] / "contracts" / "fhir"
Json = dict[str, Any]


@cache
def states() -> Json:
    found: Json = json.loads((FACTS / "referral_states.json").read_text(encoding="utf-8"))
    return found


@cache
def profiles() -> dict[str, Json]:
    found: dict[str, Json] = json.loads((FACTS / "profiles.json").read_text(encoding="utf-8"))["profiles"]
    return found


@cache
def _definitions() -> Json:
    found: Json = json.loads((FACTS / "r4.schema.json").read_text(encoding="utf-8"))["definitions"]
    return {**found, "ResourceList": {}}


@cache
def _validator(kind: str) -> Draft6Validator:
    return Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": _definitions()})


def faults(resource: Json) -> list[str]:
    """All that is wrong with a resource, and with those inside a bundle."""
    kind = resource["resourceType"]
    found = [f"{kind}{error.json_path[1:]}: {error.message[:160]}" for error in _validator(kind).iter_errors(resource)]
    found += [f"{kind}: an empty value at {path}" for path in _empty(resource, "")]
    if kind == "Bundle":
        inner = [entry["resource"] for entry in resource.get("entry", ())]
        return found + [fault for each in inner for fault in faults(each)] + _bundle_faults(resource)
    for address in resource.get("meta", {}).get("profile", ()):
        found += [f"{kind} {address.rpartition('/')[2]}: {fault}" for fault in _profile_faults(resource, profiles()[address])]
    return found


def values(resource: Any, path: str) -> list[Any]:
    """What stands at a path: lists are walked through; `source[x]` is any of its types."""
    found = [resource]
    for step in path.split("."):
        found = [inner for each in found for inner in _children(each, step)]
    return found


def _children(value: Any, step: str) -> Iterator[Any]:
    if not isinstance(value, dict):
        return
    names = [name for name in value if name.startswith(step[:-3])] if step.endswith("[x]") else [step]
    for name in names:
        found = value.get(name)
        if found is not None:
            yield from found if isinstance(found, list) else [found]


def _empty(value: Any, path: str) -> Iterator[str]:
    if value in ("", None) or value == [] or value == {}:
        yield path
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _empty(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _empty(inner, f"{path}[]")


def _profile_faults(resource: Json, profile: Json) -> Iterator[str]:
    if resource["resourceType"] != profile["type"]:
        yield f"is no {profile['type']}"
    for path in profile["required"]:
        above, _, last = path.rpartition(".")
        for parent in values(resource, above) if above else [resource]:
            if not list(_children(parent, last)):
                yield f"{path} is required"
    for path, fixed in profile["fixed"].items():
        if values(resource, path) != [fixed]:
            yield f"{path} must be {fixed}"
    for path, pattern in profile["pattern"].items():
        if not any(pattern.items() <= coding.items() for coding in values(resource, f"{path}.coding")):
            yield f"{path} must have {pattern}"
    for path, codes in profile["codes"].items():
        yield from (f"{path}: {code} is not allowed" for code in values(resource, path) if code not in codes)
    for path, kinds in profile["references"].items():
        yield from (f"{path}: no reference to {kinds}: {each}" for each in values(resource, path) if _kind_of(each) not in kinds)
    yield from (f"{path} must be absent" for path in profile.get("absent", ()) if values(resource, path))
    yield from (f"{path} must be one" for path in profile.get("one", ()) if len(values(resource, path)) != 1)
    for path, codes in profile.get("slices", {}).items():
        own = [coding["code"] for coding in values(resource, f"{path}.coding") if coding["system"] == codes["system"]]
        yield from (f"{path}: {code} is no code of the guide" for code in own if code not in codes["codes"])
        if not own:
            yield f"{path} has no code of the guide"
    for path, systems in profile.get("code_systems", {}).items():
        if not any(coding["system"] in systems for coding in values(resource, f"{path}.coding")):
            yield f"{path} has no code of {systems}"
    yield from _CONSTRAINTS[profile["type"]](resource, profile)


def _kind_of(reference: Json) -> str:
    return str(reference.get("type") or reference.get("reference", "").split("/")[-2:][0])


def _task_faults(task: Json, _profile: Json) -> Iterator[str]:
    if task["status"] in states()["expects_a_reason"] and not values(task, "statusReason.text"):
        yield f"a reason is expected at {task['status']}"
    if task.get("lastModified", "9999") < task["authoredOn"]:
        yield "inv-1: modified before it was written"


def _request_faults(request: Json, profile: Json) -> Iterator[str]:
    if request.get("orderDetail") and not request.get("code"):
        yield "prr-1"
    if not any(coding["code"] == "sdoh-category-unspecified" for coding in values(request, "category.coding")):
        yield "serv-2: a code of procedures in general goes with the unspecified category"


def _consent_faults(consent: Json, _profile: Json) -> Iterator[str]:
    if not consent.get("policy") and not consent.get("policyRule"):
        yield "ppc-1: a policy or a policyRule"


def _service_faults(service: Json, profile: Json) -> Iterator[str]:
    if "appointment_telecom" in profile:
        flagged = [
            each
            for each in service.get("telecom", ())
            if {"url": profile["appointment_telecom"], "valueBoolean": True} in each.get("extension", ())
        ]
        if not any(each.get("system") and each.get("value") for each in flagged):
            yield "no telecom for appointments"
    if "capacity" in profile:
        told = [each for each in service.get("extension", ()) if each["url"] == profile["capacity"]["url"]]
        codes = [coding["code"] for coding in values(told[0], "extension.valueCodeableConcept.coding")] if told else []
        if len(told) != 1 or not codes or codes[0] not in profile["capacity"]["codes"]:
            yield "no capacity"


def _no_more(_resource: Json, _profile: Json) -> Iterator[str]:
    return iter(())


_CONSTRAINTS = {
    "Task": _task_faults,
    "ServiceRequest": _request_faults,
    "Consent": _consent_faults,
    "HealthcareService": _service_faults,
    "Location": _no_more,
    "Organization": _no_more,
}


def _bundle_faults(bundle: Json) -> list[str]:
    addresses = [entry["fullUrl"] for entry in bundle.get("entry", ())]
    found = ["bdl-7: an address stands twice"] if len(addresses) != len(set(addresses)) else []
    if bundle["type"] != "searchset" and ("total" in bundle or any("search" in entry for entry in bundle.get("entry", ()))):
        found.append("bdl-1, bdl-2: only searches have a total")
    return found


def unresolved(bundle: Json) -> set[str]:
    """References that name a resource which is not in the bundle."""
    inner = [entry["resource"] for entry in bundle.get("entry", ())]
    there = {f"{each['resourceType']}/{each['id']}" for each in inner}
    return {found for each in inner for found in _references(each)} - there


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
