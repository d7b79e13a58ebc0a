"""Rows of a CSV file with the line each began on, however the file was written: any of four separators, any encoding, quotes never closed,
rows too short or too long, headers named twice, cells that would run as formulas in a spreadsheet.

Nothing is dropped in silence: each row is either given out or named in a problem.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from directory.services.exchange.readers.text_decoding import TextLines
from directory.services.exchange.records import FeedFile, Problem, Severity, Where

MAX_ROW_CHARACTERS = 500_000
"""A row longer than this is taken for a quote that was opened and never closed."""

MAX_CELL_CHARACTERS = 100_000
_SEPARATORS = ",;\t|"
_FORMULA = re.compile(r"^[\s]*[=@]+\s*")
_WRAPPED_TEXT = re.compile(r'^="([^"]*)"$')
_COMMAND = re.compile(r"^[+\-].*\|.*!", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it began on (1 is the first line of the file) and its cells by header, outer spaces gone, empty cells left out."""

    line: int
    cells: dict[str, str]


@dataclass
class CsvRows:
    """The rows of one file. Iterating gives `Row`s and `Problem`s in the order of the file; `header` is known from the first one on."""

    file: FeedFile
    header: tuple[str, ...] = ()
    _reported: set[str] = field(default_factory=set)

    def __iter__(self) -> Iterator[Row | Problem]:
        text = TextLines(self.file)
        source = _LineSource(iter(text))
        separator = _separator(source)
        rows = 0
        for line, cells in _records(source, separator):
            if isinstance(cells, str):
                yield self._problem(line, "", cells)
            elif not any(cell.strip() for cell in cells):
                continue
            elif not self.header:
                yield from self._read_header(line, cells)
            else:
                rows += 1
                yield from self._read_row(line, cells)
        yield from text.problems()
        if not rows:
            nothing = "has a header and no rows." if self.header else "is empty."
            yield self._problem(1, "", f"The file {nothing}", Severity.NOTED)

    def read_header(self) -> tuple[str, ...]:
        """The names of the columns, without reading further; empty for an empty file."""
        for _ in self:
            if self.header:
                break
        return self.header

    def _read_header(self, line: int, cells: list[str]) -> Iterator[Problem]:
        names: list[str] = []
        for position, cell in enumerate(cells, start=1):
            name = " ".join(cell.replace("\ufeff", "").split()) or f"column {position}"
            if name in names:
                twice = name
                name = next(f"{twice} ({count})" for count in range(2, len(cells) + 2) if f"{twice} ({count})" not in names)
                yield self._problem(line, twice, f"Two columns are called '{twice}'; the later one is read as '{name}'.", Severity.NOTED)
            names.append(name)
        self.header = tuple(names)

    def _read_row(self, line: int, cells: list[str]) -> Iterator[Row | Problem]:
        width = len(self.header)
        if any(cell.strip() for cell in cells[width:]):
            yield self._problem(
                line, "", f"The row has {len(cells)} cells where the header names {width}; a cell with a comma needs quotes."
            )
            return
        if len(cells) < width:
            message = f"The row has {len(cells)} cells where the header names {width}; the missing ones were read as empty."
            yield self._problem(line, "", message, Severity.REPAIRED)
        tidied: dict[str, str] = {}
        for name, cell in zip(self.header, cells, strict=False):
            text = cell.strip()
            if not text:
                continue
            text, mending = tidy_cell(text)
            if mending:
                yield self._problem(line, name, mending, Severity.REPAIRED)
            if text:
                tidied[name] = text
        yield Row(line, tidied)

    def _problem(self, line: int, column: str, message: str, severity: Severity = Severity.REJECTED) -> Problem:
        return Problem("row", Where(self.file.name, line), column, message, severity)


def tidy_cell(text: str) -> tuple[str, str]:
    """A cell made safe to give back to a spreadsheet, and in one sentence what was done ("" for nothing).

    Cells that begin with = or @ run as formulas; +1 and -75.2 are telephone numbers and coordinates and stay. `="0123"`, which
    spreadsheets write to keep zeros, becomes 0123.
    """
    if wrapped := _WRAPPED_TEXT.match(text):
        inside = wrapped.group(1).strip()
        return tidy_cell(inside) if inside else ("", "")
    if text[0] in "=@":
        return _FORMULA.sub("", text), "The cell begins like a spreadsheet formula; the sign in front was taken away."
    if text[0] in "+-" and _COMMAND.match(text):
        return text.lstrip("+-"), "The cell reads like a command to a spreadsheet; the sign in front was taken away."
    if len(text) > MAX_CELL_CHARACTERS:
        return text[:MAX_CELL_CHARACTERS], f"The cell holds {len(text):,} characters; only the first {MAX_CELL_CHARACTERS:,} were kept."
    return text, ""


class _NeverClosed(Exception):
    """A row went on so long, or to the end of the file, that a quote in it must have been opened and never closed."""


class _LineSource:
    """Lines for the CSV parser that remember the row being read, so that it can be taken back and read in another way."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self.line = 1

    def __iter__(self) -> "_LineSource":
        return self

    def __next__(self) -> str:
        text = self._again.popleft() if self._again else next(self._lines, None)
        if text is None:
            if self._row:
                raise _NeverClosed
            raise StopIteration
        self._row.append(text)
        self._size += len(text)
        if self._size > MAX_ROW_CHARACTERS:
            raise _NeverClosed
        return text

    def row_done(self) -> None:
        self.line += sum(text.endswith(("\n", "\r")) for text in self._row)
        self._row, self._size = [], 0

    def skip_first_line(self) -> None:
        """Gives up the first line of the row being read; those after it will be read again."""
        while self._row and not self._row[0].endswith(("\n", "\r")):
            self._row.pop(0)
        if not self._row:
            self._drop_to_line_end()
        else:
            self._again.extendleft(reversed(self._row[1:]))
        self.line += 1
        self._row, self._size = [], 0

    def _drop_to_line_end(self) -> None:
        for text in iter(lambda: self._again.popleft() if self._again else next(self._lines, None), None):
            if text.endswith(("\n", "\r")):
                return

    def peek(self) -> str:
        """The next line, still to be read."""
        text = self._again[0] if self._again else next(self._lines, "")
        if text and not self._again:
            self._again.append(text)
        return text


def _separator(source: _LineSource) -> str:
    """The separator that a first line "sep=;" names, else the one that parts the header into most cells."""
    first = source.peek()
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        next(source)
        source.row_done()
        return first.strip()[4]
    unquoted = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=lambda candidate: (unquoted.count(candidate), -_SEPARATORS.index(candidate)))


def _records(source: _LineSource, separator: str) -> Iterator[tuple[int, list[str] | str]]:
    """Cells of each row with the line it began on; for a row that cannot be read, the sentence that says why."""
    reader = csv.reader(source, delimiter=separator)
    while True:
        line = source.line
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _NeverClosed:
            source.skip_first_line()
            reader = csv.reader(source, delimiter=separator)
            yield line, "The row does not end: a quote that is opened here is never closed; close it, or write two quotes for one."
        except csv.Error:
            source.skip_first_line()
            reader = csv.reader(source, delimiter=separator)
            yield line, f"The row holds a cell of more than {csv.field_size_limit():,} characters; no cell may be that long."
        else:
            source.row_done()
            yield line, cells
