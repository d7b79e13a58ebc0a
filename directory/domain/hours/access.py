"""Getting in, which is not the same as the doors being open: a 24-hour detox that admits by day takes nobody at two at night.

The hours that decide are the hours of intake where they are stated and known, else the hours of being open. Whoever takes people who walk
in, and states no other hours for it, takes them while open. Every other way in (by referral, by appointment, after a call) leaves open
whether somebody can get in right now, and the answer says so.
"""

from datetime import datetime

from directory.domain.hours.days import are_known
from directory.domain.hours.state import state_at
from directory.domain.hours.values import Access, AccessState, OpeningHours, Taking, WayIn


def deciding_hours(access: Access) -> OpeningHours:
    """The hours on which `open` is decided: by filters, the index and the badge alike."""
    return access.intake if access.intake is not None and are_known(access.intake) else access.hours


def access_state(access: Access, at: datetime) -> AccessState:
    """Whether people can get in at the instant `at` (aware); `until` and `next` speak of the deciding hours."""
    state = state_at(deciding_hours(access), at)
    taking = _taking(access, state.open, at)
    return AccessState(taking, state.open, until=state.until, next=state.next, holiday=state.holiday)


def _taking(access: Access, is_open: bool | None, at: datetime) -> Taking:
    if is_open is None:
        return Taking.UNKNOWN
    if deciding_hours(access) is access.hours:
        if not is_open:
            return Taking.CLOSED
        return Taking.TAKES_PEOPLE if takes_whoever_walks_in(access) else Taking.OPEN_INTAKE_UNKNOWN
    if is_open:
        return Taking.TAKES_PEOPLE
    return Taking.OPEN_NOT_TAKING if state_at(access.hours, at).open else Taking.CLOSED


def takes_whoever_walks_in(access: Access) -> bool:
    """Walk-in with no word of separate intake; *referral only* beside it contradicts it, so nothing is promised."""
    separate_intake = access.intake is not None and access.intake.known
    return WayIn.WALK_IN in access.ways_in and WayIn.REFERRAL_ONLY not in access.ways_in and not separate_intake
