"""The moment that a pass of the clocks is made for: now, one that was, or, in a demo alone, one to come."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from directory.domain.errors import InvalidInput, Refused
from directory.services.listings.community import read_community
from directory.services.parts import Parts

_AHEAD = re.compile(r"\+(\d{1,4})([hd])")


def moment_for(parts: Parts, written: str) -> datetime:
    """Of "" (now), "+2d", "+4h", or an ISO moment, on the community's clock where it names no offset. Raise `InvalidInput`, and `Refused`
    for a moment ahead where this is no demo: everybody's time would be cut short."""
    now, community = parts.clock.now(), read_community(parts)
    found = _read(written.strip(), now, community.zone)
    if found > now and not community.is_demo:
        raise Refused("Only a demo can sweep as of a moment to come: in earnest nothing ends before its time.")
    return found


def _read(written: str, now: datetime, zone: str) -> datetime:
    if not written:
        return now
    if ahead := _AHEAD.fullmatch(written):
        number, unit = int(ahead[1]), ahead[2]
        return now + (timedelta(hours=number) if unit == "h" else timedelta(days=number))
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise InvalidInput("--at", "Write a moment as 2026-12-01T09:00, or +2d for two days from now.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
