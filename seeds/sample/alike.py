"""Records that look the same and are not, and services that overlap: planted among the others, with the truth noted.

Real directories are full of them: tenants of one building with one switchboard, shelters for men and for women of one organization, one
program at several sites, parishes one letter apart, age groups of one club.
"""

from collections import defaultdict
from itertools import combinations
from typing import Any

from seeds.sample.community import Community
from seeds.sample.draw import Draw
from seeds.sample.hours import weekly
from seeds.sample.organizations import Organization
from seeds.sample.place import CITY_AREA
from seeds.sample.setting import Spot
from seeds.sample.truth import ALIKE, ORGANIZATION, OVERLAP, PROGRAM, SITE, Group
from seeds.sample.whom import For, whom
from seeds.sample.words import EN, Audience, offers, twins

SHARED_BUILDINGS = 10
OVERLAPS = 15
PLAIN_NAMES_SHARED = 6
PROGRAMS_AT_TWO_SITES = 5

Data = dict[str, Any]

_NEAR_NAMES = (
    ("St. Mary's Benevolent Fund", "St. Mark's Benevolent Fund"),
    ("Rosary Hall Supper", "Rosery Hill Supper"),
    ("Club Optimiste du Marais", "Club Optimiste des Marins"),
)


def plant_look_alikes(draw: Draw, community: Community) -> None:
    _tenants(draw, community)
    _twins(draw, community)
    _near_names(draw, community)
    _two_sites(draw, community)
    _plain_names(draw, community)


def _open_organizations(community: Community) -> list[Organization]:
    return [found for found in community.organizations if found.sites and not found.kind.confidential and not found.kind.in_order]


