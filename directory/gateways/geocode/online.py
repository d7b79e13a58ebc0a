"""An online geocoder for street addresses, by setting: any service that geopy knows, asked politely and remembered.

The rules of the public Nominatim server are kept for all: one request a second (imports run in one process, the worker's), a User-Agent
that says who asks, answers kept, no type-ahead, no bulk. Only addresses with a house number go out, from imports; what a visitor types
does not, unless `Chain` is told so.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from geopy.exc import GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from directory.domain.errors import InvalidInput
from directory.domain.place import KnownPlace, Point, PointKind

logger = logging.getLogger(__name__)
TIMEOUT_S = 10.0
SECONDS_BETWEEN = 1.0
HOUSE_RADIUS_M, STREET_RADIUS_M = 50, 500


class GeocodeCache(Protocol):
    """Answers kept by (provider, query), so that nothing is asked twice; a table in the store."""

    def get(self, provider: str, query: str) -> tuple[bool, Mapping[str, Any] | None]:
        """Whether the query was asked before, and the answer (None: the service knew no such place)."""
        ...

    def put(self, provider: str, query: str, answer: Mapping[str, Any] | None) -> None:
        """Keep an answer."""
        ...


class MemoryCache:
    """Keeps answers while the process lives: for tests and single runs."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, str], Mapping[str, Any] | None] = {}

    def get(self, provider: str, query: str) -> tuple[bool, Mapping[str, Any] | None]:
        """Whether the query was asked before, and the answer."""
        return (provider, query) in self._answers, self._answers.get((provider, query))

    def put(self, provider: str, query: str, answer: Mapping[str, Any] | None) -> None:
        """Keep an answer."""
        self._answers[(provider, query)] = answer


class Pace:
    """At most one call each so many seconds, over all threads of the process. `wait` and `clock` are given by tests."""

    def __init__(
        self,
        seconds: float = SECONDS_BETWEEN,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds, self._clock, self._wait = seconds, clock, wait
        self._lock = threading.Lock()
        self._free_at = 0.0

    def hold(self) -> None:
        """Return when the next call may be made."""
        with self._lock:
            now = self._clock()
            start = max(now, self._free_at)
            self._free_at = start + self._seconds
        if start > now:
            self._wait(start - now)


class OnlineGeocoder:
    """One geopy service with its cache and pace. A service that fails is no answer, and is asked again next time."""

    def __init__(
        self, provider: str, geocoder: Any, *, cache: GeocodeCache, pace: Pace | None = None, timeout_s: float = TIMEOUT_S
    ) -> None:
        self.provider = provider
        self._geocoder = geocoder
        self._cache = cache
        self._pace = pace or Pace()
        self._timeout_s = timeout_s

    def locate(self, address: str) -> KnownPlace | None:
        """The place of a street address in one line; None when the service knows none, or does not answer."""
        query = " ".join(address.split())[:400]
        asked, answer = self._cache.get(self.provider, query)
        if not asked:
            try:
                answer = self._ask(query)
            except GeopyError as error:
                logger.warning("geocoder %s did not answer: %s", self.provider, type(error).__name__)
                return None
            self._cache.put(self.provider, query, answer)
        return None if answer is None else _place(answer, self.provider)

    def _ask(self, query: str) -> Mapping[str, Any] | None:
        self._pace.hold()
        found: Location | None = self._geocoder.geocode(query, exactly_one=True, timeout=self._timeout_s)
        if found is None:
            return None
        return {"name": found.address, "latitude": found.latitude, "longitude": found.longitude, "raw": found.raw}


def make_online_geocoder(
    name: str, *, user_agent: str, options: Mapping[str, Any], cache: GeocodeCache, pace: Pace | None = None
) -> OnlineGeocoder:
    """A geocoder by geopy's name for it (`nominatim`, `pelias`, `opencage`), with its own options such as `api_key` or `domain`."""
    try:
        service = get_geocoder_for_service(name)
    except GeopyError as error:
        raise InvalidInput("GEOCODER", f"GEOCODER: {name!r} is no service that geopy knows; try nominatim, photon or pelias.") from error
    if not user_agent.strip():
        raise InvalidInput("GEOCODER_USER_AGENT", "GEOCODER_USER_AGENT must say who asks, as in: Riverside directory (help@example.org).")
    try:
        geocoder = service(user_agent=user_agent.strip(), **options)
    except (TypeError, GeopyError) as error:
        raise InvalidInput("GEOCODER", f"GEOCODER: the service {name!r} cannot be set up with the options given: {error}.") from error
    return OnlineGeocoder(name, geocoder, cache=cache, pace=pace)


def _place(answer: Mapping[str, Any], provider: str) -> KnownPlace:
    """An answer as a place. Services say what they matched in ways of their own; only a clear house number counts as an address."""
    raw = answer.get("raw")
    exact = _is_house(raw if isinstance(raw, Mapping) else {})
    kind, radius = (PointKind.ADDRESS, HOUSE_RADIUS_M) if exact else (PointKind.STREET, STREET_RADIUS_M)
    point = Point(float(answer["latitude"]), float(answer["longitude"]), kind, radius)
    return KnownPlace(str(answer.get("name") or ""), point, country="", source=provider)


def _is_house(raw: Mapping[str, Any]) -> bool:
    """Whether a service says that it matched a house: Nominatim, Photon, Pelias, Google and OpenCage each in their own words."""
    properties = raw.get("properties")
    nested = properties if isinstance(properties, Mapping) else {}
    address = raw.get("address")
    geometry = raw.get("geometry")
    return bool(
        (isinstance(address, Mapping) and address.get("house_number"))
        or nested.get("housenumber")
        or nested.get("layer") == "address"
        or (isinstance(geometry, Mapping) and geometry.get("location_type") == "ROOFTOP")
        or raw.get("addresstype") in {"house", "building"}
        or raw.get("class") == "building"
    )
