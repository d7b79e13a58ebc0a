"""The page of a location: where it is, how to get in, and every service offered there."""

from dataclasses import dataclass
from datetime import datetime

from directory.domain.listing import SourceNote
from directory.services.listings.read import LocationPage
from directory.web.models.listed import ListedService, by_name, listed_service
from directory.web.models.places import PlaceView, place_view
from directory.web.models.texts import Line, listing_line
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class LocationView:
    """A confidential location has a title that names nothing, and no place in `place` that could be gone to."""

    title: str
    place: PlaceView
    organizations: tuple[tuple[str, Line], ...]
    services: tuple[ListedService, ...]
    source: SourceNote | None


def location_page(found: LocationPage, now: datetime, user_agent: str) -> LocationView:
    """Everything the page of a location shows."""
    place = place_view(found.listings[0], found.place, now, user_agent)
    return LocationView(
        title=_("A place whose address is not published") if found.place.confidential else place.title,
        place=place,
        organizations=tuple((note.id, listing_line(note, "name")) for note in found.organizations),
        services=by_name([listed_service(listing, now, at_location=found.place.location_id) for listing in found.listings]),
        source=found.source,
    )
