"""The index on a real search server follows the database: acknowledged only when its task has succeeded, one writer among all hosts."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from directory.domain.errors import Unavailable
from directory.jobs.index_feed import IndexFeed
from directory.services.health import read_health, read_pending
from directory.services.indexing.dispatch import DispatchReport, dispatch_all, dispatch_pending
from directory.services.indexing.lock import index_writer_lock
from directory.services.indexing.rebuild import rebuild_index
from directory.services.indexing.reconcile import check_index
from directory.services.keeping.jobs import jobs_in
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.session import Database
from directory.store.tables import Service
from search_index.meili import MeiliEngine, contract, encoding
from search_index.port import Drop, IndexUnavailable
from tests.services.indexing.test_in_step import add_services, change, found, pending
from tests.support.listings import THEN
from tests.support.meilisearch import Server

pytestmark = pytest.mark.meilisearch
CONSUMER = "meilisearch"


@pytest.fixture
def on_server(parts: Parts, meilisearch_server: Server) -> Iterator[Parts]:
    engine = meilisearch_server.engine()
    yield replace(parts, search=engine, consumer=CONSUMER)
    engine.close()


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Services of this name get a key that the server refuses, so that its task fails."""
    honest = encoding._encoded

    def encoded(document: Any, *given: Any, **named: Any) -> Any:
        held = honest(document, *given, **named)
        return {**held, contract.ID: "not a key!"} if document.name == "Poison" else held

    monkeypatch.setattr(encoding, "_encoded", encoded)


def test_changes_become_findable_and_withdrawn_services_go(on_server: Parts) -> None:
    pantry, clinic = add_services(on_server, "Pantry", "Clinic")
    rebuild_index(on_server)
    assert found(on_server) == {pantry, clinic}
    change(on_server, pantry, name="Soup kitchen")
    change(on_server, clinic, withdrawn_at=THEN)
    assert dispatch_pending(on_server) == DispatchReport(confirmed=2, parked=0, waiting=0)
    assert found(on_server, "soup") == found(on_server) == {pantry}
    assert pending(on_server, CONSUMER) == {}


def test_one_poison_in_a_batch_is_parked_with_the_reason_where_the_doctor_sees_it(on_server: Parts, poison: None) -> None:
    services = add_services(on_server, *(f"Pantry {number}" for number in range(9)))
    rebuild_index(on_server)
    for number, service in enumerate(services):
        change(on_server, service, name="Poison" if number == 4 else f"Kitchen {number}")
    assert dispatch_all(on_server) == DispatchReport(confirmed=8, parked=1, waiting=0)
    assert found(on_server, "kitchen") == {*services} - {services[4]}
    (refused,) = read_pending(on_server).refused
    assert (refused.service_id, refused.attempts) == (services[4], 1)
    assert "identifier" in refused.why
    change(on_server, services[4], name="Kitchen 4")
    dispatch_all(on_server)
    assert read_pending(on_server).parked == 0
    assert found(on_server, "kitchen") == {*services}


def test_a_rebuild_parks_poison_and_brings_what_changed_meanwhile(on_server: Parts, poison: None) -> None:
    pantry, bad = add_services(on_server, "Pantry", "Poison")
    rebuild_index(on_server, progress=lambda _done, _total: change(on_server, pantry, name="Soup kitchen"))
    assert found(on_server, "soup") == found(on_server) == {pantry}
    assert [refused.service_id for refused in read_pending(on_server).refused] == [bad]


def test_the_check_names_what_differs_and_repairs_it(on_server: Parts) -> None:
    _kept, gone, renamed = add_services(on_server, "Kept", "Gone", "Renamed")
    rebuild_index(on_server)
    with on_server.database.writing() as session:  # as a restored backup does: changes that no pending row tells of
        session.execute(update(Service).where(Service.id == gone).values(withdrawn_at=THEN))
        session.execute(update(Service).where(Service.id == renamed).values(version=9))
        session.commit()
    report = check_index(on_server, repair=True)
    assert (report.missing_ids, report.extra_ids, report.stale_ids) == ((), (gone,), (renamed,))
    dispatch_all(on_server)
    assert check_index(on_server).in_step


def test_an_index_whose_server_was_emptied_is_built_anew_by_the_worker_though_nothing_changes(
    on_server: Parts, meilisearch_server: Server
) -> None:
    (pantry,) = add_services(on_server, "Pantry")
    feed = IndexFeed(on_server)
    feed.step()
    assert found(on_server) == {pantry}
    meilisearch_server.lose(on_server.search.name)  # type: ignore[attr-defined]
    while feed.step() == 0:
        pass
    assert found(on_server) == {pantry}
    assert pending(on_server, CONSUMER) == {}


