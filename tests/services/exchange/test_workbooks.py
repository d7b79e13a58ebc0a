"""Spreadsheet files: cells as people see them, rows under their numbers, and no file that takes the machine down."""

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from directory.domain.errors import InvalidInput
from directory.services.exchange.open_feed import open_feed
from directory.services.exchange.readers.csv_rows import CsvRows, Row
from directory.services.exchange.workbook_cells import moment_text, number_text
from directory.services.exchange.workbooks import UPLOAD, WorkbookLimits, open_workbook
from tests.support.workbooks import sheet_xml, with_sheet, write_workbook


def rows_of(path: Path, limits: WorkbookLimits = UPLOAD) -> dict[str, list[tuple[int, list[str]]]]:
    with open_workbook(path, path.name, limits) as sheets:
        return {sheet.name: list(sheet.rows) for sheet in sheets}


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "plain.xlsx", {"Listings": [["name"], ["Pantry"]]})


@pytest.mark.parametrize(
    ("value", "written", "shown"),
    [
        (2134, "00000", "02134"),
        (6135550142, "###-###-####", "613-555-0142"),
        (6135550142, "[<=9999999]###-####;(###) ###-####", "(613) 555-0142"),
        (5550142, "[<=9999999]###-####;(###) ###-####", "555-0142"),
        (0.5, "0%", "50%"),
        (12.5, "0.00", "12.50"),
        (1234567, "#,##0", "1,234,567"),
        (4.5, '"$"#,##0.00', "$4.50"),
        (4.5, '_-"€"* #,##0.00_-', "€4.50"),
        (-3.0, "0.0", "-3.0"),
        (5.0, "General", "5"),
        (45.4215296, "General", "45.4215296"),
        (0.1 + 0.2, "General", "0.3"),
        (18, "@", "18"),
        (1e20, "General", "1e+20"),
    ],
)
def test_a_number_is_read_as_people_see_it(value: float, written: str, shown: str) -> None:
    assert number_text(value, written) == shown


def test_days_and_times_are_read_as_days_and_times() -> None:
    assert moment_text(datetime(2026, 11, 30)) == "2026-11-30"
    assert moment_text(datetime(2026, 11, 30, 9, 30)) == "2026-11-30 09:30"
    assert (moment_text(date(2026, 11, 30)), moment_text(time(9, 5)), moment_text(time(9, 5, 7))) == ("2026-11-30", "09:05", "09:05:07")
    assert moment_text(timedelta(hours=26, minutes=30)) == "26:30"


def test_every_row_keeps_its_number_and_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    rows = [["name", "code", "open"], [], ["Pantry", (2134, "00000"), True], [None, " "], ["Clinic\nNorth", time(9), date(2026, 1, 5)]]
    path = write_workbook(tmp_path / "book.xlsx", {"Listings": rows, "Choices": [["secret"]]}, hidden=["Choices"])
    found = rows_of(path)
    assert list(found) == ["Listings"]
    assert [(line, cells) for line, cells in found["Listings"] if cells] == [
        (1, ["name", "code", "open"]),
        (3, ["Pantry", "02134", "TRUE"]),
        (5, ["Clinic\nNorth", "09:00", "2026-01-05"]),
    ]


def test_a_formula_is_never_run_and_its_last_value_is_read(plain: Path, tmp_path: Path) -> None:
    told = '<row r="1"><c r="A1"><f>WEBSERVICE("https://example.org")</f><v>7</v></c><c r="B1"><f>1+1</f></c></row>'
    assert rows_of(with_sheet(plain, sheet_xml(told), tmp_path / "formula.xlsx"))["Listings"] == [(1, ["7"])]


@pytest.mark.parametrize(
    "content", [b"", b"name\nPantry\n", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 with a password"], ids=str
)
def test_what_is_no_workbook_is_refused_with_what_would_be_right(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"damaged, protected by a password, or no \.xlsx file"):
        rows_of(path)


def test_a_damaged_sheet_is_refused_with_what_would_be_right(plain: Path, tmp_path: Path) -> None:
    rows = ('<row r="x"><c r="A1"><v>1</v></c></row>', '<row r="1"><c t="s"><v>99</v></c></row>')
    for number, xml in enumerate(("<worksheet", *map(sheet_xml, rows))):
        with pytest.raises(InvalidInput, match="damaged"):
            rows_of(with_sheet(plain, xml, tmp_path / f"{number}.xlsx"))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell which files are open")
def test_a_damaged_workbook_is_not_left_open(plain: Path, tmp_path: Path) -> None:
    path = with_sheet(plain, "<worksheet", tmp_path / "damaged.xlsx")
    with pytest.raises(InvalidInput) as refused:
        rows_of(path)
    assert path not in {Path(os.path.realpath(each)) for each in Path("/proc/self/fd").iterdir()}, refused


def test_a_workbook_that_unpacks_without_end_is_not_opened(plain: Path, tmp_path: Path) -> None:
    path = with_sheet(plain, sheet_xml(" " * (UPLOAD.unpacked + 1)), tmp_path / "bomb.xlsx")
    assert path.stat().st_size < 100_000
    with pytest.raises(InvalidInput, match="unpacks to more than 16 MB"):
        rows_of(path)


def test_a_workbook_whose_words_grow_by_themselves_is_not_read(plain: Path, tmp_path: Path) -> None:
    head = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = with_sheet(plain, sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>', head), tmp_path / "grows.xlsx")
    with pytest.raises(InvalidInput, match="damaged"):
        rows_of(path)


def test_what_a_sheet_says_of_its_own_size_is_not_believed(plain: Path, tmp_path: Path) -> None:
    far = '<row r="999999999"><c r="A999999999"><v>1</v></c></row>'
    with pytest.raises(InvalidInput, match="Sheet “Listings” goes on below line 10000"):
        rows_of(with_sheet(plain, sheet_xml(far), tmp_path / "far.xlsx"))
    lies = with_sheet(plain, sheet_xml('<row r="1"><c r="B1"><v>2</v></c></row>', size="A1:XFD1048576"), tmp_path / "lies.xlsx")
    assert rows_of(lies) == {"Listings": [(1, ["", "2"])]}
    many = "".join(f"<c><v>{number}</v></c>" for number in range(UPLOAD.columns + 1))
    with pytest.raises(InvalidInput, match="Sheet “Listings” has more than 200 columns"):
        rows_of(with_sheet(plain, sheet_xml(f'<row r="1">{many}</row>'), tmp_path / "wide.xlsx"))


def test_sheets_of_a_feed_are_tables_under_their_names_with_rows_under_their_numbers(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "book.xlsx", {"services": [["id", "name"], [], ["one", "Line\nbreak"], ["two", "Pantry"]], "empty": []}
    )
    with open_feed(path) as files:
        (file,) = files
        assert file.name == "book.xlsx/services.csv"
        rows = [row for row in CsvRows(file) if isinstance(row, Row)]
    assert [(row.line, row.cells["name"].split()) for row in rows] == [(3, ["Line", "break"]), (4, ["Pantry"])]


def test_a_cell_in_which_a_formula_went_wrong_is_named_before_a_feed_is_read(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", {"services": [["id", "name"], ["one", "#REF!"]]})
    with pytest.raises(InvalidInput, match=r"Sheet “services”, line 2 holds an error \(#REF!\)"), open_feed(path):
        pass
