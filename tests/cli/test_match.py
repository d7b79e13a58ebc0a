"""`directory match`: what a table lists twice, written down before anything is loaded."""

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Say

ROWS = """Id,Site name,Address,Zip,Phone
1,Hope House,12 Main St,97301,503-555-0101
2,HOPE HOUSE,12 Main Street,97301,(503) 555-0101
3,Clinic of Salem,99 Oak Avenue,97301,503-555-0199
"""
MAP = """
grammar: 1
files: {rows: {file: "*.csv"}}
records:
  - kind: location
    from: rows
    fields:
      id: Id
      name: Site name
      addresses: {address_1: Address, postal_code: Zip}
      phones: {number: Phone}
"""


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(ROWS)
    (tmp_path / "map.yaml").write_text(MAP)
    return tmp_path


def outputs(folder: Path) -> tuple[str, ...]:
    return ("--out", str(folder / "pairs.csv"), "--clusters", str(folder / "clusters.csv"))


@pytest.mark.parametrize("mapped", [True, False])
def test_pairs_and_groups_are_written_as_tables(say: Say, folder: Path, mapped: bool) -> None:
    mapping = ("--map", str(folder / "map.yaml")) if mapped else ()
    said = say("match", str(folder / "rows.csv"), "--level", "site", *mapping, *outputs(folder))
    assert said.code == 0, said.err
    assert "3 records" in said.out
    assert "1 certain, 0 to review" in said.out
    assert ("Read as: id from “Id”, name from “Site name”" in said.out) is not mapped
    (pair,) = table(folder / "pairs.csv")
    assert list(pair) == ["left", "right", "probability", "band", "reasons"]
    assert (pair["left"], pair["right"], pair["band"]) == ("1", "2", "certain")
    assert float(pair["probability"]) > 0.95
    assert "same address: +6.0" in pair["reasons"]
    clusters = table(folder / "clusters.csv")
    assert [row["record_id"] for row in clusters] == ["1", "2", "3"]
    assert clusters[0]["cluster_id"] == clusters[1]["cluster_id"] != clusters[2]["cluster_id"]


def test_verdicts_are_kept_and_wrong_lines_of_them_are_named(say: Say, folder: Path) -> None:
    (folder / "labels.csv").write_text("left,right,verdict\n2,1,different\n1,9,same\n1,3,perhaps\n3,3,same\n")
    labels = ("--labels", str(folder / "labels.csv"))
    said = say("match", str(folder / "rows.csv"), "--level", "site", *labels, *outputs(folder), "--json")
    assert said.code == 0, said.err
    assert said.json["verdicts"] == 1
    assert "labels.csv, line 3: The file has no record “9”." in said.err
    assert "labels.csv, line 4: “perhaps” is no verdict; write same or different." in said.err
    assert "labels.csv, line 5: A record cannot be compared with itself" in said.err
    assert len({row["cluster_id"] for row in table(folder / "clusters.csv")}) == 3
    assert table(folder / "pairs.csv") == []


def test_a_row_that_cannot_be_read_is_named_with_its_line_and_the_rest_goes_on(say: Say, folder: Path) -> None:
    (folder / "rows.csv").write_text(ROWS + "4,Hope House,12 Main St,97301,503-555-0101,one,too,many\n5,Hope House,12 Main St,97301,\n")
    said = say("match", str(folder / "rows.csv"), "--level", "site", *outputs(folder), "--json")
    assert said.code == 0, said.err
    assert "left out: rows.csv, line 5" in said.err
    assert said.json["records"] == 4
    assert [len(group["members"]) for group in said.json["groups"]] == [3]


def test_rows_with_one_id_stay_two_records(say: Say, folder: Path) -> None:
    (folder / "rows.csv").write_text(ROWS.replace("\n2,", "\n1,"))
    said = say("match", str(folder / "rows.csv"), "--level", "site", *outputs(folder))
    assert said.code == 0, said.err
    assert [row["record_id"] for row in table(folder / "clusters.csv")] == ["1", "1 (line 3)", "3"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour,size\nred,4\n", "directory: No column is called name or address; the columns are: “colour”, “size”. Give a mapping file"),
        ("Id,Name\n", "directory: rows.csv holds no record that can be compared."),
    ],
)
def test_a_table_that_cannot_be_compared_ends_with_one_sentence_and_writes_nothing(
    say: Say, folder: Path, text: str, sentence: str
) -> None:  # fmt: skip
    (folder / "rows.csv").write_text(text)
    said = say("match", str(folder / "rows.csv"), "--level", "site", *outputs(folder))
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert not (folder / "pairs.csv").exists()


