"""Read the moment that a form, an address or the command line asks for: "now" or ISO 8601."""

import re
from datetime import datetime, timedelta

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.services.finding.request import FindRequest
from directory.services.indexing.documents import CALENDAR_DAYS, CALENDAR_PAST_DAYS
from search_index.query import OpenAt

_LOST_PLUS = re.compile(r"(:\d\d) (\d\d:\d\d)$")  # a plus sign that an address turned into a blank
LONGEST_WINDOW = timedelta(hours=24)


def asked_moment(request: FindRequest, now: datetime) -> tuple[OpenAt, bool]:
    """The moment or window asked for, and whether it is *now*. Raise `InvalidInput` for what cannot be read or lies too far away: hours are
    known from a month back to about four hundred days ahead, and nobody should trust an answer beyond."""
    asked = request.open_at.strip()
    is_now = asked.lower() == "now"
    start = this_minute(now) if is_now else _moment("open_at", asked)
    end = _moment("open_until", request.open_until.strip()) if request.open_until.strip() else None
    day = start.date()
    first = now.date() - timedelta(days=CALENDAR_PAST_DAYS - 1)
    last = now.date() + timedelta(days=CALENDAR_DAYS - CALENDAR_PAST_DAYS - 32)
    if not first <= day <= last:
        raise InvalidInput(
            "open_at", say("The time (open_at) must lie between %(first)s and %(last)s.", first=first.isoformat(), last=last.isoformat())
        )
    if end is not None and (end.tzinfo is None) != (start.tzinfo is None):
        raise InvalidInput("open_until", "The end (open_until) must be written like the start: both with an offset, or both without.")
    if end is not None and not timedelta(0) < end - start <= LONGEST_WINDOW:
        raise InvalidInput("open_until", "The end (open_until) must come after the start (open_at) and within 24 hours of it.")
    return OpenAt(start, end), is_now


def this_minute(now: datetime) -> datetime:
    """Hours are kept to the minute: whoever asks within the same one asks the same."""
    return now.replace(second=0, microsecond=0)


def _moment(field: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(_LOST_PLUS.sub(r"\1+\2", text))
    except ValueError:
        raise InvalidInput(
            field,
            say(
                "The time (%(field)s) must be now, or a time like 2026-11-24T09:00 (the wall clock of each place) or "
                "2026-11-24T09:00-05:00; it is “%(text)s”.",
                field=field,
                text=text[:40],
            ),
        ) from None
