"""Spreadsheet files for tests, made as spreadsheet programs make them, and as nobody does who means well."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook


def write_workbook(path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]], hidden: Sequence[str] = ()) -> Path:
    """A workbook with these sheets, row by row; a cell may be a value, or a value with its format."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for line, cells in enumerate(rows, start=1):
            for column, told in enumerate(cells, start=1):
                value, written = told if isinstance(told, tuple) else (told, "")
                cell = sheet.cell(line, column, value)
                if written:
                    cell.number_format = written
    book.save(path)
    return path


def with_sheet(path: Path, xml: str, target: Path, packed: bool = True) -> Path:
    """The workbook with the XML of its first sheet taken over by this."""
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as after:
        for entry in before.infolist():
            after.writestr(entry.filename, xml if entry.filename == "xl/worksheets/sheet1.xml" else before.read(entry))
    return target


def sheet_xml(rows: str, head: str = "", size: str = "A1:B2") -> str:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{main}"><dimension ref="{size}"/><sheetData>{rows}</sheetData></worksheet>'
