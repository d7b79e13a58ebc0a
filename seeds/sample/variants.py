"""The same thing written another way, as two lists of one town have it: names, streets, postal codes, telephone numbers, points."""

from collections.abc import Callable
from typing import Any

from seeds.sample.draw import Draw
from seeds.sample.organizations import Organization
from seeds.sample.words import EN

SHORTEST = 40
"""A description is cut short only to this many characters or more."""

_SHORTER = (
    ("Community", "Comm."),
    ("Centre", "Ctr"),
    ("Association", "Assoc."),
    ("Services", "Svcs"),
    ("Saint-", "St-"),
    ("Paroisse", "Par."),
    ("United Church", "U.C."),
    ("communautaire", "comm."),
    ("Family", "Fam."),
    ("Housing", "Hsg"),
    (" and ", " & "),
    ("Association", "Ass'n"),
)
_STREETS = (
    ("Street", "St"),
    ("Avenue", "Ave"),
    ("Road", "Rd"),
    ("Drive", "Dr"),
    ("Boulevard", "Blvd"),
    ("Crescent", "Cres."),
    ("Parkway", "Pkwy"),
    ("Lane", "Ln"),
    ("Rue ", "R. "),
    ("Chemin", "Ch."),
)


def _shortened(name: str) -> str:
    return next((name.replace(long, short, 1) for long, short in _SHORTER if long in name), f"{name} Inc.")


def _misspelt(draw: Draw, name: str) -> str:
    """Two neighbouring letters changed, or one left out, past the first word's first letters."""
    place = draw.between(2, len(name) - 3)
    if name[place].isalpha() and name[place + 1].isalpha() and draw.chance(0.5):
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + name[place + 1 :] if name[place].isalpha() else name + "s"


def organization_name(draw: Draw, organization: Organization) -> str:
    """Another writing of a name: in the other language, shortened, misspelt, with the form of law, or with the town."""
    name, other = organization.name[organization.first], organization.name[1 - organization.first]
    ways: list[Callable[[], str]] = [
        lambda: other if other != name else f"{name} (Rivebourg)",
        lambda: _shortened(name),
        lambda: _misspelt(draw, name),
        lambda: f"The {name}" if organization.first == EN else f"{name} inc.",
        lambda: f"{name} of Rivebourg" if organization.first == EN else f"{name} de Rivebourg",
    ]
    return draw.one(ways)()


def address(draw: Draw, found: dict[str, Any]) -> dict[str, Any]:
    """The same address with shorter words, without its unit, or with another writing of the postal code."""
    again = dict(found)
    street = str(again["address_1"])
    again["address_1"] = next((street.replace(long, short, 1) for long, short in _STREETS if long in street), street.upper())
    if draw.chance(0.5):
        again.pop("address_2", None)
    if draw.chance(0.4):
        again["postal_code"] = str(again["postal_code"]).replace(" ", "").lower()
    return again


def point(draw: Draw, latitude: float, longitude: float) -> dict[str, float]:
    """The point some metres off, as another geocoder has it; now and then none."""
    if draw.chance(0.15):
        return {}
    return {
        "latitude": round(latitude + draw.uniform(-0.0004, 0.0004), 6),
        "longitude": round(longitude + draw.uniform(-0.0005, 0.0005), 6),
    }


def phone(draw: Draw, number: str) -> str:
    """The same number as somebody else types it."""
    digits = number.replace("-", "")
    return draw.one((f"({digits[:3]}) {digits[3:6]}-{digits[6:]}", f"{digits[:3]}.{digits[3:6]}.{digits[6:]}", f"1-{number}", number))


_BEGINNINGS = {"en": ("Program: ", "NEW! ", "Ongoing: "), "fr": ("Programme : ", "NOUVEAU! ", "À noter : ")}


def text(draw: Draw, written: str, language: str) -> str:
    """The same description cut short or begun otherwise."""
    sentences = written.split(". ")
    shorter = ". ".join(sentences[:-1]).rstrip(".") + "."
    if len(shorter) >= SHORTEST and draw.chance(0.6):
        return shorter
    return draw.one(_BEGINNINGS[language]) + written
