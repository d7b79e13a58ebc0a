"""Agency, Site and SiteService of AIRS XML 3 as HSDS organization, location and service. docs/import-mapping.md tells element by element
where each goes; an element that nothing here reads is kept aside under its own name and noted."""

from typing import Any

from directory.services.exchange.readers import airs_parts as parts
from directory.services.exchange.readers.airs_parts import Part, filled
from directory.services.exchange.readers.xml_pieces import Element

_OF_ALL = "Key Name AKA Phone URL Email Contact ResourceInfo DateLastVerified"
KNOWN = {
    tag: frozenset(f"{_OF_ALL} {names}".split())
    for tag, names in {
        "Agency": "AgencyDescription AgencyLocation IRSStatus Site GeographicAreaServed SpatialLocation",
        "Site": """SiteDescription PhysicalAddress MailingAddress SiteService SpatialLocation DisabilitiesAccess Languages LanguagesOther
            TimeOpen Seasonal BusServiceAccess PublicAccessTransportation""",
        "SiteService": """Description TimeOpen Seasonal Taxonomy GeographicAreaServed Languages LanguagesOther Eligibility FeeStructure
            PaymentMethods ApplicationProcess IntakeProcedure DocumentsRequired WaitList WaitTime Licenses LicensesAccreditations
            Accreditation Accreditations""",
    }.items()
}
"""Elements that are read; others are noted, and kept where they say something."""


def organization(agency: Element) -> Part:
    websites = parts.urls(agency)
    legal = agency.attributes.get("LegalStatus", "")
    return filled(
        id=agency.words("Key"),
        name=agency.words("Name"),
        alternate_name=parts.other_names(agency),
        description=agency.words("AgencyDescription"),
        email=agency.words("Email", "Address"),
        website=websites[0]["url"] if websites else "",
        additional_websites=websites[1:],
        tax_status=agency.words("IRSStatus"),
        legal_status="" if legal.casefold() == "none or unknown" else legal,
        phones=parts.phones(agency),
        contacts=parts.contacts(agency),
        **parts.verified(agency),
        **_unknown(agency),
    )


def agency_location(agency: Element) -> Part | None:
    """The agency's own place, where no site of it stands at the same address; its id is the agency's with a word in front."""
    place = agency.first("AgencyLocation")
    found = parts.addresses(place) if place else []
    at_sites = [address for site in agency.all("Site") for address in parts.addresses(site)]
    if not place or not found or all(address in at_sites for address in found):
        return None
    return filled(
        id=f"agency-{agency.words('Key')}",
        organization_id=agency.words("Key"),
        name=place.words("Name"),
        description=place.words("SiteDescription"),
        location_type=_kind_of_place(found),
        addresses=found,
        confidential=parts.is_confidential(place),
        **parts.point(agency),
    )


def location(site: Element, agency: Element, site_key: str) -> Part:
    websites = parts.urls(site)
    found = parts.addresses(site)
    description = site.words("SiteDescription")
    said_by_services = {service.words("Description") for service in site.all("SiteService")}
    return filled(
        id=site_key,
        organization_id=agency.words("Key"),
        name=site.words("Name"),
        alternate_name=parts.other_names(site),
        description="" if description in said_by_services else description,
        url=websites[0]["url"] if websites else "",
        transportation=parts.all_words(site, "BusServiceAccess", "PublicAccessTransportation"),
        location_type=_kind_of_place(found),
        addresses=found,
        confidential=parts.is_confidential(site) or any(_street(address) in _secret_streets(agency) for address in found),
        phones=parts.phones(site),
        contacts=parts.contacts(site),
        accessibility=[{"description": words} for words in _each(site, "DisabilitiesAccess")],
        languages=_languages(site)[0],
        schedules=[{"description": words}] if (words := parts.hours_text(site)) else [],
        **parts.point(site),
        **parts.verified(site),
        **_unknown(site),
    )


def service(element: Element, site: Element, agency: Element, service_key: str) -> Part:
    websites = parts.urls(element)
    languages, interpretation = _languages(element)
    resource = element.first("ResourceInfo")
    return filled(
        id=service_key,
        organization_id=agency.words("Key"),
        name=element.words("Name"),
        alternate_name=parts.other_names(element),
        description=element.words("Description"),
        status="active",
        email=element.words("Email", "Address") or site.words("Email", "Address"),
        url=websites[0]["url"] if websites else "",
        additional_urls=websites[1:],
        eligibility_description=parts.all_words(element, "Eligibility"),
        fees_description=parts.all_words(element, "FeeStructure", "PaymentMethods"),
        application_process=parts.all_words(element, "ApplicationProcess", "IntakeProcedure"),
        required_documents=[{"document": words} for words in _each(element, "DocumentsRequired")],
        wait_time=parts.all_words(element, "WaitList", "WaitTime"),
        licenses=parts.all_words(element, "Licenses", "LicensesAccreditations"),
        accreditations=parts.all_words(element, "Accreditation", "Accreditations"),
        hours_text=parts.hours_text(element),
        phones=parts.phones(element),
        contacts=parts.contacts(element),
        languages=languages,
        interpretation_services=interpretation,
        service_areas=parts.areas(element) or parts.areas(agency),
        category_terms=parts.terms(element),
        last_modified=resource.attributes.get("DateOfLastAction", "") if resource else "",
        **parts.verified(element),
        **_unknown(element),
    )


def unknown_elements(element: Element) -> list[Element]:
    """Children that say something and that nothing here reads."""
    return [child for child in element.children if child.tag not in KNOWN[element.tag] and not child.is_empty]


def _unknown(element: Element) -> dict[str, Any]:
    return {f"airs_{child.tag}": parts.all_words(element, child.tag) for child in unknown_elements(element)}


def _secret_streets(agency: Element) -> set[tuple[str, ...]]:
    """Addresses that the agency keeps secret: a site at one of them is secret too, whatever the site itself says."""
    secret = [place for place in agency.all("AgencyLocation") if parts.is_confidential(place)]
    return {_street(address) for place in secret for address in parts.addresses(place)}


def _street(address: Part) -> tuple[str, ...]:
    return tuple(str(address.get(name, "")).casefold() for name in ("address_1", "address_2", "city", "postal_code"))


def _kind_of_place(addresses: list[Part]) -> str:
    return "postal" if addresses and all(address["address_type"] == "postal" for address in addresses) else "physical"


def _each(owner: Element, tag: str) -> list[str]:
    found = [parts.all_words(Element(owner.tag, owner.line, children=[child]), tag) for child in owner.all(tag)]
    return [words for words in found if words]


def _languages(owner: Element) -> tuple[list[Part], str]:
    """Languages offered, and what is said of interpreters, which feeds write into the same element."""
    words = [name.text for element in owner.all("Languages") for name in element.all("Name") if name.text]
    words += [element.text for element in owner.all("LanguagesOther") if element.text]
    spoken = [word for word in words if "interpret" not in word.casefold()]
    return [{"name": word} for word in dict.fromkeys(spoken)], "; ".join(word for word in words if word not in spoken)
