"""HSDS schedule rows to and from our own.

What HSDS cannot say, and how rows cross over:

- HSDS has no zone, only an offset from UTC that drifts with daylight saving time. The digits of `opens_at` and `closes_at` are taken as the
  wall clock of the place when their offset is one that the place's zone has at some time of the year; with another offset (a *Z* in
  Toronto) nobody can tell what was meant, and the row is not used.
- HSDS has neither closures, nor replaced hours, nor hours of intake. They go out as rows that claim nothing wrong to whoever does not know
  our words: a closure has no times; all say so in `description`, by which they are known again.
- 24 hours are 00:00 to 23:59.

Rows of feeds are refused with one sentence when they could mean something else:

- no times (never read as all day), or days that must be guessed;
- a frequency outside the standard, or fields outside it that may speak of days or times;
- a description that narrows the row ("4th Saturday" on a weekly row);
- a monthly row with a bare weekday: RRULE takes it as every one of the month, and feeds that write it hardly ever mean that.

`wkst` is the day a week starts on. Some feeds write the day of the row there instead and leave `byday` out; many more write MO everywhere,
meaning nothing. Of 476 rows of food pantries that name their one day in another field, 406 have another `wkst`, and of those with a `wkst`
other than MO still every fifth. So it counts as the day of the row only for a feed of which a person says so (`wkst_names_day`);
`wkst_may_name_days` tells whether to ask.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, time

from directory.domain.errors import InvalidInput
from directory.domain.hours.hsds_values import date_part, day_part, numbers, offset_on, offsets_of, time_part, words
from directory.domain.hours.recurrence import why_not_placed
from directory.domain.hours.values import Effect, Frequency, Schedule

HsdsRow = Mapping[str, object]

CLOSED_WORDS = "Closed on these dates."
REPLACED_WORDS = "Special hours: on these dates only these hours hold."
INTAKE_WORDS = "Intake: new people are taken at these hours."

_DATES = ("dtstart", "until", "valid_from", "valid_to")
_READ = {*_DATES, "freq", "interval", "byday", "bymonthday", "byweekno", "byyearday", "wkst", "count", "opens_at", "closes_at"}
_HARMLESS = {
    *("id", "service_id", "location_id", "service_at_location_id", "timezone", "description", "schedule_link"),
    *("attending_type", "notes", "attributes", "metadata", "name", "location_name", "last_modified"),
}
_OTHER_NAMES = {
    "days": "byday",
    "days_of_week": "byday",
    "day_of_week": "byday",
    "weekday": "byday",  # HSDS 1.1
    "start_time": "opens_at",
    "open_time": "opens_at",
    "time_open": "opens_at",
    "end_time": "closes_at",
    "close_time": "closes_at",
    "time_close": "closes_at",
    "start_date": "valid_from",
    "end_date": "valid_to",
}
_NARROWS = re.compile(
    r"\b(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last|every other|bi-?\s?weekly|alternate|month(?:ly)?s?|summer|winter"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b",
    re.IGNORECASE,
)
_NOTHING: tuple[object, ...] = (None, "", [], {})
_MOST_OF_ONE_DAY = 0.5
_ENOUGH_ROWS = 20


def from_hsds(row: HsdsRow, zone: str | None = None, *, wkst_names_day: bool = False) -> tuple[Schedule | None, str | None]:
    """The row as a schedule, or None and one sentence on what is wrong with it.

    `zone`: IANA zone of the place, against which offsets are checked. A row that stays unread makes the hours it belongs to incomplete:
    keep the text, and take none of its rows for the whole.
    """
    try:
        schedule = _read(_with_standard_names(row), zone, wkst_names_day)
    except InvalidInput as error:
        return None, error.message
    problem = why_not_placed(schedule)
    return (None, problem) if problem else (schedule, None)


def to_hsds(schedule: Schedule, zone: str, on: date) -> dict[str, object]:
    """The row in HSDS 3.1, with the offset from UTC that the zone has on the date `on`; fields without a value are left out."""
    offset = offset_on(zone, on)
    found: dict[str, object] = {
        "freq": schedule.freq.value if schedule.freq else None,
        "interval": schedule.interval if schedule.freq and schedule.interval > 1 else None,
        "byday": ",".join(schedule.byday),
        "bymonthday": ",".join(map(str, schedule.bymonthday)),
        "byweekno": ",".join(map(str, schedule.byweekno)),
        "byyearday": ",".join(map(str, schedule.byyearday)),
        "wkst": schedule.wkst if schedule.freq else None,
        "count": schedule.count,
        "timezone": offset // 60 if offset % 60 == 0 else offset / 60,
        **{name: _iso(getattr(schedule, name)) for name in _DATES},
        **_times(schedule, offset),
        **_effect_words(schedule.effect),
    }
    return {name: value for name, value in found.items() if value is not None and value != ""}


def words_of_row(effect: str, purpose: str, description: str) -> str:
    """The description of a row that closes, replaces or tells of intake, with what it said before behind the words that say so."""
    words = {Effect.CLOSES: CLOSED_WORDS, Effect.REPLACES: REPLACED_WORDS}.get(Effect(effect), "")
    return " ".join(filter(None, (INTAKE_WORDS if purpose == "intake" else "", words, description)))


def meaning_of_words(description: str, *, has_times: bool) -> tuple[str, str, str]:
    """(effect, purpose, the rest of the description) of a row that came back: what `words_of_row` wrote."""
    purpose, effect, rest = "hours", Effect.ADDS, description.strip()
    if rest.startswith(INTAKE_WORDS):
        purpose, rest = "intake", rest.removeprefix(INTAKE_WORDS).strip()
    if rest.startswith(CLOSED_WORDS) and not has_times:
        effect, rest = Effect.CLOSES, rest.removeprefix(CLOSED_WORDS).strip()
    elif rest.startswith(REPLACED_WORDS):
        effect, rest = Effect.REPLACES, rest.removeprefix(REPLACED_WORDS).strip()
    return effect.value, purpose, rest


def wkst_may_name_days(rows: Iterable[HsdsRow]) -> bool:
    """Whether the rows of a feed look as if `wkst` named their days, so that a person should be asked.

    True with at least 20 weekly rows that have no other day, on at least five different days, none of which has half of the rows.
    """
    days = [str(row.get("wkst")) for row in rows if row.get("freq") == "WEEKLY" and not (row.get("byday") or row.get("dtstart"))]
    if len(days) < _ENOUGH_ROWS:
        return False
    counts = Counter(days)
    return len(counts) >= 5 and max(counts.values()) < _MOST_OF_ONE_DAY * len(days)


def _read(row: HsdsRow, zone: str | None, wkst_names_day: bool) -> Schedule:
    _refuse_what_says_more(row)
    effect = _effect(row)
    opens, closes = (None, None) if effect is Effect.CLOSES else _opening(row, zone)
    freq = _frequency(row)
    dates = {name: _date(row, name) for name in _DATES}
    byday = _days(row, "byday")
    wkst = _weekday(row)
    if freq is None and byday and dates["dtstart"] is None:
        freq = Frequency.MONTHLY if any(len(day) > 2 for day in byday) else Frequency.WEEKLY
    if freq is Frequency.WEEKLY and not byday and dates["dtstart"] is None and wkst_names_day and row.get("wkst"):
        byday = (wkst,)
    if freq is Frequency.MONTHLY and any(len(day) == 2 for day in byday):
        raise InvalidInput("byday", "A monthly row must say which weekday of the month, such as 1SA.")
    if effect is Effect.ADDS and freq is Frequency.WEEKLY and _NARROWS.search(str(row.get("description") or "")):
        raise InvalidInput("description", "The description says more on the days than the row does.")
    return Schedule(
        freq,
        interval=_number(row, "interval") or 1,
        byday=byday,
        bymonthday=_numbers(row, "bymonthday", 31),
        byweekno=_numbers(row, "byweekno", 53),
        byyearday=_numbers(row, "byyearday", 366),
        wkst=wkst,
        count=_number(row, "count"),
        opens_at=opens,
        closes_at=closes,
        effect=effect,
        **dates,
    )


def _with_standard_names(row: HsdsRow) -> HsdsRow:
    """The row with the other names that feeds use for a field of the standard put right, as long as the two do not differ."""
    found = {name: value for name, value in row.items() if name not in _OTHER_NAMES}
    for name, standard in _OTHER_NAMES.items():
        value = row.get(name)
        if value in _NOTHING:
            continue
        if found.get(standard) in _NOTHING:
            found[standard] = value
        elif words(found[standard]) != words(value):
            raise InvalidInput(name, f"{name} and {standard} differ.")
    return found


def _refuse_what_says_more(row: HsdsRow) -> None:
    for name, value in row.items():
        if name not in _READ and name not in _HARMLESS and not name.startswith("_") and value not in _NOTHING:
            raise InvalidInput(name, f"The field {name} is not one of the standard; it may change what the row means.")


def _effect(row: HsdsRow) -> Effect:
    description = str(row.get("description") or "").strip()
    if description.startswith(CLOSED_WORDS) and not (row.get("opens_at") or row.get("closes_at")):
        return Effect.CLOSES
    return Effect.REPLACES if description.startswith(REPLACED_WORDS) else Effect.ADDS


def _effect_words(effect: Effect) -> dict[str, str]:
    said = {Effect.CLOSES: CLOSED_WORDS, Effect.REPLACES: REPLACED_WORDS}.get(effect)
    return {"description": said} if said else {}


def _opening(row: HsdsRow, zone: str | None) -> tuple[time, time]:
    opens, closes = _time(row, "opens_at", zone), _time(row, "closes_at", zone)
    if opens is None or closes is None:
        raise InvalidInput("opens_at", "The row needs opens_at and closes_at, such as 09:00 and 17:00.")
    return opens, closes


def _time(row: HsdsRow, name: str, zone: str | None) -> time | None:
    value = row.get(name)
    if value in (None, ""):
        return None
    read = time_part(str(value))
    if read is None:
        raise InvalidInput(name, f"{name} must be a time such as 09:00 or 09:00-05:00.")
    moment, offset = read
    if offset is None:
        offset = _row_offset(row)
    if offset is not None and zone is not None and offset not in offsets_of(zone):
        raise InvalidInput(name, f"{name} has an offset from UTC that clocks at the place never have.")
    return moment


def _row_offset(row: HsdsRow) -> int | None:
    value = row.get("timezone")
    if value in (None, ""):
        return None
    try:
        return round(float(str(value)) * 60)
    except ValueError:
        raise InvalidInput("timezone", "timezone must be a number of hours from UTC, such as -5.") from None


def _frequency(row: HsdsRow) -> Frequency | None:
    value = str(row.get("freq") or "").strip().upper()
    if value and value not in set(Frequency):
        raise InvalidInput("freq", "freq must be WEEKLY or MONTHLY.")
    return Frequency(value) if value else None


def _days(row: HsdsRow, name: str) -> tuple[str, ...]:
    days = []
    for word in words(row.get(name)):
        day = day_part(word)
        if day is None:
            raise InvalidInput(name, f"{name} must hold days such as MO, or 1SA for the first Saturday.")
        days.append(day)
    return tuple(dict.fromkeys(days))


def _weekday(row: HsdsRow) -> str:
    days = _days(row, "wkst") or ("MO",)
    if len(days) > 1 or len(days[0]) > 2:
        raise InvalidInput("wkst", "wkst must be one day of the week, such as MO.")
    return days[0]


def _date(row: HsdsRow, name: str) -> date | None:
    value = row.get(name)
    if value in (None, ""):
        return None
    day = date_part(str(value))
    if day is None:
        raise InvalidInput(name, f"{name} must be a date such as 2026-11-23.")
    return day


def _number(row: HsdsRow, name: str) -> int | None:
    found = numbers(row.get(name))
    if found is None or len(found) > 1:
        raise InvalidInput(name, f"{name} must be a whole number.")
    return found[0] if found else None


def _numbers(row: HsdsRow, name: str, largest: int) -> tuple[int, ...]:
    found = numbers(row.get(name))
    if found is None or any(not 1 <= abs(number) <= largest for number in found):
        raise InvalidInput(name, f"{name} must hold whole numbers from 1 to {largest}, or the same counted from the end.")
    return found


def _times(schedule: Schedule, offset: int) -> dict[str, str]:
    if schedule.effect is Effect.CLOSES:
        return {}
    opens, closes = schedule.opens_at or time(0), schedule.closes_at or time(0)
    if opens == closes == time(0):
        closes = time(23, 59)
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    suffix = f"{sign}{minutes // 60:02}:{minutes % 60:02}" if offset else "Z"
    return {"opens_at": f"{opens:%H:%M}{suffix}", "closes_at": f"{closes:%H:%M}{suffix}"}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
