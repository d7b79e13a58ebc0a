"""The dispatcher is killed at any point, again and again, while listings change: afterwards nothing is lost and nothing differs."""

import json
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
from search_index.meili.keys import make_keys
from search_index.query import ServiceQuery
from tests.support.listings import THEN, add_service
from tests.support.meilisearch import server_of_this_run

SERVICES = 300
DISPATCHER = textwrap.dedent(
    """
    import json, sys
    from directory.app import build_parts
    from directory.services.indexing.dispatch import dispatch_pending
    from directory.settings import Settings

    parts = build_parts(Settings(**json.loads(sys.argv[1])))
    print("ready", flush=True)
    while True:
        dispatch_pending(parts, batch=7)
    """
)


ENGINES = ["embedded", pytest.param("meilisearch", marks=[pytest.mark.meilisearch, pytest.mark.slow])]


@pytest.fixture(params=ENGINES)
def options(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Settings of an installation with this engine."""
    if request.param == "embedded":
        yield {"data_dir": str(tmp_path)}
        return
    server = server_of_this_run()
    name = server.new_name()
    keys = make_keys(server.url, server.master_key, name)
    named = {"meili_url": server.url, "meili_search_key": keys.search, "meili_write_key": keys.write, "meili_index": name}
    yield {"data_dir": str(tmp_path), "search_engine": "meilisearch", **named}
    server.remove(name)


@pytest.fixture
def indexed(options: dict[str, str]) -> Iterator[Parts]:
    """A directory of a few hundred services on SQLite, indexed, as `./run` keeps it."""
    parts = build_parts(Settings(**options), clock=FixedClock(THEN))  # type: ignore[arg-type]
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


@pytest.mark.parametrize("kills", [pytest.param(1, id="1"), pytest.param(100, id="100", marks=pytest.mark.slow)])
def test_a_killed_dispatcher_leaves_nothing_lost_and_nothing_different(indexed: Parts, options: dict[str, str], kills: int) -> None:
    dice = random.Random(20261123)
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    for round_number in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", DISPATCHER, json.dumps(options)], stdout=subprocess.PIPE, env=environment
        ) as dispatcher:
            assert dispatcher.stdout is not None
            assert dispatcher.stdout.readline() == b"ready\n"
            change_some(indexed, dice, round_number)
            with pytest.raises(subprocess.TimeoutExpired):
                dispatcher.wait(timeout=dice.random() * 0.25)
            dispatcher.send_signal(signal.SIGKILL)
    dispatch_all(indexed)
    report = check_index(indexed)
    assert (report.missing, report.extra, report.stale, report.waiting, report.parked) == (0, 0, 0, 0, 0)
    with indexed.database.reading() as session:
        listed = session.scalar(select(func.count()).select_from(Service).where(Service.withdrawn_at.is_(None)))
        assert session.scalar(select(func.count()).select_from(IndexPending)) == 0
        names = dict(session.execute(select(Service.id, Service.name).where(Service.withdrawn_at.is_(None))).all())
    found: dict[str, str] = {}
    for page in range(1, 5):
        for hit in indexed.search.search(ServiceQuery(page=page, per_page=100)).hits:
            assert hit.service_id not in found, "a service is found twice"
            found[hit.service_id] = names[hit.service_id]
    assert len(found) == listed
