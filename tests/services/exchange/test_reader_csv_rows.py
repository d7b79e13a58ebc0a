"""Tables as people's spreadsheets write them."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.services.exchange.readers.csv_rows import CsvRows, Row, tidy_cell
from directory.services.exchange.records import FeedFile, Problem, Severity


def read(path: Path, content: str | bytes) -> tuple[list[Row], list[Problem]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = list(CsvRows(FeedFile("places.csv", str(path), path.stat().st_size)))
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Problem)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "places.csv"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_parts_the_header(path: Path, separator: str) -> None:
    rows, problems = read(path, f"name{separator}phone{separator}town\nHope House{separator}613-555-0101{separator}Ottawa\n")
    assert [row.cells for row in rows] == [{"name": "Hope House", "phone": "613-555-0101", "town": "Ottawa"}]
    assert problems == []


def test_a_first_line_that_names_the_separator_is_no_header(path: Path) -> None:
    rows, _ = read(path, 'sep=;\nname;note\n"Hope; House";open\n')
    assert rows == [Row(3, {"name": "Hope; House", "note": "open"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_accents_come_through_every_unicode_encoding(path: Path, encoding: str) -> None:
    rows, problems = read(path, "name,town\nMaison du Père,Québec\nMaison du Père,Montréal\n".encode(encoding))
    assert [row.cells["town"] for row in rows] == ["Québec", "Montréal"]
    assert rows[0].cells["name"] == "Maison du Père"
    assert problems == []


def test_bytes_of_the_windows_code_page_are_read_and_told(path: Path) -> None:
    rows, problems = read(path, b"name,town\nPlain,Hull\nCaf\xe9 de l\x92Espoir,Qu\xe9bec\n")
    assert rows[1].cells == {"name": "Café de l’Espoir", "town": "Québec"}
    assert [(problem.severity, problem.where.line) for problem in problems] == [(Severity.REPAIRED, 3)]
    assert "Windows-1252" in problems[0].message


def test_one_pasted_line_of_the_windows_code_page_does_not_spoil_the_utf8_around_it(path: Path) -> None:
    rows, _ = read(path, "name\nMontréal\n".encode() + b"Qu\xe9bec\n" + "Trois-Rivières\n".encode())
    assert [row.cells["name"] for row in rows] == ["Montréal", "Québec", "Trois-Rivières"]


def test_zero_bytes_are_taken_out_and_told(path: Path) -> None:
    rows, problems = read(path, b"name,town\nHope\x00 House,Ottawa\n")
    assert rows[0].cells["name"] == "Hope House"
    assert [problem.severity for problem in problems] == [Severity.REPAIRED]


def test_a_row_too_long_is_refused_by_its_line_and_the_others_are_read(path: Path) -> None:
    rows, problems = read(path, "name,town\nA,Ottawa\nB, Main St,Ottawa\nC,Hull\n")
    assert [row.cells["name"] for row in rows] == ["A", "C"]
    assert [(problem.where.line, problem.severity) for problem in problems] == [(3, Severity.REJECTED)]


def test_a_row_too_short_is_read_with_empty_cells_and_told(path: Path) -> None:
    rows, problems = read(path, "name,town,phone\nA,Ottawa\n")
    assert rows[0].cells == {"name": "A", "town": "Ottawa"}
    assert [(problem.where.line, problem.severity) for problem in problems] == [(2, Severity.REPAIRED)]


def test_a_quote_never_closed_costs_its_own_line_only(path: Path) -> None:
    rows, problems = read(path, 'name,town\nA,Ottawa\nB,"Hull\nC,Gatineau\nD,Aylmer\n')
    assert [row.cells["name"] for row in rows] == ["A", "C", "D"]
    assert [row.line for row in rows] == [2, 4, 5]
    assert [(problem.where.line, problem.severity) for problem in problems] == [(3, Severity.REJECTED)]


def test_a_quote_never_closed_in_a_long_file_is_found_long_before_its_end(path: Path) -> None:
    tail = "".join(f"row {number},{'x' * 100}\n" for number in range(20_000))
    rows, problems = read(path, 'name,town\nB,"Hull\n' + tail)
    assert len(rows) == 20_000
    assert [problem.where.line for problem in problems] == [2]


def test_cells_of_several_lines_keep_the_line_numbers_right(path: Path) -> None:
    rows, _ = read(path, 'name,note\nA,"one\ntwo\nthree"\nB,four\n')
    assert [(row.line, row.cells["name"]) for row in rows] == [(2, "A"), (5, "B")]
    assert rows[0].cells["note"] == "one\ntwo\nthree"


def test_a_cell_without_end_is_refused_and_the_next_rows_are_read(path: Path) -> None:
    rows, problems = read(path, "name,note\nA," + "x" * 2_000_000 + "\nB,short\n")
    assert [row.cells["name"] for row in rows] == ["B"]
    assert [(problem.where.line, problem.severity) for problem in problems] == [(2, Severity.REJECTED)]


def test_two_columns_of_one_name_are_told_apart(path: Path) -> None:
    rows, problems = read(path, "phone,phone,phone\n1,2,3\n")
    assert rows[0].cells == {"phone": "1", "phone (2)": "2", "phone (3)": "3"}
    assert [problem.field for problem in problems] == ["phone", "phone"]


def test_columns_without_a_name_get_one(path: Path) -> None:
    rows, _ = read(path, "name,,town\nA,b,c\n")
    assert rows[0].cells == {"name": "A", "column 2": "b", "town": "c"}


@pytest.mark.parametrize(("content", "words"), [("name,town\n", "no rows"), ("", "empty")])
def test_a_file_without_rows_is_told(path: Path, content: str, words: str) -> None:
    rows, problems = read(path, content)
    assert rows == []
    assert words in problems[0].message


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ('=HYPERLINK("http://example.org","Call us")', 'HYPERLINK("http://example.org","Call us")'),
        ("@SUM(1+1)", "SUM(1+1)"),
        ("==1", "1"),
        ("+cmd|' /C calc'!A0", "cmd|' /C calc'!A0"),
    ],
)
def test_cells_that_run_as_formulas_lose_the_sign_and_it_is_told(cell: str, kept: str) -> None:
    text, mending = tidy_cell(cell)
    assert text == kept
    assert mending


@pytest.mark.parametrize("cell", ["+1 613 555 0101", "-75.188,39.96", "-", "-Three meals served daily!", "a=b", "info@example.org"])
def test_telephone_numbers_and_coordinates_stay_as_they_are(cell: str) -> None:
    assert tidy_cell(cell) == (cell, "")


def test_text_wrapped_to_keep_its_zeros_is_unwrapped() -> None:
    assert tidy_cell('="0042"') == ("0042", "")


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufffd"), max_size=30)


@given(
    rows=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8),
    separator=st.sampled_from(",;\t|"),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_a_spreadsheet_wrote_comes_back(
    rows: list[list[str]], separator: str, ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=separator, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows([["one", "two", "three"], *rows])
    read_rows, problems = read(tmp_path_factory.mktemp("table") / "places.csv", table.getvalue())
    expected = [
        {
            name: tidied
            for name, cell in zip(("one", "two", "three"), row, strict=True)
            if cell.strip() and (tidied := tidy_cell(cell.strip())[0])
        }
        for row in rows
        if any(cell.strip() for cell in row)
    ]
    assert [row.cells for row in read_rows] == expected
    assert not [problem for problem in problems if problem.severity is Severity.REJECTED]


def test_what_is_wrapped_is_made_safe_too() -> None:
    text, mending = tidy_cell('="=HYPERLINK(A1)"')
    assert text == "HYPERLINK(A1)"
    assert "formula" in mending
    assert tidy_cell('=""') == ("", "")
