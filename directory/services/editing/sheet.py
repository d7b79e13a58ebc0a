"""An organization's own listings as a table for a spreadsheet: written out, and read back with what was changed in it.

One row is one listing, known by its `id`; a row without one is a new listing. A cell that is left empty leaves its field alone, `-` takes
away what the field says. Hours are written a day a column: `9:00-12:00, 13:00-17:00`, `closed` or `day and night`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from directory.domain.editing.keys import Form
from directory.domain.editing.wrong import Wrong
from directory.domain.errors import InvalidInput
from directory.domain.hours.recurrence import WEEKDAYS
from directory.domain.sentences import Sentence, say
from directory.services.csv_lines import MARK, csv_line
from directory.services.exchange.prepare.languages import language_code
from directory.services.exchange.workbooks import UPLOAD, open_workbook

MOST_ROWS = 1_000
CLEARED = "-"
_DAYS = dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), WEEKDAYS, strict=True))
_TEXTS = (
    "name", "alternate_name", "description", "status", "alert", "eligibility_description", "interpretation_services", "fees_description",
    "application_process", "hours_text", "email", "url", "information_shared",
)  # fmt: skip
_LISTS = ("categories", "languages", "cost", "ways_in", "remote", "documents")
COLUMNS = ("id", *_TEXTS, *_LISTS, "age_from", "age_to", "phone", *_DAYS)
_SPELL = re.compile(r"(\d{1,2}(?::\d{2})?)\s*(?:-|–|to)\s*(\d{1,2}(?::\d{2})?)")


def write_sheet(listings: Iterator[tuple[str, Form]]) -> Iterator[str]:
    """The table, a line at a time: id and form of each listing."""
    yield MARK + csv_line(COLUMNS)
    for object_id, form in listings:
        row = {"id": object_id, **{name: form[name] for name in _TEXTS}, **{name: "; ".join(form[name]) for name in _LISTS}}
        row |= {f"age_{end}": _number(form["ages"][end]) for end in ("from", "to")}
        row["phone"] = next((phone["number"] for phone in form["phones"] if not phone["confidential"]), "")
        week = form["hours"].get("week", {})
        row |= {
            day: ", ".join("-".join(spell) for spell in week.get(code, ())) or ("closed" if week else "") for day, code in _DAYS.items()
        }
        yield csv_line(row[name] or "" for name in COLUMNS)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that says something: where it stands, its id ("" for a new listing), its filled cells by the names of the columns."""

    where: Sentence
    id: str
    cells: dict[str, str]


def read_sheet(text: str) -> list[SheetRow]:
    """The rows of a table of text. Raise `InvalidInput` for one that is none of these."""
    if "\x00" in text:
        raise InvalidInput("file", say("This is no table of text. Save the spreadsheet as .xlsx or CSV, and choose that file."))
    plain = text.lstrip(MARK)
    sample = plain.splitlines()[:1]
    delimiter = max(",;\t", key=sample[0].count) if sample else ","
    reader = csv.reader(io.StringIO(plain), delimiter=delimiter)
    rows = ((reader.line_num, cells) for cells in reader)
    header = next((cells for _line, cells in rows if any(cells)), [])
    return list(_told(rows, _required(header), lambda line: say("Line %(line)s", line=line)))


def read_workbook(path: Path) -> tuple[list[SheetRow], list[Sentence]]:
    """The rows of the first sheet of a workbook whose first row names the columns, and a sentence for each other sheet that says
    something. Raise `InvalidInput`."""
    told, others = None, []
    with open_workbook(path, path.name, UPLOAD) as sheets:
        for sheet in sheets:
            header = next((cells for _line, cells in sheet.rows if cells), [])
            names = [_column(name) for name in header]
            if told is None and "name" in names:
                told = list(_told(sheet.rows, names, partial(_line_of, sheet.name)))
            elif header:
                others.append(say("Sheet “%(sheet)s” was not read: only the first whose first row names “name” is.", sheet=sheet.name))
    if told is None:
        raise _no_header()
    return told, others


