"""Numbers in the reader's words: distances, counts, money, ages."""

from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency, format_decimal

from directory.web.here import community
from directory.web.languages import locale

KM_PER_MILE = 1.609344
_IN_MILES = frozenset({"US", "GB", "LR", "MM"})
"""Countries whose roads are signed in miles (Unicode CLDR, supplemental data, measurementSystem and its road usage)."""

_NEARER_THAN_KM = 0.95


def in_miles() -> bool:
    """Whether people of this community tell distances in miles."""
    return community().country.upper() in _IN_MILES


def distance_words(kilometres: float) -> str:
    """A straight-line distance as the community's country tells it, no more exact than it is: "350 m", "1.4 km", "12 km"; "0.2 mi"."""
    if in_miles():
        return _miles(kilometres / KM_PER_MILE)
    if kilometres < _NEARER_THAN_KM:
        return f"{number(max(50, round(kilometres * 20) * 50))} m"
    if kilometres < 10:
        return f"{_one_decimal(kilometres)} km"
    return f"{number(round(kilometres))} km"


def radius_words(kilometres: float) -> str:
    """A distance that somebody chose, as it was chosen: "25 km", "1.5 km", "10 mi"."""
    if in_miles():
        return f"{number(round(kilometres / KM_PER_MILE, 1))} mi"
    return f"{number(kilometres)} km" if kilometres >= 1 else f"{number(round(kilometres * 1000))} m"


def _miles(miles: float) -> str:
    if miles < 10:
        return f"{_one_decimal(max(0.1, miles))} mi"
    return f"{number(round(miles))} mi"


def _one_decimal(value: float) -> str:
    return str(format_decimal(round(value, 1), format="0.0", locale=locale()))


def number(value: float) -> str:
    """A number with the separators of the reader's language."""
    return _number(value, locale())


@lru_cache(maxsize=4096)
def _number(value: float, reader: Locale) -> str:
    return format_decimal(value, locale=reader)


def money(amount: float, currency: str) -> str:
    """An amount in a currency (ISO 4217); the bare number when the currency is not known."""
    return format_currency(amount, currency, locale=locale()) if currency else number(amount)