def test_an_index_of_another_contract_is_built_anew_while_programs_of_before_go_on_asking_the_old_one(
    on_server: Parts, meilisearch_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pantry,) = add_services(on_server, "Pantry")
    rebuild_index(on_server)
    monkeypatch.setattr(contract, "_FORMAT", 99)
    key, seen = meilisearch_server.master_key, []
    engine = MeiliEngine(meilisearch_server.url, search_key=key, write_key=key, index=on_server.search.name)  # type: ignore[attr-defined]
    feed = IndexFeed(replace(on_server, search=engine))
    honest = engine.begin_rebuild

    def begin_rebuild() -> Any:
        made = honest()
        seen.append(found(on_server))
        return made

    monkeypatch.setattr(engine, "begin_rebuild", begin_rebuild)
    while feed.step() == 0:
        pass
    assert seen == [{pantry}]
    assert found(feed.parts) == {pantry}
    engine.close()


def test_changes_during_a_rebuild_are_found_at_once_in_the_old_one_and_afterwards_in_the_new(on_server: Parts) -> None:
    (pantry,) = add_services(on_server, "Pantry")
    rebuild_index(on_server)
    add_services(on_server, *(f"Clinic {number}" for number in range(510)))
    seen: list[set[str]] = []

    def meanwhile(_done: int, _total: int) -> None:
        seen.append(found(on_server, "soup"))
        change(on_server, pantry, name="Soup kitchen")

    rebuild_index(on_server, progress=meanwhile)
    assert seen == [set(), {pantry}], "before the rebuild is done"
    assert found(on_server, "soup") == {pantry}
    assert check_index(on_server).in_step


def test_what_another_has_written_is_noticed_and_held_against_the_database(on_server: Parts) -> None:
    pantry, clinic = add_services(on_server, "Pantry", "Clinic")
    feed = IndexFeed(on_server)
    feed.step()
    on_server.search.apply([Drop(pantry, 9)])
    while feed.step() == 0:
        pass
    assert found(on_server) == {pantry, clinic}
    assert (feed.failures, feed.mended) == (0, 0)


def test_a_server_that_does_not_answer_loses_nothing_and_is_not_taken_for_empty(on_server: Parts) -> None:
    (pantry,) = add_services(on_server, "Pantry")
    rebuild_index(on_server)
    away = replace(on_server, search=MeiliEngine("http://127.0.0.1:9", search_key="k", write_key="k"))
    change(on_server, pantry, name="Soup kitchen")
    feed = IndexFeed(away)
    assert [feed.step() for _ in range(3)] == [1, 2, 4]
    assert not read_health(away).index.reachable
    with pytest.raises(IndexUnavailable):
        dispatch_pending(away)
    assert pending(on_server, CONSUMER) == {pantry: 2}
    dispatch_all(on_server)
    assert found(on_server, "soup") == {pantry}


def test_a_key_that_is_not_known_is_told_of_and_all_is_well_when_it_is_put_right(on_server: Parts, meilisearch_server: Server) -> None:
    (pantry,) = add_services(on_server, "Pantry")
    rebuild_index(on_server)
    change(on_server, pantry, name="Soup kitchen")
    stranger = MeiliEngine(meilisearch_server.url, search_key="k", write_key="k", index=on_server.search.name)  # type: ignore[attr-defined]
    feed = IndexFeed(replace(on_server, search=stranger))
    assert [feed.step() for _ in range(2)] == [1, 2]
    assert failure_of_index(on_server) == "KeyRefused"
    feed.parts = on_server
    feed.step()
    assert failure_of_index(on_server) == ""
    assert found(on_server, "soup") == {pantry}


def failure_of_index(parts: Parts) -> str:
    with parts.database.reading() as session:
        return next(job.failure for job in jobs_in(session) if job.name == "index")


@pytest.mark.postgresql
def test_of_two_hosts_one_writes_and_the_other_takes_over_when_it_is_gone(on_server: Parts, tmp_path: Path) -> None:
    if on_server.database.is_sqlite:
        pytest.skip("several hosts share a database server")
    other_database = Database(on_server.database.engine.url.render_as_string(hide_password=False))
    other = replace(on_server, settings=Settings(data_dir=tmp_path / "other"), database=other_database)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with index_writer_lock(on_server):
            held.set()
            release.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(30)
    with pytest.raises(Unavailable), index_writer_lock(other):
        pass
    release.set()
    thread.join()
    with index_writer_lock(other):
        pass
    other_database.close()
