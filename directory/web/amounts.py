"""Numbers in the reader's words: distances, counts, money, ages."""

from babel.numbers import format_currency, format_decimal

from directory.web.languages import locale

_NEARER_THAN_KM = 0.95


def distance_words(kilometres: float) -> str:
    """A straight-line distance, no more exact than it is: "350 m", "1.4 km", "12 km"."""
    if kilometres < _NEARER_THAN_KM:
        return f"{number(max(50, round(kilometres * 20) * 50))} m"
    if kilometres < 10:
        return f"{format_decimal(round(kilometres, 1), format='0.0', locale=locale())} km"
    return f"{number(round(kilometres))} km"


def number(value: float) -> str:
    """A number with the separators of the reader's language."""
    return format_decimal(value, locale=locale())


def money(amount: float, currency: str) -> str:
    """An amount in a currency (ISO 4217); the bare number when the currency is not known."""
    return format_currency(amount, currency, locale=locale()) if currency else number(amount)
