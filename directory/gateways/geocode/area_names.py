"""Served areas as feeds name them: `Cook`, `Cook County, IL`, `Statewide`, `Vancouver, BC`, `Metro Vancouver`, `60614`."""

import re

from directory.domain.areas import area_id, postal_id
from directory.gateways.geocode.reader import GazetteerReader, NamedArea
from directory.gateways.geocode.reading import Where, narrowed, read_name, read_postal, tidy

CITY, COUNTY = 1, 2  # weights
LARGE_CITY = 100_000
WHOLE_REGION = re.compile(
    r"^(state[ -]?wide|province[ -]?wide|whole (state|province)|entire (state|province)|all (counties|regions)|across the province)\b"
)
WHOLE_COUNTRY = re.compile(r"^(nation[ -]?wide|national|canada[ -]?wide|country[ -]?wide|nationally|across canada)\b")
FILLER = re.compile(
    r"^(the |city of |town of |village of |county of |district of |municipality of |residents of |all of |ville de |région de )+",
    re.IGNORECASE,
)
AFTER = re.compile(r"( residents?| only| area residents| \(.*\))+$", re.IGNORECASE)


def area_named(reader: GazetteerReader, text: str, country: str, region: str) -> str | None:
    """The id of the area that a text names, in or near the country and region given; None when it is not known or could be several.

    A name that several kinds of area bear means the widest: a program that serves a state says so, and nobody served is left out
    (`New York` the state, `Philadelphia` the county). To be told a county apart from its city, a feed says `County`.
    """
    words = tidy(AFTER.sub("", FILLER.sub("", tidy(text))))
    plain = words.lower()
    if WHOLE_REGION.match(plain):
        return area_id(country, region) if country and region else None
    if WHOLE_COUNTRY.match(plain):
        return "ca" if "canada" in plain else area_id(country) or None
    if not words:
        return None
    return _postal(reader, words) or _coded(reader, words, country) or _named(reader, words, country, region)


def _postal(reader: GazetteerReader, words: str) -> str | None:
    for reading in read_postal(words):
        if not reading.rest and reader.postal(reading.code, reading.country):
            return postal_id(reading.country, reading.code)
    return None


def _coded(reader: GazetteerReader, words: str, country: str) -> str | None:
    """A bare region or country code in capitals: `IL`, `BC`."""
    if not words.isupper():
        return None
    meanings = reader.regions.codes.get(words.replace(".", ""), frozenset())
    home = [where for where in meanings if where.country == country.upper() and where.region]
    chosen = home if len(home) == 1 else list(meanings) if len(meanings) == 1 else []
    return area_id(chosen[0].country, chosen[0].region) if chosen else None


def _named(reader: GazetteerReader, words: str, country: str, region: str) -> str | None:
    """Looked for in the region given, then in its country, or anywhere when nothing is given; a list of names is no name."""
    hint = frozenset({Where(country.upper(), region.upper())}) if country else frozenset()
    for reading in read_name(words, reader.regions):
        if reading.inner:
            return None
        for where in _where_to_look(hint, reading.where):
            known = [area for area in reader.areas_named(reading.key) if _lies(area.area, where)]
            if known:
                return _only(known, reading.key)
    return None


def _where_to_look(hint: frozenset[Where], said: frozenset[Where]) -> list[frozenset[Where]]:
    """What the text says, closest to the hint first; else the hint and its country."""
    if said:
        both = narrowed(said, hint)
        return [both, said] if both else [said]
    return [hint, frozenset(Where(where.country) for where in hint)]


def _only(known: list[NamedArea], key: str) -> str | None:
    """The one area meant: the widest kind that bears the name, when it holds the narrower ones, so that nobody served is left out.

    A county that does not hold the city of its name (St. Louis) leaves the question open, unless the city is large: then the city.
    """
    heaviest = max(area.weight for area in known)
    widest = _plain([area for area in known if area.weight == heaviest], key)
    if len(widest) != 1:
        return None
    cities = _plain([area for area in known if area.weight == CITY], key)
    if heaviest != COUNTY or not cities or any(city.county == widest[0].area for city in cities):
        return widest[0].area
    large = [city for city in cities if city.people >= LARGE_CITY]
    return large[0].area if len(large) == 1 else None


def _plain(areas: list[NamedArea], key: str) -> list[NamedArea]:
    """Of several, the one whose id is just the name, if there is one."""
    plain = [area for area in areas if area.area.endswith("-" + key.replace(" ", "-"))]
    return plain if len(areas) > 1 and len(plain) == 1 else areas


def _lies(area: str, where: frozenset[Where]) -> bool:
    return not where or any(area == inside or area.startswith(inside + "-") for inside in (area_id(w.country, w.region) for w in where))