def test_a_mapping_that_makes_nothing_of_the_level_is_told_what_is_needed(say: Say, folder: Path) -> None:
    (folder / "map.yaml").write_text(MAP)
    said = say("match", str(folder / "rows.csv"), "--level", "program", "--map", str(folder / "map.yaml"), *outputs(folder))
    assert said.code == 1
    assert "At this level, the mapping has to make records of the kind service or program or service at location." in said.err


def test_a_file_that_is_not_there_is_named(say: Say, folder: Path) -> None:
    said = say("match", str(folder / "none.csv"), "--level", "site", *outputs(folder))
    assert said.code == 1
    assert "There is nothing at" in said.err


def test_a_large_group_goes_to_a_person_and_names_its_weakest_link(say: Say, folder: Path) -> None:
    rows = [f"{number},Hope House,12 Main St,97301,503-555-0101" for number in range(1, 9)]
    (folder / "rows.csv").write_text("\n".join(["Id,Name,Address,Zip,Phone", *rows, ""]))
    said = say("match", str(folder / "rows.csv"), "--level", "site", *outputs(folder))
    assert "To review, 8 records in the group of 1: the weakest link is 1 – " in said.out
    assert {row["band"] for row in table(folder / "pairs.csv")} == {"review"}
    assert sum("weakest link of a group of 8" in row["reasons"] for row in table(folder / "pairs.csv")) == 1


def test_only_lines_that_say_nothing_of_a_pair_are_named(say: Say, folder: Path) -> None:
    (folder / "labels.csv").write_text("left,right,verdict\n2,1,different\n")
    said = say("match", str(folder / "rows.csv"), "--level", "site", "--labels", str(folder / "labels.csv"), *outputs(folder), "--json")
    assert said.json["problems"] == []
    assert "left out" not in said.err


def test_whatever_ids_a_table_has_each_record_has_one_of_its_own(say: Say, folder: Path) -> None:
    (folder / "rows.csv").write_text(
        "Id,Site name,Address\na,Hope House,12 Main St\na (line 4),Hope House,12 Main St\na,Hope House,12 Main St\n"
    )
    said = say("match", str(folder / "rows.csv"), "--level", "site", *outputs(folder))
    assert said.code == 0, said.err
    assert len({row["record_id"] for row in table(folder / "clusters.csv")}) == 3
    assert all(pair["left"] < pair["right"] for pair in table(folder / "pairs.csv"))


@pytest.mark.parametrize("cell", ['"=""=1+1"""', "+HYPERLINK(1)", "-1+A1"])
def test_no_id_runs_as_a_formula_where_pairs_and_groups_are_opened(say: Say, folder: Path, cell: str) -> None:
    (folder / "rows.csv").write_text(ROWS.replace("\n1,", f"\n{cell},"))
    said = say("match", str(folder / "rows.csv"), "--level", "site", *outputs(folder))
    assert said.code == 0, said.err
    (pair,) = table(folder / "pairs.csv")
    cells = [pair["left"], pair["right"], *(row[name] for row in table(folder / "clusters.csv") for name in ("record_id", "cluster_id"))]
    assert not [each for each in cells if each.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("name", ["rows.csv", "labels.csv", "map.yaml", "clusters.csv"])
def test_a_table_that_is_read_is_never_written_over(say: Say, folder: Path, name: str) -> None:
    (folder / "labels.csv").write_text("left,right,verdict\n2,1,same\n")
    before = {path.name: path.read_text() for path in folder.iterdir()}
    files = ("--labels", str(folder / "labels.csv"), "--map", str(folder / "map.yaml"), "--clusters", str(folder / "clusters.csv"))
    out = folder / "." / name
    said = say("match", str(folder / "rows.csv"), "--level", "site", *files, "--out", str(out))
    assert (said.code, said.out) == (1, "")
    assert "is read or written already; give another name" in said.err
    assert before == {path.name: path.read_text() for path in folder.iterdir()}


def test_where_no_row_can_be_read_the_first_says_why(say: Say, folder: Path) -> None:
    (folder / "rows.csv").write_text("Id,Site name\n1,one,too,many\n")
    said = say("match", str(folder / "rows.csv"), "--level", "site", *outputs(folder))
    assert said.code == 1
    assert "rows.csv, line 2: The row has 4 cells" in said.err
