"""The choices of "When?": any time, now, and the parts of the coming days, each as the exact window it means on the wall clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from directory.services.finding.phrases import PARTS_OF_DAY
from directory.services.finding.request import FindRequest
from directory.web.here import community_zone
from directory.web.times import asked_moment, day_name
from directory.web.wording import _

_FORMAT = "%Y-%m-%dT%H:%M"
_DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class WhenOption:
    """`value` is what the address holds."""

    value: str
    text: str
    chosen: bool


def when_options(request: FindRequest, now: datetime) -> tuple[WhenOption, ...]:
    """All choices, with the one asked for marked; a moment that is none of them is added as it was asked."""
    local = now.astimezone(community_zone()).replace(tzinfo=None)
    choices = [("", _("Any time")), ("now", _("Open now")), *_parts_of(local), *_days_after(local.date())]
    asked = "/".join(part for part in (request.open_at, request.open_until) if part)
    if asked not in {value for value, _text in choices}:
        choices.append((asked, _as_asked(request)))
    return tuple(WhenOption(value, text, value == asked) for value, text in choices)


def _parts_of(local: datetime) -> list[tuple[str, str]]:
    tomorrow = local.date() + timedelta(days=1)
    evening, later = PARTS_OF_DAY["evening"], []
    if evening[1] and local.time() < evening[1]:
        later.append((_window(local.date(), *evening), _("This evening")))
    return [
        *later,
        (_window(tomorrow, *PARTS_OF_DAY["morning"]), _("Tomorrow morning")),
        (_window(tomorrow, *PARTS_OF_DAY["afternoon"]), _("Tomorrow afternoon")),
    ]


def _days_after(today: date) -> list[tuple[str, str]]:
    days = [today + timedelta(days=offset) for offset in range(1, _DAYS_AHEAD + 1)]
    return [(_window(day, time(), None), day_name(day)) for day in days]


def _window(day: date, begins: time, ends: time | None) -> str:
    end = datetime.combine(day, ends) if ends else datetime.combine(day + timedelta(days=1), time())
    return f"{datetime.combine(day, begins):{_FORMAT}}/{end:{_FORMAT}}"


def _as_asked(request: FindRequest) -> str:
    try:
        start = datetime.fromisoformat(request.open_at)
        end = datetime.fromisoformat(request.open_until) if request.open_until else None
    except ValueError:
        return request.open_at
    return asked_moment(start, end)
