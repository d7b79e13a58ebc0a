"""Made-up organizations with their sites: drafts that services are then hung on, and their records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.domain.areas import slug
from seeds.sample.draw import Draw
from seeds.sample.freshness import verified
from seeds.sample.hours import PATTERNS
from seeds.sample.setting import Setting, Spot
from seeds.sample.words import EN, FR, LANGUAGES, Kind, Pair, common

POINTS_KNOWN = 0.94
_PLACEHOLDERS = ("place", "saint", "person", "word")
_CONTACTS = ("Program coordinator", "Executive director", "Intake", "Coordonnatrice", "Office manager")
_FIRST_NAMES = ("Joëlle", "Marcus", "Ayaan", "Priya", "Stéphane", "Kelly", "Nadia", "Conrad", "Wanda", "Théo")
_LAST_NAMES = ("Lafrenière", "Whitlow", "Osei", "Bélanger", "Rahimi", "McIlroy", "Dubois", "Kowalchuk", "Abdi", "Tremblay")


@dataclass(frozen=True, slots=True)
class Site:
    """A place of an organization. `confidential`: nobody outside may learn where it is."""

    id: str
    spot: Spot
    name: Pair
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Organization:
    """A draft. `first` is the language it works in (an index of a pair); `label` the word that tells it from others."""

    id: str
    kind: Kind
    name: Pair
    label: Pair
    first: int
    domain: str
    phone: str
    sites: tuple[Site, ...]
    bilingual: bool = True

    @property
    def language(self) -> str:
        return LANGUAGES[self.first]


def make_organization(draw: Draw, setting: Setting, kind: Kind, number: int = 0) -> Organization:
    """One organization of a kind; `number` counts those of its kind, for kinds whose names come in order."""
    name, label = _name(draw, setting, kind, number)
    telling = setting.telling
    name, label = telling.here(name), telling.here(label)
    french = kind.french if telling.french is None else telling.french
    first = FR if telling.bilingual and (draw.random() < french or name[EN] == name[FR]) else EN
    spots = [setting.spot(draw) for _ in range(draw.between(*kind.sites))]
    if kind.confidential:
        spots[0] = _apart(draw, setting, spots[0])
    sites = tuple(_site(draw, kind, name, spot, place) for place, spot in enumerate(spots))
    hub_phone = spots[0].hub_phone if spots and draw.random() < 0.3 and not kind.confidential else ""
    return Organization(
        id=draw.id(),
        kind=kind,
        name=name,
        label=label,
        first=first,
        domain=f"{slug(name[first])[:40].strip('-')}.example",
        phone=hub_phone or setting.phone(draw),
        sites=sites,
        bilingual=telling.bilingual,
    )


def _apart(draw: Draw, setting: Setting, spot: Spot) -> Spot:
    """A confidential site stands in no building that others share."""
    while spot.hub:
        spot = setting.spot(draw)
    return spot


def _name(draw: Draw, setting: Setting, kind: Kind, number: int) -> tuple[Pair, Pair]:
    pattern = kind.names[number % len(kind.names)] if kind.in_order else draw.one(kind.names)
    for placeholder in _PLACEHOLDERS:
        mark = "{" + placeholder + "}"
        if mark in pattern[EN] or mark in pattern[FR]:
            word = draw.one(setting.telling.name_words[placeholder])
            if pattern[EN] == pattern[FR]:  # a French name, which English speakers use too
                word = (word[FR], word[FR])
            return (pattern[EN].replace(mark, word[EN]), pattern[FR].replace(mark, word[FR])), word
    return pattern, ("", "")


def _site(draw: Draw, kind: Kind, name: Pair, spot: Spot, number: int) -> Site:
    if kind.confidential and number == 0:
        return Site(draw.id(), spot, ("Shelter", "Maison d'hébergement"), confidential=True)
    if spot.hub:
        return Site(draw.id(), spot, spot.hub)
    if number == 0:
        return Site(draw.id(), spot, name)
    return Site(draw.id(), spot, (f"{name[EN]}, {spot.part[EN]} office", f"{name[FR]}, point de service {spot.part[FR]}"))


def organization_record(draw: Draw, organization: Organization, today: date) -> dict[str, Any]:
    """The record of an organization, in its own language, with the other as translation where it has one."""
    first, other = organization.first, 1 - organization.first
    kind = organization.kind
    year = str(draw.between(1921, 2021))
    about = (kind.about[EN].replace("{year}", year), kind.about[FR].replace("{year}", year))
    data: dict[str, Any] = {
        "id": organization.id,
        "name": organization.name[first],
        "description": about[first],
        "sector": kind.sector,
        "phones": [{"number": organization.phone, "type": "voice"}],
        **verified(draw, today),
    }
    if draw.random() < 0.82:
        data["website"] = f"https://www.{organization.domain}"
    if draw.random() < 0.7:
        data["email"] = f"info@{organization.domain}"
    if draw.random() < 0.4:
        data["organization_identifiers"] = [{"identifier_type": "charity", "identifier": f"{draw.between(10**8, 10**9 - 1)} RR0001"}]
    if draw.random() < 0.2:
        data["year_incorporated"] = int(year)
    if draw.random() < 0.12:
        data["contacts"] = [_contact(draw, organization)]
    if not organization.bilingual:
        return data
    if organization.name[other] != organization.name[first] and draw.random() < 0.45:
        data["alternate_name"] = organization.name[other]
    if draw.random() < 0.35:
        data["translations"] = [translation("description", other, about[other]), translation("name", other, organization.name[other])]
    return data


def _contact(draw: Draw, organization: Organization) -> dict[str, Any]:
    """Raw exports carry names of staff; the importer keeps them unpublished."""
    first, last = draw.one(_FIRST_NAMES), draw.one(_LAST_NAMES)
    return {"name": f"{first} {last}", "title": draw.one(_CONTACTS), "email": f"{slug(first)}.{slug(last)}@{organization.domain}"}


def translation(field: str, language: int, text: str) -> dict[str, Any]:
    return {"field": field, "language": LANGUAGES[language], "text": text}


def location_records(draw: Draw, organization: Organization, today: date) -> Iterator[dict[str, Any]]:
    """The records of an organization's sites."""
    for site in organization.sites:
        yield _location(draw, organization, site, today)


def _location(draw: Draw, organization: Organization, site: Site, today: date) -> dict[str, Any]:
    spot = site.spot
    data: dict[str, Any] = {
        "id": site.id,
        "organization_id": organization.id,
        "location_type": "physical",
        "name": site.name[organization.first],
        "addresses": [spot.address],
        "zone": spot.zone,
        "area_id": spot.area_id,
        **verified(draw, today),
    }
    if draw.random() < POINTS_KNOWN:
        data |= {"latitude": spot.latitude, "longitude": spot.longitude, "point_kind": "address"}
    if site.confidential:
        return data | {"confidential": True, "description": "Address given by the intake worker only."}
    if draw.random() < 0.55:
        data["accessibility"] = [_feature(entry, organization) for entry in draw.some(common().access, draw.between(1, 2))]
    if draw.random() < 0.3 and organization.kind.sector:
        data["transportation"] = draw.one(common().directions)[organization.first]
    if draw.random() < 0.1:
        data["schedules"] = PATTERNS["office"](draw, today)
    if spot.hub_phone and draw.random() < 0.5:
        data["phones"] = [{"number": spot.hub_phone, "type": "voice", "description": "Reception"}]
    return data


def _feature(entry: Any, organization: Organization) -> dict[str, Any]:
    feature = {"description": entry[organization.language]}
    return feature | {"code": entry["code"]} if entry["code"] else feature
