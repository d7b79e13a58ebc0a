"""Hours as real places keep them: office hours, split days, overnight, all round the clock, first Saturdays, every second week, seasons.

A pattern gives schedule rows in the shape of HSDS, with the wall clock of the place.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from seeds.sample.draw import Draw

Row = dict[str, Any]
WEEKDAYS = "MO,TU,WE,TH,FR"
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA")


def weekly(byday: str, opens_at: str, closes_at: str) -> Row:
    return {"freq": "WEEKLY", "byday": byday, "opens_at": opens_at, "closes_at": closes_at}


def monthly(byday: str, opens_at: str, closes_at: str) -> Row:
    return {"freq": "MONTHLY", "byday": byday, "opens_at": opens_at, "closes_at": closes_at}


def _office(draw: Draw, _today: date) -> list[Row]:
    return [weekly(WEEKDAYS, draw.one(("08:00", "08:30", "08:30", "09:00", "09:00")), draw.one(("16:00", "16:30", "16:30", "17:00")))]


def _split_day(draw: Draw, _today: date) -> list[Row]:
    days = draw.one((WEEKDAYS, "MO,TU,TH,FR", "TU,WE,TH"))
    return [weekly(days, "09:00", "12:00"), weekly(days, draw.one(("13:00", "13:30")), "16:00")]


def _extended(draw: Draw, _today: date) -> list[Row]:
    return [weekly("MO,TU,WE,TH", "09:00", draw.one(("20:00", "20:30"))), weekly("FR", "09:00", "17:00"), weekly("SA", "10:00", "16:00")]


def _mornings(draw: Draw, _today: date) -> list[Row]:
    return [weekly(draw.one(("MO,WE,FR", "TU,TH", WEEKDAYS)), draw.one(("09:00", "09:30")), "12:00")]


def _two_afternoons(draw: Draw, _today: date) -> list[Row]:
    return [weekly(draw.one(("TU,TH", "MO,WE", "WE,FR")), "13:00", draw.one(("15:30", "16:00")))]


def _one_day(draw: Draw, _today: date) -> list[Row]:
    return [weekly(draw.one(DAYS[:5]), "10:00", draw.one(("14:00", "15:00")))]


def _one_evening(draw: Draw, _today: date) -> list[Row]:
    return [weekly(draw.one(DAYS[:4]), draw.one(("17:30", "18:00", "18:30", "19:00")), draw.one(("20:00", "20:30", "21:00")))]


def _every_second_week(draw: Draw, today: date) -> list[Row]:
    day = draw.between(0, 4)
    start = today - timedelta(days=today.weekday() - day + 7 * draw.between(20, 60))
    return [{**weekly(DAYS[day], "10:00", "14:00"), "interval": 2, "dtstart": start.isoformat()}]


def _overnight_winter(_draw: Draw, today: date) -> list[Row]:
    start = date(today.year if today.month >= 7 else today.year - 1, 11, 1)
    return [{**weekly(EVERY_DAY, "21:00", "07:00"), "dtstart": start.isoformat(), "until": date(start.year + 1, 4, 15).isoformat()}]


def _fixed(*rows: Row) -> Callable[[Draw, date], list[Row]]:
    return lambda _draw, _today: [dict(row) for row in rows]


PATTERNS: dict[str, Callable[[Draw, date], list[Row]]] = {
    "office": _office,
    "split-day": _split_day,
    "extended": _extended,
    "mornings": _mornings,
    "two-afternoons": _two_afternoons,
    "one-day": _one_day,
    "one-evening": _one_evening,
    "every-second-week": _every_second_week,
    "overnight-winter": _overnight_winter,
    "always": _fixed(weekly(EVERY_DAY, "00:00", "23:59")),
    "overnight": _fixed(weekly(EVERY_DAY, "19:00", "08:00")),
    "long": _fixed(weekly(EVERY_DAY, "08:00", "22:00")),
    "late-evenings": _fixed(weekly("TU,WE,TH,FR,SA", "17:00", "00:30")),
    "lunch": _fixed(weekly(WEEKDAYS, "11:30", "13:00")),
    "supper": _fixed(weekly(EVERY_DAY, "17:00", "18:30")),
    "sunday-noon": _fixed(weekly("SU", "12:00", "13:30")),
    "weekend": _fixed(weekly("SA,SU", "10:00", "16:00")),
    "weekday-long": _fixed(weekly(WEEKDAYS, "08:30", "17:30")),
    "child-care": _fixed(weekly(WEEKDAYS, "07:00", "18:00")),
    "school-day": _fixed(weekly(WEEKDAYS, "08:00", "15:30")),
    "school-mornings": _fixed(weekly(WEEKDAYS, "07:45", "08:45")),
    "after-school": _fixed(weekly(WEEKDAYS, "15:00", "18:00")),
    "first-saturday": _fixed(monthly("1SA", "10:00", "13:00")),
    "last-friday": _fixed(monthly("-1FR", "13:00", "16:00")),
    "evening-intake": _fixed(weekly(EVERY_DAY, "18:00", "21:30")),
    "day-intake": _fixed(weekly(WEEKDAYS, "09:00", "16:00")),
}
ROUND_THE_CLOCK = frozenset({"always", "overnight", "overnight-winter", "long"})


def open_rows(draw: Draw, pattern: str, today: date) -> list[Row]:
    """When it is open, now and then with days on which other hours count."""
    rows = PATTERNS[pattern](draw, today)
    if pattern in ROUND_THE_CLOCK:
        return rows
    kind = draw.random()
    if kind < 0.09:
        rows.append(_closed_at_christmas(today))
    elif kind < 0.12:
        rows.append(_summer_mornings(today))
    elif kind < 0.13:
        rows.append(_closed(today.isoformat(), today.isoformat(), "Closed today: burst pipe."))
    return rows


def intake_rows(draw: Draw, pattern: str, today: date) -> list[Row]:
    """When people are taken in, where that is not whenever it is open."""
    return [{**row, "purpose": "intake"} for row in PATTERNS[pattern](draw, today)]


def _closed_at_christmas(today: date) -> Row:
    year = today.year if today.month > 1 else today.year - 1
    return _closed(f"{year}-12-24", f"{year + 1}-01-02", "Closed between Christmas and New Year.")


def _closed(first: str, last: str, notes: str) -> Row:
    return {"effect": "closes", "valid_from": first, "valid_to": last, "notes": notes}


def _summer_mornings(today: date) -> Row:
    year = today.year if today.month <= 8 else today.year + 1
    row = weekly(WEEKDAYS, "09:00", "13:00")
    return {**row, "effect": "replaces", "valid_from": f"{year}-07-01", "valid_to": f"{year}-08-31", "notes": "Summer hours."}
