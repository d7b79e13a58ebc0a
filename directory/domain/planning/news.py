"""What is new to a planner since they looked last: the kinds of it, and since when."""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say


class What(StrEnum):
    """In the order in which it is told."""

    PAIRS = "pairs"  # of records that may be one
    VERDICTS = "verdicts"  # that others gave
    MERGED = "merged"
    TAKEN_BACK = "taken_back"  # merges
    ALIKE = "alike"  # pairs of offerings that are new and something to talk about
    READ_OTHERWISE = "read_otherwise"  # pairs of offerings
    NEEDS = "needs"  # in areas that read otherwise than in the quarter before
    ADDED = "added"  # listings
    CLOSED = "closed"
    CHANGED = "changed"  # listings, much
    JOINED = "joined"  # organizations of which somebody came in for the first time
    STUCK = "stuck"  # programs at which referrals are stuck


MUCH_CHANGED = 4
"""A listing in which so many different things changed is told of; our proposal."""

FIRST_LOOK = timedelta(days=30)
"""How far somebody looks back who has not looked yet."""

_WRITTEN = re.compile(r"(20\d\d-\d\d-\d\d)(?:T(\d\d:\d\d)Z?)?")


def read_since(text: str) -> datetime:
    """Of "2026-11-01" or "2026-11-01T14:30Z", which is UTC. Raise `InvalidInput`."""
    found = _WRITTEN.fullmatch(text.strip())
    day, minute = (found[1], found[2] or "00:00") if found is not None else ("", "")
    try:
        return datetime.fromisoformat(f"{day}T{minute}").replace(tzinfo=UTC)
    except ValueError:
        raise InvalidInput("since", say("Write a day such as 2026-11-01.")) from None


def written_since(moment: datetime) -> str:
    """For an address; the same moment is read from it, to the minute before."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
