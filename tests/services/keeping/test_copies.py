"""A copy holds every row as it was at one moment, says so, and goes back into either database."""

import json
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from directory.domain.errors import InvalidInput, Refused
from directory.services.keeping.backup import back_up, try_copy
from directory.services.keeping.replay import EMPTIED
from directory.services.keeping.restore import restore
from directory.services.parts import Parts
from directory.store.copies.archive import opened_copy
from directory.store.copies.load import tally_of
from directory.store.copies.rows import read_rows
from directory.store.copies.shapes import shapes_in
from directory.store.copies.snapshot import snapshot
from directory.store.migrate import newest_revision
from directory.store.tables import RETIRED, Base, Change, IndexConsumer, IndexPending, Service, SharedList
from tests.services.keeping.conftest import KEY, Make, furnish_fully

KINDS = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgresql)]
BOTH_WAYS = [
    pytest.param("sqlite", "sqlite", id="sqlite to sqlite"),
    pytest.param("sqlite", "postgresql", id="sqlite to postgresql", marks=pytest.mark.postgresql),
    pytest.param("postgresql", "sqlite", id="postgresql to sqlite", marks=pytest.mark.postgresql),
    pytest.param("postgresql", "postgresql", id="postgresql to postgresql", marks=pytest.mark.postgresql),
]
OF_THE_MOMENT = {table.__tablename__ for table in (*EMPTIED, IndexPending, IndexConsumer)}
"""Tables that a restore empties or writes to."""


def everything(parts: Parts) -> dict[str, list[list[object]]]:
    with snapshot(parts.database) as connection:
        return {
            shape.name: sorted(read_rows(connection, shape), key=json.dumps)
            for shape in shapes_in(connection)
            if shape.name not in OF_THE_MOMENT
        }


@pytest.mark.parametrize(("origin", "target"), BOTH_WAYS)
def test_every_row_comes_back_as_it_was_in_either_database(make: Make, tmp_path: Path, origin: str, target: str) -> None:
    first, second = make(origin), make(target)
    furnish_fully(first)
    report = back_up(first, tmp_path / "a.copy", try_it=True)
    assert report.manifest.rows > 50
    restored = restore(second, report.path)
    assert (restored.kept, restored.migrated, restored.can_open) == (None, False, True)
    there, here = everything(first), everything(second)
    assert here == there
    assert sum(map(len, here.values())) > 50
    with second.database.writing() as session:
        assert session.scalar(select(SharedList)).note == "Ask for Zoë"  # type: ignore[union-attr]
        highest = session.scalar(select(Change.id).order_by(Change.id.desc()).limit(1))
        fresh = Change(object_kind="x", object_id="0" * 32, field="x", at=second.clock.now(), actor="x")
        session.add(fresh)
        session.flush()
        assert highest is not None
        assert fresh.id == highest + 1


@pytest.mark.parametrize(("origin", "target"), BOTH_WAYS)
def test_a_table_has_the_same_shape_and_digest_in_either_database(make: Make, tmp_path: Path, origin: str, target: str) -> None:
    first, second = make(origin), make(target)
    furnish_fully(first)
    report = back_up(first, tmp_path / "a.copy")
    restore(second, report.path)
    with snapshot(second.database) as connection:
        for table in report.manifest.tables:
            if table.shape.name not in OF_THE_MOMENT:
                found = tally_of(connection, table.shape)
                assert (found.rows, found.digest) == (table.rows, table.digest), table.shape.name
    assert {table.shape.name for table in report.manifest.tables} - RETIRED == set(Base.metadata.tables)


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_is_of_one_moment_while_others_write(make: Make, tmp_path: Path, kind: str) -> None:
    parts = make(kind)
    furnish_fully(parts)

    def rename_all(done: int, _total: int) -> None:
        with parts.database.writing() as session:
            session.execute(update(Service).values(name=f"Renamed {done}"))
            session.execute(text("DELETE FROM metadata"))
            session.commit()

    before = everything(parts)
    report = back_up(parts, tmp_path / "a.copy", progress=rename_all)
    with opened_copy(report.path) as copy:
        for table in copy.manifest.tables:
            if table.shape.name not in OF_THE_MOMENT:
                assert sorted(copy.rows(table.shape), key=json.dumps) == before[table.shape.name]
    with parts.database.reading() as session:
        assert session.scalars(select(Service.name)).first().startswith("Renamed")  # type: ignore[union-attr]


def test_the_manifest_says_what_is_in_it(make: Make, tmp_path: Path) -> None:
    parts = make("sqlite")
    furnish_fully(parts)
    report = back_up(parts, tmp_path / "a.copy")
    with zipfile.ZipFile(report.path) as archive:
        said = json.loads(archive.read("manifest.json"))
    assert said["revision"] == newest_revision()
    assert said["product"] == "0.1.0"
    assert said["community"] == "West Philadelphia shared directory"
    assert said["made_at"] == parts.clock.now().isoformat()
    assert said["database"].startswith("sqlite 3.")
    assert said["keys"] is False
    assert said["tables"]["service"]["rows"] == len(everything(parts)["service"])
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600


