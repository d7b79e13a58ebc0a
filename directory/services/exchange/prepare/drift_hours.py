"""Mending of hours whose rows drifted from HSDS: other names for days and times, times inside rows, dates in lists.

A wrong hour sends somebody to a closed door, so a row is only read where it can mean one thing. What cannot be read that way is kept aside
and said to be unknown; a row that only says "weekly" without days stays as it is and is known to be incomplete.
"""

import re
from typing import Any

from directory.services.exchange.prepare.fields import CLEANERS, OWNER_KEYS
from directory.services.exchange.prepare.notes import Notes

Row = dict[str, Any]

_DAYS = ("byday", "days", "days_of_week", "day_of_week", "weekday", "weekdays", "day")
_OPENS = ("opens_at", "start_time", "open_time", "time_open", "time_start", "opens", "time_from")
_CLOSES = ("closes_at", "end_time", "close_time", "time_close", "time_end", "closes", "time_to")
_FROM = ("valid_from", "start_date", "effective_date")
_TO = ("valid_to", "end_date")
_SPANS = (
    "times",
    "time",
    "time_slots",
    "slots",
    "intervals",
    "open_intervals",
    "operating_hours",
    "daily_schedules",
    "weekday_schedule",
    "schedule_details",
)
_DATES = ("dates", "date", "event_dates", "recurring_dates", "events", "schedule_dates", "activity_dates")
_RULES = ("recurrence_rule", "rrule", "recurrence")
_READ = frozenset((*_DAYS, *_OPENS, *_CLOSES, *_FROM, *_TO, *_SPANS, *_DATES, *_RULES))
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"(?:([+-]?[1-5])(?:st|nd|rd|th)?\s*)?(mo|tu|we|th|fr|sa|su)[a-z]*\.?$", re.IGNORECASE)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?")
_RULE = re.compile(r"(?:RRULE:)?(?:[A-Z]+=[\w,+\-]+)(?:;[A-Z]+=[\w,+\-]+)*$")
_STANDARD = CLEANERS["schedule"].keys() | OWNER_KEYS | {"id", "attributes", "metadata"}


def mend_schedules(data: dict[str, Any], aside: dict[str, Any], notes: Notes) -> None:
    """Replace `data["schedules"]` by rows with the standard's keys; rows that cannot be read go to `aside`."""
    value = data["schedules"]
    items = value if isinstance(value, list) else [value]
    rows: list[Any] = []
    for item in items:
        if isinstance(item, str):
            data.setdefault("hours_text", item)
        elif isinstance(item, dict) and (item.keys() - _STANDARD or item.get("freq") not in (None, "", "WEEKLY", "MONTHLY")):
            read = _rows(item)
            notes.field = "schedules"
            if read is None:
                notes.noted("These hours can be read in more than one way; they were kept aside and the hours are not known.")
                aside.setdefault("schedules", []).append(item)
            elif read != [item]:
                rows += read
                notes.repaired("Hours in other words than the standard's were read.")
            else:
                rows.append(item)
        elif item:
            rows.append(item)
    _weekday_in_wkst(rows, notes)
    data["schedules"] = rows


def _weekday_in_wkst(rows: list[Any], notes: Notes) -> None:
    """`wkst` is the day a week starts on; some feeds write the day of the row there. Certain only where one list holds several: at one
    place weeks do not start on Monday and on Thursday."""
    weekly = [row for row in rows if isinstance(row, dict) and row.get("freq") == "WEEKLY" and row.get("wkst") and not row.get("byday")]
    if len(weekly) != len(rows) or not all(row["wkst"] in _WEEKDAYS for row in weekly):
        return
    found = {row["wkst"] for row in weekly}
    if len(found) > 1:
        rows[:] = [{**row, "byday": row["wkst"], "wkst": "MO"} for row in weekly]
        notes.field = "schedules"
        notes.repaired("The day of each row stood in 'wkst'; it was read as 'byday'.")


def _first(row: Row, keys: tuple[str, ...]) -> Any:
    return next((row[key] for key in keys if row.get(key) not in (None, "", [])), None)


def _rows(row: Row) -> list[Row] | None:
    """The rows that one drifted row stands for; None when it is not certain."""
    others = [row[key] for key in row.keys() - _STANDARD - _READ]
    if any(value and isinstance(value, dict | list) for value in others):
        return None  # who knows what else it says of times
    base = {key: value for key, value in row.items() if key in _STANDARD and key not in (*_DAYS, "opens_at", "closes_at")}
    if not _read_frequency(row, base) or not _read_validity(row, base):
        return None
    days = _days(_first(row, _DAYS))
    spans = _spans(row)
    dates = _dates(row)
    if days is None or spans is None or dates is None:
        return None
    if dates:
        return _on_dates(base, dates, spans)
    if not days and not base.get("freq") and "dtstart" not in base and any(not span[2] for span in spans or [("", "", "")]):
        return None  # on every day from the first to the last, or on some?
    if len(spans) > 1 and any(span[2] for span in spans):
        return None if days or not all(span[2] for span in spans) else [_row(base, *span) for span in spans]
    if len(spans) > 1 and len(days) > 1 and len({span[:2] for span in spans}) > 1:
        return None  # which times belong to which day?
    spans = list(dict.fromkeys(spans)) or [("", "", "")]
    return [_row(base, opens, closes, own or ",".join(days)) for opens, closes, own in spans]


