"""Lines of tables that people open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """A text that a spreadsheet would run as a formula is told to be text; telephone numbers and what else begins with a plus too."""
    return f"'{text}" if text.startswith(_FORMULA) and not text.replace(".", "").lstrip("-").isdigit() else text


def csv_line(cells: Iterable[object]) -> str:
    """One line of CSV (RFC 4180), its cells safe."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([safe_cell(str(cell)) for cell in cells])
    return line.getvalue()
