"""Stable names of areas: `ca`, `ca-on`, `ca-on-ottawa`; the same words always give the same id, whoever asks.

The scheme (country by ISO 3166-1 alpha-2, region by the second half of ISO 3166-2, lower case):

==========================  =================================  =====================
country                     `ca`
region                      `ca-on`                            province, state, nation
city                        `ca-on-ottawa`                     inside its region
United States county        `us-pa-county-philadelphia`        or parish, borough
region of several cities    `ca-bc-district-metro-vancouver`   named by hand
postal area                 `us-zip-19104`, `ca-fsa-k1a`, `gb-outcode-bt1`
==========================  =================================  =====================

An id says which country and region it lies in; not which town, since names begin alike: `ca-on-richmond-hill` is no part of
`ca-on-richmond`. What lies in towns and districts, and a postal area's region, stands in tables (`AreaTree`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

COUNTY = "county"
DISTRICT = "district"
POSTAL_WORDS = {"us": "zip", "ca": "fsa", "gb": "outcode"}
_NO_DECOMPOSITION = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "Œ": "OE", "ß": "ss", "ʻ": "", "’": "", "'": ""}
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_COUNTY_WORDS = re.compile(r"\s+(county|parish|borough|census area|municipality|municipio|city and borough|district)$", re.IGNORECASE)


def fold(text: str) -> str:
    """Letters without accents or apostrophes, lower case: `Trois-Rivières` -> `trois-rivieres`."""
    plain = unicodedata.normalize("NFKD", text.translate(_NO_DECOMPOSITION))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def slug(text: str) -> str:
    """The part of an area id that a name gives: `Trois-Rivières` -> `trois-rivieres`, `St. John's` -> `st-johns`."""
    return _NOT_WORD.sub("-", fold(text)).strip("-")


def area_id(country: str, region: str = "", *names: str) -> str:
    """The id of a country, a region of it, or a named area in it; '' where the country is not known.

    >>> area_id("CA", "ON", "Ottawa")
    'ca-on-ottawa'
    """
    parts = [slug(part) for part in (country, region, *names)]
    return "" if not parts[0] else "-".join(part for part in parts if part)


def city_id(country: str, region: str, name: str) -> str:
    """The id of a city or other place; one whose name begins with `County` or `District` is kept apart from those by `the`."""
    plain = slug(name)
    return area_id(country, region, f"the-{plain}" if plain.split("-")[0] in (COUNTY, DISTRICT) else plain)


def county_id(region: str, county: str) -> str:
    """The id of a county (parish, borough) of the United States: `("PA", "Philadelphia County")` -> `us-pa-county-philadelphia`."""
    return area_id("us", region, COUNTY, county_name(county))


def county_name(county: str) -> str:
    """The name without the word for what it is: `Cook County` -> `Cook`; `Fairfax City` stays, to differ from the county."""
    return _COUNTY_WORDS.sub("", county.strip())


def district_id(country: str, region: str, name: str) -> str:
    """The id of a region of several cities, such as Metro Vancouver."""
    return area_id(country, region, DISTRICT, name)


def postal_id(country: str, code: str) -> str:
    """The id of a postal area: a ZIP of five digits, the first three signs of a Canadian code, a British outcode."""
    word = POSTAL_WORDS.get(country.lower(), "postal")
    return f"{country.lower()}-{word}-{slug(code)}"


def is_postal(area: str) -> bool:
    """Whether an id is that of a postal area."""
    parts = area.split("-")
    return len(parts) == 3 and parts[1] in {*POSTAL_WORDS.values(), "postal"}


def ancestors(area: str) -> tuple[str, ...]:
    """The areas that hold an area, as far as its id says, nearest first: `ca-on-ottawa` -> `ca-on`, `ca`.

    A postal area's id names its country only. Regions are the only middle step: `us-pa-county-philadelphia` -> `us-pa`, `us`.
    """
    parts = area.split("-")
    if len(parts) == 1:
        return ()
    country = parts[0]
    if len(parts) == 2 or is_postal(area):
        return (country,)
    return (f"{country}-{parts[1]}", country)


def holds_by_id(area: str) -> bool:
    """Whether whatever id begins with this one lies in it: of countries and regions that is so."""
    return len(area.split("-")) <= 2


class AreaTree:
    """Which areas lie in which: by what their ids say, and by `parents`: id -> the area in which it lies, where that is kept."""

    def __init__(self, parents: Mapping[str, str] | None = None) -> None:
        self._parents = parents or {}
        self._known: dict[str, frozenset[str]] = {}

    def wholes(self, area: str) -> frozenset[str]:
        """All areas that hold this one."""
        if area not in self._known:
            found: set[str] = set()
            step: str | None = area
            while step is not None and step not in found:
                found.update((step, *ancestors(step)))
                step = self._parents.get(step)
            self._known[area] = frozenset(found - {area})
        return self._known[area]

    def lies_in(self, area: str, whole: str) -> bool:
        """Whether an area is another one ("" all) or lies in it."""
        return not whole or area == whole or whole in self.wholes(area)


def with_ancestors(*areas: str) -> tuple[str, ...]:
    """Areas and everything that holds them, each once, smallest first (see `smallest_first`)."""
    given = [area for area in areas if area]
    return smallest_first([*given, *(ancestor for area in given for ancestor in ancestors(area))])


def smallest_first(areas: Iterable[str]) -> tuple[str, ...]:
    """Areas each once: postal areas, then cities and their parts, counties, regions of cities, regions, countries; else as given."""
    return tuple(sorted(dict.fromkeys(areas), key=_size))


def is_county(area: str) -> bool:
    """Whether an id is that of a county of the United States."""
    return area.split("-")[2:3] == [COUNTY]


def words_of(area: str) -> str:
    """What an id says of its name, where no better one is known: `us-ca-county-san-mateo` -> `San Mateo County`, `ca-fsa-k1a` -> `K1A`."""
    parts = area.split("-")
    if is_postal(area) or len(parts) < 3:
        return parts[-1].upper()
    kind = parts[2] if parts[2] in (COUNTY, DISTRICT, "the") and len(parts) > 3 else ""
    name = " ".join(word.capitalize() for word in parts[3 if kind else 2 :])
    return f"{name} County" if kind == COUNTY else name


def _size(area: str) -> int:
    parts = area.split("-")
    if is_postal(area):
        return 0
    if len(parts) < 3:
        return 6 - len(parts)
    return {COUNTY: 2, DISTRICT: 3}.get(parts[2], 1)
