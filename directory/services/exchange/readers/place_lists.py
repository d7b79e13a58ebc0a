"""Feeds that list places rather than services: a pantry that stands in the feed as a location only would never be found.

With `--places-are CATEGORY` every location that no service of the feed names becomes a service of that category at that location, under the
location's own name, and the report says so. A service that is told inside an organization together with a single place, and names no
place itself, is given at that place. Nothing else is guessed: ids that several locations share link nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from directory.domain.categories.tree import name
from directory.services.exchange.records import FeedFile, Problem, Reader, ReaderOptions, Record, Severity, Where

Key = tuple[str, str]
"""The feed that a row was gathered from, where it says so, and its id there."""

LISTED = "No service names this place: it is listed as a service of its own, {category}, under its own name."
LINKED = "The organization is told with one place and services that name none: they are given there."


class PlaceListReader:
    """Reads what `reader` reads, twice: once to know which places are named, once to hand everything on. Memory grows with the number of
    locations, not with what is said of them."""

    def __init__(self, reader: Reader, category: str) -> None:
        self.format = reader.format
        self._reader = reader
        self._category = category

    def sniff(self, files: list[FeedFile]) -> bool:
        return self._reader.sniff(files)

    def read(self, files: list[FeedFile], options: ReaderOptions) -> Iterator[Record | Problem]:
        named, told = self._places(files, options)
        for item in self._reader.read(files, options):
            if isinstance(item, Record) and item.kind == "organization":
                yield from _linked(item)
            elif isinstance(item, Record) and item.kind == "location" and not _is_named(item.data, named, told):
                yield from self._listed(item, told)
            else:
                yield item

    def _places(self, files: list[FeedFile], options: ReaderOptions) -> tuple[set[Key], Counter[Key]]:
        named: set[Key] = set()
        told: Counter[Key] = Counter()
        for item in self._reader.read(files, options):
            if not isinstance(item, Record):
                continue
            origin = str(item.data.get("_source") or "")
            if item.kind == "location":
                told[_key(item.data)] += 1
            services = [item.data] if item.kind in ("service", "service_at_location") else _dicts(item.data.get("services"))
            named.update((origin, place) for service in services for place in _places_named(service))
        return named, told

    def _listed(self, record: Record, told: Counter[Key]) -> Iterator[Record | Problem]:
        place = record.data
        shown = name(self._category, "en")
        service: dict[str, Any] = {
            "name": place.get("name") or shown,
            "description": place.get("description"),
            "status": "active",
            "categories": [self._category],
            "organization_id": place.get("organization_id"),
            "_source": place.get("_source"),
            "service_at_locations": [{"location": place}],
        }
        if place.get("id") and told[_key(place)] == 1:
            service["id"] = f"{place['id']}/listing"
        yield Record("service", {field: value for field, value in service.items() if value is not None}, record.where)
        yield Problem("location", record.where, "", LISTED.format(category=shown), Severity.NOTED)


def _key(place: Mapping[str, Any]) -> Key:
    return str(place.get("_source") or ""), str(place.get("id") or "")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _is_named(place: Mapping[str, Any], named: set[Key], told: Counter[Key]) -> bool:
    if _dicts(place.get("services")):
        return True
    key = _key(place)
    return bool(key[1]) and told[key] == 1 and key in named


def _places_named(service: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the locations that a service, or a service at a location, names."""
    for entry in (service, *_dicts(service.get("service_at_locations"))):
        for given in (entry.get("location_id"), *(place.get("id") for place in _dicts([entry.get("location")]))):
            if given:
                yield str(given)
    yield from (str(place["id"]) for place in _dicts(service.get("locations")) if place.get("id"))


def _linked(record: Record) -> Iterator[Record | Problem]:
    places, services = _dicts(record.data.get("locations")), _dicts(record.data.get("services"))
    placeless = [service for service in services if not any(_places_named(service))]
    if len(places) != 1 or not services or len(placeless) != len(services):
        yield record
        return
    there = {"service_at_locations": [{"location": places[0]}]}
    yield Record(record.kind, {**record.data, "services": [{**service, **there} for service in services]}, record.where)
    where = Where(record.where.file, record.where.line, "services")
    yield Problem("service", where, "service_at_locations", LINKED, Severity.NOTED)
