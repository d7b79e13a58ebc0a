"""Hours as people edit them, and the schedule rows that they stand for.

Two values: the usual hours `{"week": {"MO": [["09:00", "12:00"], …]}, "monthly": [["1SA", "09:00", "12:00"]], "other": [row, …]}`, and the
days that differ `[{"effect", "from", "to", "days", "opens", "closes", "note"}, …]`. Times are of the wall clock; from 00:00 to 00:00 is
day and night. `other` holds rows of feeds that the grid cannot show (every second week, counted repeats): they can be kept or taken out.

A row that several days share stays one row as long as all of them stay; so what a feed said beside the times is kept with it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from directory.domain.editing.values import MOST_ITEMS, line
from directory.domain.editing.wrong import Wrong
from directory.domain.hours.recurrence import WEEKDAYS, weekday_parts

Row = Mapping[str, Any]

ALL_DAY = ["00:00", "00:00"]
EFFECTS = ("closes", "replaces", "adds")
ORDINALS = ("1", "2", "3", "4", "5", "-1")
MOST_SPELLS = 6
LONGEST_NOTE = 200

_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::\d{2})?")
_BOUNDS = ("dtstart", "until", "count", "valid_from", "valid_to")
_NUMBERED = ("bymonthday", "byweekno", "byyearday")
_RAW = ("freq", "interval", "byday", *_NUMBERED, *_BOUNDS, "wkst", "opens_at", "closes_at", "effect")


def is_of_hours(row: Row) -> bool:
    """Whether a row says when; rows of words only do not."""
    return bool(row.get("freq") or row.get("dtstart") or row.get("valid_from") or row.get("opens_at") or _effect(row) != "adds")


def is_exception(row: Row) -> bool:
    """Whether a row speaks of days that differ, in a way that the form of such days can show."""
    if not is_of_hours(row) or row.get("until") or row.get("count") or (row.get("interval") or 1) > 1 or any(map(row.get, _NUMBERED)):
        return False
    if row.get("freq") == "WEEKLY":
        plain = weekday_parts(_days(row))
        return bool(row.get("valid_from") and plain and not row.get("dtstart") and not any(ordinal for ordinal, _ in plain))
    if row.get("freq") or row.get("byday"):
        return False
    dated = row.get("dtstart") and not (row.get("valid_from") or row.get("valid_to"))
    return bool(dated or (not row.get("dtstart") and row.get("valid_from") and row.get("valid_to")))


def usual_hours(rows: Iterable[Row]) -> dict[str, Any]:
    """The usual hours that rows of one purpose stand for; {} when nothing is said."""
    week: dict[str, list[list[str]]] = {}
    monthly: list[list[str]] = []
    other: list[dict[str, Any]] = []
    for row in rows:
        if not is_of_hours(row) or is_exception(row):
            continue
        items = _items_of(row)
        if items is None:
            other.append({name: row[name] for name in _RAW if row.get(name) not in (None, "", [])})
        for day, opens, closes in items or ():
            if day in WEEKDAYS:
                week.setdefault(day, []).append([opens, closes])
            else:
                monthly.append([day, opens, closes])
    found = {
        "week": {day: _distinct(week[day]) for day in WEEKDAYS if day in week},
        "monthly": _distinct(monthly),
        "other": sorted(other, key=repr),
    }
    return {name: value for name, value in found.items() if value}


def exceptions(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The days that differ, as rows of one purpose tell them, in the order of their dates."""
    return _in_order([_exception(row) for row in rows if is_exception(row)])


def rows_of_usual(value: Mapping[str, Any], stored: Sequence[Row]) -> tuple[list[Row], list[dict[str, Any]]]:
    """What to keep of the stored rows so that they stand for the value, and what to add."""
    wanted = {
        *((day, *spell) for day, spells in value.get("week", {}).items() for spell in spells),
        *((tuple(item)) for item in value.get("monthly", ())),
    }
    others = [dict(row) for row in value.get("other", ())]
    kept: list[Row] = []
    for row in stored:
        items = _items_of(row)
        if items is None:
            raw = {name: row[name] for name in _RAW if row.get(name) not in (None, "", [])}
            if raw in others:
                others.remove(raw)
                kept.append(row)
        elif items <= wanted and items:
            kept.append(row)
            wanted -= items
    return kept, [*_grouped(wanted), *others]


