"""Opening a feed: files, folders and zips; traps and damage are refused with one sentence."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from directory.domain.errors import InvalidInput
from directory.services.exchange.open_feed import Limits, open_feed
from tests.services.exchange.importing import HOUSE


def make_zip(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def names(path: Path, limits: Limits | None = None) -> list[str]:
    with open_feed(path, limits or Limits()) as files:
        return [file.name for file in files]


def test_a_folder_gives_its_data_files_and_no_others(tmp_path: Path) -> None:
    for name in (
        "services.ndjson",
        "organizations.json",
        "LICENSE",
        "notes.md",
        ".hidden.json",
        "more/locations.csv",
        "__MACOSX/x.json",
        "~$book.xlsx",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert names(tmp_path) == ["more/locations.csv", "organizations.json", "services.ndjson"]


def test_a_zip_gives_its_files_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "feed.zip", **{"feed__services.ndjson": b"{}\n", "feed__LICENSE": b"x"})
    with open_feed(path) as files:
        (file,) = files
        assert (file.name, file.size) == ("feed/services.ndjson", 3)
        inside = Path(file.path)
        assert inside.read_bytes() == b"{}\n"
    assert not inside.exists()


def test_a_compressed_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "services.ndjson.gz"
    path.write_bytes(gzip.compress(json.dumps(HOUSE).encode()))
    assert names(path) == ["services.ndjson"]


@pytest.mark.parametrize("name", ["../outside.json", "/etc/outside.json", "a/../../outside.json", "..\\outside.json", "C:\\outside.json"])
def test_a_zip_that_reaches_outside_of_itself_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"{}")
    with pytest.raises(InvalidInput, match="outside of itself"):
        names(path)
    assert not (tmp_path.parent / "outside.json").exists()


def test_a_zip_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "bomb.zip", **{"services.json": b" " * 40_000_000})
    with pytest.raises(InvalidInput, match="times its packed size"):
        names(path)


def test_a_gzip_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "services.json.gz"
    path.write_bytes(gzip.compress(b" " * 40_000_000))
    with pytest.raises(InvalidInput, match="times its packed size"):
        names(path)


def test_files_that_are_too_many_or_too_large_are_refused(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.json").write_text("{}" * 10)
    with pytest.raises(InvalidInput, match="more than 3 files"):
        names(tmp_path, Limits(files=3))
    with pytest.raises(InvalidInput, match="larger than"):
        names(tmp_path / "0.json", Limits(one_file=10))


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "services.json").symlink_to(secret)
    with pytest.raises(InvalidInput, match="leads out of the folder"):
        names(tmp_path / "feed")


@pytest.mark.parametrize("content", [b"PK\x03\x04 this is no zip", b"\x1f\x8b broken"])
def test_damaged_archives_are_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / ("feed.json.gz" if content.startswith(b"\x1f") else "feed.zip")
    path.write_bytes(content)
    with pytest.raises(InvalidInput):
        names(path)


def test_nothing_and_an_empty_folder_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is nothing at"):
        names(tmp_path / "missing")
    with pytest.raises(InvalidInput, match="holds no file that can be read"):
        names(tmp_path)
