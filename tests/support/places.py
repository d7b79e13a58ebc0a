"""A gazetteer of a few places, for tests that need a place and not a world."""

from directory.domain.distance import metres_between
from directory.domain.place import Bias, KnownPlace, PlaceAnswer, Point, PointKind

WEST_PHILADELPHIA = KnownPlace(
    "19104", Point(39.9612, -75.1995, PointKind.POSTAL_CODE, 2500), "US", "PA", "America/New_York", ("us-zip-19104", "us-pa", "us"), "tests"
)
PORTLAND_OREGON = KnownPlace(
    "Portland, OR", Point(45.5234, -122.6762, PointKind.CITY, 15000), "US", "OR", "America/Los_Angeles", ("us-or", "us")
)
PORTLAND_MAINE = KnownPlace("Portland, ME", Point(43.6591, -70.2568, PointKind.CITY, 9000), "US", "ME", "America/New_York", ("us-me", "us"))
OTTAWA = KnownPlace(
    "Ottawa", Point(45.4215, -75.6972, PointKind.CITY, 20000), "CA", "ON", "America/Toronto", ("ca-on-ottawa", "ca-on", "ca")
)

_KNOWN = {
    "19104": WEST_PHILADELPHIA,
    "ottawa": OTTAWA,
    "ottawa, on": OTTAWA,
    "portland, or": PORTLAND_OREGON,
    "portland, me": PORTLAND_MAINE,
}


class FewPlaces:
    """Knows the postal code 19104 and Ottawa, asks which Portland is meant, offers Ottawa for "Otawa", knows nothing else."""

    def lookup(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        words = text.strip().lower()
        if words in _KNOWN:
            return PlaceAnswer(text, _KNOWN[words])
        if words == "portland":
            return PlaceAnswer(text, alternatives=(PORTLAND_OREGON, PORTLAND_MAINE))
        return PlaceAnswer(text, suggestions=(OTTAWA,) if words == "otawa" else ())

    def locate_address(self, text: str, *, bias: Bias | None = None, limit: int = 5) -> PlaceAnswer:
        return self.lookup(text, bias=bias, limit=limit)

    def areas_of_point(self, latitude: float, longitude: float) -> tuple[str, ...]:
        near = (place for place in _KNOWN.values() if abs(place.point.latitude - latitude) + abs(place.point.longitude - longitude) < 0.2)
        return next((place.area_ids for place in near), ())

    def towns_near(self, latitude: float, longitude: float, within_m: float, limit: int = 12) -> tuple[KnownPlace, ...]:
        towns = (place for place in _KNOWN.values() if place.point.kind == PointKind.CITY)
        near = (place for place in towns if metres_between(latitude, longitude, place.point.latitude, place.point.longitude) <= within_m)
        return tuple(dict.fromkeys(near))[:limit]

    def zone_of(self, latitude: float, longitude: float) -> str:
        return "America/New_York"

    def area_named(self, text: str, *, country: str = "", region: str = "") -> str | None:
        answer = self.lookup(text)
        return answer.place.area_ids[0] if answer.place else None