def rows_of_exceptions(value: Sequence[Mapping[str, Any]], stored: Sequence[Row]) -> tuple[list[Row], list[dict[str, Any]]]:
    """As `rows_of_usual`, for the days that differ."""
    wanted = [dict(item) for item in value]
    kept: list[Row] = []
    for row in stored:
        item = _exception(row)
        if item in wanted:
            wanted.remove(item)
            kept.append(row)
    return kept, [_row_of_exception(item) for item in wanted]


def checked_hours(value: Any) -> dict[str, Any]:
    """The usual hours in their one form."""
    given = value if isinstance(value, Mapping) else {}
    week = {day: _spells(given.get("week", {}).get(day, ()), day) for day in WEEKDAYS}
    monthly = [_monthly(item) for item in given.get("monthly", ())]
    other = [dict(row) for row in given.get("other", ())]
    found = {
        "week": {day: spells for day, spells in week.items() if spells},
        "monthly": _distinct(monthly),
        "other": sorted(other, key=repr),
    }
    return {name: entry for name, entry in found.items() if entry}


def checked_exceptions(value: Any) -> list[dict[str, Any]]:
    """The days that differ in their one form."""
    items = list(value or ())
    if len(items) > MOST_ITEMS:
        raise Wrong("Write at most %(most)s of them.", most=MOST_ITEMS)
    return _in_order([_checked_exception(item) for item in items])


def _effect(row: Row) -> str:
    return row.get("effect") or "adds"


def _days(row: Row) -> tuple[str, ...]:
    return tuple((row.get("byday") or "").split(",")) if row.get("byday") else ()


def _times(row: Row) -> list[str]:
    opens, closes = row.get("opens_at"), row.get("closes_at")
    if not opens or not closes or (opens == "00:00" and closes in ("23:59", "24:00", "00:00")):
        return list(ALL_DAY)
    return [opens, "00:00" if closes == "24:00" else closes]


def _items_of(row: Row) -> set[tuple[str, ...]] | None:
    """The (day, opens, closes) that a row stands for; None where the grid cannot show it."""
    if _effect(row) != "adds" or (row.get("interval") or 1) > 1 or any(row.get(name) for name in (*_BOUNDS, *_NUMBERED)):
        return None
    parts = weekday_parts(_days(row))
    if not parts or bool(row.get("opens_at")) != bool(row.get("closes_at")):
        return None
    has_ordinals = [bool(ordinal) for ordinal, _ in parts]
    fits = (row.get("freq") == "WEEKLY" and not any(has_ordinals)) or (row.get("freq") == "MONTHLY" and all(has_ordinals))
    if not fits:
        return None
    return {(f"{ordinal or ''}{WEEKDAYS[day]}", *_times(row)) for ordinal, day in parts}


def _grouped(items: Iterable[tuple[str, ...]]) -> list[dict[str, Any]]:
    """Rows for these items: days with the same times share one."""
    together: dict[tuple[bool, str, str], list[str]] = {}
    for day, opens, closes in sorted(items, key=lambda item: (_place(item[0]), item[1:])):
        together.setdefault((day in WEEKDAYS, opens, closes), []).append(day)
    return [
        {"freq": "WEEKLY" if weekly else "MONTHLY", "byday": ",".join(days), "opens_at": opens, "closes_at": closes, "effect": "adds"}
        for (weekly, opens, closes), days in together.items()
    ]


def _place(day: str) -> tuple[int, str]:
    return WEEKDAYS.index(day[-2:]), day


def _exception(row: Row) -> dict[str, Any]:
    is_closed = _effect(row) == "closes"
    opens, closes = ("", "") if is_closed else _times(row)
    days = [day for day in WEEKDAYS if day in _days(row)]
    return {
        "effect": _effect(row),
        "from": row.get("dtstart") or row.get("valid_from"),
        "to": row.get("dtstart") or row.get("valid_to") or "",
        "days": days if len(days) < len(WEEKDAYS) else [],
        "opens": opens,
        "closes": closes,
        "note": row.get("description") or "",
    }


