"""The dispatcher is killed at any point, again and again, while listings change: afterwards nothing is lost and nothing differs."""

import os
import random
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from directory.app import build_parts
from directory.domain.clock import FixedClock
from directory.services.indexing.dispatch import dispatch_all
from directory.services.indexing.enqueue import enqueue
from directory.services.indexing.rebuild import rebuild_index
from directory.services.indexing.reconcile import check_index
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.migrate import upgrade
from directory.store.tables import IndexPending, Service
from search_index.query import ServiceQuery
from tests.support.listings import THEN, add_service

SERVICES = 300
DISPATCHER = textwrap.dedent(
    """
    import sys
    from directory.app import build_parts
    from directory.services.indexing.dispatch import dispatch_pending
    from directory.settings import Settings

    parts = build_parts(Settings(data_dir=sys.argv[1]))
    print("ready", flush=True)
    while True:
        dispatch_pending(parts, batch=7)
    """
)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Parts]:
    """A directory of a few hundred services on SQLite, indexed, as `./run` keeps it."""
    parts = build_parts(Settings(data_dir=tmp_path), clock=FixedClock(THEN))
    upgrade(parts.database)
    with parts.database.writing() as session:
        for number in range(SERVICES):
            add_service(session, name=f"Programme {number}")
        session.commit()
    rebuild_index(parts)
    yield parts
    parts.search.close()
    parts.database.close()


def change_some(parts: Parts, dice: random.Random, round_number: int) -> None:
    """Rename some services and withdraw some, a few at a time, as people do."""
    for _ in range(6):
        with parts.database.writing() as session:
            chosen = dice.sample(list(session.scalars(select(Service.id).order_by(Service.id))), 20)
            session.execute(update(Service).where(Service.id.in_(chosen[:18])).values(name=f"Renamed {round_number} {dice.random()}"))
            gone = THEN if dice.random() < 0.5 else None
            session.execute(update(Service).where(Service.id.in_(chosen[18:])).values(withdrawn_at=gone))
            enqueue(session, chosen, parts.clock)
            session.commit()


@pytest.mark.parametrize("kills", [pytest.param(6, id="6"), pytest.param(100, id="100", marks=pytest.mark.slow)])
def test_a_killed_dispatcher_leaves_nothing_lost_and_nothing_different(embedded: Parts, kills: int) -> None:
    dice = random.Random(20261123)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    for round_number in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", DISPATCHER, str(embedded.settings.data_dir)], stdout=subprocess.PIPE, env=environment
        ) as dispatcher:
            assert dispatcher.stdout is not None
            assert dispatcher.stdout.readline() == b"ready\n"
            change_some(embedded, dice, round_number)
            with pytest.raises(subprocess.TimeoutExpired):
                dispatcher.wait(timeout=dice.random() * 0.25)
            dispatcher.send_signal(signal.SIGKILL)
    dispatch_all(embedded)
    report = check_index(embedded)
    assert (report.missing, report.extra, report.stale, report.waiting, report.parked) == (0, 0, 0, 0, 0)
    with embedded.database.reading() as session:
        listed = session.scalar(select(func.count()).select_from(Service).where(Service.withdrawn_at.is_(None)))
        assert session.scalar(select(func.count()).select_from(IndexPending)) == 0
        names = dict(session.execute(select(Service.id, Service.name).where(Service.withdrawn_at.is_(None))).all())
    found: dict[str, str] = {}
    for page in range(1, 5):
        for hit in embedded.search.search(ServiceQuery(page=page, per_page=100)).hits:
            assert hit.service_id not in found, "a service is found twice"
            found[hit.service_id] = names[hit.service_id]
    assert len(found) == listed
