"""Records that are the same thing twice, planted among the others: an organization, a site, a service, each written another way."""

from copy import deepcopy
from typing import Any

from directory.rules.listed import DISCLOSURES
from seeds.sample import variants
from seeds.sample.community import Community
from seeds.sample.draw import Draw
from seeds.sample.organizations import Organization
from seeds.sample.truth import ORGANIZATION, PROGRAM, SAME, SITE, Group

TWICE_ORGANIZATIONS = 14
TWICE_SITES = 12
TWICE_SERVICES = 18
KEPT = (
    *("status", "categories", "text_language", "cost", "remote", "eligibility_description", "minimum_age", "maximum_age"),
    *("criteria", *DISCLOSURES),
)
"""What a second record of a service says as the first does."""

Data = dict[str, Any]


def plant_duplicates(draw: Draw, community: Community) -> None:
    """Plant all of them, each at another organization, and note the truth."""
    chosen = draw.some(_suitable(community), TWICE_ORGANIZATIONS + TWICE_SITES + TWICE_SERVICES)
    for organization in chosen[:TWICE_ORGANIZATIONS]:
        _organization_twice(draw, community, organization)
    for organization in chosen[TWICE_ORGANIZATIONS : TWICE_ORGANIZATIONS + TWICE_SITES]:
        _site_twice(draw, community, organization)
    for organization in chosen[TWICE_ORGANIZATIONS + TWICE_SITES :]:
        _service_twice(draw, community, organization)


def _suitable(community: Community) -> list[Organization]:
    """Those with a place anyone may know, more than one service, and a name of their own."""
    return [
        organization
        for organization in community.organizations
        if organization.sites
        and not organization.kind.confidential
        and not organization.kind.in_order
        and len(community.services_of(organization.id)) > 1
    ]


def _by_id(community: Community, kind: str, wanted: str) -> Data:
    return next(data for data in community.of_kind(kind) if data["id"] == wanted)


def _organization_twice(draw: Draw, community: Community, organization: Organization) -> None:
    """The organization, its first site and one service, as the list of another agency has them."""
    found = _by_id(community, "organization", organization.id)
    again = {
        "id": draw.id(),
        "name": variants.organization_name(draw, organization),
        "description": variants.text(draw, found["description"], organization.language),
        "sector": found["sector"],
        "phones": [{"number": variants.phone(draw, organization.phone), "type": "voice"}],
    }
    if "website" in found and draw.chance(0.7):
        again["website"] = f"http://{organization.domain}/"
    community.add("organization", again)
    community.groups.append(Group(SAME, ORGANIZATION, (organization.id, again["id"]), "One organization under two writings of its name."))
    site = _location_again(draw, community, organization.sites[0].id, again["id"])
    service = draw.one(community.services_of(organization.id))
    _service_again(draw, community, service, again["id"], site["id"], "The same service, told by two lists.")


def _location_again(draw: Draw, community: Community, location_id: str, organization_id: str) -> Data:
    found = _by_id(community, "location", location_id)
    again: Data = {
        "id": draw.id(),
        "organization_id": organization_id,
        "location_type": "physical",
        "addresses": [variants.address(draw, found["addresses"][0])],
        "zone": found["zone"],
        "area_id": found["area_id"],
    }
    if draw.chance(0.5):
        again["name"] = found["name"]
    if "latitude" in found:
        again |= variants.point(draw, found["latitude"], found["longitude"])
    community.add("location", again)
    community.groups.append(Group(SAME, SITE, (location_id, again["id"]), "One site: the address is written two ways."))
    return again


def _service_again(draw: Draw, community: Community, found: Data, organization_id: str, location_id: str, why: str) -> None:
    again = {key: deepcopy(found[key]) for key in KEPT if key in found}
    again |= {
        "id": draw.id(),
        "organization_id": organization_id,
        "name": _name_again(draw, found),
        "description": variants.text(draw, found["description"], found["text_language"]),
        "service_at_locations": [{"id": draw.id(), "location_id": location_id}] if location_id else [],
    }
    if draw.chance(0.6) and "phones" in found:
        again["phones"] = [{"number": variants.phone(draw, found["phones"][0]["number"]), "type": "voice"}]
    hours: list[Data] = found.get("schedules") or next(
        (place["schedules"] for place in found["service_at_locations"] if "schedules" in place), []
    )
    if hours and draw.chance(0.5):
        again["schedules"] = deepcopy(hours)
    community.add("service", again)
    community.groups.append(Group(SAME, PROGRAM, (found["id"], again["id"]), why))


def _name_again(draw: Draw, found: Data) -> str:
    in_other_language = [str(entry["text"]) for entry in found.get("translations", ()) if entry["field"] == "name"]
    name = str(found["name"])
    longer = f"{name} Program" if found["text_language"] == "en" else f"Programme : {name}"
    return draw.one([*in_other_language, name, longer, name.upper()])


def _site_twice(draw: Draw, community: Community, organization: Organization) -> None:
    """A second record of a site, used by one of the organization's services; the others use the first."""
    again = _location_again(draw, community, organization.sites[0].id, organization.id)
    services = community.services_of(organization.id)
    places = [place for data in services for place in data["service_at_locations"] if place["location_id"] == organization.sites[0].id]
    if places:
        places[0]["location_id"] = again["id"]
    else:
        services[0]["service_at_locations"].append({"id": draw.id(), "location_id": again["id"]})


def _service_twice(draw: Draw, community: Community, organization: Organization) -> None:
    """A service that its own organization lists twice, years apart."""
    found = draw.one(community.services_of(organization.id))
    places = found["service_at_locations"]
    place = places[0]["location_id"] if places else ""
    _service_again(draw, community, found, organization.id, place, "One service, listed twice by its owner.")
