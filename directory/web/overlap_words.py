"""Words for pairs of offerings: how they are read, how large a part is, what is not known."""

from babel.numbers import format_percent

from directory.rules.overlap.bounds import Bounds
from directory.rules.sets.kinds import Reading
from directory.services.overlaps.keep import NOT_DECIDED
from directory.web.languages import locale
from directory.web.status import Status
from directory.web.wording import _


def reading_words() -> dict[str, str]:
    """Reading, as it is kept -> what it is called."""
    return {
        Reading.WORTH_A_CONVERSATION.value: _("Worth a conversation"),
        Reading.CHOICE.value: _("A choice for people"),
        Reading.COMPLEMENTARY_HOURS.value: _("Hours that complete each other"),
        Reading.COMPLEMENTARY_PEOPLE.value: _("People that complete each other"),
        Reading.PARTNER.value: _("Partners for a handoff"),
        NOT_DECIDED: _("Not decided: something is not known"),
        Reading.NOT_COMPARABLE.value: _("Not comparable"),
    }


_LOOKS = {
    Reading.WORTH_A_CONVERSATION.value: ("ask", "info"),
    Reading.CHOICE.value: ("open", "check"),
    Reading.COMPLEMENTARY_HOURS.value: ("open", "clock"),
    Reading.COMPLEMENTARY_PEOPLE.value: ("open", "check"),
    Reading.PARTNER.value: ("open", "check"),
}


def reading_status(reading: str) -> Status:
    """The reading with its icon."""
    tone, icon = _LOOKS.get(reading, ("plain", "info"))
    return Status(tone, icon, reading_words().get(reading, reading))


def size_words(bounds: Bounds) -> str:
    """A share, or between which two it lies."""
    low, high = (format_percent(round(end, 2), locale=locale()) for end in (bounds.low, bounds.high))
    if bounds.low <= 0 and bounds.high >= 1:
        return _("not known")
    return low if low == high else _("%(low)s to %(high)s", low=low, high=high)


def part_names() -> dict[str, str]:
    return {
        "service": _("Same help"),
        "people": _("Same people"),
        "area": _("Same area"),
        "hours": _("Same hours"),
        "language": _("Same languages"),
    }


def missing_words() -> dict[str, str]:
    """Part -> what to find out where it is not known."""
    return {
        "people": _("For whom each is, in full: ask both, and write it into their listings."),
        "area": _("Which area each serves."),
        "hours": _("The hours of both."),
        "language": _("Which languages their people speak."),
    }
