"""The parts of an AIRS XML 3 record - phones, addresses, contacts, areas, terms, hours - in the shape of HSDS."""

import re
from typing import Any

from directory.services.exchange.readers.xml_pieces import Element

_NUMBERED = re.compile(r"^(?:phone)?\s*\d*$", re.IGNORECASE)
_FACET = re.compile(r"(what|why|who):'((?:[^'\\]|\\.)*)'")
_NOTHING = {"", "na", "n/a", "none"}
INDEXING_TERMS = "211hsis"
FACETS = "bc211-what"

Part = dict[str, Any]


def filled(**fields: Any) -> Part:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], False)}


def phones(owner: Element) -> list[Part]:
    return [_phone(element) for element in owner.all("Phone") if element.words("PhoneNumber")]


def _phone(element: Element) -> Part:
    label = element.words("Type")
    spoken = label.casefold()
    kind = "voice"
    if "fax" in spoken:
        kind = "fax"
    elif "tty" in spoken or "tdd" in spoken:
        kind = "textphone"
    elif spoken in ("text", "sms"):
        kind = "text"
    words = ["" if kind in ("fax", "textphone", "text") or _NUMBERED.match(label) else label, element.words("Description")]
    words.append("Toll-free" if element.says("TollFree") else "")
    return filled(
        number=element.words("PhoneNumber"),
        extension=element.words("Extension"),
        type=kind,
        description="; ".join(word for word in words if word),
        confidential=element.says("Confidential"),
    )


def addresses(owner: Element) -> list[Part]:
    """Where it is, and where to write to if that is elsewhere."""
    physical = [_address(element, "physical") for element in owner.all("PhysicalAddress") if not element.is_empty]
    known = [{**part, "address_type": "postal"} for part in physical]
    postal = [_address(element, "postal") for element in owner.all("MailingAddress") if not element.is_empty]
    return physical + [part for part in postal if part not in known]


def _address(element: Element, kind: str) -> Part:
    lines = [element.words(f"Line{number}") for number in range(1, 5)]
    first, *rest = [line for line in lines if line] or [""]
    return filled(
        address_1=first,
        address_2=", ".join(rest),
        city=element.words("City"),
        region=element.words("County"),
        state_province=element.words("State"),
        postal_code=element.words("ZipCode"),
        country=element.words("Country"),
        address_type=kind,
    )


def is_confidential(owner: Element) -> bool:
    """Whether the source keeps the place secret: on the site, or on any of its addresses."""
    return owner.says("Confidential") or any(element.says("Confidential") for element in owner.children if element.tag.endswith("Address"))


def contacts(owner: Element) -> list[Part]:
    """People named in the record. They are never published from a feed. Contacts that only repeat terms are no people."""
    resource = owner.first("ResourceInfo")
    found = [*owner.all("Contact"), *(resource.all("Contact") if resource else [])]
    made = [_contact(element) for element in found if not _FACET.search(element.words("Title"))]
    return [contact for contact in made if contact.keys() - {"title"}]


def _contact(element: Element) -> Part:
    title = element.words("Title")
    return filled(
        name=element.words("Name"),
        title=title if title.casefold() not in _NOTHING else element.attributes.get("Type", ""),
        email=element.words("Email", "Address"),
        phones=phones(element),
    )


def areas(owner: Element) -> list[Part]:
    """The areas served, each named from small to large: "Langley, BC". A country is named only where nothing smaller is known of it."""
    names: dict[str, Part] = {}
    for element in owner.all("GeographicAreaServed"):
        parts = [element.words(tag) for tag in ("Community", "City", "County", "State")]
        words = [part for part in parts if part]
        if len(words) < 2 and element.words("Country"):
            words.append(element.words("Country"))
        codes = [code.text for code in element.all("ZipCode") if code.text]
        name = ", ".join(dict.fromkeys(words))
        if name or codes:
            names[f"{name} {codes}"] = filled(name=name or ", ".join(codes), postal_codes=codes)
    return list(names.values())


def terms(owner: Element) -> list[Part]:
    """Codes of the taxonomy that the feed is indexed with. Codes as `{what:'CAMPS',why:'disability'}` keep their words as name; codes of
    the 211 taxonomy have no name, since its names are not ours to give."""
    codes = dict.fromkeys(code.text for term in owner.all("Taxonomy") for code in term.all("Code") if code.text)
    return [_term(code) for code in codes]


def _term(code: str) -> Part:
    facets = dict(reversed(_FACET.findall(code)))
    if "what" not in facets:
        return {"taxonomy": INDEXING_TERMS, "code": code}
    return {"taxonomy": FACETS, "code": code, "name": facets["what"].replace("\\'", "'")}


def hours_text(service: Element) -> str:
    """Hours in the words of the source: by day where it says so, notes, and the season."""
    lines = []
    for opened in service.all("TimeOpen"):
        lines += [line for line in (_leaves(child) for child in opened.children) if line]
        lines.append(opened.text)
    for season in service.all("Seasonal"):
        span = " to ".join(word for word in (season.words("StartDate"), season.words("EndDate")) if word)
        words = ", ".join(word for word in (season.words("Description"), span) if word)
        lines.append(f"Season: {words}" if words else "")
    return "\n".join(line for line in lines if line)


def _leaves(element: Element) -> str:
    words = " - ".join(found for found in (element.text, *(_leaf_words(child) for child in element.children)) if found)
    return words if not words or element.tag == "Notes" else f"{element.tag}: {words}"


def _leaf_words(element: Element) -> str:
    return " ".join(found for found in (element.text, *(_leaf_words(child) for child in element.children)) if found)


def all_words(owner: Element, *tags: str) -> str:
    """Everything said in the children of these names, a line each; sub-elements are named where there are several."""
    lines = []
    for element in owner.children:
        if element.tag in tags:
            lines += [element.text, *(f"{child.tag}: {words}" for child in element.children if (words := _leaf_words(child)))]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def urls(owner: Element) -> list[Part]:
    found = [filled(label=element.words("Note"), url=element.words("Address")) for element in owner.all("URL")]
    return [url for url in found if "url" in url]


def other_names(owner: Element) -> str:
    names = [element.words("Name") for element in owner.all("AKA") if element.words("Confidential").casefold() != "true"]
    return "; ".join(dict.fromkeys(name for name in names if name))


def verified(owner: Element) -> Part:
    resource = owner.first("ResourceInfo")
    date = resource.attributes.get("DateLastVerified", "") if resource else ""
    date = date or owner.words("DateLastVerified")
    return {"verified_at": date, "verified_how": "source"} if date else {}


def point(owner: Element) -> Part:
    return filled(latitude=owner.words("SpatialLocation", "Latitude"), longitude=owner.words("SpatialLocation", "Longitude"))
