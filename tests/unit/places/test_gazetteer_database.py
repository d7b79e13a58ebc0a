"""The gazetteer's database: built once, whole or not at all, whoever asks first. Small data files stand in for the real ones."""

import lzma
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from directory.domain.errors import InvalidInput
from directory.gateways.geocode import database
from directory.gateways.geocode.gazetteer import Gazetteer
from directory.gateways.geocode.records import PlaceRow, PostalRow, read_rows, write_rows

EMPTY_TOPOLOGY = b'{"transform": {"scale": [1, 1], "translate": [0, 0]}, "arcs": [], "counties": []}'
CANADA = PlaceRow("region", "Canada", "CA", "", 50.0, -97.0, 2_000_000, "America/Toronto", 40_000_000, "ca", "", "", "", "this directory")
CALGARY = PlaceRow(
    "city", "Calgary", "CA", "AB", 51.05, -114.07, 16_000, "America/Edmonton", 1_300_000, "ca-ab-calgary", "", "Cow Town", "", "tests"
)
T2P = PostalRow("T2P", "CA", "AB", "Calgary", 51.05, -114.07, 1_000, "America/Edmonton", "ca-ab-calgary", "tests")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "counties.json.xz").write_bytes(lzma.compress(EMPTY_TOPOLOGY))
    write_rows(folder / "places.tsv.xz", [CANADA, CALGARY])
    write_rows(folder / "postal.tsv.xz", [T2P])
    (folder / "aliases.csv").write_text("alias,country,region,name,kind,latitude,longitude,radius_m\nYYC,CA,AB,Calgary,,,,\n")
    (folder / "districts.csv").write_text("country,region,name,aliases,members\n")
    (folder / "not_places.txt").write_text("# comment\ndowntown\n")
    return folder


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_rows(tmp_path / "rows.xz", [CANADA, CALGARY])
    assert list(read_rows(tmp_path / "rows.xz", PlaceRow)) == [CANADA, CALGARY]


def test_the_database_is_built_once(data: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    path = database.ensure_database(tmp_path / "var", steps.append, data)
    assert steps
    steps.clear()
    assert database.ensure_database(tmp_path / "var", steps.append, data) == path
    assert steps == []


def test_new_data_makes_a_new_database(data: Path, tmp_path: Path) -> None:
    before = database.database_path(tmp_path, data)
    with (data / "aliases.csv").open("a") as lines:
        lines.write("Cowtown,CA,AB,Calgary,,,,\n")
    assert database.database_path(tmp_path, data) != before


def test_several_builders_at_once_leave_one_whole_database(data: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(lambda _: database.ensure_database(tmp_path / "var", None, data), range(4)))
    assert len(set(paths)) == 1
    assert [path.name for path in (tmp_path / "var").iterdir()] == [paths[0].name]
    assert Gazetteer(paths[0]).lookup("YYC").place is not None


def test_a_build_that_fails_leaves_nothing_behind(data: Path, tmp_path: Path) -> None:
    with (data / "aliases.csv").open("a") as lines:
        lines.write("Oz,CA,AB,Emerald City,,,,\n")
    with pytest.raises(InvalidInput, match="no known place"):
        database.ensure_database(tmp_path / "var", None, data)
    assert list((tmp_path / "var").iterdir()) == []


def test_threads_share_a_gazetteer(data: Path, tmp_path: Path) -> None:
    gazetteer = Gazetteer(database.ensure_database(tmp_path / "var", None, data))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(gazetteer.lookup, ["calgary", "T2P", "YYC", "cow town"] * 5))
    assert all(answer.place is not None for answer in answers)


def test_the_database_is_read_from_a_folder_with_strange_signs(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "año 100% #1?"
    path = database.ensure_database(folder, None, data)
    assert Gazetteer(path).lookup("Calgary").place is not None
    shutil.rmtree(folder)
