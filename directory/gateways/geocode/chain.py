"""The gazetteer first, then an online service, for street addresses and only when it is allowed."""

import re
from dataclasses import replace
from typing import Protocol

from directory.domain.distance import metres_between
from directory.domain.place import Bias, KnownPlace, PlaceAnswer
from directory.gateways.geocode import Geocoding

_HOUSE_NUMBER = re.compile(r"^\s*(?:(?:unit|suite|apt|#)\s*[\w-]+\s*[,-]\s*)?\d+[A-Za-z]?(?:-\d+)?\s+\S*[^\W\d_]", re.IGNORECASE)
BELIEVED_WITHIN_M = 50_000


class Locator(Protocol):
    """An online service: `OnlineGeocoder`."""

    def locate(self, address: str) -> KnownPlace | None:
        """The place of a street address, or None."""
        ...


def is_street_address(text: str) -> bool:
    """Whether a text begins with a house number and street."""
    return _HOUSE_NUMBER.match(text) is not None


class Chain:
    """`Geocoding` that also knows streets. `visitors_may_go_online`: what people type into a search may leave the machine; else never."""

    def __init__(self, offline: Geocoding, online: Locator, *, visitors_may_go_online: bool = False) -> None:
        self._offline, self._online = offline, online
        self._visitors_may = visitors_may_go_online

    def lookup(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        """What a visitor typed; it stays on this machine unless the setting says otherwise."""
        ask = self.locate_address if self._visitors_may else self._offline.lookup
        return ask(text, bias=bias, limit=limit)

    def locate_address(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        """An address from an import or an editor: its house or street online; what the gazetteer says, when the service knows less or
        puts it far from the postal code or city that the address itself names."""
        answer = self._offline.lookup(text, bias=bias, limit=limit)
        if not is_street_address(text):
            return answer
        found = self._online.locate(text)
        if found is None or (answer.place is not None and not _is_believable(found, answer.place)):
            return answer
        return PlaceAnswer(text, place=self._completed(found, answer.place))

    def areas_of_point(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Ids of the areas that hold a point, from the gazetteer."""
        return self._offline.areas_of_point(latitude, longitude)

    def area_named(self, text: str, *, country: str = "", region: str = "") -> str | None:
        """The id of a served area as a feed names it, from the gazetteer."""
        return self._offline.area_named(text, country=country, region=region)

    def towns_near(self, latitude: float, longitude: float, within_m: float, limit: int = 12) -> tuple[KnownPlace, ...]:
        """Cities and towns around a point, from the gazetteer."""
        return self._offline.towns_near(latitude, longitude, within_m, limit)

    def zone_of(self, latitude: float, longitude: float) -> str:
        """The IANA zone at a point."""
        return self._offline.zone_of(latitude, longitude)

    def _completed(self, found: KnownPlace, known: KnownPlace | None) -> KnownPlace:
        """The online point with the areas, zone and country of where it lies."""
        point = found.point
        areas = self._offline.areas_of_point(point.latitude, point.longitude)
        region = next((area for area in areas if area.count("-") == 1), "")
        country, _, code = region.upper().partition("-")
        return replace(
            found,
            country=known.country if known else country,
            region=known.region if known else code,
            zone=self._offline.zone_of(point.latitude, point.longitude),
            area_ids=areas,
        )


def _is_believable(found: KnownPlace, known: KnownPlace) -> bool:
    metres = metres_between(found.point.latitude, found.point.longitude, known.point.latitude, known.point.longitude)
    return metres <= BELIEVED_WITHIN_M + known.point.radius_m
