"""The gazetteer as a geopy geocoder, for whatever expects geopy's interface."""

from collections.abc import Sequence
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location

from directory.domain.place import Bias, KnownPlace, PlaceAnswer
from directory.gateways.geocode.gazetteer import Gazetteer


class OfflineGazetteer(Geocoder):  # type: ignore[misc]  # geopy is not typed
    """geopy's `geocode` over a `Gazetteer`; each `Location.raw` carries kind, radius and areas."""

    def __init__(self, gazetteer: Gazetteer, *, bias: Bias | None = None) -> None:
        super().__init__(user_agent="offline")
        self._gazetteer = gazetteer
        self._bias = bias

    def lookup(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        """What a text means; see `Gazetteer.lookup`."""
        return self._gazetteer.lookup(text, bias=bias or self._bias, limit=limit)

    def areas_of_point(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Ids of the areas that hold a point."""
        return self._gazetteer.areas_of_point(latitude, longitude)

    def area_named(self, text: str, *, country: str = "", region: str = "") -> str | None:
        """The id of a served area as a feed names it."""
        return self._gazetteer.area_named(text, country=country, region=region)

    def towns_near(self, latitude: float, longitude: float, within_m: float, limit: int = 12) -> tuple[KnownPlace, ...]:
        """Cities and towns around a point, the largest first."""
        return self._gazetteer.towns_near(latitude, longitude, within_m, limit)

    def zone_of(self, latitude: float, longitude: float) -> str:
        """The IANA zone at a point; '' on the open sea."""
        return self._gazetteer.zone_of(latitude, longitude)

    def geocode(
        self,
        query: str,
        exactly_one: bool = True,
        *,
        timeout: Any = None,  # noqa: ARG002 - part of geopy's signature
        limit: int = 5,
    ) -> Location | list[Location] | None:
        """geopy's own call. A question (several places) is no place: None with `exactly_one`, else all of them."""
        answer = self.lookup(query, limit=limit)
        if exactly_one:
            return None if answer.place is None else as_location(answer.place)
        places: Sequence[KnownPlace] = (answer.place,) if answer.place else answer.alternatives
        return [as_location(place) for place in places] or None


def as_location(place: KnownPlace) -> Location:
    """A place as geopy has it; `raw` carries kind, radius and areas."""
    point = place.point
    raw = {
        "kind": point.kind.value,
        "radius_m": point.radius_m,
        "country": place.country,
        "region": place.region,
        "zone": place.zone,
        "area_ids": list(place.area_ids),
        "source": place.source,
    }
    return Location(place.name, (point.latitude, point.longitude, 0.0), raw)
