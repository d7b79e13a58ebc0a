"""Made-up services in any number, spread over real cities, for trying out how the directory does when it is large.

The same words and flaws as in the sample community, without planted duplicates. One organization is made at a time and nothing is kept, so
that a million services take no more memory than ten.
"""

from bisect import bisect
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import Any

from directory.domain.areas import area_id
from directory.services.exchange.records import Record, Where
from seeds.sample.cities import CITIES, City
from seeds.sample.draw import Draw
from seeds.sample.organizations import location_records, make_organization, organization_record
from seeds.sample.services import service_records
from seeds.sample.setting import Spot, Telling
from seeds.sample.words import Pair, common, kinds

SERVICES_PER_SHARED_BUILDING = 60
SHARED_SITES = 0.31
_FILE = "scaled"
_PARTS: tuple[Pair, ...] = (
    ("Downtown", "Centre-ville"),
    ("North End", "Quartier nord"),
    ("South Side", "Quartier sud"),
    ("East Village", "Faubourg est"),
    ("West Park", "Parc-Ouest"),
    ("Riverside", "La Rive"),
    ("Hillcrest", "Côte-Haute"),
    ("Market District", "Quartier du Marché"),
    ("Station Quarter", "Quartier de la Gare"),
    ("Garden Heights", "Hauteurs-Jardin"),
    ("Mill Road", "Chemin du Moulin"),
    ("Harbourfront", "Vieux-Port"),
)
_STREETS = (
    "Main Street",
    "King Street",
    "Queen Street West",
    "Church Street",
    "Park Avenue",
    "Elm Street",
    "Maple Avenue",
    "2nd Avenue",
    "5th Street North",
    "Market Street",
    "Station Road",
    "Mill Road",
    "College Street",
    "Victoria Street",
    "Union Street",
    "Lake Shore Drive",
    "Oak Street",
    "Pine Street",
    "Cedar Lane",
    "Front Street East",
    "Wellington Street",
    "Dundas Street",
    "Broadway",
    "Bridge Street",
    "Hospital Drive",
    "Spruce Crescent",
)
_SPREAD = 0.045
_AMERICAN = {
    "CAD": "USD",
    **dict.fromkeys(("ca_lico", "ca_lico_after_tax", "ca_mbm"), "us_fpl"),
    "ow": "snap",
    "odsp": "ssdi",
}
"""What stands for Canadian currency, lines of income and benefits in the United States."""


class CitySetting:
    """A real city as a setting. Shared buildings are made from their number whenever they are needed."""

    def __init__(self, city: City, seed: int, buildings: int) -> None:
        self.city = city
        self._seed = f"{seed} building {city.name} "
        self._buildings = buildings
        self._area = area_id(city.country, city.region, city.name)
        self._region_area = area_id(city.country, city.region)
        here = (city.name, city.name)
        words = {**common().name_words, "place": (here, *_PARTS)}
        is_canadian = city.country == "CA"
        self._telling = Telling(
            words,
            bilingual=is_canadian,
            french=0.9 if city.region == "QC" else None,
            currency="CAD" if is_canadian else "USD",
            local=_local(city),
            codes={
                "{city}": self._area,
                "{county}": self._area,
                "{around}": (),
                "{province}": self._region_area,
                **({} if is_canadian else _AMERICAN),
            },
        )

    @property
    def telling(self) -> Telling:
        return self._telling

    def phone(self, draw: Draw) -> str:
        return f"{self.city.telephone}-555-01{int(draw.random() * 100):02}"

    def spot(self, draw: Draw) -> Spot:
        if draw.random() >= SHARED_SITES:
            return self._spot(draw)
        number = draw.between(1, self._buildings)
        building = Draw(f"{self._seed}{number}")
        spot = self._spot(building)
        name = (f"{spot.part[0]} Community Hub {number}", f"Carrefour communautaire {spot.part[1]} {number}")
        return Spot(spot.address, spot.latitude, spot.longitude, spot.zone, spot.area_id, spot.part, name, self.phone(building))

    def served(self, draw: Draw, spot: Spot | None) -> list[dict[str, Any]]:
        if spot is None or draw.random() < 0.2:
            return [{"name": self.city.region, "area_id": self._region_area}]
        return [{"name": self.city.name, "area_id": self._area}]

    def _spot(self, draw: Draw) -> Spot:
        city = self.city
        address = {
            "address_1": f"{draw.between(1, 4900)} {draw.one(_STREETS)}",
            "city": city.name,
            "state_province": city.region,
            "postal_code": f"{city.postal} 9X{draw.between(1, 9)}" if city.country == "CA" else city.postal,
            "country": city.country,
            "address_type": "physical",
        }
        latitude = round(city.latitude + (draw.random() + draw.random() - 1) * _SPREAD * 2, 6)
        longitude = round(city.longitude + (draw.random() + draw.random() - 1) * _SPREAD * 3, 6)
        return Spot(address, latitude, longitude, city.zone, self._area, draw.one(_PARTS))


def _local(city: City) -> tuple[tuple[str, str], ...]:
    """What stands for the words of the sample community."""
    return (
        ("Rivebourg", city.name),
        ("Canal County", f"{city.name} County"),
        ("Ontario Works", "Income Support"),
        ("Ontario au travail", "Aide au revenu"),
    )


def scaled_records(services: int, seed: int, today: date) -> Iterator[Record]:
    """Exactly so many services with their organizations and locations, each organization right before its own. The same seed and date give
    the same records; a larger number begins with other ones."""
    draw = Draw(f"{seed} scaled")
    settings, weights = _settings(seed, services), list(accumulate(city.people for city in CITIES))
    sorts = kinds()
    shares = list(accumulate(kind.count for kind in sorts))
    line = made = 0
    while made < services:
        setting = settings[bisect(weights, draw.random() * weights[-1])]
        kind = sorts[bisect(shares, draw.random() * shares[-1])]
        organization = make_organization(draw, setting, kind, draw.between(0, 9))
        line += 1
        yield Record("organization", organization_record(draw, organization, today), Where(_FILE, line))
        for data in location_records(draw, organization, today):
            line += 1
            yield Record("location", data, Where(_FILE, line))
        for data in service_records(draw, setting, organization, today):
            if made == services:
                return
            line, made = line + 1, made + 1
            yield Record("service", data, Where(_FILE, line))


def _settings(seed: int, services: int) -> list[CitySetting]:
    """More shared buildings the more services there are, so that no address gathers a thousand agencies."""
    people = sum(city.people for city in CITIES)
    return [CitySetting(city, seed, max(6, services * city.people // people // SERVICES_PER_SHARED_BUILDING)) for city in CITIES]
