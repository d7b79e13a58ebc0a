"""Made-up services of an organization, with what real listings say and what they leave out.

The shares below follow what was measured on real directories: hours on seven of ten, eligibility on three of four, languages on half.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from seeds.sample import texts
from seeds.sample.draw import Draw
from seeds.sample.freshness import moment, verified
from seeds.sample.hours import ROUND_THE_CLOCK, intake_rows, open_rows
from seeds.sample.organizations import Organization, Site, translation
from seeds.sample.setting import Setting, Telling
from seeds.sample.whom import For, whom
from seeds.sample.words import EN, FR, LANGUAGES, Audience, Besides, Offer, Pair, common, offers

HOURS = 0.74
HOURS_IN_WORDS = 0.08
ELIGIBILITY = 0.76
LANGUAGES_SAID = 0.53
PLAIN_NAMES = 0.29
SERVED_AREA = 0.60
PLACE_LEFT_OUT = 0.02
CONFIDENTIAL_OFFERS = frozenset({"dv-shelter", "womens-shelter", "transitional-housing"})
ROOM_WORDS = ("capacity", "capacity", "capacity", "waitlist", "waitlist", "no-capacity", "additional-assessment-required")

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What a service says of itself, in both languages, before it is put into its own."""

    offer: Offer
    name: Pair
    description: Pair
    audience: Audience
    eligibility: Pair
    ways: tuple[str, ...]
    application: Pair
    besides: Besides | None = None


def chosen_offers(draw: Draw, organization: Organization) -> list[Offer]:
    """What an organization offers: the first thing of its kind always, the others by chance; again in another form when there are few."""
    kind = organization.kind
    first, *others = kind.offers
    count = draw.between(*kind.services)
    chosen = [first, *draw.some(others, count - 1)]
    while len(chosen) < count:
        chosen.append(draw.one(kind.offers))
    known = offers()
    return [known[category] for category in chosen]


def tell(draw: Draw, setting: Setting, organization: Organization, offer: Offer, site: Site | None) -> Told:
    """Choose what is said of one service."""
    here = setting.telling.here
    part = site.spot.part if site and not site.confidential else organization.label if organization.label[EN] else organization.name
    audience = draw.one(offer.audiences)
    ways = tuple(offer.ways[: draw.between(1, 3)])
    plain = draw.random() < PLAIN_NAMES
    name = here(texts.service_name(draw, draw.one(offer.names), organization.label, part, plain))
    description = here(texts.description(draw, offer, part))
    eligibility, besides = texts.eligibility(draw, audience)
    return Told(
        offer=offer,
        name=name,
        description=description,
        audience=audience,
        eligibility=here(eligibility),
        ways=ways,
        application=texts.application(draw, ways),
        besides=besides,
    )


def service_records(draw: Draw, setting: Setting, organization: Organization, today: date) -> Iterator[Data]:
    """The services of an organization, one after the other."""
    for offer in chosen_offers(draw, organization):
        sites = _sites_of(draw, organization, offer)
        told = tell(draw, setting, organization, offer, sites[0] if sites else None)
        yield service_record(draw, setting, organization, sites, told, today)


def _sites_of(draw: Draw, organization: Organization, offer: Offer) -> list[Site]:
    sites = list(organization.sites)
    if not sites or draw.random() < PLACE_LEFT_OUT or (offer.remote and "in_person" not in offer.remote and draw.random() < 0.6):
        return []
    if organization.kind.confidential:
        return [sites[0] if offer.category in CONFIDENTIAL_OFFERS else sites[-1]]
    return sites if draw.random() < 0.15 else [draw.one(sites)]


