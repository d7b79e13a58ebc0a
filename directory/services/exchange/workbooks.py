"""Spreadsheet files (.xlsx) as tables of text, the way people see them: nothing is worked out, nothing is trusted about sizes.

A workbook is a zip of XML. What it unpacks to is bounded before anything is read, and XML that would grow by itself is refused (defusedxml,
which openpyxl uses where it is installed). Formulas are never run: the value that was last saved with them is read.
"""

import csv
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.domain.errors import InvalidInput
from directory.domain.sentences import say
from directory.services.exchange.records import FeedFile
from directory.services.exchange.workbook_cells import cell_text

SUFFIX = ".xlsx"
LINE_INSIDE = "\u2028"
"""Stands for a line break inside a cell, so that each row stays one line and keeps its number; texts of imports get their breaks back."""
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
"""What spreadsheets show where a formula went wrong."""


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """What is taken on: bytes of everything unpacked, sheets, and of each sheet lines (empty ones counted) and columns."""

    unpacked: int
    sheets: int
    lines: int
    columns: int


FEED = WorkbookLimits(unpacked=400_000_000, sheets=100, lines=500_000, columns=400)
UPLOAD = WorkbookLimits(unpacked=16_000_000, sheets=30, lines=10_000, columns=200)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that people see. Each row comes with its number, 1 for the first."""

    name: str
    rows: Iterator[tuple[int, list[str]]]


@contextmanager
def open_workbook(path: Path, name: str, limits: WorkbookLimits, field: str = "file") -> Iterator[list[Sheet]]:
    """The sheets that people see, in their order; hidden ones are left out. Raise `InvalidInput` of `field`, also while rows are read."""
    from openpyxl import load_workbook

    _check_size(path, name, limits, field)
    with warnings.catch_warnings(), path.open("rb") as content:  # opened here: a damaged one would be left open
        warnings.simplefilter("ignore")  # of parts of a workbook that are not read here, such as lists to choose from
        with _damage_told(name, field):
            book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        try:
            seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if len(seen) > limits.sheets:
                raise InvalidInput(field, say("%(name)s has more than %(most)s sheets. Send it in parts.", name=name, most=limits.sheets))
            yield [Sheet(sheet.title, _rows(sheet, name, limits, field)) for sheet in seen]
        finally:
            book.close()


def _check_size(path: Path, name: str, limits: WorkbookLimits, field: str) -> None:
    """Of a zip no more comes out than its own list says: reading stops there. So the list is enough to bound it."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        raise _no_workbook(name, field) from None
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        most = limits.unpacked // 1_000_000
        raise InvalidInput(
            field, say("%(name)s unpacks to more than %(most)s MB; it is not opened. Send it in parts.", name=name, most=most)
        )
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise _no_workbook(name, field)


def _no_workbook(name: str, field: str) -> InvalidInput:
    return InvalidInput(
        field, say("%(name)s is damaged, protected by a password, or no .xlsx file. Save it anew as .xlsx or CSV.", name=name)
    )


@contextmanager
def _damage_told(name: str, field: str) -> Iterator[None]:
    """Whatever a damaged file makes the library stumble over is said as what it is: a damaged file."""
    try:
        yield
    except (InvalidInput, MemoryError):
        raise
    except Exception:
        raise _no_workbook(name, field) from None


def _rows(sheet: Any, name: str, limits: WorkbookLimits, field: str) -> Iterator[tuple[int, list[str]]]:
    """Row by row as text, without empty cells at the end. What a sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    rows = iter(sheet.iter_rows(max_col=limits.columns + 1))
    number = 0
    while True:
        with _damage_told(name, field):
            cells = next(rows, None)
            texts = None if cells is None else [cell_text(cell) for cell in cells]
        if texts is None:
            return
        number += 1
        while texts and not texts[-1]:
            texts.pop()
        if number > limits.lines:
            below = say(
                "Sheet “%(sheet)s” goes on below line %(most)s. Delete what is below your table.", sheet=sheet.title, most=limits.lines
            )
            raise InvalidInput(field, below)
        if len(texts) > limits.columns:
            wide = say("Sheet “%(sheet)s” has more than %(most)s columns.", sheet=sheet.title, most=limits.columns)
            raise InvalidInput(field, wide)
        yield number, texts


def error_in(texts: Sequence[str]) -> str:
    """The first error among the cells of a row; "" for none."""
    return next((text for text in texts if text in ERRORS), "")


def as_tables(file: FeedFile, folder: Path) -> list[FeedFile]:
    """The sheets of a workbook of a feed as CSV files, each under the name of its sheet, row 7 on line 7. Raise `InvalidInput`."""
    made = []
    with open_workbook(Path(file.path), file.name, FEED, "path") as sheets:
        for number, sheet in enumerate(sheets, start=1):
            target = folder / f"{Path(file.path).stem}-{number}.csv"
            if _write(sheet, target):
                made.append(FeedFile(f"{file.name}/{sheet.name}.csv", str(target), target.stat().st_size))
    return made


def _write(sheet: Sheet, target: Path) -> bool:
    """Whether there was anything to write."""
    some = False
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for number, texts in sheet.rows:
            if wrong := error_in(texts):
                told = say(
                    "Sheet “%(sheet)s”, line %(line)s holds an error (%(error)s). Put it right there.",
                    sheet=sheet.name,
                    line=number,
                    error=wrong,
                )
                raise InvalidInput("path", told)
            some = some or bool(texts)
            writer.writerow([_one_line(text) for text in texts])
    return some


def _one_line(text: str) -> str:
    return LINE_INSIDE.join(text.splitlines())
