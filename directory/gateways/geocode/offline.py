"""The gazetteer that ships with the directory, as a geopy geocoder and as the directory's own `Geocoding`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location

from directory.domain.place import Bias, KnownPlace, PlaceAnswer
from directory.gateways.geocode.database import Progress, ensure_database
from directory.gateways.geocode.lookup import look_up
from directory.gateways.geocode.reader import GazetteerReader
from directory.gateways.geocode.surroundings import areas_of_point, zone_of


class OfflineGazetteer(Geocoder):  # type: ignore[misc]  # geopy is not typed
    """Knows postal areas, cities, regions and nicknames of six countries. Never leaves the machine.

    `lookup` is what the directory calls; `geocode` and `reverse` give the same through geopy's interface, for whatever expects that.
    """

    def __init__(self, database: Path, *, bias: Bias | None = None) -> None:
        super().__init__(scheme="https", user_agent="offline")
        self._reader = GazetteerReader(database)
        self._bias = bias

    def lookup(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        """What a text means: one place, or alternatives to ask about, or near names. `bias` defaults to that of the gazetteer."""
        return look_up(self._reader, text, bias or self._bias, limit)

    def areas_of_point(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Ids of the areas that hold a point, smallest first; see `surroundings`."""
        return areas_of_point(self._reader, latitude, longitude)

    def zone_of(self, latitude: float, longitude: float) -> str:
        """The IANA zone at a point; '' on the open sea."""
        return zone_of(latitude, longitude)

    def geocode(self, query: str, exactly_one: bool = True, *, timeout: Any = None, limit: int = 5) -> Location | list[Location] | None:
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


def open_gazetteer(folder: Path, *, bias: Bias | None = None, progress: Progress | None = None) -> OfflineGazetteer:
    """The gazetteer kept in a data folder, unpacked there first if need be (some seconds, once a release)."""
    return OfflineGazetteer(ensure_database(folder, progress), bias=bias)
