"""Served areas as feeds name them: `Cook`, `Cook County, IL`, `Statewide`, `Vancouver, BC`, `Metro Vancouver`, `60614`."""

import re

from directory.domain.areas import area_id, postal_id
from directory.gateways.geocode.reader import GazetteerReader
from directory.gateways.geocode.reading import NameReading, Where, narrowed, read_name, read_postal, tidy

WHOLE_REGION = re.compile(
    r"^(state ?wide|province ?wide|whole (state|province)|entire (state|province)|all (counties|regions)|across the province)\b"
)
WHOLE_COUNTRY = re.compile(r"^(nation ?wide|national|canada ?wide|country ?wide|nationally|across canada)\b")
FILLER = re.compile(
    r"^(the |city of |town of |village of |county of |district of |municipality of |residents of |all of |ville de |région de )+",
    re.IGNORECASE,
)
AFTER = re.compile(r"( residents?| only| area residents| \(.*\))+$", re.IGNORECASE)


def area_named(reader: GazetteerReader, text: str, country: str, region: str) -> str | None:
    """The id of the area that a text names, in or near the country and region given; None when it is not known or could be several.

    Within a region a bare name means its county before its city in the United States (`Cook`, Illinois) unless only the city is known;
    a region's name means the region (`New York` the state), for a program that serves a state says so.
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
    hint = frozenset({Where(country.upper(), region.upper())}) if country else frozenset()
    readings = read_name(words, reader.regions)
    for reading in readings:
        for where in (narrowed(hint, reading.where) if reading.where else hint, reading.where or _country_of(hint), reading.where):
            found = _only(reader, reading, where)
            if found:
                return found
    return None


def _country_of(hint: frozenset[Where]) -> frozenset[Where]:
    return frozenset(Where(where.country) for where in hint)


def _only(reader: GazetteerReader, reading: NameReading, where: frozenset[Where]) -> str | None:
    """The one area of a name in a region or country: of the heaviest kind that has it; None when that kind has several."""
    known = [(area, weight) for area, weight in reader.areas_named(reading.key) if _lies(area, where)]
    heaviest = max((weight for _, weight in known), default=0)
    areas = [area for area, weight in known if weight == heaviest]
    if len(areas) > 1:
        plain = [area for area in areas if area.endswith(_slug_end(reading.key))]
        areas = plain if len(plain) == 1 else areas
    return areas[0] if len(areas) == 1 else None


def _slug_end(key: str) -> str:
    return "-" + key.replace(" ", "-")


def _lies(area: str, where: frozenset[Where]) -> bool:
    return not where or any(area == inside or area.startswith(inside + "-") for inside in (area_id(w.country, w.region) for w in where))
