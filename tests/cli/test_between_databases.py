"""A directory moves from SQLite to PostgreSQL and back by the commands that the page for operators names."""

from pathlib import Path

import pytest

from directory.services.parts import Parts
from directory.store.copies.archive import opened_copy
from tests.cli.conftest import Say
from tests.services.keeping.test_copies import OF_THE_MOMENT
from tests.support.databases import fresh_address

KEY = "z6xLLt0OPl0Kr7RZ0cVZ4mWm1r1Vt2q2m6o7b1o0a9E="
Tallies = dict[str, tuple[int, int]]


def digests(path: Path) -> Tallies:
    """Rows and digest of each table of a copy."""
    with opened_copy(path) as copy:
        return {table.shape.name: (table.rows, table.digest) for table in copy.manifest.tables if table.shape.name not in OF_THE_MOMENT}


@pytest.mark.postgresql
def test_a_directory_moves_to_a_server_and_back(
    say: Say, furnished: Parts, request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEALING_KEYS", KEY)
    before = say("search", "food", "--json").json
    assert say("backup", str(tmp_path / "0.copy"), "--verify").code == 0
    with fresh_address(request, "postgresql", sqlite_template, tmp_path) as server:
        for number, address in enumerate((server, ""), start=1):
            monkeypatch.setenv("DATABASE_URL", address)
            monkeypatch.setenv("DATA_DIR", str(tmp_path / f"moved {number}"))
            assert say("migrate").code == 0
            restored = say("restore", str(tmp_path / f"{number - 1}.copy"))
            assert restored.code == 0, restored.err
            assert "is back as of" in restored.err
            assert say("index", "check", "--json").json["missing"] == 0
            after = say("search", "food", "--json").json
            assert [each["service_id"] for each in after["results"]] == [each["service_id"] for each in before["results"]]
            assert say("backup", str(tmp_path / f"{number}.copy")).code == 0
    moved = [digests(tmp_path / f"{number}.copy") for number in range(3)]
    assert moved[0] == moved[1] == moved[2]
    assert sum(rows for rows, _ in moved[0].values()) > 40
