"""`directory duplicates export-splink`: the same model, for more records than one machine compares."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Say
from tests.cli.test_match import MAP, ROWS

FILES = {"settings.json", "records.jsonl", "records.schema", "gates.sql"}


def records(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.usefixtures("furnished")
def test_the_directory_s_records_go_out_with_the_weights_of_its_last_run(say: Say, tmp_path: Path) -> None:
    before = say("duplicates", "export-splink", str(tmp_path / "before"), "--level", "site", "--json").json
    assert before["records"] == len(records(tmp_path / "before")) > 1
    assert not before["fitted"]
    say("duplicates", "run", "--level", "site")
    after = say("duplicates", "export-splink", str(tmp_path / "after"), "--level", "site")
    assert "the weights of the last run" in after.out
    assert {path.name for path in (tmp_path / "after").iterdir()} == FILES, "nothing half written is left"


def test_a_table_goes_out_through_its_mapping(say: Say, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(ROWS + "4,,,,\n")
    (tmp_path / "map.yaml").write_text(MAP)
    said = say(
        "duplicates", "export-splink", str(tmp_path / "out"), "--level", "site", "--file", str(tmp_path / "rows.csv"), "--map",
        str(tmp_path / "map.yaml"),
    )  # fmt: skip
    assert said.code == 0, said.err
    assert [row["name"] for row in records(tmp_path / "out")][:3] == ["hope house", "hope house", "clinic salem"]


def test_a_mapping_without_a_table_is_told(say: Say, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAP)
    said = say("duplicates", "export-splink", str(tmp_path / "out"), "--level", "site", "--map", str(tmp_path / "map.yaml"))
    assert said.code == 2
    assert "name the table with --file" in said.err
    assert not (tmp_path / "out").exists()
