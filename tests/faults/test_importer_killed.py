"""The importer is killed at any point and started again: nothing is lost, nothing is doubled. Two imports of one source keep out of each
other's way."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from directory.domain.clock import FixedClock
from directory.domain.errors import Refused
from directory.services.exchange.request import ImportRequest
from directory.services.exchange.sources import SILENT_FOR, SourceLock
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.imports import ImportLock
from directory.store.migrate import upgrade
from directory.store.session import Database
from directory.store.tables import Change, ImportRun, IndexPending, Service
from search_index.embedded import TantivyEngine
from tests.services.exchange.importing import HOUSE, PLACE, SMALL, add_consumer, all_of, bring, bring_rows, everything, one, write_feed
from tests.support.listings import THEN
from tests.support.places import FewPlaces

SERVICES = 400
IMPORTER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from directory.services.exchange.apply import applying
    from directory.services.exchange.request import ImportRequest
    from directory.services.exchange.run import import_feed
    from tests.faults.test_importer_killed import parts_in

    applying.LARGEST_BATCH = applying.FIRST_BATCH = 20
    parts = parts_in(Path(sys.argv[1]))
    print("ready", flush=True)
    import_feed(parts, ImportRequest(path=Path(sys.argv[2]), source="food bank"), lambda what, done, total: print(what, done, flush=True))
    """
)


def services(version: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"svc-{number}",
            "name": f"Service {number}, edition {version}",
            "organization_id": "org-1",
            "phones": [{"number": f"613-555-01{number % 100:02d}"}],
            "service_at_locations": [{"location_id": "loc-1"}],
        }
        for number in range(SERVICES)
    ]


def parts_in(folder: Path) -> Parts:
    """The parts of an installation on SQLite, with a gazetteer that needs no unpacking."""
    settings = Settings(data_dir=folder)
    return Parts(settings, Database(settings.database_address), TantivyEngine(settings.index_dir), FewPlaces(), FixedClock(THEN))


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Parts]:
    """An empty directory on SQLite, as `./run` keeps it, with one index to be told."""
    parts = parts_in(tmp_path / "data")
    upgrade(parts.database)
    add_consumer(parts)
    yield parts
    parts.search.close()
    parts.database.close()


