"""The hours of one record, settled: rows that can be placed on dates are kept as rows; what leaves doubt is kept as words only.

One row that cannot be read makes the rest incomplete, and an incomplete week is worse than none: then all rows of the record become words.
Words on hours that are understood with confidence become rows beside them, with the text and the confidence.
"""

import re
from functools import lru_cache
from typing import Any

from directory.domain.hours.freetext import ParsedHours, parse_hours
from directory.domain.hours.from_hsds import from_hsds, meaning_of_words
from directory.domain.hours.values import Schedule
from directory.services.exchange.prepare.notes import Notes
from directory.services.exchange.prepare.things import Part, Thing

Fields = dict[str, Any]

_STRUCTURED = (
    "freq", "interval", "byday", "bymonthday", "byweekno", "byyearday", "dtstart", "until", "count", "valid_from", "valid_to", "opens_at",
    "closes_at", "wkst",
)  # fmt: skip
_FOR_READING = (*_STRUCTURED, "description", "timezone")
_PLACED = frozenset({"freq", "byday", "dtstart", "valid_from", "bymonthday", "opens_at", "closes_at", "byweekno", "byyearday"})
_OFFSET = re.compile(r"\d(?:Z|[+-]\d{2}:?\d{2})$")
_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:lun|mar|mercre|jeu|vendre|same|diman)(?:di|che)s?\b"
    r"|\b(?:lunes|martes|miércoles|jueves|viernes|sábados?|domingos?)\b",
    re.IGNORECASE,
)
WITH_OFFSET = "times_with_offset"
"""Where `opens_at` and `closes_at` wait as they came, offset included, until they are checked against the zone of the place."""
LONGEST_TEXT = 2_000


def settle(thing: Thing, zone: str, notes: Notes, *, is_settled: bool = False) -> None:
    """Replace the schedule parts of a thing by those that can be relied on. `is_settled`: it comes from our own export, where this was done
    before; words that were left as words then stay words."""
    parts = thing.parts
    offsets = {index: part.fields.pop(WITH_OFFSET, ()) for index, part in enumerate(parts) if part.kind == "schedule"}
    rows = [index for index, part in enumerate(parts) if part.kind == "schedule" and part.parent == -1]
    placed = [index for index in rows if parts[index].fields.keys() & _PLACED and parts[index].fields.get("confidence") is None]
    doubt = "Some of them can be read in more than one way." if thing.aside.get("schedules") else ""
    for index in [] if doubt else placed:
        fields = parts[index].fields
        if fields.get("effect", "adds") != "adds":
            continue
        row = tuple((name, fields[name]) for name in _FOR_READING if fields.get(name) is not None)
        read, problem = _read((*row, *offsets[index]), thing.fields.get("zone") or zone)
        if read is None or _says_days_elsewhere(fields):
            doubt = problem or "The description names days that the row does not."
            break
        _tidy(fields, read)
    if doubt:
        notes.field = "schedules"
        notes.noted(f"The hours are kept as words only: {doubt}")
        for index in placed:
            parts[index] = parts[index]._replace(fields=_as_words(parts[index].fields))
        return
    if not placed and not is_settled:
        _understand(thing, rows, notes)


@lru_cache(maxsize=8_192)
def _read(row: tuple[tuple[str, Any], ...], zone: str) -> tuple[Schedule | None, str | None]:
    return from_hsds(dict(row), zone or None)


def _says_days_elsewhere(fields: Fields) -> bool:
    """A row on every day of a span of dates, whose description names days of the week."""
    is_span = not fields.get("freq") and not fields.get("byday") and fields.get("valid_from") != fields.get("valid_to")
    return is_span and _WEEKDAY.search(fields.get("description") or "") is not None


def _tidy(fields: Fields, read: Schedule) -> None:
    if read.byday:
        fields["byday"] = ",".join(read.byday)
    for name in ("bymonthday", "byweekno", "byyearday"):
        if numbers := getattr(read, name):
            fields[name] = ",".join(map(str, numbers))


