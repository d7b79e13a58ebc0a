"""Where an edited place is: its point, zone and area follow from its address, unless a person wrote the point by hand."""

from collections.abc import Callable, Mapping
from typing import Any

from directory.domain.community import Community
from directory.domain.editing.keys import LOCATION, Form, of_record, read_key
from directory.domain.place import Bias, PointKind
from directory.services.exchange.locate import EXACT_RADIUS_M, GazetteerLocating, Locating
from directory.services.parts import Parts


def locating_of(parts: Parts, community: Community) -> Locating:
    """The locator, at home where the community is."""
    bias = Bias(country=community.country, region=community.region) if community.country else None
    return GazetteerLocating(parts.geocoding, bias, exact=bool(parts.settings.geocoder))


def placed(locating: Locating, base: Mapping[str, Any], form: Form, own_area: Callable[[str], str | None]) -> Form:
    """The form with points where addresses changed, and areas served by their ids where their names are known: `own_area` says so of
    the community's own, which count first."""
    found = dict(form)
    locations = {key.record_id for text in form if (key := read_key(text)).record == LOCATION}
    for location_id in sorted(locations):
        found |= _placed_location(locating, location_id, base, form)
    for text, value in form.items():
        if read_key(text).name == "served":
            found[text] = [_known_area(locating, own_area, item) for item in value]
    return found


def _placed_location(locating: Locating, location_id: str, base: Mapping[str, Any], form: Form) -> Form:
    keys = {name: of_record(LOCATION, location_id, name) for name in ("address", "point", "confidential", "location_type")}
    address, point = form.get(keys["address"], {}), form.get(keys["point"]) or {}
    was_point = base.get(keys["point"]) or {}
    if _by_hand(point, was_point):
        point = {**point, "kind": PointKind.ADDRESS.value, "radius_m": EXACT_RADIUS_M, "zone": None, "area_id": None}
    elif address == base.get(keys["address"], {}) and form.get(keys["confidential"]) == base.get(keys["confidential"]):
        return {}
    elif address != base.get(keys["address"], {}):
        point = {}
    fields = {
        **{column: point.get(name) for name, column in _COLUMNS.items()},
        "confidential": bool(form.get(keys["confidential"])),
        "location_type": form.get(keys["location_type"]),
    }
    located = locating.locate(fields, [dict(address)] if address else [])
    if located is None:
        return {keys["point"]: {}}
    return {keys["point"]: {name: getattr(located, column) for name, column in _COLUMNS.items()}}


_COLUMNS = {
    "latitude": "latitude", "longitude": "longitude", "kind": "point_kind", "radius_m": "point_radius_m", "zone": "zone",
    "area_id": "area_id",
}  # fmt: skip


def _by_hand(point: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a person wrote other degrees."""
    return point.get("latitude") is not None and any(point.get(name) != before.get(name) for name in ("latitude", "longitude"))


def _known_area(locating: Locating, own_area: Callable[[str], str | None], item: dict[str, Any]) -> dict[str, Any]:
    """An area that is written by its name gets its id where exactly one is meant; else it stays words, which hide nobody."""
    if item["area_id"] or not item["name"]:
        return item
    return {**item, "area_id": own_area(item["name"]) or locating.area_named(item["name"]) or ""}
