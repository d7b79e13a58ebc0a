"""Where a location is, in which zone and which area: from its own point, else from its address through the gazetteer.

Answers are kept by postal code and by rounded point, so that a large feed asks about each neighbourhood once. A confidential location is
only ever placed in its city: its zone and area are known, its point is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from directory.domain.areas import is_postal
from directory.domain.place import Bias, PlaceAnswer, PointKind
from directory.gateways.geocode import Geocoding

Fields = Mapping[str, Any]

SAME_PLACE_DIGITS = 2
"""Points that agree to this many decimals (about a kilometre) are taken to lie in the same area and zone."""
RADIUS_OF_DECIMALS = {0: 60_000, 1: 8_000, 2: 1_000}
"""How far off a point may be, in metres, that a feed gives with few decimals."""
EXACT_RADIUS_M = 50
CITY_RADIUS_M = 15_000


@dataclass(frozen=True, slots=True)
class LocatedPoint:
    """`latitude` and `longitude` None: only the area and zone are known."""

    latitude: float | None
    longitude: float | None
    point_kind: str | None
    point_radius_m: int | None
    zone: str | None
    area_id: str | None


class Locating(Protocol):
    def locate(self, location: Fields, addresses: Iterable[Fields]) -> LocatedPoint | None:
        """Where a location is; None when nothing is known of it."""

    def area_named(self, name: str) -> str | None:
        """The id of a served area as a feed names it; None when it is not known."""


class GazetteerLocating:
    """Locates through the gazetteer. `vague` are points that a feed gives to many addresses: they stand for a city, not for a door.
    `exact`: street addresses too are asked for, one by one, which is slow and may leave this machine; confidential ones never are."""

    def __init__(self, geocoding: Geocoding, bias: Bias | None, vague: Iterable[str] = (), *, exact: bool = False) -> None:
        self._geocoding = geocoding
        self._bias = bias
        self._vague = frozenset(vague)
        self._exact = exact
        self._around = lru_cache(maxsize=50_000)(self._ask_around)
        self._lookup = lru_cache(maxsize=50_000)(self._ask)
        self.area_named = lru_cache(maxsize=10_000)(self._ask_area)

    def locate(self, location: Fields, addresses: Iterable[Fields]) -> LocatedPoint | None:
        given = [address for address in addresses if address.get("address_type", "physical") == "physical"] or list(addresses)
        latitude, longitude = location.get("latitude"), location.get("longitude")
        if latitude is not None and longitude is not None:
            return self._of_point(location, latitude, longitude)
        if location.get("location_type") == "virtual":
            return None
        for address in given:
            if found := self._of_address(location, address):
                return found
        return None

    def _of_point(self, location: Fields, latitude: float, longitude: float) -> LocatedPoint:
        zone, areas = self._around(round(latitude, SAME_PLACE_DIGITS), round(longitude, SAME_PLACE_DIGITS))
        area = next((area for area in areas if not (location.get("confidential") and is_postal(area))), None)
        kind, radius = _exactness(latitude, longitude)
        if f"{latitude:.5f},{longitude:.5f}" in self._vague:
            kind, radius = PointKind.CITY, CITY_RADIUS_M
        return LocatedPoint(
            latitude,
            longitude,
            location.get("point_kind") or kind.value,
            location.get("point_radius_m") or radius,
            location.get("zone") or zone,
            location.get("area_id") or area,
        )

    def _of_address(self, location: Fields, address: Fields) -> LocatedPoint | None:
        is_hidden = bool(location.get("confidential"))
        postal = "" if is_hidden else str(address.get("postal_code") or "")
        place = None
        if self._exact and not is_hidden and address.get("address_1"):
            place = self._geocoding.locate_address(_one_line(address), bias=self._bias).place
        for text in _questions(postal, address) if place is None else ():
            place = self._lookup(text, str(address.get("country") or "")).place
            if place is not None:
                break
        if place is None:
            return None
        area = place.area_ids[0] if place.area_ids else None
        zone = place.zone or self._around(round(place.point.latitude, 2), round(place.point.longitude, 2))[0]
        if is_hidden:
            return LocatedPoint(None, None, None, None, zone, area)
        return LocatedPoint(place.point.latitude, place.point.longitude, place.point.kind.value, place.point.radius_m, zone, area)

    def _ask(self, text: str, country: str) -> PlaceAnswer:
        here = self._bias if self._bias and country in ("", self._bias.country) else Bias(country=country)
        return self._geocoding.lookup(text, bias=here if here.country else None)

    def _ask_area(self, name: str) -> str | None:
        country, region = (self._bias.country, self._bias.region) if self._bias else ("", "")
        return self._geocoding.area_named(name, country=country, region=region)

    def _ask_around(self, latitude: float, longitude: float) -> tuple[str | None, tuple[str, ...]]:
        return self._geocoding.zone_of(latitude, longitude) or None, self._geocoding.areas_of_point(latitude, longitude)


def _exactness(latitude: float, longitude: float) -> tuple[PointKind, int]:
    decimals = max(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in (latitude, longitude))
    radius = RADIUS_OF_DECIMALS.get(decimals)
    if radius is None:
        return PointKind.ADDRESS, EXACT_RADIUS_M
    return (PointKind.CITY if decimals < 2 else PointKind.NEIGHBOURHOOD), radius


def _one_line(address: Fields) -> str:
    town = " ".join(str(address[name]) for name in ("city", "state_province", "postal_code") if address.get(name))
    return ", ".join(text for text in (str(address["address_1"]), town, str(address.get("country") or "")) if text)


def _questions(postal: str, address: Fields) -> list[str]:
    """What to ask the gazetteer about an address, the most exact first; its country is told apart, as a bias."""
    town = ", ".join(str(address[name]) for name in ("city", "state_province") if address.get(name))
    return [text for text in (postal, town if address.get("city") else "") if text]
