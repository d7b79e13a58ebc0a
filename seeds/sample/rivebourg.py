"""Rivebourg as a setting: sites in its parts or in shared buildings, telephone numbers kept for fiction, areas that services serve."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from seeds.sample import place
from seeds.sample.draw import Draw
from seeds.sample.setting import Code, Spot, Telling
from seeds.sample.words import common

SHARED_SITES = 0.31
"""Share of sites that stand in a building with other agencies, as in real directories."""
IN_TOWNSHIPS = 0.17


class Rivebourg:
    """The sample community, drawn from one stream of chance so that its numbers and buildings are always the same."""

    def __init__(self, draw: Draw) -> None:
        numbers = [f"{code}-555-01{last:02}" for code in place.AREA_CODES for last in range(100)]
        self._numbers = draw.sample(numbers[:300], 300) + draw.sample(numbers[300:], 200)
        self._given = 0
        self._hubs = [self._hub(draw, *hub) for hub in place.HUBS]

    @cached_property
    def telling(self) -> Telling:
        return Telling(common().name_words, codes=_CODES)

    def phone(self, draw: Draw) -> str:
        """The next number nobody has; when all are given out, any again."""
        self._given += 1
        return self._numbers[self._given - 1] if self._given <= len(self._numbers) else draw.one(self._numbers)

    def spot(self, draw: Draw) -> Spot:
        if draw.chance(SHARED_SITES):
            return self._in_hub(draw)
        parts = place.TOWNSHIPS if draw.chance(IN_TOWNSHIPS) else place.NEIGHBOURHOODS
        part = draw.one(parts)
        return self._spot(draw, part, f"{draw.between(2, 1400)} {draw.one(part.streets)}")

    def served(self, draw: Draw, spot: Spot | None) -> list[dict[str, Any]]:
        kind = draw.random()
        if spot is None:
            return [_named("Ontario", place.PROVINCE_AREA)] if kind < 0.75 else [_named(*_COUNTY)]
        if kind < 0.42:
            return [_named("City of Rivebourg", place.CITY_AREA)]
        if kind < 0.62:
            return [_named(*_COUNTY)]
        if kind < 0.74:
            return [_named(spot.part[0], spot.area_id)]
        if kind < 0.84:
            return [_named(part.name[0], part.area_id) for part in draw.some(place.PARTS, draw.between(2, 4))]
        if kind < 0.90:
            return [{"name": "Postal codes starting with K4K", "postal_codes": ["K4K"]}]
        if kind < 0.94:
            return [{"name": "Within about two kilometres", "extent": json.dumps(_within(spot)), "extent_type": "geojson"}]
        return [{"name": draw.one(("East of the canal", "Downtown and the north end", "Our parish and its neighbours"))}]

    def _hub(self, draw: Draw, name: tuple[str, str], part: int, street: str) -> Spot:
        spot = self._spot(draw, place.PARTS[part], street)
        return Spot(spot.address, spot.latitude, spot.longitude, spot.zone, spot.area_id, spot.part, hub=name, hub_phone=self.phone(draw))

    def _in_hub(self, draw: Draw) -> Spot:
        hub = draw.one(self._hubs)
        address = dict(hub.address)
        if draw.chance(0.6):
            address["address_2"] = f"{draw.one(('Suite', 'Unit', 'Room'))} {draw.between(1, 4)}{draw.between(0, 1)}{draw.between(1, 9)}"
        return Spot(address, hub.latitude, hub.longitude, hub.zone, hub.area_id, hub.part, hub.hub, hub.hub_phone)

    def _spot(self, draw: Draw, part: place.Part, street: str) -> Spot:
        west, south, east, north = part.inside
        address = {
            "address_1": street,
            "city": part.town,
            "state_province": place.REGION,
            "postal_code": f"{part.fsa} 9{draw.one('XZ')}{draw.between(1, 9)}",
            "country": place.COUNTRY,
            "address_type": "physical",
        }
        latitude, longitude = round(draw.uniform(south, north), 6), round(draw.uniform(west, east), 6)
        return Spot(address, latitude, longitude, place.ZONE, part.area_id, part.name)


_CODES: Mapping[str, Code] = {
    "{city}": place.CITY_AREA,
    "{county}": place.COUNTY_AREA,
    "{around}": tuple(part.area_id for part in place.TOWNSHIPS),
    "{province}": place.PROVINCE_AREA,
}
_COUNTY = (place.COUNTY_NAME[0], place.COUNTY_AREA)


def _named(name: str, area: str) -> dict[str, Any]:
    return {"name": name, "area_id": area}


def _within(spot: Spot) -> dict[str, Any]:
    """About two kilometres around."""
    west, east = round(spot.longitude - 0.026, 5), round(spot.longitude + 0.026, 5)
    south, north = round(spot.latitude - 0.018, 5), round(spot.latitude + 0.018, 5)
    return place.polygon(((west, south), (east, south), (east, north), (west, north), (west, south)))
