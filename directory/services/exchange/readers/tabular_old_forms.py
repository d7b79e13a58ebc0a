"""Rows of HSDS versions 1 and 2 in the form of version 3: hours by weekday, holidays, addresses with four lines."""

from typing import Any

from directory.services.exchange.readers.hsds_tables import RENAMED_FIELDS, Table

_DAYS = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}
_TRUE = ("true", "t", "yes", "y", "1")
_TIMES = ("opens_at", "closes_at")


def modern(table: Table, cells: dict[str, str]) -> dict[str, Any] | None:
    """The row with the names of 3.1. None for a weekday without times: it says that the place is closed then, or nothing at all, and must
    not be read as open all day."""
    row: dict[str, Any] = dict(table.constants)
    for column, value in cells.items():
        name = table.renamed.get(column, column)
        if name:
            row.setdefault(name, value)
    for old, into in RENAMED_FIELDS.get(table.kind, {}).items():
        if old in row:
            row[into] = ", ".join(part for part in (row.get(into), row.pop(old)) if part)
    if isinstance(row.get("languages"), str):
        row["languages"] = [{"name": word.strip()} for word in row["languages"].split(",") if word.strip()]
    if table.form == "regular":
        return _regular(row)
    return _holiday(row) if table.form == "holiday" else row


def _regular(row: dict[str, Any]) -> dict[str, Any] | None:
    weekday = str(row.pop("weekday", "")).strip()
    if "freq" in row or not weekday:
        return row
    if not any(name in row for name in _TIMES):
        return None
    day = _DAYS.get(weekday[:3].casefold())
    if day is None:
        # a number may count from Sunday or from Monday: the words are kept, the day is not guessed
        words = f"Day {weekday}: {row.pop('opens_at', '')} - {row.pop('closes_at', '')}"
        return row | {"description": "; ".join(filter(None, [row.get("description"), words]))}
    return row | {"freq": "WEEKLY", "byday": day}


def _holiday(row: dict[str, Any]) -> dict[str, Any]:
    closed = str(row.pop("closed", "")).strip().casefold() in _TRUE
    row |= {new: row.pop(old) for old, new in (("start_date", "valid_from"), ("end_date", "valid_to")) if old in row}
    if closed:
        return {name: value for name, value in row.items() if name not in _TIMES} | {"effect": "closes"}
    return row | {"effect": "replaces"} if any(name in row for name in _TIMES) else row