def _tenants(draw: Draw, community: Community) -> None:
    """Different agencies in one building are different organizations, whatever address and phone say."""
    tenants: dict[str, list[Organization]] = defaultdict(list)
    for organization in _open_organizations(community):
        if organization.sites[0].spot.hub:
            tenants[organization.sites[0].spot.address["address_1"]].append(organization)
    pairs = [pair for street in sorted(tenants) for pair in combinations(tenants[street], 2)]
    same_phone = [pair for pair in pairs if pair[0].phone == pair[1].phone]
    others = [pair for pair in pairs if pair[0].phone != pair[1].phone]
    for one, other in [*draw.some(same_phone, SHARED_BUILDINGS // 2), *draw.some(others, SHARED_BUILDINGS // 2)]:
        why = "Two agencies that share a building" + (" and its switchboard." if one.phone == other.phone else ".")
        community.groups.append(Group(ALIKE, ORGANIZATION, (one.id, other.id), why))


def _twins(draw: Draw, community: Community) -> None:
    """Services of one organization at one place with one text, for different people."""
    for twin, organization in zip(twins(), draw.some(_open_organizations(community), len(twins())), strict=True):
        ids = []
        for name, audience in twin.services:
            data = _service(draw, organization, twin.category, name, twin.text, audience.text[EN])
            data |= _ages(audience)
            data |= _whom(community, data, For(offers()[twin.category], audience))
            ids.append(str(community.add("service", data)["id"]))
        community.groups.append(Group(ALIKE, PROGRAM, tuple(ids), "One organization and one text, but for different people."))


def _service(draw: Draw, organization: Organization, category: str, name: str, description: str, eligibility: str) -> Data:
    return {
        "id": draw.id(),
        "organization_id": organization.id,
        "name": name,
        "description": description,
        "eligibility_description": eligibility,
        "status": "active",
        "categories": [category],
        "text_language": "en",
        "cost": ["free"],
        "phones": [{"number": organization.phone, "type": "voice"}],
        "service_at_locations": [{"id": draw.id(), "location_id": organization.sites[0].id}],
    }


def _ages(audience: Audience) -> Data:
    ages = (("minimum_age", audience.minimum_age), ("maximum_age", audience.maximum_age))
    return {key: age for key, age in ages if age is not None}


def _whom(community: Community, data: Data, said: For, first: int = EN, drawn_as: str = "") -> Data:
    return whom(data, said, first, community.setting.telling, community.today, drawn_as=drawn_as)


def _near_names(draw: Draw, community: Community) -> None:
    """Organizations one letter apart on one street, with telephones of their own."""
    for names in _NEAR_NAMES:
        spot = community.setting.spot(draw)
        pairs = [_neighbour(draw, community, spot, name, number) for number, name in enumerate(names)]
        organizations, sites = zip(*pairs, strict=True)
        community.groups.append(Group(ALIKE, ORGANIZATION, organizations, "Names almost the same, on one street; two organizations."))
        community.groups.append(Group(ALIKE, SITE, sites, "Neighbours on one street, at different numbers."))


def _neighbour(draw: Draw, community: Community, spot: Spot, name: str, number: int) -> tuple[str, str]:
    """A small organization with a site and a service; the ids of the organization and of the site."""
    organization_id, location_id = draw.id(), draw.id()
    street = str(spot.address["address_1"]).split(" ", 1)[1]
    organization = {
        "id": organization_id,
        "name": name,
        "description": "A small charity run by its members.",
        "sector": "community",
        "phones": [{"number": community.setting.phone(draw), "type": "voice"}],
    }
    location = {
        "id": location_id,
        "organization_id": organization_id,
        "location_type": "physical",
        "addresses": [spot.address | {"address_1": f"{draw.between(10, 40) + 50 * number} {street}"}],
        "latitude": round(spot.latitude + number * 0.0006, 6),
        "longitude": spot.longitude,
        "zone": spot.zone,
        "area_id": spot.area_id,
    }
    service = {
        "id": draw.id(),
        "organization_id": organization_id,
        "name": "Emergency Fund",
        "description": "Small gifts for neighbours in a hard month; a committee decides on Tuesdays.",
        "status": "active",
        "categories": ["emergency-funds"],
        "text_language": "en",
        "service_at_locations": [{"id": draw.id(), "location_id": location_id}],
    }
    for kind, data in (("organization", organization), ("location", location), ("service", service)):
        community.add(kind, data)
    return organization_id, location_id


def _two_sites(draw: Draw, community: Community) -> None:
    """One program given at two sites is listed once for each: not a mistake."""
    wide = [found for found in _open_organizations(community) if len(found.sites) > 1]
    for organization in draw.some(wide, PROGRAMS_AT_TWO_SITES):
        offer = offers()[organization.kind.offers[0]]
        ids: list[str] = []
        for site in organization.sites[:2]:
            data = _service(draw, organization, offer.category, offer.names[-1][0], offer.what[-1][0], offer.audiences[0].text[0])
            data["service_at_locations"][0]["location_id"] = site.id
            data |= _whom(community, data, For(offer, offer.audiences[0]), drawn_as=ids[0] if ids else "")
            ids.append(str(community.add("service", data)["id"]))
        community.groups.append(
            Group(ALIKE, PROGRAM, tuple(ids), "One program at two sites of its organization, each with its own listing.")
        )


def _plain_names(draw: Draw, community: Community) -> None:
    """Services of different organizations under the name that everybody uses."""
    by_name: dict[str, list[Data]] = defaultdict(list)
    for data in community.of_kind("service"):
        by_name[str(data["name"])].append(data)
    shared = [
        (one, other)
        for name in sorted(by_name)
        for one, other in list(combinations(by_name[name], 2))[:1]
        if one["organization_id"] != other["organization_id"] and _are_apart(community, one, other)
    ]
    for one, other in draw.some(shared, PLAIN_NAMES_SHARED):
        community.groups.append(Group(ALIKE, PROGRAM, (one["id"], other["id"]), f"Two organizations call their service “{one['name']}”."))


def _are_apart(community: Community, *services: Data) -> bool:
    """Neither is a second record of the other."""
    ids = {service["id"] for service in services} | {service["organization_id"] for service in services}
    return not any(len(ids & set(group.ids)) > 1 for group in community.groups)


def plant_overlaps(draw: Draw, community: Community) -> None:
    """Pairs of organizations that offer the same, to the same people, in the same area, at the same hours."""
    by_offer: dict[str, list[Organization]] = defaultdict(list)
    for organization in _open_organizations(community):
        for category in organization.kind.offers[:3]:
            by_offer[category].append(organization)
    for category in draw.some(sorted(key for key, found in by_offer.items() if len(found) > 1), OVERLAPS):
        ids: list[str] = []
        for organization in draw.some(by_offer[category], 2):
            ids.append(_overlapping(draw, community, organization, category, drawn_as=ids[0] if ids else ""))
        community.groups.append(Group(OVERLAP, PROGRAM, tuple(ids), "The same offer to the same people, in one area, at the same hours."))


def _overlapping(draw: Draw, community: Community, organization: Organization, category: str, drawn_as: str) -> str:
    offer, first = offers()[category], organization.first
    audience = offer.audiences[0]
    name = f"{draw.one(offer.names)[first]} ({organization.label[first]})" if organization.label[first] else draw.one(offer.names)[first]
    data = _service(draw, organization, category, name, draw.one(offer.what)[first], audience.text[first])
    data |= {
        "text_language": organization.language,
        "service_areas": [{"name": "City of Rivebourg", "area_id": CITY_AREA}],
        "languages": [{"code": "en", "name": "English"}, {"code": "fr", "name": "French"}],
        "schedules": [weekly("TU,TH", "13:00", draw.one(("15:30", "16:00", "16:30")))],
    }
    data |= _ages(audience)
    data |= _whom(community, data, For(offer, audience), first, drawn_as)
    return str(community.add("service", data)["id"])
