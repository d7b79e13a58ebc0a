"""Values of fields in the reader's own language, for what changed and for what a section of the form says now."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from directory.domain.editing.differences import FieldChange
from directory.domain.editing.words import Explained, explain, label, lines
from directory.domain.hours.recurrence import WEEKDAYS
from directory.domain.hours.values import WayIn
from directory.domain.sentences import Sentence
from directory.web.here import community_zone
from directory.web.languages import locale
from directory.web.times import clock_time, full_date
from directory.web.whom_words import entry_lines
from directory.web.wording import _
from directory.web.words import access_feature_name, facet_value_name, language_name, sector_name, way_in_name
from search_index.query import Facet

_A_MONDAY = date(2026, 11, 23)
_FACETS = {"categories": Facet.CATEGORY, "cost": Facet.COST, "remote": Facet.REMOTE}
_WAYS = {way.value: way for way in WayIn}


class Told:
    """A teller (domain.editing.words) in the language of the page."""

    def __init__(self, zone: ZoneInfo | None = None) -> None:
        self.zone = zone or community_zone()

    def say(self, template: str, **values: object) -> str:
        return str(_(template)) % values if values else str(_(template))

    def clock(self, text: str) -> str:
        try:
            return clock_time(time.fromisoformat(text))
        except ValueError:
            return text

    def day(self, text: str) -> str:
        try:
            return full_date(date.fromisoformat(text))
        except ValueError:
            return text

    def moment(self, text: str) -> str:
        try:
            local = datetime.fromisoformat(text).astimezone(self.zone)
        except ValueError:
            return text
        return f"{full_date(local.date())}, {clock_time(local)}"

    def weekday(self, code: str) -> str:
        return weekday_words(code)

    def choice(self, field: str, value: str) -> str:
        if field in _FACETS:
            return facet_value_name(_FACETS[field], value)
        if field in ("languages", "text_language"):
            return language_name(value)
        if field == "ways_in" and value in _WAYS:
            return way_in_name(_WAYS[value])
        if field == "access":
            return access_feature_name(value, value)
        if field == "sector":
            return sector_name(value)
        return _choices().get(field, {}).get(value, value)

    def whom(self, entries: Mapping[str, Any]) -> Sequence[str]:
        return entry_lines(entries)


def _choices() -> dict[str, dict[str, str]]:
    return {"status": status_names(), "capacity": capacity_names(), "location_type": place_kind_names()}


def status_names() -> dict[str, str]:
    """Whether a service is running."""
    return {
        "active": _("Running"),
        "temporarily closed": _("Closed for now"),
        "inactive": _("Not running"),
        "defunct": _("Ended for good"),
    }


def capacity_names() -> dict[str, str]:
    """Whether there is room."""
    return {
        "capacity": _("There is room"),
        "waitlist": _("There is a waitlist"),
        "no-capacity": _("It is full"),
        "additional-assessment-required": _("Each case is looked at first"),
    }


def place_kind_names() -> dict[str, str]:
    """What kind of place it is."""
    return {"physical": _("A place to go to"), "virtual": _("By phone or online only"), "postal": _("An address for letters only")}


def weekday_words(code: str, width: str = "EEEE") -> str:
    """A day of the week by its code: "Monday"."""
    day = _A_MONDAY + timedelta(days=WEEKDAYS.index(code))
    found = format_date(day, width, locale=locale())
    return found[:1].upper() + found[1:]


def change_words(change: FieldChange, kind: str, zone: ZoneInfo | None = None) -> Explained:
    """A change in the reader's words."""
    return explain(change, Told(zone), kind)


def field_label(key: str, kind: str) -> str:
    """What a field is called."""
    return label(key, Told(), kind)


def value_lines(key: str, value: object, kind: str, zone: ZoneInfo | None = None) -> tuple[str, ...]:
    """What a value says; nothing where it cannot be read yet."""
    try:
        return lines(key, value, Told(zone), kind)
    except (TypeError, KeyError, ValueError, AttributeError, IndexError):  # what somebody is still typing
        return ()


def wrong_words(sentence: str) -> str:
    """What is wrong with a value, in the reader's words; days by their names."""
    if not isinstance(sentence, Sentence) or not sentence.values:
        return str(_(str(sentence)))
    values = {name: weekday_words(str(value)) if value in WEEKDAYS else value for name, value in sentence.values.items()}
    return str(_(sentence.template)) % values
