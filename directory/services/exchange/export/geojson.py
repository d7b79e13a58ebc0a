"""GeoJSON (RFC 7946) of public points, for maps: one feature for each service at a place that has a point, with words and a link."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from directory.domain.listing import ListedPlace, Listing
from directory.services.exchange.export.for_people import (
    Listings,
    category_words,
    phone_words,
    phones_of,
    source_words,
    verified_words,
    where_words,
)
from directory.services.exchange.export.request import Progress

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def write_geojson(stream: IO[str], listings: Listings, counts: Counter[str], progress: Progress) -> None:
    """Write the collection, a feature a line. Places without a point, confidential ones above all, are not in it."""
    total, done = listings.count(), 0
    as_of = listings.now.isoformat(timespec="seconds").replace("+00:00", "Z")
    stream.write(f'{{"type":"FeatureCollection","as_of":{_encode(as_of)},"features":[')
    comma = "\n"
    for batch in listings.batches():
        for feature in (feature for listing in batch for feature in features_of(listing, listings)):
            stream.write(comma + _encode(feature))
            comma = ",\n"
            counts["feature"] += 1
        done += len(batch)
        progress("feature", done, max(total, done))
    stream.write("\n]}\n")


def features_of(listing: Listing, listings: Listings) -> Iterator[dict[str, Any]]:
    """One feature a place with a point."""
    for place in listing.places:
        if place.point is not None and not place.confidential:
            point = [round(place.point.longitude, 6), round(place.point.latitude, 6)]
            yield {
                "type": "Feature",
                "id": place.id,
                "geometry": {"type": "Point", "coordinates": point},
                "properties": {name: value for name, value in _properties(listing, place, listings).items() if value},
            }


def _properties(listing: Listing, place: ListedPlace, listings: Listings) -> dict[str, Any]:
    exact = place.point.kind.value if place.point else ""
    return {
        "name": listing.name,
        "organization": listing.organization.name if listing.organization else "",
        "place": place.name,
        "address": where_words(place),
        "status": listings.open_words(place),
        "verified": verified_words(listing),
        "categories": category_words(listing),
        "phone": phone_words(phones_of(listing, place)),
        "link": listings.link(listing),
        "point_kind": exact,
        "point_radius_m": place.point.radius_m if place.point else None,
        **source_words(listing),
    }
