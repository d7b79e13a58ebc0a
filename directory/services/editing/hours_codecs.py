"""Hours of a service, of a service at a place, or of a place: one field for usual hours, one for days that differ, one for intake.

A day on which the doors are closed is closed for intake, too. Where intake has hours of its own, each closure therefore stands twice: once
among the hours and once among those of intake; the form shows it once.
"""

from collections.abc import Callable, Sequence
from typing import Any

from directory.domain.editing.hours import exceptions as said_exceptions
from directory.domain.editing.hours import is_exception, is_of_hours, rows_of_exceptions, rows_of_usual, usual_hours
from directory.services.editing.codecs import Codec
from directory.services.editing.records import Record, Row

HOURS, INTAKE = "hours", "intake"


def _of(purpose: str, condition: Callable[[Row], bool]) -> Callable[[Record, Row], bool]:
    def owns(record: Record, row: Row) -> bool:
        return row.get(record.owner) == record.object_id and (row.get("purpose") or HOURS) == purpose and condition(row)

    return owns


def _is_usual(row: Row) -> bool:
    return is_of_hours(row) and not is_exception(row)


def _rows(record: Record, owns: Callable[[Record, Row], bool]) -> list[Row]:
    return record.rows("schedule", lambda row: owns(record, row))


def _usual(purpose: str) -> Codec:
    owns = _of(purpose, _is_usual)

    def read(record: Record) -> dict[str, Any]:
        return usual_hours(_rows(record, owns))

    def write(record: Record, value: dict[str, Any]) -> None:
        before = _rows(record, owns)
        kept, new = rows_of_usual(value, before)
        record.replace("schedule", before, [*map(dict, kept), *_new(record, purpose, new)])
        if purpose == INTAKE:
            mirror_closures(record)

    return Codec(read, write, part="schedule", owns=owns)


_differs = _of(HOURS, is_exception)
_closes_intake = _of(INTAKE, lambda row: is_exception(row) and row.get("effect") == "closes")


def _read_exceptions(record: Record) -> list[dict[str, Any]]:
    return said_exceptions(_rows(record, _differs))


def _write_exceptions(record: Record, value: list[dict[str, Any]]) -> None:
    before = _rows(record, _differs)
    gone = [item for item in said_exceptions(before) if item not in value]
    kept, new = rows_of_exceptions(value, before)
    record.replace("schedule", before, [*map(dict, kept), *_new(record, HOURS, new)])
    mirror_closures(record, gone)


def mirror_closures(record: Record, gone: Sequence[dict[str, Any]] = ()) -> None:
    """Close intake on the days on which the doors are closed, and no longer on those that are `gone`."""
    closes = [item for item in _read_exceptions(record) if item["effect"] == "closes"]
    stored = _rows(record, _closes_intake)
    others = [item for item in said_exceptions(stored) if item not in gone]
    wanted = [*others, *(item for item in closes if item not in others)] if _rows(record, _of(INTAKE, _is_usual)) else others
    kept, new = rows_of_exceptions(wanted, stored)
    record.replace("schedule", stored, [*map(dict, kept), *_new(record, INTAKE, new)])


def _new(record: Record, purpose: str, rows: list[dict[str, Any]]) -> list[Row]:
    return [record.new_part("schedule", {**row, "purpose": purpose}) for row in rows]


hours = _usual(HOURS)
intake = _usual(INTAKE)
exceptions = Codec(_read_exceptions, _write_exceptions, part="schedule", owns=_differs)
"""Special hours of intake that are no closure stay with the rows that hold them."""
