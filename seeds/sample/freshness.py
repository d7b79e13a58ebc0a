"""When somebody last looked and found a record right: a third within a year, most others long ago, a quarter never."""

from datetime import date, timedelta
from typing import Any

from seeds.sample.draw import Draw

WITHIN_A_YEAR = 0.375
LONGER_AGO = 0.40
_RECENT_WAYS = ("owner", "owner", "call", "source", "visit")


def verified(draw: Draw, today: date) -> dict[str, Any]:
    """`verified_at`, `verified_how` and, where a person did it, `verified_by`; empty when nobody ever did."""
    kind = draw.random()
    if kind >= WITHIN_A_YEAR + LONGER_AGO:
        return {}
    days = draw.between(1, 360) if kind < WITHIN_A_YEAR else draw.between(370, 2400)
    how = draw.one(_RECENT_WAYS) if kind < WITHIN_A_YEAR else draw.one(("source", "call"))
    found = {"verified_at": moment(today, days, 14), "verified_how": how}
    if how in ("call", "visit"):
        found["verified_by"] = draw.one(("Directory team", "Regional 211 desk", "Summer student"))
    return found


def moment(today: date, days_ago: int, hour: int) -> str:
    """A moment in UTC so many days before today; days to come are negative."""
    return f"{(today - timedelta(days=days_ago)).isoformat()}T{hour:02}:00:00Z"
