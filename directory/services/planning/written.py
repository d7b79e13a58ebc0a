"""Rows of plain values as files for a spreadsheet. None is an empty cell: hidden, or not known."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from directory.services.csv_lines import MARK, csv_line, safe_cell

Row = Mapping[str, Any]


def written_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    lines = [csv_line(columns), *(csv_line(_text(row[column]) for column in columns) for row in rows)]
    return (MARK + "".join(lines)).encode()


def _text(value: object) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def written_workbook(title: str, columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(list(columns))
    for row in rows:
        sheet.append([safe_cell(row[column]) if isinstance(row[column], str) else row[column] for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
