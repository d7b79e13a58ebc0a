"""Where places are: the gazetteer that ships with the directory, and online services that a setting may add."""

from typing import Protocol

from directory.domain.place import Bias, KnownPlace, PlaceAnswer


class Geocoding(Protocol):
    """What the directory asks about places. `OfflineGazetteer` answers it, and so does the chain of it with an online service."""

    def lookup(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        """What a text means: one place, or alternatives to ask about, or near names."""
        ...

    def locate_address(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        """Where an address of an import or an editor is: as `lookup`, and the only question that may go to an online service."""
        ...

    def areas_of_point(self, latitude: float, longitude: float) -> tuple[str, ...]:
        """Ids of the areas that hold a point, smallest first; empty where nothing is known."""
        ...

    def area_named(self, text: str, *, country: str = "", region: str = "") -> str | None:
        """The id of a served area as a feed names it (`Cook County`, `Statewide`); None when not known or not the only one."""
        ...

    def towns_near(self, latitude: float, longitude: float, within_m: float, limit: int = 12) -> tuple[KnownPlace, ...]:
        """Cities and towns whose centre lies within some metres of a point, the largest first."""
        ...

    def zone_of(self, latitude: float, longitude: float) -> str:
        """The IANA zone at a point; '' on the open sea."""
        ...
