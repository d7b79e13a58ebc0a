"""Numbers as people say them, in English, French and Spanish: "about 30", "under 25k", "25-35", "60+", "18 months".

Each becomes the form that facts are told in (`person`): `25..35`, `..25000`, `60..`. What is no number stays as it was written, for whoever
reads it next to refuse it in words.
"""

import re

ABOUT_YEARS = 5
"""How far an age that is told with *about* may be off on either side."""

_ABOUT = re.compile(
    r"^(?:about|around|approx\.?|roughly|~|environ|vers|à peu près|a peu pres|cerca de|unos|unas|alrededor de)\s*", re.IGNORECASE
)
_UNDER = re.compile(
    r"^(?:under|below|less than|at most|up to|max\.?|<=?|moins de|sous|jusqu'à|jusqu’à|au plus|menos de|hasta|como mucho)\s*", re.IGNORECASE
)
_OVER = re.compile(r"^(?:over|above|more than|at least|from|min\.?|>=?|plus de|au moins|dès|más de|al menos|desde)\s*", re.IGNORECASE)
_SPAN = re.compile(r"^(?P<low>\d+(?:\.\d+)?)\s*(?:-|–|—|to|à|a|y|and|et|\.\.)\s*(?P<high>\d+(?:\.\d+)?)$", re.IGNORECASE)
_UNIT = re.compile(r"\s*(?:years?(?: old)?|yrs?|ans?|años?|anos?|\$|€|£|usd|cad)\s*", re.IGNORECASE)
_MONTHS = re.compile(r"^(?P<number>\d{1,3})\s*(?:months?|mois|meses|mes)\b", re.IGNORECASE)
_THOUSAND = re.compile(r"^(?P<number>\d+(?:\.\d+)?)\s*k$", re.IGNORECASE)
_GROUPED = re.compile(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}\b)")
_LONGEST = 60


def plain_number(text: str, *, is_age: bool = False) -> str:
    """One number or span, as `person.read_words` reads it."""
    written = " ".join(text[:_LONGEST].split()).strip()
    months = _MONTHS.match(written)
    if months is not None and is_age:
        return f"{int(months['number']) / 12:.2f}".rstrip("0").rstrip(".")
    written = _GROUPED.sub("", written)
    about, under, over = (pattern.match(written) for pattern in (_ABOUT, _UNDER, _OVER))
    for found in (about, under, over):
        written = written[found.end() :] if found else written
    written = _UNIT.sub("", written)
    is_open = written.endswith("+")
    span = _SPAN.match(written.rstrip("+"))
    if span is not None:
        return f"{span['low']}..{span['high']}"
    number = _thousands(written.rstrip("+").strip())
    if about and is_age and number.isdigit():
        return f"{max(0, int(number) - ABOUT_YEARS)}..{int(number) + ABOUT_YEARS}"
    if under:
        return f"..{number}"
    return f"{number}.." if over or is_open else number


def _thousands(written: str) -> str:
    found = _THOUSAND.match(written)
    return f"{float(found['number']) * 1_000:.0f}" if found else written
