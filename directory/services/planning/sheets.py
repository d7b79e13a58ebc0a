"""Rows as tables for others' programs: CSV and workbooks, in which no cell is run as a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from directory.services.csv_lines import safe_cell


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """None is an empty cell; true and false are yes and no."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([_cell(row[column]) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else safe_cell(str(value))


def as_workbook(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.append(list(columns))
    for row in rows:
        sheet.append([safe_cell(row[column]) if isinstance(row[column], str) else row[column] for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
