"""What changed of the places of a list since it was put on it or last looked at, from the history of every field.

Only that something changed is told, and when; what it is now stands in the listing. What it was may be an address or a number that has
become confidential since, and is not told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.rules.listed import DISCLOSURES
from directory.services.lists.places import PlaceOfList
from directory.store.tables import Change


class Changed(StrEnum):
    """What of a place changed, in the order in which it matters to somebody who sends people there."""

    STATUS = "status"
    BACK = "back"  # listed again
    HOURS = "hours"
    PHONE = "phone"
    ADDRESS = "address"
    WHO = "who"
    WAY_IN = "way_in"
    BRING = "bring"
    COST = "cost"
    LANGUAGES = "languages"
    ALERT = "alert"
    NAME = "name"
    OTHER = "other"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """`at` is when it changed last."""

    what: Changed
    at: datetime


_PARTS: Mapping[str, Changed] = {
    "schedule": Changed.HOURS,
    "phone": Changed.PHONE,
    "address": Changed.ADDRESS,
    "required_document": Changed.BRING,
    "cost_option": Changed.COST,
    "language": Changed.LANGUAGES,
    "service_area": Changed.WHO,
    "accessibility": Changed.OTHER,
}
_FIELDS: Mapping[str, Mapping[str, Changed]] = {
    "service": {
        "status": Changed.STATUS,
        "hours_text": Changed.HOURS,
        "closed_on_holidays": Changed.HOURS,
        "eligibility_description": Changed.WHO,
        "minimum_age": Changed.WHO,
        "maximum_age": Changed.WHO,
        "criteria": Changed.WHO,
        "application_process": Changed.WAY_IN,
        "ways_in": Changed.WAY_IN,
        "remote": Changed.WAY_IN,
        "fees": Changed.COST,
        "fees_description": Changed.COST,
        "cost": Changed.COST,
        "interpretation_services": Changed.LANGUAGES,
        "alert": Changed.ALERT,
        "name": Changed.NAME,
        "description": Changed.OTHER,
        "url": Changed.OTHER,
        "email": Changed.OTHER,
        "information_shared": Changed.OTHER,
        **dict.fromkeys(DISCLOSURES, Changed.OTHER),
        "verified_at": Changed.VERIFIED,
    },
    "service_at_location": {"description": Changed.OTHER},
    "location": {
        "name": Changed.ADDRESS,
        "transportation": Changed.ADDRESS,
        "latitude": Changed.ADDRESS,
        "longitude": Changed.ADDRESS,
        "location_type": Changed.ADDRESS,
        "confidential": Changed.ADDRESS,
    },
    "organization": {"name": Changed.NAME},
}
_OF_ORGANIZATION = frozenset({Changed.PHONE, Changed.NAME})
_ORDER = list(Changed)


def changes_of(session: Session, places: Sequence[PlaceOfList], since: Mapping[str, int]) -> dict[str, tuple[PlaceChange, ...]]:
    """The changes of each place after the change that `since` names for it; a place without any is left out."""
    objects = {place.place_id: _objects(place) for place in places}
    wanted = {object_id for ids in objects.values() for object_id in ids}
    if not wanted:
        return {}
    first = min((since.get(place_id, 0) for place_id in objects), default=0)
    rows = session.scalars(select(Change).where(Change.object_id.in_(wanted), Change.id > first).order_by(Change.id)).all()
    found = {}
    for place in places:
        after = since.get(place.place_id, 0)
        own = [row for row in rows if row.id > after and row.object_id in objects[place.place_id]]
        if changes := _told(own):
            found[place.place_id] = changes
    return found


def _objects(place: PlaceOfList) -> set[str]:
    """The records behind a place. Of a confidential location nothing is told, not even that it moved."""
    if place.listing is None or place.place is None:
        return set()
    ids = {place.listing.id, place.place.id}
    if place.place.location_id and not place.place.confidential:
        ids.add(place.place.location_id)
    if place.listing.organization:
        ids.add(place.listing.organization.id)
    return ids


def _told(rows: Sequence[Change]) -> tuple[PlaceChange, ...]:
    """Each kind of change once, with its last moment."""
    last = {what: row.at for row in rows if (what := _what(row)) is not None}
    return tuple(PlaceChange(what, last[what]) for what in sorted(last, key=_ORDER.index))


def _what(row: Any) -> Changed | None:
    if row.part:
        what = _PARTS.get(row.part)
        return what if what is not None and (row.object_kind != "organization" or what in _OF_ORGANIZATION) else None
    if row.field == "withdrawn_at":
        return Changed.BACK if row.after is None else None
    return _FIELDS.get(row.object_kind, {}).get(row.field)
