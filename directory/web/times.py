"""Moments in the reader's words: "17:00", "tomorrow 9:00", "Thu 9:00", "Mon 4 Jan 9:00", "12 days ago".

How a clock is written follows the language as the community's country writes it: 5:00 p.m. in English in Canada, 17 h 00 in French there.
A moment is always told on the clock of the place; where that clock differs from the community's, its zone is named.
"""

from datetime import UTC, date, datetime, time

from babel.dates import format_date, format_skeleton, format_time, get_timezone_name

from directory.web.here import community_zone
from directory.web.languages import locale
from directory.web.wording import _, ngettext

DAYS_IN_WORDS = 60
"""Up to here the age of a verification is told in days; then in months; past a year it is told as a warning."""

_DAYS_OF_A_YEAR = 365
_DAYS_OF_A_MONTH = 30.44


def clock_time(moment: datetime | time) -> str:
    """The time of day, as the reader's country writes it."""
    return format_time(moment.replace(tzinfo=None), "short", locale=locale())


def day_name(day: date) -> str:
    """A weekday and a date: "Thu, Nov 26"; with the year when it is not this one."""
    return format_skeleton("MMMEd", day, locale=locale())


def weekday_name(day: date) -> str:
    """A weekday in short: "Thu"."""
    return format_date(day, "EEE", locale=locale())


def full_date(day: date) -> str:
    """A date with its year: "Nov 26, 2026"."""
    return format_date(day, "medium", locale=locale())


def near_moment(moment: datetime, now: datetime) -> str:
    """A moment in the future as short as is clear; `moment` is told in its own zone, `now` in any.

    The same day: the time. The next day: "tomorrow" and the time. Within six days: the weekday. Later: the date.
    """
    days = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    at = clock_time(moment)
    if days == 0:
        words = at
    elif days == 1:
        words = _("tomorrow %(time)s", time=at)
    elif 1 < days <= 6:
        words = f"{weekday_name(moment.date())} {at}"
    else:
        words = f"{day_name(moment.date())} {at}"
    zone = foreign_zone(moment)
    return f"{words} ({zone})" if zone else words


def foreign_zone(moment: datetime) -> str:
    """The name of the moment's zone where its clock differs from the community's; "" where they agree."""
    if moment.utcoffset() == moment.astimezone(community_zone()).utcoffset():
        return ""
    return get_timezone_name(moment, locale=locale())


def asked_moment(start: datetime, end: datetime | None) -> str:
    """The moment or window that somebody asked about: "Thu, Nov 26, 9:00" or "Thu, Nov 26, 9:00–12:00" or the day alone."""
    day = day_name(start.date())
    if end is None:
        return f"{day}, {clock_time(start)}"
    if start.time() == time() and (end - start).days == 1:
        return day
    return f"{day}, {clock_time(start)}–{clock_time(end)}"


def local_day(moment: datetime) -> date:
    """The day of a moment on the community's calendar."""
    return moment.astimezone(community_zone()).date()


def local_date(moment: datetime) -> str:
    """The date of a moment with its year, on the community's calendar."""
    return full_date(local_day(moment))


def moment_words(moment: datetime) -> str:
    """A date with its year and the time, on the community's clock."""
    local = moment.astimezone(community_zone())
    return f"{full_date(local.date())}, {clock_time(local)}"


def machine_time(moment: datetime) -> str:
    """The exact moment for `<time datetime>`."""
    return moment.isoformat(timespec="minutes")


def days_ago(moment: datetime, now: datetime) -> int:
    """Whole days between the dates of two moments, on the community's calendar; never below zero."""
    zone = community_zone()
    return max(0, (now.astimezone(zone).date() - _aware(moment).astimezone(zone).date()).days)


def age_words(days: int) -> str:
    """An age: "today", "yesterday", "12 days ago", "5 months ago", "2 years ago"."""
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days <= DAYS_IN_WORDS:
        return ngettext("%(num)d day ago", "%(num)d days ago", days)
    if days <= _DAYS_OF_A_YEAR:
        return ngettext("%(num)d month ago", "%(num)d months ago", round(days / _DAYS_OF_A_MONTH))
    return ngettext("%(num)d year ago", "%(num)d years ago", days // _DAYS_OF_A_YEAR)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
