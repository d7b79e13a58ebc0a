"""The gazetteer that ships with the directory: places without a network. `offline.py` gives the same as a geopy geocoder."""

from pathlib import Path

from directory.domain.place import Bias, KnownPlace, PlaceAnswer
from directory.gateways.geocode.area_names import area_named
from directory.gateways.geocode.database import Progress, ensure_database
from directory.gateways.geocode.lookup import look_up
from directory.gateways.geocode.reader import GazetteerReader
from directory.gateways.geocode.surroundings import areas_of_point, towns_near, zone_of


class Gazetteer:
    """Knows postal areas, cities, regions and nicknames of six countries. Never leaves the machine. Safe to share between threads."""

    def __init__(self, database: Path, *, bias: Bias | None = None) -> None:
        self._reader = GazetteerReader(database)
        self._bias = bias

    def lookup(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        """What a text means: one place, or alternatives to ask about, or near names. `bias` defaults to that of the gazetteer."""
        return look_up(self._reader, text, bias or self._bias, limit)

    def locate_address(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        """Where an address is, as far as its postal code or city says."""
        return self.lookup(text, bias=bias, limit=limit)

    def areas_of_point(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Ids of the areas that hold a point, smallest first; empty where no known place is near. See `surroundings`."""
        return areas_of_point(self._reader, latitude, longitude)

    def area_named(self, text: str, *, country: str = "", region: str = "") -> str | None:
        """The id of a served area as a feed names it: `Cook County`, `Statewide`, `Metro Vancouver`. See `area_names`."""
        return area_named(self._reader, text, country or (self._bias.country if self._bias else ""), region)

    def towns_near(self, latitude: float, longitude: float, within_m: float, limit: int = 12) -> tuple[KnownPlace, ...]:
        """Cities and towns whose centre lies within some metres of a point, the largest first."""
        return towns_near(self._reader, latitude, longitude, within_m, limit)

    def zone_of(self, latitude: float, longitude: float) -> str:
        """The IANA zone at a point; '' on the open sea."""
        return zone_of(latitude, longitude)


def open_gazetteer(folder: Path, *, bias: Bias | None = None, progress: Progress | None = None) -> Gazetteer:
    """The gazetteer kept in a data folder, unpacked there first if need be (some seconds, once a release)."""
    return Gazetteer(ensure_database(folder, progress), bias=bias)