def _row(base: Row, opens: str, closes: str, byday: str) -> Row:
    row = dict(base)
    if byday:
        row["byday"] = byday
        row["freq"] = "MONTHLY" if any(character.isdigit() for character in byday) else row.get("freq", "WEEKLY")
    if opens or closes:
        row["opens_at"], row["closes_at"] = opens, closes
    return row


def _read_frequency(row: Row, base: Row) -> bool:
    rule = _first(row, _RULES)
    if isinstance(rule, str) and _RULE.match(rule):
        return _read_rule(rule.removeprefix("RRULE:"), row, base)
    freq = str(row.get("freq") or "").upper().replace("-", "").replace("_", "")
    base.pop("freq", None)
    if freq in ("WEEKLY", "MONTHLY"):
        base["freq"] = freq
    elif freq in ("BIWEEKLY", "DAILY", "YEARLY", "BIMONTHLY", "QUARTERLY"):
        if freq != "BIWEEKLY":
            return False
        base["freq"], base["interval"] = "WEEKLY", 2
    return freq in ("", "WEEKLY", "MONTHLY", "BIWEEKLY", "ONCE", "ONETIME", "NONE")


def _read_rule(rule: str, row: Row, base: Row) -> bool:
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    position = parts.pop("BYSETPOS", "")
    names = {"FREQ": "freq", "INTERVAL": "interval", "BYDAY": "byday", "BYMONTHDAY": "bymonthday", "COUNT": "count", "WKST": "wkst"}
    if parts.get("FREQ") not in ("WEEKLY", "MONTHLY") or parts.keys() - names.keys():
        return False
    base.update({names[name]: value for name, value in parts.items()})
    if position:
        if parts["FREQ"] != "MONTHLY" or not re.fullmatch(r"-?[1-5]", position) or "," in parts.get("BYDAY", ","):
            return False
        base["byday"] = f"{position}{parts['BYDAY']}"
    if "byday" in base:
        row["byday"] = base.pop("byday")
    return True


def _read_validity(row: Row, base: Row) -> bool:
    first, last = _first(row, _FROM), _first(row, _TO)
    for key, value in (("valid_from", first), ("valid_to", last)):
        match = _DATE.match(value) if isinstance(value, str) else None
        if value is not None and match is None:
            return False
        if match:
            base[key] = match[1]
    if base.get("valid_from") and base.get("valid_from") == base.get("valid_to"):
        base["dtstart"] = base["valid_from"]
        base.pop("freq", None)
    return True


def _days(value: Any) -> list[str] | None:
    """RRULE days; None when one of them cannot be read with certainty (numbers count from Sunday or from Monday)."""
    if value is None:
        return []
    items = value if isinstance(value, list) else re.split(r"[,;/ ]+", value) if isinstance(value, str) else [value]
    found = []
    for item in items:
        if isinstance(item, dict):
            return []  # days with times of their own: read as spans
        match = _DAY.match(item.strip()) if isinstance(item, str) else None
        if match is None:
            return None
        found.append(f"{int(match[1])}{match[2].upper()}" if match[1] else match[2].upper())
    return list(dict.fromkeys(found))


def _spans(row: Row) -> list[tuple[str, str, str]] | None:
    """(opens, closes, days of its own) of a row; None when not certain."""
    opens, closes = _first(row, _OPENS), _first(row, _CLOSES)
    if isinstance(opens, str) and isinstance(closes, str):
        return [(opens, closes, "")]
    if opens is not None or closes is not None:
        return None
    nested = [row[key] for key in (*_SPANS, *_DAYS) if isinstance(row.get(key), list) and row[key] and isinstance(row[key][0], dict)]
    if len(nested) > 1:
        return None
    found: list[tuple[str, str, str]] = []
    for item in nested[0] if nested else []:
        inner = _spans(item) if isinstance(item, dict) else None
        days = _days(_first(item, _DAYS)) if inner is not None else None
        if inner is None or days is None:
            return None
        found += [(start, end, own or ",".join(days)) for start, end, own in inner]
    return found


def _dates(row: Row) -> list[tuple[str, str, str]] | None:
    """(date, opens, closes) of single dates; None when not certain."""
    found = []
    start, end = row.get("dtstart"), row.get("dtend")
    if isinstance(start, str) and "T" in start:
        first, last = _DATE.match(start), _DATE.match(end) if isinstance(end, str) else None
        if first and last and first[1] == last[1]:
            return [(first[1], first[2] or "", last[2] or "")]
        return None
    for key in _DATES:
        for item in row[key] if isinstance(row.get(key), list) else [row[key]] if row.get(key) else []:
            text = _first(item, ("date", "start_date")) if isinstance(item, dict) else item
            match = _DATE.match(text) if isinstance(text, str) else None
            if match is None:
                return None
            opens, closes = (_first(item, _OPENS), _first(item, _CLOSES)) if isinstance(item, dict) else ("", "")
            if not all(time is None or isinstance(time, str) for time in (opens, closes)):
                return None
            found.append((match[1], opens or "", closes or ""))
    return found


def _on_dates(base: Row, dates: list[tuple[str, str, str]], spans: list[tuple[str, str, str]]) -> list[Row] | None:
    own = {key: value for key, value in base.items() if key not in ("freq", "interval", "valid_from", "valid_to", "wkst", "dtstart")}
    if len(spans) > 1 and not all(opens for _, opens, _ in dates):
        return None
    opens, closes = spans[0][:2] if spans else ("", "")
    rows = [{**own, "dtstart": day, "opens_at": start or opens, "closes_at": end or closes} for day, start, end in dict.fromkeys(dates)]
    return rows if all(row["opens_at"] and row["closes_at"] for row in rows) else None