def service_record(draw: Draw, setting: Setting, organization: Organization, sites: list[Site], told: Told, today: date) -> Data:
    """One service as a feed tells it."""
    offer, first = told.offer, organization.first
    data: Data = {
        "id": draw.id(),
        "organization_id": organization.id,
        "name": told.name[first],
        "description": told.description[first],
        "status": "active" if draw.random() < 0.965 else draw.one(("temporarily closed", "inactive")),
        "categories": [offer.category],
        "text_language": LANGUAGES[first],
        "last_modified": moment(today, draw.between(0, 1500), 12),
        "service_at_locations": [{"id": draw.id(), "location_id": site.id} for site in sites],
        **verified(draw, today),
    }
    _say_whom(draw, data, told, first)
    _say_how(draw, data, told, first, bool(sites), setting.telling)
    _say_when(draw, data, offer, first, today)
    _say_where(draw, setting, data, sites)
    _say_whom_to_call(draw, setting, data, organization, sites)
    _say_room(draw, data, offer, first, today)
    _say_more(draw, data, organization, told)
    return data | whom(data, For(offer, told.audience, told.besides), first, setting.telling, today)


def _say_whom(draw: Draw, data: Data, told: Told, first: int) -> None:
    if draw.random() >= ELIGIBILITY:
        return
    data["eligibility_description"] = told.eligibility[first]
    audience = told.audience
    if audience.minimum_age is not None and draw.random() < 0.8:
        data["minimum_age"] = audience.minimum_age
    if audience.maximum_age is not None and draw.random() < 0.8:
        data["maximum_age"] = audience.maximum_age


def _say_how(draw: Draw, data: Data, told: Told, first: int, placed: bool, telling: Telling) -> None:
    offer = told.offer
    if told.ways and draw.random() < 0.75:
        data["ways_in"] = list(told.ways)
    if draw.random() < 0.7:
        data["application_process"] = told.application[first]
    if offer.remote and (not placed or draw.random() < 0.8):
        data["remote"] = [way for way in offer.remote if placed or way != "in_person"] or ["phone"]
    if offer.documents and draw.random() < 0.7:
        data["required_documents"] = [{"document": document[first]} for document in offer.documents]
    _say_cost(draw, data, offer, first, telling)


def _say_cost(draw: Draw, data: Data, offer: Offer, first: int, telling: Telling) -> None:
    if not offer.cost or draw.random() >= 0.8:
        return
    data["cost"] = [offer.cost]
    if offer.fee:
        data["fees_description"] = telling.here(offer.fee)[first]
    elif offer.cost == "fee":
        data["cost_options"] = [
            {"option": ("Fee", "Frais")[first], "amount": draw.one((2, 3, 5, 10, 15, 25)), "currency": telling.currency}
        ]


def _say_when(draw: Draw, data: Data, offer: Offer, first: int, today: date) -> None:
    kind = draw.random()
    if kind >= HOURS + HOURS_IN_WORDS:
        return
    if kind >= HOURS:
        data["hours_text"] = draw.one(common().hours_words)[first]
        return
    pattern = draw.one(offer.hours)
    rows = open_rows(draw, pattern, today)
    if offer.intake and draw.random() < 0.85:
        rows += intake_rows(draw, offer.intake, today)
    if draw.random() < 0.6:
        data["closed_on_holidays"] = pattern not in ROUND_THE_CLOCK
    places = data["service_at_locations"]
    if places and draw.random() < 0.6:
        for place in places:
            place["schedules"] = [dict(row) for row in rows]
    else:
        data["schedules"] = rows


def _say_where(draw: Draw, setting: Setting, data: Data, sites: list[Site]) -> None:
    if sites and draw.random() >= SERVED_AREA:
        return
    served = setting.served(draw, sites[0].spot if sites and not sites[0].confidential else None)
    if len(sites) > 1 and draw.random() < 0.5:
        for place, site in zip(data["service_at_locations"], sites, strict=True):
            place["service_areas"] = setting.served(draw, site.spot)
    else:
        data["service_areas"] = served


