"""Hours and getting in: the state at a moment, and the rows that it was read from."""

from datetime import datetime

from directory.api.shapes.facts import Json, day, local, text
from directory.domain.hours.access import access_state
from directory.domain.hours.values import AccessState, OpeningHours, Schedule
from directory.domain.listing import ListedPlace


def state(value: AccessState) -> Json:
    """`open` is null where it is not known. `until` is the end of the present spell, `opens_next` when people are taken next."""
    return {
        "open": value.open,
        "taking": value.taking.value,
        "until": local(value.until),
        "opens_next": local(value.next),
        "holiday": text(value.holiday or ""),
    }


def place_hours(place: ListedPlace, now: datetime) -> Json:
    """State now and the rows of hours and intake, in HSDS names, as wall times of `zone`."""
    access = place.access
    rows = [_row(row, "hours") for row in access.hours.schedules] if access else []
    if access and access.intake:
        rows += [_row(row, "intake") for row in access.intake.schedules]
    known = access_state(access, now) if access else None
    return {
        **(state(known) if known else {"open": None, "taking": "unknown", "until": None, "opens_next": None, "holiday": None}),
        "zone": place.zone,
        "ways_in": sorted(way.value for way in access.ways_in) if access else [],
        "closed_on_holidays": _closed_on_holidays(access.hours) if access else None,
        "schedules": rows,
        "texts": list(place.hours_texts),
    }


def _closed_on_holidays(hours: OpeningHours) -> bool | None:
    return hours.closed_on_holidays


def _row(row: Schedule, purpose: str) -> Json:
    return {
        "purpose": purpose,
        "effect": row.effect.value,
        "freq": row.freq.value if row.freq else None,
        "interval": row.interval,
        "byday": list(row.byday),
        "bymonthday": list(row.bymonthday),
        "dtstart": day(row.dtstart),
        "until": day(row.until),
        "valid_from": day(row.valid_from),
        "valid_to": day(row.valid_to),
        "opens_at": row.opens_at.isoformat("minutes") if row.opens_at else None,
        "closes_at": row.closes_at.isoformat("minutes") if row.closes_at else None,
    }