def kill_in_the_middle(parts: Parts, feed: Path, stop_at: int) -> int:
    """Start an import of its own process and kill it after so many words of progress; its exit code."""
    command = [sys.executable, "-c", IMPORTER, str(parts.settings.data_dir), str(feed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for number, _ in enumerate(process.stdout):
        if number >= stop_at:
            os.kill(process.pid, signal.SIGKILL)
            break
    process.stdout.close()
    return process.wait()


def test_an_import_killed_again_and_again_loses_nothing_and_doubles_nothing(installed: Parts, tmp_path: Path) -> None:
    dice = random.Random(11)
    feed = write_feed(tmp_path / "feed", organizations=[HOUSE], locations=[PLACE], services=services(1))
    killed = [kill_in_the_middle(installed, feed, dice.randint(10, 26)) for _ in range(4)]
    assert killed.count(-signal.SIGKILL) >= 3
    report = bring(installed, feed)
    assert report.counts["service"]["read"] == SERVICES
    assert report.counts["service"]["created"] < SERVICES  # what was written before the kill stays
    with installed.database.reading() as session:
        found = everything(session, "id", "version", "service_id", "location_id", "organization_id")
        assert session.scalar(select(func.count()).select_from(Service)) == SERVICES
        assert session.scalar(select(func.count(func.distinct(IndexPending.service_id)))) == SERVICES
        assert session.scalar(select(func.count()).where(Change.field == "created", Change.object_kind == "service")) == SERVICES
        states = [run.state for run in all_of(session, ImportRun)]
    assert states[-1] == "finished"
    assert set(states[:-1]) <= {"abandoned", "finished"}
    with_one_run = _imported_at_once(tmp_path, feed)
    assert found == with_one_run


@pytest.mark.parametrize("kills", [pytest.param(1, id="1"), pytest.param(100, id="100", marks=pytest.mark.slow)])
def test_editions_killed_while_they_are_imported_leave_each_change_told_once_and_in_order(
    installed: Parts, tmp_path: Path, kills: int
) -> None:
    dice = random.Random(kills)
    feed = write_feed(tmp_path / "feed", organizations=[HOUSE], locations=[PLACE], services=services(0))
    bring(installed, feed)
    killed = 0
    for edition in range(1, kills + 1):
        write_feed(tmp_path / "feed", organizations=[HOUSE], locations=[PLACE], services=services(edition))
        killed += kill_in_the_middle(installed, feed, dice.randint(1, 30)) == -signal.SIGKILL
    assert killed >= kills * 0.8
    bring(installed, feed)
    with installed.database.reading() as session:
        names = dict(session.execute(select(Service.id, Service.name)).all())
        renamed = select(Change.object_id, Change.before, Change.after).where(Change.field == "name", Change.object_kind == "service")
        told = session.execute(renamed.order_by(Change.id)).all()
    assert sorted(names.values()) == sorted(service["name"] for service in services(kills))
    for service_id, name in names.items():
        history = [change for change in told if change.object_id == service_id]
        assert all(later.before == earlier.after for earlier, later in pairwise(history)), "a change is lost or told twice"
        assert history[-1].after == name


def _imported_at_once(tmp_path: Path, feed: Path) -> dict[str, list[str]]:
    parts = parts_in(tmp_path / "other")
    upgrade(parts.database)
    add_consumer(parts)
    bring(parts, feed)
    with parts.database.reading() as session:
        found = everything(session, "id", "version", "service_id", "location_id", "organization_id")
    parts.search.close()
    parts.database.close()
    return found


def test_a_killed_update_is_finished_by_the_next_run_with_each_change_once(installed: Parts, tmp_path: Path) -> None:
    write_feed(tmp_path / "feed", organizations=[HOUSE], locations=[PLACE], services=services(1))
    bring(installed, tmp_path / "feed")
    write_feed(tmp_path / "feed", services=services(2))
    kill_in_the_middle(installed, tmp_path / "feed", 15)
    bring(installed, tmp_path / "feed")
    with installed.database.reading() as session:
        names = {row.name for row in all_of(session, Service)}
        changes = session.scalar(select(func.count()).where(Change.field == "name", Change.object_kind == "service"))
    assert names == {row["name"] for row in services(2)}
    assert changes == SERVICES


def test_a_second_import_of_a_source_is_refused_while_one_is_under_way(parts: Parts, tmp_path: Path) -> None:
    lock = SourceLock(parts.database, parts.clock)
    lock.take(ImportRequest(path=tmp_path, source="food bank"), "hsds-json")
    with pytest.raises(Refused, match="Another import into food bank is under way"):
        bring_rows(parts, tmp_path / "feed", **SMALL)
    assert bring_rows(parts, tmp_path / "feed", "another source", **SMALL).changed
    with parts.database.writing() as session:
        lock.give_back(session)
        session.commit()
    assert bring_rows(parts, tmp_path / "feed", **SMALL).changed


def test_an_import_on_another_machine_counts_as_interrupted_when_it_was_silent_for_long(
    parts: Parts, tmp_path: Path, clock: FixedClock
) -> None:
    SourceLock(parts.database, parts.clock).take(ImportRequest(path=tmp_path, source="food bank"), "hsds-json")
    with parts.database.writing() as session:
        one(session, ImportLock).host = "another machine"
        session.commit()
    with pytest.raises(Refused):
        bring_rows(parts, tmp_path / "feed", **SMALL)
    clock.set(clock.now() + SILENT_FOR)
    bring_rows(parts, tmp_path / "feed", **SMALL)
    with parts.database.reading() as session:
        assert [row.state for row in all_of(session, ImportRun)] == ["abandoned", "finished"]


def test_an_import_that_was_taken_over_stops_before_it_writes(parts: Parts, tmp_path: Path) -> None:
    lock = SourceLock(parts.database, parts.clock)
    lock.take(ImportRequest(path=tmp_path, source="food bank"), "hsds-json")
    with parts.database.writing() as session:
        session.execute(text("DELETE FROM import_lock"))
        session.commit()
    with parts.database.writing() as session, pytest.raises(Refused, match="took over"):
        lock.beat(session)


def test_a_fault_in_the_middle_marks_the_run_as_failed_and_frees_the_source(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from directory.services.exchange.apply import applying

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(applying, "write", fail)
    with pytest.raises(OSError, match="disk is full"):
        bring_rows(parts, tmp_path / "feed", **SMALL)
    monkeypatch.undo()
    assert bring_rows(parts, tmp_path / "feed", **SMALL).changed
    with parts.database.reading() as session:
        assert [row.state for row in all_of(session, ImportRun)] == ["failed", "finished"]


def test_nobody_waits_long_for_a_batch(installed: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches shrink while writing takes longer than it should, so that others who write do not wait."""
    from directory.services.exchange.apply import applying

    sizes = []
    write = applying.write

    def slowly(session: Any, work: Any, clock: Any) -> None:
        sizes.append(len(work.new["service"]))
        write(session, work, clock)

    seconds = iter(range(10_000))
    monkeypatch.setattr(applying, "write", slowly)
    monkeypatch.setattr(time, "perf_counter", lambda: float(next(seconds)))
    feed = write_feed(tmp_path / "feed", organizations=[HOUSE], locations=[PLACE], services=services(1))
    assert json.dumps(bring(installed, feed).counts["service"]["created"]) == str(SERVICES)
    assert max(sizes[-5:-1]) <= applying.SMALLEST_BATCH
