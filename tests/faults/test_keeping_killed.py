"""Backup, restore and upgrade are killed at any point, again and again: what is in use stays whole, and so is every copy with a name."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import func, select, update

from directory.domain.clock import FixedClock
from directory.services.keeping.backup import back_up, try_copy
from directory.services.keeping.restore import restore
from directory.services.keeping.upgrade import upgrade_all
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.copies.incoming import PREFIX
from directory.store.migrate import configuration, current_revision, known_revisions, newest_revision
from directory.store.sealing import Keyring
from directory.store.session import Database
from directory.store.tables import Service
from search_index.embedded import TantivyEngine
from tests.services.keeping.conftest import KEY
from tests.support.databases import KINDS, fresh_address
from tests.support.listings import add_service
from tests.support.moments import MONDAY_MORNING
from tests.support.places import FewPlaces
from tests.support.tree import ROOT

SERVICES = 300
ROUNDS = [pytest.param(1, id="1"), pytest.param(15, id="15", marks=pytest.mark.slow)]
LONGEST_SECONDS = 2.5
"""About as long as one of the commands takes here from its first line on."""


@pytest.fixture(params=KINDS)
def parts(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[Parts]:
    """A directory of some hundred services that processes of their own find by its settings."""
    folder = tmp_path / "data"
    with fresh_address(request, request.param, sqlite_template, folder) as address:
        folder.mkdir(exist_ok=True)
        settings = Settings(data_dir=folder, database_url=address, sealing_keys=KEY, secret_key="a key for tests only, of good length")
        database, search = Database(address, keyring=Keyring([KEY])), TantivyEngine(settings.index_dir)
        made = Parts(settings=settings, database=database, search=search, geocoding=FewPlaces(), clock=FixedClock(MONDAY_MORNING))
        with database.writing() as session:
            for number in range(SERVICES):
                add_service(session, name=f"Programme {number}")
            session.commit()
        yield made
        search.close()
        database.close()


KILLED = """
import sys
from pathlib import Path
from directory.app import build_parts
from directory.services.keeping.backup import back_up
from directory.services.keeping.restore import restore
from directory.services.keeping.upgrade import upgrade_all
from directory.settings import Settings

settings = Settings()
import directory.app
directory.app.open_gazetteer = lambda *_given, **_named: None
parts = build_parts(settings)
print("ready", flush=True)
what, path = sys.argv[1:]
if what == "backup":
    back_up(parts, Path(path), over=True)
elif what == "restore":
    restore(parts, Path(path), yes=True)
else:
    upgrade_all(parts, tell=lambda _sentence: None)
"""


def kill_while(parts: Parts, what: str, path: Path, dice: random.Random) -> bool:
    """Start it, kill it after a while; whether it had ended by itself."""
    settings = parts.settings
    environment = {
        **os.environ,
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "SEALING_KEYS": settings.sealing_keys,
        "SECRET_KEY": settings.secret_key,
    }
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, what, str(path)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            process.wait(timeout=dice.random() * LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return False
        assert process.returncode == 0
        return True


def services_of(parts: Parts) -> tuple[int, str | None]:
    with parts.database.reading() as session:
        count, name = session.execute(select(func.count(), func.min(Service.name)).select_from(Service)).one()
        return count, name


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_killed_backup_leaves_a_whole_copy_or_none_under_its_name(parts: Parts, tmp_path: Path, rounds: int) -> None:
    dice, path = random.Random(1), tmp_path / "a.copy"
    for _ in range(rounds):
        kill_while(parts, "backup", path, dice)
        if path.exists():
            assert try_copy(parts, path).rows >= SERVICES
    back_up(parts, path, over=True, try_it=True)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_killed_restore_leaves_what_was_there_or_what_comes_and_nothing_between(parts: Parts, tmp_path: Path, rounds: int) -> None:
    dice, path = random.Random(2), tmp_path / "a.copy"
    back_up(parts, path)
    whole = services_of(parts)
    for _ in range(rounds):
        with parts.database.writing() as session:
            session.execute(update(Service).values(name="Changed since"))
            session.commit()
        ended = kill_while(parts, "restore", path, dice)
        assert services_of(parts) in ([whole] if ended else [whole, (SERVICES, "Changed since")])
        with parts.database.writing() as session:  # and nobody holds it
            session.execute(update(Service).values(alert=None))
            session.commit()
    restore(parts, path, yes=True)
    assert services_of(parts) == whole
    assert list(parts.settings.data_dir.glob(f"{PREFIX}*")) == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_killed_upgrade_is_run_again_and_loses_nothing(parts: Parts, tmp_path: Path, rounds: int) -> None:
    dice = random.Random(3)
    whole = services_of(parts)
    for _ in range(rounds):
        command.downgrade(configuration(parts.database), "0004")
        kill_while(parts, "upgrade", tmp_path, dice)
        assert current_revision(parts.database) in known_revisions()[3:]
        report = upgrade_all(parts, tell=lambda _sentence: None)
        assert (report.after, report.differing) == (newest_revision(), 0)
        assert services_of(parts) == whole
    for copy in (parts.settings.data_dir / "copies").glob("*.copy"):
        assert try_copy(parts, copy).rows >= SERVICES
