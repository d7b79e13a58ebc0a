"""What a reader is told about getting in: a few words, an icon and a tone, never colour alone.

"Open" is not "takes people": whoever shows an hour here says which of the two it is (see `directory.domain.hours.access`).
"""

from dataclasses import dataclass
from datetime import datetime

from directory.domain.hours.values import AccessState, Taking
from directory.web.times import near_moment
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class Status:
    """`tone` is open, ask, closed or plain; `icon` the name in the sprite; `at` the exact moment that the words speak of."""

    tone: str
    icon: str
    text: str
    at: datetime | None = None
    detail: str = ""


def access_status(state: AccessState, now: datetime, *, is_now: bool = True) -> Status:
    """The words for a state at `now`, or (`is_now` False) at another moment that was asked for."""
    words = _words_now(state, now) if is_now else _words_then(state, now)
    detail = _("Holiday that day (%(name)s): call first", name=state.holiday) if state.holiday else ""
    return Status(_TONES[state.taking], _ICONS[state.taking], words, state.until or state.next, detail)


_TONES = {
    Taking.TAKES_PEOPLE: "open",
    Taking.OPEN_INTAKE_UNKNOWN: "ask",
    Taking.OPEN_NOT_TAKING: "closed",
    Taking.CLOSED: "closed",
    Taking.UNKNOWN: "ask",
}
_ICONS = {
    Taking.TAKES_PEOPLE: "door-open",
    Taking.OPEN_INTAKE_UNKNOWN: "phone-ask",
    Taking.OPEN_NOT_TAKING: "door-closed",
    Taking.CLOSED: "door-closed",
    Taking.UNKNOWN: "phone-ask",
}


def _words_now(state: AccessState, now: datetime) -> str:
    until = near_moment(state.until, now) if state.until else ""
    opens = near_moment(state.next, now) if state.next else ""
    if state.taking is Taking.TAKES_PEOPLE:
        return _("Takes people now, until %(time)s", time=until) if until else _("Takes people now, day and night")
    if state.taking is Taking.OPEN_INTAKE_UNKNOWN:
        return _("Open until %(time)s, intake not known: call", time=until) if until else _("Open, intake not known: call")
    if state.taking is Taking.OPEN_NOT_TAKING:
        return _("Open, takes people from %(time)s", time=opens) if opens else _("Open, but not taking people: call")
    if state.taking is Taking.CLOSED:
        return _("Opens %(time)s", time=opens) if opens else _("Closed. When it opens is not known: call")
    return _("Hours not known: call")


def _words_then(state: AccessState, now: datetime) -> str:
    until = near_moment(state.until, now) if state.until else ""
    opens = near_moment(state.next, now) if state.next else ""
    if state.taking is Taking.TAKES_PEOPLE:
        return _("Takes people then, until %(time)s", time=until) if until else _("Takes people then, day and night")
    if state.taking is Taking.OPEN_INTAKE_UNKNOWN:
        return _("Open then, intake not known: call")
    if state.taking is Taking.OPEN_NOT_TAKING:
        return _("Open then, takes people from %(time)s", time=opens) if opens else _("Open then, but not taking people: call")
    if state.taking is Taking.CLOSED:
        return _("Closed then, opens %(time)s", time=opens) if opens else _("Closed then. When it opens is not known: call")
    return _("Hours not known: call")