def _line_of(sheet: str, line: int) -> Sentence:
    return say("Sheet “%(sheet)s”, line %(line)s", sheet=sheet, line=line)


def _required(header: Sequence[str]) -> list[str]:
    names = [_column(name) for name in header]
    if "name" not in names:
        raise _no_header()
    return names


def _no_header() -> InvalidInput:
    return InvalidInput("file", say("The first row must name the columns, “name” among them. Start from the table of your listings."))


def _column(name: str) -> str:
    return name.strip().lower().replace(" ", "_")


def _told(rows: Iterator[tuple[int, list[str]]], names: Sequence[str], where: Callable[[int], Sentence]) -> Iterator[SheetRow]:
    found = 0
    for line, texts in rows:
        cells = {name: _plain(text) for name, text in zip(names, texts, strict=False) if name and text.strip()}
        if not cells:
            continue
        found += 1
        if found > MOST_ROWS:
            raise InvalidInput("file", say("This table has more than %(most)s rows. Send it in parts.", most=MOST_ROWS))
        yield SheetRow(where(line), cells.pop("id", ""), cells)


def form_of_cells(cells: Mapping[str, str], current: Mapping[str, Any]) -> Form:
    """What the cells say, as values of fields. Raise `Wrong` for hours that cannot be read."""
    found: Form = {}
    for name in _TEXTS:
        if name in cells:
            found[name] = "" if cells[name] == CLEARED else cells[name]
    for name in _LISTS:
        if name in cells:
            found[name] = [] if cells[name] == CLEARED else [_item(name, part) for part in re.split(r"[;\n]", cells[name]) if part.strip()]
    if "age_from" in cells or "age_to" in cells:
        before = current.get("ages", {"from": None, "to": None})
        found["ages"] = {end: _cleared(cells[f"age_{end}"]) if f"age_{end}" in cells else before[end] for end in ("from", "to")}
    if "phone" in cells:
        found["phones"] = _phones(cells["phone"], current.get("phones", []))
    if any(day in cells for day in _DAYS):
        found["hours"] = _hours(cells, current.get("hours", {}))
    return found


def _phones(number: str, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The number of the first public telephone; the others stay."""
    blank = {"id": "", "extension": "", "type": "", "description": "", "sms": None, "confidential": False}
    first = next((phone for phone in before if not phone["confidential"]), None)
    others = [phone for phone in before if phone is not first]
    return others if number == CLEARED else [{**(first or blank), "number": number}, *others]


def _hours(cells: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    week = dict(before.get("week", {}))
    for day, code in _DAYS.items():
        if day in cells:
            week[code] = _spells(day, cells[day])
    return {**before, "week": week}


def _spells(day: str, text: str) -> list[list[str]]:
    plain = text.strip().lower()
    if plain in (CLEARED, "closed"):
        return []
    if plain in ("day and night", "24 h", "24h"):
        return [["00:00", "00:00"]]
    spells = [[_clock(part) for part in match.groups()] for match in _SPELL.finditer(plain)]
    if not spells or _SPELL.sub("", plain).strip(" ,;"):
        raise Wrong("%(day)s: “%(text)s” cannot be read. Write 9:00-12:00, 13:00-17:00.", day=day, text=text[:40])
    return spells


def _clock(text: str) -> str:
    return text if ":" in text else f"{text}:00"


def _item(name: str, text: str) -> str:
    found = text.strip()
    return language_code(found, found) or found if name == "languages" else found


def _cleared(text: str) -> str:
    return "" if text == CLEARED else text


def _plain(text: str) -> str:
    """A cell as it was meant: without the mark that keeps spreadsheets from running it."""
    found = text.strip()
    return found[1:] if found[:2] in ("'=", "'+", "'-", "'@") else found


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