def read_words(fields: Fields) -> None:
    """Closures, special hours and hours of intake that a description says in the words of our own export."""
    if not fields.get("description"):
        return
    has_times = bool(fields.get("opens_at") or fields.get("closes_at"))
    effect, purpose, rest = meaning_of_words(fields["description"], has_times=has_times)
    if rest != fields["description"]:
        fields.setdefault("effect", effect)
        fields.setdefault("purpose", purpose)
        fields["description"] = rest
        if not rest:
            del fields["description"]


def without_offsets(data: Fields) -> Fields:
    """A row of our own export: its times are those of the wall clock, whatever offset stands behind them."""
    times = {name: data[name][:5] for name in ("opens_at", "closes_at") if isinstance(data.get(name), str)}
    return {**data, **times}


def times_with_offset(data: Fields) -> tuple[tuple[str, str], ...]:
    """`opens_at` and `closes_at` of a row that gives them with an offset from UTC."""
    times = tuple((name, str(data[name]).strip()) for name in ("opens_at", "closes_at") if data.get(name))
    return times if any(_OFFSET.search(text) for _, text in times) else ()


def _as_words(fields: Fields) -> Fields:
    kept = {name: value for name, value in fields.items() if name not in _STRUCTURED}
    days = fields.get("byday") or fields.get("dtstart") or fields.get("valid_from")
    times = "-".join(fields[name] for name in ("opens_at", "closes_at") if fields.get(name))
    often = "" if days or not fields.get("freq") else {"WEEKLY": "weekly", "MONTHLY": "monthly"}.get(fields["freq"], "")
    words = " ".join(text for text in (days, times, often) if text)
    if words and words not in kept.get("description", ""):
        kept["description"] = f"{kept['description']} ({words})" if kept.get("description") else words
    return kept


def _understand(thing: Thing, rows: list[int], notes: Notes) -> None:
    """Read the words on hours of a thing that has no rows of its own."""
    texts = [thing.fields.get("hours_text") or ""]
    texts += [thing.parts[index].fields.get("description") or "" for index in rows if not thing.parts[index].fields.get("source_text")]
    text = "; ".join(text for text in texts if text)
    if not text or len(text) > LONGEST_TEXT:
        return
    parsed = _parse(text)
    if not parsed.confident or not parsed.schedules:
        return
    if parsed.closed_on_holidays is not None and thing.kind == "service":
        thing.fields.setdefault("closed_on_holidays", parsed.closed_on_holidays)
    notes.field = "hours_text" if thing.fields.get("hours_text") else "schedules"
    notes.repaired(f"Hours in words were read as: {parsed.understood}.")
    thing.parts += [Part("schedule", -1, "", _row(schedule, text, parsed.confidence)) for schedule in parsed.schedules]


@lru_cache(maxsize=4_096)
def _parse(text: str) -> ParsedHours:
    return parse_hours(text)


def _row(schedule: Schedule, text: str, confidence: float) -> Fields:
    found: Fields = {
        "freq": schedule.freq.value if schedule.freq else None,
        "interval": schedule.interval if schedule.interval > 1 else None,
        "byday": ",".join(schedule.byday),
        "opens_at": f"{schedule.opens_at:%H:%M}" if schedule.opens_at else None,
        "closes_at": f"{schedule.closes_at:%H:%M}" if schedule.closes_at else None,
        "count": schedule.count,
        "effect": schedule.effect.value,
        "source_text": text,
        "confidence": confidence,
    }
    for name in ("bymonthday", "byweekno", "byyearday"):
        found[name] = ",".join(map(str, getattr(schedule, name)))
    for name in ("dtstart", "until", "valid_from", "valid_to"):
        day = getattr(schedule, name)
        found[name] = day.isoformat() if day else None
    return {name: value for name, value in found.items() if value not in (None, "")}
