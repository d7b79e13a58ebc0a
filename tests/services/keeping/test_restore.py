"""Coming back from a copy: over nothing, over what is there when told, from older tables; and what must not come back with it."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import delete, func, inspect, select, update

from directory.domain.errors import Forbidden, InvalidInput, Refused
from directory.services.accounts.asking import Asking
from directory.services.accounts.leave import end_person
from directory.services.accounts.password_sign_in import open_by_password
from directory.services.accounts.people import grants_of
from directory.services.accounts.person_session import open_by_link, read_actor
from directory.services.accounts.ways_in import set_password
from directory.services.indexing.rebuild import rebuild_index
from directory.services.indexing.reconcile import check_index
from directory.services.keeping.backup import back_up
from directory.services.keeping.replay import note_erased
from directory.services.keeping.restore import restore, restore_and_rebuild
from directory.services.parts import Parts
from directory.store.copies.incoming import PREFIX
from directory.store.migrate import configuration, current_revision, newest_revision
from directory.store.session import Database
from directory.store.tables import IndexConsumer, KeptList, OutgoingMessage, Person, Service, SharedList
from tests.services.keeping.conftest import Make, furnish_fully, kept, shared
from tests.services.keeping.test_copies import everything
from tests.support.neighbourhood import PANTRY
from tests.support.people import ANNA, NOTICE, PASSWORD, code_of, link_of, somebody, with_password

KINDS = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgresql)]
pytestmark = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def parts(make: Make, kind: str) -> Parts:
    made = make(kind)
    furnish_fully(made)
    return made


@pytest.fixture
def copy(parts: Parts, tmp_path: Path) -> Path:
    return back_up(parts, tmp_path / "a.copy").path


def rename(parts: Parts, name: str) -> None:
    with parts.database.writing() as session:
        session.execute(update(Service).where(Service.id == PANTRY).values(name=name, version=Service.version + 1))
        session.commit()


def name_of(parts: Parts) -> str | None:
    with parts.database.reading() as session:
        return session.scalar(select(Service.name).where(Service.id == PANTRY))


def test_over_a_directory_it_needs_a_further_word_and_keeps_what_was_there(parts: Parts, copy: Path, make: Make) -> None:
    old = name_of(parts)
    rename(parts, "Changed since")
    with pytest.raises(Refused, match="--yes"):
        restore(parts, copy)
    assert name_of(parts) == "Changed since"
    report = restore(parts, copy, yes=True)
    assert name_of(parts) == old
    assert report.kept is not None
    if parts.database.is_sqlite:
        before = Database(f"sqlite:///{report.kept}")
        with before.reading() as session:
            assert session.scalar(select(Service.name).where(Service.id == PANTRY)) == "Changed since"
        before.close()
    else:
        target = make("sqlite")
        restore(target, report.kept)
        assert name_of(target) == "Changed since"


def test_connections_that_were_open_see_what_came_back(parts: Parts, copy: Path) -> None:
    old = name_of(parts)
    rename(parts, "Changed since")
    other = Database(parts.database.engine.url.render_as_string(hide_password=False), keyring=parts.database.keyring)
    with other.reading() as session:
        assert session.scalar(select(Service.name).where(Service.id == PANTRY)) == "Changed since"
    restore(parts, copy, yes=True)
    with other.writing() as session:
        assert session.scalar(select(Service.name).where(Service.id == PANTRY)) == old
        session.execute(update(Service).where(Service.id == PANTRY).values(name="Written by the other"))
        session.commit()
    other.close()
    assert name_of(parts) == "Written by the other"


def test_nothing_is_left_beside(parts: Parts, copy: Path) -> None:
    restore(parts, copy, yes=True)
    assert list(parts.settings.data_dir.glob(f"{PREFIX}*")) == []
    if not parts.database.is_sqlite:
        assert [name for name in inspect(parts.database.engine).get_schema_names() if name.startswith(PREFIX)] == []


def test_a_copy_of_older_tables_is_brought_to_this_version(make: Make, kind: str, tmp_path: Path) -> None:
    old = make(kind)
    furnish_fully(old)
    command.downgrade(configuration(old.database), "0005")
    copy = back_up(old, tmp_path / "old.copy").path
    target = make(kind)
    report = restore(target, copy)
    assert (report.migrated, report.manifest.revision) == (True, "0005")
    assert current_revision(target.database) == newest_revision()
    before, after = everything(old)["service"], everything(target)["service"]
    columns = len(before[0])
    assert [row[:columns] for row in after] == before
    assert all(value is None for row in after for value in row[columns:]), "of what older tables had no column for, nothing is known"


def test_a_copy_of_newer_tables_is_refused(parts: Parts, copy: Path) -> None:
    with zipfile.ZipFile(copy) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    revision = f'"revision": "{newest_revision()}"'.encode()
    assert revision in content["manifest.json"]
    content["manifest.json"] = content["manifest.json"].replace(revision, b'"revision": "9999"')
    with zipfile.ZipFile(copy, "w") as archive:
        for name, held in content.items():
            archive.writestr(name, held)
    with pytest.raises(Refused, match="newer version"):
        restore(parts, copy, yes=True)


def test_what_was_erased_since_stays_erased(parts: Parts, copy: Path) -> None:
    with parts.database.writing() as session:
        (erased,) = session.scalars(delete(SharedList).returning(SharedList.id))
        note_erased(session, SharedList, [erased], parts.clock)
        session.add(shared(2, parts.clock.now()))
        session.commit()
    report = restore(parts, copy, yes=True)
    assert report.erased_again == 1
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SharedList)) == 0
    assert restore(parts, copy, yes=True).erased_again == 1, "and it is not forgotten by coming back"


def test_a_link_that_was_replaced_since_opens_nothing(parts: Parts, copy: Path) -> None:
    with parts.database.writing() as session:
        session.execute(delete(KeptList))
        session.add(kept("b", parts.clock.now()))
        session.commit()
    restore(parts, copy, yes=True)
    with parts.database.reading() as session:
        found = session.scalars(select(KeptList)).one()
        assert (found.keep_hash, found.read_hash, found.keep_token) == ("keep b", "read b", "kb")


def test_nobody_stays_signed_in_and_nothing_is_sent_again(parts: Parts, tmp_path: Path) -> None:
    opened = open_by_link(parts, link_of(parts))
    assert read_actor(parts, opened.token) is not None
    copy = back_up(parts, tmp_path / "b.copy").path
    restore(parts, copy, yes=True)
    assert read_actor(parts, opened.token) is None
    with parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(OutgoingMessage)) == 0


def test_ways_in_that_were_closed_since_stay_closed(parts: Parts, tmp_path: Path) -> None:
    """A password and an app that were changed, a role that ended, and somebody who left."""
    _, secret = with_password(parts)
    gone = somebody(parts, "planner", "gone@example.org")
    copy = back_up(parts, tmp_path / "before.copy").path
    opened = open_by_link(parts, link_of(parts, "planner", email=ANNA))
    set_password(parts, opened.actor, opened.token, "another pelican lantern", NOTICE)
    end_person(parts, gone.email)
    restore(parts, copy, yes=True)
    with pytest.raises(Forbidden):
        open_by_password(parts, ANNA, PASSWORD, code_of(parts, secret), Asking("here"), "/account")
    assert open_by_password(parts, ANNA, "another pelican lantern", code_of(parts, secret), Asking("here"), "/account")
    with parts.database.reading() as session:
        assert session.get_one(Person, gone.person_id).ended_at is not None
        assert grants_of(session, gone.person_id) == ()


def test_no_version_is_used_for_something_else(parts: Parts, copy: Path) -> None:
    for number in range(5):
        rename(parts, f"Changed {number}")
    with parts.database.reading() as session:
        highest = session.scalar(select(func.max(Service.version)))
    restore(parts, copy, yes=True)
    with parts.database.reading() as session:
        lowest = session.scalar(select(func.min(Service.version)))
    assert highest is not None
    assert lowest is not None
    assert lowest > highest


def test_the_index_here_is_built_anew_and_every_other_one_is_to_be(parts: Parts, copy: Path) -> None:
    rebuild_index(parts)
    with parts.database.writing() as session:
        session.add(IndexConsumer(name="another host", created_at=parts.clock.now() - timedelta(days=1)))
        session.commit()
    rename(parts, "Changed since")
    restore_and_rebuild(parts, copy, yes=True, actor="anna@example.org")
    assert check_index(parts).in_step
    with parts.database.reading() as session:
        asked = dict(session.execute(select(IndexConsumer.name, IndexConsumer.rebuild_asked_by)).all())
    assert asked == {"embedded": None, "another host": "anna@example.org"}


def test_keys_of_a_copy_are_put_where_none_are(make: Make, kind: str, tmp_path: Path, parts: Parts) -> None:
    (parts.settings.data_dir / "sealing-keys").write_text("a key\n")
    copy = back_up(parts, tmp_path / "k.copy", with_keys=True).path
    target = make(kind)
    assert restore(target, copy).keys_written == ()
    assert not (target.settings.data_dir / "sealing-keys").exists()
    report = restore(target, copy, yes=True, with_keys=True)
    assert set(report.keys_written) == {"sealing-keys", "secret-key"}
    assert (target.settings.data_dir / "sealing-keys").read_text() == "a key\n"
    (target.settings.data_dir / "sealing-keys").write_text("another")
    with pytest.raises(Refused, match="another key"):
        restore(target, copy, yes=True, with_keys=True)


def test_a_copy_without_keys_cannot_give_any(parts: Parts, copy: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no keys"):
        restore(parts, copy, yes=True, with_keys=True)


def test_it_is_said_when_what_is_personal_cannot_be_opened_here(make: Make, kind: str, copy: Path) -> None:
    from dataclasses import replace

    target = make(kind)
    stranger = replace(target, database=Database(target.database.engine.url.render_as_string(hide_password=False)))
    assert restore(stranger, copy).can_open is False
    stranger.database.close()


def test_a_file_that_cannot_be_read_is_put_aside_when_told(parts: Parts, copy: Path, kind: str) -> None:
    if kind == "postgresql":  # a broken cluster is the server's own matter
        return
    old = name_of(parts)
    parts.database.close()
    file = parts.settings.data_dir / "directory.sqlite"
    file.write_bytes(b"broken" * 5000)
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    with pytest.raises(Refused, match="cannot be read"):
        restore(parts, copy)
    restore(parts, copy, yes=True)
    assert name_of(parts) == old
    (aside,) = parts.settings.data_dir.glob("directory-until-*.broken.sqlite")
    assert aside.read_bytes().startswith(b"broken")
