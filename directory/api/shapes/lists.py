"""A list that was handed over: its places in order, each with the service as it stands now."""

from collections.abc import Sequence
from datetime import datetime

from directory.api.shapes import facts
from directory.api.shapes.facts import Json, text
from directory.api.shapes.listings import place, service
from directory.services.lists.places import PlaceOfList
from directory.services.lists.share import Opened


def shared_list(opened: Opened, places: Sequence[PlaceOfList], now: datetime, locale: str) -> Json:
    """`places` are those of the list in its order."""
    notes = {entry.place_id: entry.note for entry in opened.handed.entries}
    return {
        "language": opened.handed.language,
        "note": text(opened.handed.note),
        "created_at": facts.instant(opened.created_at),
        "expires_at": facts.instant(opened.expires_at),
        "entries": [_entry(found, notes.get(found.place_id, ""), now, locale) for found in places],
    }


def _entry(found: PlaceOfList, note: str, now: datetime, locale: str) -> Json:
    return {
        "place_id": found.place_id,
        "name": text(found.listing.name if found.listing else found.name),
        "note": text(note),
        "standing": found.standing.value,
        "was": text(found.was),
        "place": place(found.place, now) if found.place else None,
        "service": service(found.listing, now, locale) if found.listing else None,
    }
