"""Reading of numbers, yes and no, coordinates, codes and choices."""

import math
import re
from collections.abc import Mapping
from typing import Any

from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.texts import NOTHING, short

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$|-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$")
_YES = frozenset({"true", "yes", "y", "1", "t", "oui", "si", "sí"})
_NO = frozenset({"false", "no", "n", "0", "f", "non"})

_CURRENCY_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD
XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CURRENCY_CODES.split())
"""ISO 4217."""

COUNTRIES = {
    "usa": "US", "u.s.a.": "US", "u.s.": "US", "united states": "US", "united states of america": "US", "canada": "CA", "can": "CA",
    "united kingdom": "GB", "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "gbr": "GB", "mexico": "MX", "méxico": "MX", "ireland": "IE", "australia": "AU", "new zealand": "NZ", "puerto rico": "PR",
}  # fmt: skip


def number(value: Any, notes: Notes) -> float | None:
    """A finite number, else None with a note."""
    if isinstance(value, bool):
        value = str(value)
    if isinstance(value, int | float):
        if isinstance(value, int) and abs(value) < 1 << 53:
            return value
        if isinstance(value, float) and math.isfinite(value):
            return value
        notes.repaired("It is no finite number; it was left out.")
        return None
    if value is None:
        return None
    text = str(value).strip()
    if text.lower() in NOTHING:
        return None
    if _NUMBER.match(text):
        found = float(text.replace(",", ""))
        if not math.isfinite(found):
            notes.repaired("It is no finite number; it was left out.")
            return None
        return int(found) if found.is_integer() and abs(found) < 1 << 53 else found
    notes.repaired(f"{text[:40]!r} is no number; it was left out.")
    return None


def _between(value: Any, notes: Notes, lowest: float, highest: float, what: str) -> float | None:
    found = number(value, notes)
    if found is None or lowest <= found <= highest:
        return found
    notes.repaired(f"{what} lies between {lowest:g} and {highest:g}; {found:g} was left out.")
    return None


def latitude(value: Any, notes: Notes) -> float | None:
    return _between(value, notes, -90, 90, "A latitude")


def longitude(value: Any, notes: Notes) -> float | None:
    return _between(value, notes, -180, 180, "A longitude")


def age(value: Any, notes: Notes) -> float | None:
    return _between(value, notes, 0, 150, "An age in years")


def year(value: Any, notes: Notes) -> int | None:
    found = _between(value, notes, 1000, 2200, "A year")
    return None if found is None else int(found)


def whole(value: Any, notes: Notes) -> int | None:
    """A whole number from 0."""
    found = _between(value, notes, 0, 1_000_000_000, "A count")
    if found is None or float(found).is_integer():
        return None if found is None else int(found)
    notes.repaired(f"A count is a whole number; {found:g} was left out.")
    return None


def amount(value: Any, notes: Notes) -> float | None:
    """An amount of money, without the sign of the currency."""
    if isinstance(value, str):
        value = value.strip().lstrip("$£€").strip()
    return _between(value, notes, 0, 9_999_999_999, "An amount")


def share(value: Any, notes: Notes) -> float | None:
    return _between(value, notes, 0, 1, "A confidence")


def offset_hours(value: Any, notes: Notes) -> float | None:
    """HSDS `timezone`: hours from UTC. An IANA name belongs elsewhere and is dropped here without a word."""
    if isinstance(value, str) and "/" in value:
        return None
    return _between(value, notes, -14, 14, "An offset from UTC in hours")


def yes_or_no(value: Any, notes: Notes) -> bool | None:
    if isinstance(value, bool):
        return value
    if value is None:
        return None
    text = str(value).strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    if text not in NOTHING:
        notes.repaired(f"{text[:40]!r} is neither yes nor no; it was left out.")
    return None


def currency(value: Any, notes: Notes) -> str | None:
    text = short(value, notes)
    if text is None:
        return None
    code = text.upper()
    if code in CURRENCIES:
        return code
    notes.repaired(f"{text[:20]!r} is no currency code; write it as CAD or USD (ISO 4217). It was left out.")
    return None


def country(value: Any, notes: Notes) -> str | None:
    """A country as two letters (ISO 3166)."""
    if value.__class__ is str and len(value) == 2 and value.isalpha() and value.isascii():
        code: str = value.upper()
        return "GB" if code == "UK" else code
    text = short(value, notes)
    if text is None:
        return None
    found = COUNTRIES.get(text.lower())
    if found is None:
        notes.repaired(f"{text[:40]!r} is no country code; write it as CA or US (ISO 3166). It was left out.")
    return found


def choice(value: Any, notes: Notes, allowed: Mapping[str, str]) -> str | None:
    """One of a few words, however it is written; None with a note for any other."""
    if value.__class__ is str and value in allowed:
        return allowed[value]
    text = short(value, notes)
    if text is None:
        return None
    found = allowed.get(text.lower().replace("_", " ").replace("-", " ").strip()) or allowed.get(text.lower())
    if found is None:
        words = ", ".join(dict.fromkeys(allowed.values()))
        notes.repaired(f"{text[:40]!r} is not one of: {words}. It was left out.")
    elif found != text:
        notes.repaired(f"{text[:40]!r} was read as {found!r}.")
    return found
