"""Hours as calendar software writes them out: "Repeats every month on the third Tuesday 24 times. Tuesday, May 2, 2017 - 5:00pm to 7:00pm".

The text has a rule and then one date or many. It is used only where the rule, read as a schedule row, gives exactly the dates that are
written out: software of this kind is often edited by hand afterwards.
"""

import re
from datetime import date, time

from directory.domain.hours.recurrence import recurrence_of, why_not_placed
from directory.domain.hours.values import Effect, Frequency, Schedule

_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_CLOCK = r"(\d{1,2}):(\d{2})\s*(am|pm)"
_OCCASION = re.compile(rf"(?:{_DAY}),\s+([a-z]+)\s+(\d{{1,2}}),\s+(\d{{4}})\s+-\s+{_CLOCK}\s+to\s+{_CLOCK}", re.IGNORECASE)
_RULE = re.compile(
    rf"repeats\s+every\s+(?:(?:week|(?P<weeks>\d+)\s+weeks)\s+every\s+(?P<weekday>{_DAY})"
    rf"|(?:month|(?P<months>\d+)\s+months)\s+on\s+the\s+(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?P<of_month>{_DAY}))"
    r"(?:\s+(?P<count>\d+)\s+times)?(?:\s+until\s+(?P<until>[a-z]{3}\s+[a-z]{3}\s+\d{2}\s+\d{4}))?"
    r"(?:\s+except\s+(?P<except>[a-z0-9 ,]+))?\.\s*$",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(r"[a-z]{3}\s+([a-z]{3})\s+(\d{2})\s+(\d{4})", re.IGNORECASE)

Occasion = tuple[date, time, time]


def read_repeats(text: str) -> tuple[Schedule, ...] | None:
    """The rows of such a text; () when it is one but cannot be used; None when it is not of this kind."""
    compact = re.sub(r"\s+", " ", text).strip()
    first = _OCCASION.search(compact)
    if first is None:
        return None if not compact.lower().startswith("repeats every") else ()
    rule, rest = compact[: first.start()], compact[first.start() :]
    occasions = [_occasion(match) for match in _OCCASION.finditer(rest)]
    if _OCCASION.sub("", rest).strip() or None in occasions:
        return ()
    known = [occasion for occasion in occasions if occasion is not None]
    if len({(opens, closes) for _, opens, closes in known}) > 1:
        return ()
    return _single_dates(known) if not rule else _repeated(rule, known)


def _occasion(match: re.Match[str]) -> Occasion | None:
    month, day, year, *clock = match.groups()
    on = _date(month, day, year)
    opens, closes = _time(clock[:3]), _time(clock[3:])
    return (on, opens, closes) if on and opens and closes else None


def _single_dates(occasions: list[Occasion]) -> tuple[Schedule, ...]:
    return tuple(Schedule(dtstart=on, opens_at=opens, closes_at=closes) for on, opens, closes in occasions)


def _repeated(rule: str, occasions: list[Occasion]) -> tuple[Schedule, ...]:
    match = _RULE.match(rule)
    if match is None:
        return ()
    row = _row(match, *occasions[0])
    exceptions = [on for text in _SHORT_DATE.findall(match["except"] or "") if (on := _date(*text))]
    if why_not_placed(row) or not _gives(row, [on for on, _, _ in occasions], exceptions):
        return ()
    return (row, *(Schedule(dtstart=on, effect=Effect.CLOSES) for on in exceptions))


def _row(match: re.Match[str], first: date, opens: time, closes: time) -> Schedule:
    weekday = (match["weekday"] or match["of_month"])[:2].upper()
    until = _SHORT_DATE.match(match["until"] or "")
    return Schedule(
        Frequency.WEEKLY if match["weekday"] else Frequency.MONTHLY,
        interval=int(match["weeks"] or match["months"] or 1),
        byday=(weekday,) if match["weekday"] else (f"{_ORDINALS[match['ordinal'].lower()]}{weekday}",),
        dtstart=first,
        count=int(match["count"]) if match["count"] else None,
        until=_date(*until.groups()) if until else None,
        opens_at=opens,
        closes_at=closes,
    )


def _gives(row: Schedule, written: list[date], exceptions: list[date]) -> bool:
    """Whether the row, without its exceptions, gives exactly the dates written out, from the first to the last of them."""
    first, last = min(written), max(written)
    given = recurrence_of(row).dates(first, (last - first).days + 1)
    return first == written[0] and [on for on in given if on not in exceptions] == written


def _date(month: str, day: str, year: str) -> date | None:
    name = month[:3].lower()
    try:
        return date(int(year), _MONTHS.index(name) + 1, int(day)) if name in _MONTHS else None
    except ValueError:
        return None


def _time(parts: list[str]) -> time | None:
    hour, minute, half = int(parts[0]), int(parts[1]), parts[2].lower()
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return time(hour % 12 + (12 if half == "pm" else 0), minute)
