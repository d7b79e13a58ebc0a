"""Going on to this version: a copy that was tried, the tables, the index; and the way back."""

from pathlib import Path

import pytest
from alembic import command

from directory.domain.errors import Refused
from directory.services.keeping.restore import restore
from directory.services.keeping.upgrade import KEPT, plan, upgrade_all
from directory.services.parts import Parts
from directory.store.migrate import configuration, current_revision, known_revisions, newest_revision
from tests.services.keeping.conftest import Make, furnish_fully
from tests.services.keeping.test_copies import KINDS, everything

pytestmark = pytest.mark.parametrize("kind", KINDS)


def quiet(_sentence: str) -> None:
    """Nobody listens."""


@pytest.fixture
def old(make: Make, kind: str) -> Parts:
    made = make(kind)
    furnish_fully(made)
    command.downgrade(configuration(made.database), "0004")
    return made


def test_what_is_missing_is_done_told_and_checked(old: Parts) -> None:
    said: list[str] = []
    report = upgrade_all(old, tell=said.append)
    assert (report.before, report.after, report.differing) == ("0004", newest_revision(), 0)
    assert report.copy is not None
    assert "loaded and compared" in said[0]
    assert f"./run restore {report.copy} --yes" in said[1]
    assert said[-1] == "Index and directory agree."


def test_a_second_time_there_is_nothing_to_do(old: Parts) -> None:
    upgrade_all(old, tell=quiet)
    report = upgrade_all(old, tell=quiet)
    assert (report.copy, report.rebuilt, report.steps) == (None, False, ("Index and directory agree.",))


def test_a_dry_run_says_what_it_would_do_and_does_nothing(old: Parts) -> None:
    report = upgrade_all(old, dry_run=True, tell=quiet)
    assert current_revision(old.database) == "0004"
    assert not (old.settings.data_dir / "copies").exists()
    missing = known_revisions()[known_revisions().index("0004") + 1 :]
    assert [step for step in report.steps if "revision" in step] == [f"Bring the tables to revision {revision}." for revision in missing]
    assert report.steps[0].startswith("Copy the directory to")


def test_the_copy_of_before_brings_back_what_was(old: Parts, make: Make, kind: str) -> None:
    before = everything(old)
    report = upgrade_all(old, tell=quiet)
    target = make(kind)
    assert report.copy is not None
    restore(target, report.copy)
    assert everything(target)["organization"] == before["organization"]


def test_tables_of_a_newer_version_are_left_alone(old: Parts) -> None:
    from sqlalchemy import text

    with old.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.commit()
    with pytest.raises(Refused, match="newer version"):
        plan(old)


def test_an_index_of_another_form_is_built_anew(make: Make, kind: str) -> None:
    parts = make(kind)
    furnish_fully(parts)
    for current in parts.settings.index_dir.glob("current*"):
        current.unlink()
    assert not parts.search.health().ready
    report = upgrade_all(parts, tell=quiet)
    assert (report.rebuilt, report.copy) == (True, None)
    assert parts.search.health().ready


def test_only_the_last_few_copies_are_kept(old: Parts, tmp_path: Path) -> None:
    folder = old.settings.data_dir / "copies"
    upgrade_all(old, tell=quiet)
    (made,) = folder.iterdir()
    for number in range(KEPT + 2):
        (folder / f"before-9{number}-of-0001.copy").write_bytes(made.read_bytes())
    (folder / "before-0-of-0.copy").write_text("of somebody else")
    command.downgrade(configuration(old.database), "0004")
    upgrade_all(old, tell=quiet)
    assert len(list(folder.glob("before-*.copy"))) == KEPT + 1
