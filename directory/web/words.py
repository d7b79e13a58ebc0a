"""What the directory's own codes are called: facets and their values, sectors, ways in, languages, categories.

A code that has no word here is shown as it stands, so that nothing is hidden because a word is missing.
"""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from directory.domain.categories import tree
from directory.domain.hours.values import WayIn
from directory.domain.sectors import Sector
from directory.web.languages import language
from directory.web.wording import _
from search_index.query import Facet


def facet_name(facet: Facet) -> str:
    """What a group of filters asks."""
    return {
        Facet.CATEGORY: _("What is needed"),
        Facet.LANGUAGE: _("Language spoken"),
        Facet.COST: _("Cost"),
        Facet.ACCESSIBILITY: _("Access"),
        Facet.REMOTE: _("How to get it"),
        Facet.SECTOR: _("Sector"),
        Facet.ORGANIZATION: _("Organization"),
        Facet.SOURCE: _("Source of the listing"),
    }[facet]


def facet_value_name(facet: Facet, value: str) -> str:
    """One value of a facet."""
    if facet is Facet.CATEGORY:
        return tree.name(value, language())
    if facet is Facet.LANGUAGE:
        return language_name(value)
    if facet is Facet.SECTOR:
        return sector_name(value)
    small = {Facet.COST: _cost_names, Facet.ACCESSIBILITY: _accessibility_names, Facet.REMOTE: _remote_names}
    return small[facet]().get(value, _plain(value)) if facet in small else value


def language_name(code: str) -> str:
    """A language in the reader's own: "es" is "Spanish"; the code's own letters when it is none that is known."""
    return _language_name(code, language())


@lru_cache(maxsize=2048)
def _language_name(code: str, reader: str) -> str:
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name(reader)
    except (ValueError, UnknownLocaleError):
        name = Locale.parse(reader).languages.get(code.replace("-", "_")) or Locale.parse(reader).languages.get(code.split("-")[0])
    return _capital(name or code)


def sector_name(slug: str) -> str:
    """A sector."""
    names: dict[str, str] = {
        Sector.SCHOOLS: _("Schools"),
        Sector.HEALTH: _("Health"),
        Sector.MENTAL_HEALTH: _("Mental health"),
        Sector.ADDICTIONS: _("Addictions"),
        Sector.HOUSING: _("Housing"),
        Sector.FOOD: _("Food"),
        Sector.INCOME: _("Income"),
        Sector.EMPLOYMENT: _("Employment"),
        Sector.LEGAL: _("Legal aid"),
        Sector.NEWCOMER: _("Newcomers"),
        Sector.SENIORS: _("Seniors"),
        Sector.YOUTH: _("Youth"),
        Sector.MUNICIPAL: _("City and county"),
        Sector.PUBLIC_SAFETY: _("Public safety"),
        Sector.INDIGENOUS: _("Indigenous organizations"),
        Sector.COMMUNITY: _("Community"),
    }
    return names.get(slug, _plain(slug))


def way_in_name(way: WayIn) -> str:
    """How a person gets in."""
    return {
        WayIn.WALK_IN: _("Walk in"),
        WayIn.PHONE: _("Call"),
        WayIn.ONLINE: _("Apply online"),
        WayIn.APPOINTMENT: _("By appointment"),
        WayIn.REFERRAL_ONLY: _("Only when another agency refers"),
        WayIn.POLICE_DROP_OFF: _("Police can drop off"),
        WayIn.MEDICAL_CLEARANCE_FIRST: _("See a doctor or nurse first"),
        WayIn.INTOXICATED_ACCEPTED: _("Takes people who have been drinking or using"),
    }[way]


def access_feature_name(code: str, description: str) -> str:
    """A feature for people with disabilities: the directory's word for it, else the source's own."""
    return _accessibility_names().get(code, description or _plain(code))


def verified_how(how: str) -> str:
    """Who looked at a record and found it right."""
    return {
        "owner": _("by the organization"),
        "source": _("by its source"),
        "call": _("by a phone call"),
        "visit": _("by a visit"),
    }.get(how, "")


def _cost_names() -> dict[str, str]:
    return {"free": _("Free"), "sliding": _("Pay what you can"), "fee": _("Costs money")}


def _remote_names() -> dict[str, str]:
    return {"in_person": _("In person"), "phone": _("By phone"), "online": _("Online"), "delivered": _("Comes to you")}


def _accessibility_names() -> dict[str, str]:
    return {
        "wheelchair": _("Wheelchair access"),
        "elevator": _("Elevator"),
        "ramp": _("Ramp"),
        "asl": _("Sign language"),
        "sign_language": _("Sign language"),
        "braille": _("Braille"),
        "hearing_loop": _("Hearing loop"),
        "large_print": _("Large print"),
        "parking": _("Accessible parking"),
        "accessible_parking": _("Accessible parking"),
        "restroom": _("Accessible toilet"),
        "accessible_restroom": _("Accessible toilet"),
        "automatic_door": _("Automatic door"),
        "service_animal": _("Service animals welcome"),
        "tty": _("TTY phone"),
        "transport": _("Help with a ride"),
        "near_transit": _("Near a bus or train stop"),
        "home_visit": _("Home visits"),
        "gender_neutral_restroom": _("Toilet for every gender"),
    }


def _plain(code: str) -> str:
    return _capital(code.replace("-", " ").replace("_", " "))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