def _row_of_exception(item: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"effect": item["effect"], "description": item["note"] or None}
    if item["opens"]:
        row |= {"opens_at": item["opens"], "closes_at": item["closes"]}
    if item["from"] == item["to"]:
        return {**row, "dtstart": item["from"]}
    if item["days"] or not item["to"]:
        row |= {"freq": "WEEKLY", "byday": ",".join(item["days"] or WEEKDAYS)}
    return {**row, "valid_from": item["from"], "valid_to": item["to"] or None}


def _spells(value: Any, day: str) -> list[list[str]]:
    spells = [_spell(spell) for spell in value or ()]
    if len(spells) > MOST_SPELLS:
        raise Wrong("Write at most %(most)s of them.", most=MOST_SPELLS)
    found = _distinct(spells)
    for before, after in pairwise(found):
        if before == ALL_DAY or _minutes(before[1]) <= _minutes(before[0]) or _minutes(after[0]) < _minutes(before[1]):
            raise Wrong(
                "%(day)s: %(first)s and %(second)s overlap. Write each part of the day once.",
                day=day,
                first="–".join(before),
                second="–".join(after),
            )
    return found


def _spell(value: Any) -> list[str]:
    opens, closes = (_clock(part) for part in value)
    if not opens or not closes:
        raise Wrong("Hours need both times: when it opens and when it closes.")
    if opens == closes and opens != "00:00":
        raise Wrong("It opens and closes at %(time)s. For day and night, write 00:00 and 00:00.", time=opens)
    return [opens, closes]


def _clock(value: Any) -> str:
    """HH:MM of what a field for times holds; 24:00 is the 00:00 that ends the day."""
    text = str(value or "").strip()
    found = _CLOCK.fullmatch(text)
    if text and (found is None or (found["hour"] == "24" and found["minute"] != "00")):
        raise Wrong("“%(time)s” is no time of day. Write it as 09:00 or 17:30.", time=text[:20])
    return f"{int(found['hour']) % 24:02}:{found['minute']}" if found else ""


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


def _monthly(value: Any) -> list[str]:
    day, *spell = value
    if str(day)[:-2] not in ORDINALS or str(day)[-2:] not in WEEKDAYS:
        raise Wrong("Choose which weekday of the month, such as the first Saturday.")
    return [str(day), *_spell(spell)]


def _checked_exception(item: Mapping[str, Any]) -> dict[str, Any]:
    effect = item.get("effect") or "closes"
    if effect not in EFFECTS:
        raise Wrong("Choose what differs on these days: closed, other hours, or more hours.")
    first, last = _date(item.get("from")), _date(item.get("to"))
    if not first:
        raise Wrong("Write the first day that differs.")
    if last and last < first:
        raise Wrong("The last day, %(last)s, must not come before the first, %(first)s.", last=last, first=first)
    opens, closes = ("", "") if effect == "closes" else _spell((item.get("opens"), item.get("closes")))
    days = [day for day in WEEKDAYS if day in (item.get("days") or ())]
    return {
        "effect": effect,
        "from": first,
        "to": last,
        "days": [] if len(days) == len(WEEKDAYS) or first == last else days,
        "opens": opens,
        "closes": closes,
        "note": line(LONGEST_NOTE)(item.get("note")),
    }


def _date(value: Any) -> str:
    text = str(value or "").strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Wrong("“%(date)s” is no date. Write it as 2026-12-24.", date=text[:20]) from None


def _distinct(items: Iterable[list[str]]) -> list[list[str]]:
    return [list(item) for item in sorted({tuple(item) for item in items})]


def _in_order(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """By date, each once."""
    distinct = {repr(item): item for item in items}
    return sorted(
        distinct.values(), key=lambda item: [str(item[name]) for name in ("from", "to", "effect", "opens", "closes", "days", "note")]
    )
