"""Taking apart what people put into one cell: coordinates, an address on one line, hours spread over columns, yes and no.

Each function reads plain text and gives back what it is sure of; the words themselves are never thrown away by the caller.
"""

import re
from collections.abc import Callable, Mapping

_DECIMAL = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")
_US_TAIL = re.compile(r"^(?P<rest>.*?)[,\s]+(?P<state>[A-Z]{2})(?:[,\s]+(?P<zip>\d{5}(?:-\d{4})?))?$", re.DOTALL)
_STREET_WORDS = re.compile(
    r"\b(?:st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|pkwy|parkway|pl|place|ct|court|sq|square|hwy|highway|way|alley|"
    r"terrace|circle)\.?(?:\s+(?:#|suite|ste|apt|unit|floor|room|rm)\.?\s*[\w-]+)?\s+(?P<city>[A-Z][A-Za-z.' -]+)$",
    re.IGNORECASE,
)
_LOST_BREAK = re.compile(r"(?:(?<=[a-z]{3})|(?<=\d)|(?<=[a-z]\.))(?=[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*$)")
_UNIT = re.compile(r"^(?:#|suite|ste|apt|unit|floor|room|rm|\d+(?:st|nd|rd|th) floor)\b", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
_YES = {"yes", "y", "true", "t", "1", "x"}
_NO = {"no", "n", "false", "f", "0"}


def point_in(text: str, order: str) -> dict[str, str] | None:
    """The first two numbers in a text ("Geolocation is 42.1, -87.9") as latitude and longitude; `order` is "lat_lon" or "lon_lat".
    None where there are not two, or where they lie on no globe."""
    numbers = _DECIMAL.findall(text)
    if len(numbers) < 2:
        return None
    first, second = numbers[:2]
    latitude, longitude = (first, second) if order == "lat_lon" else (second, first)
    if abs(float(latitude)) > 90 or abs(float(longitude)) > 180:
        return None
    return {"latitude": latitude, "longitude": longitude}


def us_address(text: str) -> dict[str, str]:
    """The parts of an address of the United States on one line: "1 Main St, Ste 2, Springfield, IL 62701".

    The city is what follows the last comma before the state; without one, what follows the street's own word ("Ave", "Blvd") or the place
    where a line break was lost ("Suite 600Chicago"). Where no city can be told apart, all of it stays in `address_1`.
    """
    flat = " ".join(text.split())
    tail = _US_TAIL.match(flat)
    if not tail:
        return {"address_1": flat}
    parts = {"state_province": tail["state"], "postal_code": tail["zip"] or ""}
    rest = tail["rest"].rstrip(", ")
    street, city = _street_and_city(rest)
    lines = [line.strip() for line in street.split(",") if line.strip()]
    if len(lines) > 1 and _UNIT.match(lines[-1]):
        parts["address_2"] = lines.pop()
    parts |= {"address_1": ", ".join(lines), "city": city}
    return {name: value for name, value in parts.items() if value}


def _street_and_city(rest: str) -> tuple[str, str]:
    before, comma, after = rest.rpartition(",")
    lost = _LOST_BREAK.search(after if comma else rest)
    if lost:
        cut = lost.start() + (len(before) + 1 if comma else 0)
        return rest[:cut], rest[cut:].strip()
    if comma and not any(letter.isdigit() for letter in after):
        return before, after.strip()
    named = _STREET_WORDS.search(rest)
    if named and not _UNIT.match(named["city"]):
        return rest[: named.start("city")].strip(), named["city"].strip()
    return rest, ""


def hours_sentence(text: str, opens: str, closes: str) -> str:
    """Hours told over several cells as one text. Opening and closing times are added only where the text does not say them already;
    where it says other times, both are kept and the reader is told that they differ."""
    span = f"{opens} - {closes}" if opens and closes else opens
    if not span:
        return text if not closes else f"{text} (until {closes})".strip()
    if not any(letter.isdigit() for letter in text) or _ordinal_days_only(text):
        return f"{text} {span}".strip()
    told = _clock_times(text)
    if span.casefold() in text.casefold() or all(any(_may_be_same(one, other) for other in told) for one in _clock_times(span)):
        return text
    return f"{text} (also listed: {span})"


def _ordinal_days_only(text: str) -> bool:
    return not re.search(r"\d(?!\d*(?:st|nd|rd|th)\b)", re.sub(r"\d+(?:st|nd|rd|th)\b", "", text))


def _clock_times(text: str) -> set[tuple[int, int, str]]:
    """Times of day on the twelve-hour face with "a", "p" or, half of them being written without, ""."""
    return {(int(hour) % 12, int(minute or 0), half[:1].casefold()) for hour, minute, half in _CLOCK.findall(text)}


def _may_be_same(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[:2] == other[:2] and (one[2] == other[2] or not (one[2] and other[2]))


def yes_or_no(text: str) -> bool | None:
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def number_in(text: str) -> str | None:
    """The first number in a text: "200%" gives "200"."""
    found = re.search(r"-?\d+(?:\.\d+)?", text.replace(",", ""))
    return found.group() if found else None


ADDRESS_STYLES: Mapping[str, Callable[[str], dict[str, str]]] = {"us": us_address}