def test_keys_are_in_a_copy_only_when_asked_for(make: Make, tmp_path: Path) -> None:
    parts = make("sqlite", sealing_keys=KEY)
    furnish_fully(parts)
    without = back_up(parts, tmp_path / "without.copy").path.read_bytes()
    with_keys = back_up(parts, tmp_path / "with.copy", with_keys=True)
    assert with_keys.manifest.keys
    with zipfile.ZipFile(tmp_path / "without.copy") as archive:
        assert not [name for name in archive.namelist() if "keys" in name]
        assert not [name for name in archive.namelist() if KEY.encode() in archive.read(name)]
    with zipfile.ZipFile(tmp_path / "with.copy") as archive:
        assert archive.read("keys/sealing-keys") == KEY.encode()
    assert without


def test_what_is_sealed_stays_sealed_in_a_copy(make: Make, tmp_path: Path) -> None:
    parts = make("sqlite")
    furnish_fully(parts)
    report = back_up(parts, tmp_path / "a.copy")
    with zipfile.ZipFile(report.path) as archive:
        everything_in_it = b"".join(archive.read(name) for name in archive.namelist())
    assert "Zoë".encode() not in everything_in_it
    assert b"a@example.org" not in everything_in_it


def test_a_file_that_is_there_is_replaced_only_when_told_and_only_by_a_whole_copy(make: Make, tmp_path: Path) -> None:
    parts = make("sqlite")
    path = tmp_path / "a.copy"
    path.write_text("mine")
    with pytest.raises(Refused, match="--over"):
        back_up(parts, path)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(parts, path, over=True, progress=stop)
    assert path.read_text() == "mine"
    assert list(tmp_path.glob(".*")) == []
    back_up(parts, path, over=True)
    assert try_copy(parts, path).revision == newest_revision()


def test_a_place_that_cannot_be_written_to_is_named(make: Make, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no folder"):
        back_up(make("sqlite"), tmp_path / "none" / "a.copy")
    with pytest.raises(InvalidInput, match="is a folder"):
        back_up(make("sqlite"), tmp_path, over=True)


def damage(path: Path, member: str) -> None:
    """Write the archive anew with one member changed."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    assert b"Food" in content[member]
    content[member] = content[member].replace(b"Food", b"Feed")
    with zipfile.ZipFile(path, "w") as archive:
        for name, held in content.items():
            archive.writestr(name, held)


def test_a_copy_that_was_changed_or_cut_off_is_not_taken(make: Make, tmp_path: Path) -> None:
    parts, target = make("sqlite"), make("sqlite")
    furnish_fully(parts)
    path = back_up(parts, tmp_path / "a.copy").path
    cut = tmp_path / "cut.copy"
    cut.write_bytes(path.read_bytes()[:-2000])
    other = tmp_path / "other.copy"
    other.write_text("A letter.")
    for wrong in (cut, other):
        with pytest.raises(InvalidInput, match="not a copy"):
            restore(target, wrong)
    damage(path, "rows/service.ndjson")
    with pytest.raises(InvalidInput, match=r"damaged: rows/service\.ndjson"):
        restore(target, path)
    assert everything(target)["service"] == []


def test_a_sealed_copy_opens_with_its_key_and_with_no_other(make: Make, tmp_path: Path) -> None:
    other_key = "a" * 43 + "="
    parts = make("sqlite", backup_keys=KEY)
    furnish_fully(parts)
    path = back_up(parts, tmp_path / "a.copy", try_it=True).path
    assert b"rows/service" not in path.read_bytes()
    with pytest.raises(InvalidInput, match="set BACKUP_KEYS"):
        restore(make("sqlite"), path)
    with pytest.raises(InvalidInput, match="does not hold"):
        restore(make("sqlite", backup_keys=other_key), path)
    target = make("sqlite", backup_keys=f"{other_key},{KEY}")
    restore(target, path)
    assert everything(target) == everything(parts)


def test_a_sealed_copy_that_was_cut_off_or_put_together_anew_is_not_taken(make: Make, tmp_path: Path) -> None:
    import struct

    parts = make("sqlite", backup_keys=KEY)
    furnish_fully(parts)
    path = back_up(parts, tmp_path / "a.copy").path
    whole = path.read_bytes()
    (length,) = struct.unpack(">I", whole[24:28])
    piece = whole[24 : 28 + length]
    for wrong in (whole[:-10], whole[:24], whole + piece, whole[:24] + piece + piece):
        path.write_bytes(wrong)
        with pytest.raises(InvalidInput):
            try_copy(parts, path)