def _say_whom_to_call(draw: Draw, setting: Setting, data: Data, organization: Organization, sites: list[Site]) -> None:
    kind = draw.random()
    if sites and sites[0].confidential:
        data["phones"] = [
            {"number": organization.phone, "type": "hotline", "description": ("24-hour line", "Ligne jour et nuit")[organization.first]},
            {"number": setting.phone(draw), "type": "voice", "description": "Staff only", "confidential": True},
        ]
    elif kind < 0.22:
        data["phones"] = [{"number": organization.phone, "type": "voice", "extension": str(draw.between(101, 489))}]
    elif kind < 0.30:
        data["phones"] = [{"number": setting.phone(draw), "type": "voice"}]
    elif kind < 0.34:
        data["phones"] = [{"number": f"1-800-555-01{draw.between(0, 99):02}", "type": "voice", "description": "Toll-free"}]
    if "phones" in data and data["categories"][0] == "crisis-support" and draw.random() < 0.6:
        data["phones"].append({"number": data["phones"][0]["number"], "type": "text", "sms": True})


def _say_room(draw: Draw, data: Data, offer: Offer, first: int, today: date) -> None:
    if offer.room is None or draw.random() >= 0.7:
        return
    status, most = draw.one(ROOM_WORDS), draw.between(6, 60)
    told_days_ago = draw.one((0, 0, 0, 1, 2, 30))
    data["capacities"] = [
        {
            "id": draw.id(),
            "unit": {"id": draw.id(), "name": offer.room[first]},
            "status": status,
            "available": draw.between(1, 5) if status == "capacity" else 0,
            "maximum": most,
            "updated": moment(today, told_days_ago, 6),
            "expires_at": moment(today, told_days_ago - draw.one((1, 1, 3, 7)), 6),
        }
    ]


def _say_more(draw: Draw, data: Data, organization: Organization, told: Told) -> None:
    offer, first = told.offer, organization.first
    if draw.random() < LANGUAGES_SAID:
        data["languages"] = _languages(draw, organization)
    if offer.shares and draw.random() < 0.6:
        data["information_shared"] = draw.one(offer.shares)[first]
    if draw.random() < 0.4:
        data["url"] = f"https://www.{organization.domain}/{offer.category}"
    if draw.random() < 0.25:
        data["email"] = f"{offer.category}@{organization.domain}"
    if draw.random() < 0.025:
        data["alert"] = ("Moved to the side entrance during repairs.", "Entrée par le côté pendant les travaux.")[first]
    if organization.bilingual and draw.random() < (0.32 if first == EN else 0.6):
        data["translations"] = _translations(data, told, 1 - first)
    if offer.spanish and draw.random() < 0.5:
        data.setdefault("translations", []).extend(
            {"field": field, "language": "es", "text": text} for field, text in zip(("name", "description"), offer.spanish, strict=True)
        )


def _translations(data: Data, told: Told, other: int) -> list[Data]:
    found = [translation("name", other, told.name[other]), translation("description", other, told.description[other])]
    if "eligibility_description" in data:
        found.append(translation("eligibility_description", other, told.eligibility[other]))
    if "application_process" in data:
        found.append(translation("application_process", other, told.application[other]))
    return found


def _languages(draw: Draw, organization: Organization) -> list[Data]:
    codes = ["fr"] if organization.first == FR else ["en"]
    if draw.random() < 0.65:
        codes.append("en" if organization.first == FR else "fr")
    names = common().languages
    if organization.kind.sector == "newcomer" or draw.random() < 0.15:
        codes += [code for code in draw.some(_MORE_LANGUAGES, draw.between(1, 4)) if code not in codes]
    if organization.kind.sector == "indigenous":
        codes.append(draw.one(("oj", "iu")))
    return [{"code": code, "name": names[code]} for code in codes]


_MORE_LANGUAGES = ("ar", "so", "uk", "es", "zh", "fa", "pt", "tl", "ht", "pa", "sw", "rn", "ase", "fcs")
