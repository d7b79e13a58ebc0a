"""The sample community's own records as the duplicate finder sees them, and what was planted among them."""

import json
from functools import cache
from typing import Any

from directory.rules.matching.facts import Facts, IdentityLevel
from directory.services.matching.facts_of_record import facts_of_record
from seeds.sample.generate import TRUTH, sample_records

_KIND = {IdentityLevel.SITE: "location", IdentityLevel.ORGANIZATION: "organization", IdentityLevel.PROGRAM: "service"}


@cache
def sample_facts(level: IdentityLevel) -> tuple[Facts, ...]:
    """Every record of the sample of this level's kind, with its organization and its places put inside."""
    by_id: dict[str, dict[str, Any]] = {record.data["id"]: record.data for record in sample_records()}
    places: dict[str, list[dict[str, Any]]] = {}
    for record in sample_records():
        if record.kind == "location" and "organization_id" in record.data:
            places.setdefault(record.data["organization_id"], []).append(record.data)
    found = []
    for record in sample_records():
        if record.kind != _KIND[level]:
            continue
        data = dict(record.data)
        if record.kind == "organization":
            data["locations"] = places.get(data["id"], [])
        elif data.get("organization_id") in by_id:
            data["organization"] = by_id[data["organization_id"]]
        if record.kind == "service":
            data["service_at_locations"] = [one | {"location": by_id[one["location_id"]]} for one in data["service_at_locations"]]
        found.append(facts_of_record(data["id"], record.kind, data, level))
    return tuple(found)


def planted(kind: str, level: str) -> list[tuple[str, ...]]:
    """The ids of each group: kind `duplicate_record`, `look_alike` or `overlapping_offer`."""
    groups = json.loads(TRUTH.read_text(encoding="utf-8"))["groups"]
    return [tuple(group["ids"]) for group in groups if group["kind"] == kind and group["level"] == level]
