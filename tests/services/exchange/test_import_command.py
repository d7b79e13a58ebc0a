"""`import` at the command line: what it prints, how it ends, and that it never shows a stack trace."""

import json
from pathlib import Path
from typing import Any

import pytest

import directory.app
from directory.cli.main import main
from directory.services.parts import Parts
from directory.store.tables import Change, Phone, Service, Source
from tests.services.exchange.importing import HOUSE, PANTRY, SMALL, all_of, one, write_feed
from tests.support.workbooks import write_workbook


@pytest.fixture
def run(parts: Parts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command on the directory of the test; gives the exit code, standard output and standard error."""
    monkeypatch.setattr(directory.app, "build_parts", lambda *_, **__: parts)
    monkeypatch.setattr(type(parts.search), "close", lambda _: None)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["import", *arguments])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


def test_a_feed_is_imported_and_told_in_numbers_that_add_up(run: Any, parts: Parts, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed", **SMALL)
    asked = ("--source", "food bank", "--licence", "CC0-1.0", "--attribution", "Thanks", "--as", "ada@example.org", "--json")
    code, out, _ = run(str(feed), *asked)
    report = json.loads(out)
    assert code == 0
    assert report["counts"]["service"] == {
        "read": 1, "created": 1, "updated": 0, "unchanged": 0, "missing": 0, "retired": 0, "rejected": 0
    }  # fmt: skip
    assert set(report) >= {"source", "run", "counts", "problems"}
    with parts.database.reading() as session:
        source = one(session, Source)
        assert (source.name, source.licence, source.attribution) == ("food bank", "CC0-1.0", "Thanks")
        assert {row.actor for row in all_of(session, Change)} == {"ada@example.org"}
    code, out, _ = run(str(feed), "--source", "food bank")
    assert (code, "Nothing changed" in out) == (0, True)


def test_a_bad_row_is_named_and_the_rest_loads(run: Any, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed", organizations=[HOUSE], services=[PANTRY, {"id": "svc-2", "status": "active"}])
    report_file = tmp_path / "report.json"
    code, out, _ = run(str(feed), "--source", "food bank", "--report", str(report_file))
    assert code == 0
    assert "services.ndjson, line 2: service name: A service needs a name." in out
    problems = json.loads(report_file.read_text())["problems"]
    (problem,) = [problem for problem in problems if problem["severity"] == "rejected" and problem["kind"] == "service"]
    assert problem == {
        "kind": "service", "file": "services.ndjson", "line": 2, "path": "", "field": "name", "message": "A service needs a name.",
        "severity": "rejected",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("missing", "--source", "a"), "There is nothing at missing"),
        (("{feed}", "--source", "../a"), "The name of a source"),
        (("{feed}", "--source", "a", "--format", "csv"), "needs --map FILE.yaml"),
        (("{feed}", "--source", "a", "--format", "csv", "--map", "missing.yaml"), "missing.yaml"),
        (("{bad}", "--source", "a", "--all-or-nothing"), "Nothing was loaded"),
        (("{odd}", "--source", "a"), "not clear what kind of feed"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(run: Any, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    feed = write_feed(tmp_path / "feed", **SMALL)
    bad = write_feed(tmp_path / "bad", services=[{"status": "active"}])
    odd = tmp_path / "odd.csv"
    odd.write_text("colour,size\nred,1\n")
    code, out, err = run(*(argument.format(feed=feed, bad=bad, odd=odd) for argument in arguments))
    assert code == 1
    assert out == ""
    last = err.strip().splitlines()[-1]
    assert last.startswith("directory: ")
    assert words in last
    assert "Traceback" not in err


def test_all_or_nothing_announces_that_others_wait(run: Any, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed", **SMALL)
    code, _, err = run(str(feed), "--source", "food bank", "--all-or-nothing")
    assert code == 0
    assert "others who write wait" in err


def test_a_feed_that_is_looked_at_first_changes_nothing_and_says_where_to_look(run: Any, parts: Parts, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed", **SMALL)
    code, out, _ = run(str(feed), "--source", "food bank", "--review", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["page"] == f"/manage/imports/{told['review']}"
    assert told["counts"]["service"]["created"] == 1
    with parts.database.reading() as session:
        assert all_of(session, Change) == []
        assert all_of(session, Source) == []
    code, out, _ = run(str(feed), "--source", "food bank", "--review")
    assert "Nothing was changed. Look at it and accept what is right: /manage/imports/" in out


def test_a_spreadsheet_with_a_sheet_for_each_table_is_looked_at_first_and_its_bad_rows_are_named(run: Any, tmp_path: Path) -> None:
    sheets = {
        "organizations": [["id", "name"], ["org-1", "Harbour House"]],
        "services": [["id", "organization_id", "name", "status"], ["svc-1", "org-1", "Pantry", "active"], ["svc-2", "org-1", "", "active"]],
    }
    book = write_workbook(tmp_path / "book.xlsx", sheets)
    code, out, _ = run(str(book), "--source", "food bank", "--review", "--json")
    report = json.loads(out)
    assert (code, report["page"]) == (0, f"/manage/imports/{report['review']}")
    assert report["counts"]["service"]["created"] == 1
    assert ("book.xlsx/services.csv", 3) in {(problem["file"], problem["line"]) for problem in report["problems"]}


def test_a_spreadsheet_of_another_layout_is_read_through_a_mapping(run: Any, parts: Parts, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "book.xlsx", {"Places": [["Title", "Tel"], ["Warm room", (6135550142, "###-###-####")]]})
    mapping = tmp_path / "map.yaml"
    fields = "      name: Title\n      phones: [{number: Tel}]\n"
    mapping.write_text('grammar: 1\nfiles: {places: {file: "*.csv"}}\nrecords:\n  - kind: service\n    fields:\n' + fields)
    code, _, _ = run(str(book), "--source", "food bank", "--format", "csv", "--map", str(mapping))
    with parts.database.reading() as session:
        assert (code, one(session, Service).name, one(session, Phone).number) == (0, "Warm room", "613-555-0142")
