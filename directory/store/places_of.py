"""Small readings of place rows that listings, locations and the index share."""

import json
from functools import lru_cache
from typing import Any

from directory.domain.listing import ServedArea
from directory.domain.place import Address, Point, PointKind

_KINDS = {kind.value: kind for kind in PointKind}


def listed_point(row: Any) -> Point | None:
    """The point of a location that may be shown; None when there is none, or when the row came without because it is confidential."""
    if row.latitude is None or row.longitude is None or row.confidential:
        return None
    return Point(row.latitude, row.longitude, _KINDS.get(row.point_kind or "", PointKind.ADDRESS), row.point_radius_m or 50)


def holiday_region(address: Address | None, area_id: str | None) -> str | None:
    """The ISO 3166-2 region whose public holidays hold at a place, from its address or else from its area (`ca-on-ottawa` -> CA-ON)."""
    if address and address.country and len(address.state_province) in (2, 3):
        return f"{address.country.upper()}-{address.state_province.upper()}"
    parts = (area_id or "").split("-")
    if len(parts) >= 2 and len(parts[1]) in (2, 3):
        return f"{parts[0].upper()}-{parts[1].upper()}"
    return parts[0].upper() or None


@lru_cache(maxsize=5_000)
def _geometry(extent: str) -> dict[str, Any] | None:
    try:
        found = json.loads(extent)
    except ValueError:
        return None
    return found.get("geometry", found) if isinstance(found, dict) else None


def served_area(row: Any) -> ServedArea:
    is_geojson = row.extent and (row.extent_type or "").lower() == "geojson"
    return ServedArea(
        name=row.name or row.description or "",
        area_id=row.area_id or "",
        postal_codes=tuple(row.postal_codes or ()),
        polygon=_geometry(row.extent) if is_geojson else None,
    )
