"""The results of one page as GeoJSON (RFC 7946), numbered like the list. Confidential places have no point, so they are not in it."""

from collections.abc import Sequence
from typing import Any

from directory.web.models.card import Card


def feature_collection(cards: Sequence[Card]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the cards that have a point."""
    return {"type": "FeatureCollection", "features": [_feature(entry, entry.point) for entry in cards if entry.point]}


def _feature(entry: Card, point: tuple[float, float]) -> dict[str, Any]:
    latitude, longitude = point
    return {
        "type": "Feature",
        "id": entry.service_id,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {
            "number": entry.number,
            "name": entry.name.text,
            "place": entry.place,
            "status": entry.statuses[0].text if entry.statuses else "",
            "href": entry.href,
        },
    }
