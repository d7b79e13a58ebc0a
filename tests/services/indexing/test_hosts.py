"""Hosts that share a database keep their own indexes in step, each under a name of its own; one that is gone is forgotten."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from directory.app import make_indexes
from directory.gateways.host import host_name
from directory.jobs.beat import Beat
from directory.jobs.index_feed import IndexFeed
from directory.jobs.nightly import Nightly
from directory.services.indexing.catching_up import has_caught_up
from directory.services.indexing.consumers import ONLY_HOST, SILENT_FOR, is_of_a_host, register_consumer
from directory.services.indexing.dispatch import dispatch_all
from directory.services.indexing.parked import is_rebuild_asked
from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.session import Database
from directory.store.tables import IndexConsumer
from search_index.embedded import TantivyEngine
from tests.services.indexing.test_in_step import add_services, change, found, pending
from tests.support.listings import THEN


def of_host(parts: Parts, name: str, folder: Path) -> Parts:
    """The parts of one host of several."""
    settings = Settings(data_dir=folder / name)
    search = TantivyEngine(settings.index_dir)
    return Parts(
        settings=settings, database=parts.database, search=search, geocoding=parts.geocoding, clock=parts.clock, consumer=f"embedded-{name}"
    )


@pytest.fixture
def hosts(parts: Parts, tmp_path: Path) -> Iterator[tuple[Parts, Parts]]:
    first, second = of_host(parts, "web1", tmp_path), of_host(parts, "web2", tmp_path)
    with closing(first.search), closing(second.search):
        yield first, second


def names(parts: Parts) -> set[str]:
    with parts.database.reading() as session:
        return {row.name for row in session.query(IndexConsumer)}


def test_a_change_reaches_the_index_of_each_host(hosts: tuple[Parts, Parts]) -> None:
    (pantry,) = add_services(hosts[0], "Pantry")
    for host in hosts:
        rebuild_index(host)
    change(hosts[0], pantry, name="Soup kitchen")
    dispatch_all(hosts[0])
    assert found(hosts[0], "soup") == {pantry}
    assert pending(hosts[0], hosts[1].consumer) == {pantry: 2}, "what one host has done, the other has still to do"
    dispatch_all(hosts[1])
    assert found(hosts[1], "soup") == {pantry}


def test_the_first_name_of_its_own_ends_the_name_that_all_shared(hosts: tuple[Parts, Parts]) -> None:
    (pantry,) = add_services(hosts[0], "Pantry")
    with hosts[0].database.writing() as session:
        register_consumer(session, ONLY_HOST, THEN)
        session.commit()
    change(hosts[0], pantry, name="Soup kitchen")
    for host in hosts:
        IndexFeed(host).step()  # as the worker of the new version does when it comes
    assert names(hosts[0]) == {host.consumer for host in hosts}
    assert [found(host, "soup") for host in hosts] == [{pantry}, {pantry}]


def test_a_host_that_was_not_heard_of_for_days_is_forgotten_and_builds_anew_when_it_comes_back(hosts: tuple[Parts, Parts]) -> None:
    (pantry,) = add_services(hosts[0], "Pantry")
    for host in hosts:
        rebuild_index(host)
        Beat(host).step()
    clock = hosts[0].clock
    clock.set(clock.now() + SILENT_FOR + timedelta(hours=12))  # type: ignore[attr-defined]
    Beat(hosts[0]).step()
    Nightly(hosts[0]).step()
    assert names(hosts[0]) == {hosts[0].consumer}
    change(hosts[0], pantry, name="Soup kitchen")
    assert is_rebuild_asked(hosts[1])
    IndexFeed(hosts[1]).step()
    assert found(hosts[1], "soup") == {pantry}
    assert names(hosts[0]) == {host.consumer for host in hosts}


def test_a_host_whose_worker_was_heard_of_yesterday_is_kept(hosts: tuple[Parts, Parts]) -> None:
    for host in hosts:
        rebuild_index(host)
        Beat(host).step()
    clock = hosts[0].clock
    clock.set(clock.now() + timedelta(days=1))  # type: ignore[attr-defined]
    Nightly(hosts[0]).step()
    assert names(hosts[0]) == {host.consumer for host in hosts}


def test_the_name_of_a_host_lasts_and_no_other_has_it(tmp_path: Path) -> None:
    first = host_name(tmp_path / "a")
    assert host_name(tmp_path / "a") == first
    assert host_name(tmp_path / "b") != first
    assert is_of_a_host(f"embedded-{first}")
    assert len(f"embedded-{first}") <= 80


def test_on_sqlite_there_is_one_host_and_its_name_is_what_it_was(tmp_path: Path, database: Database) -> None:
    (index,) = make_indexes(Settings(data_dir=tmp_path), database)
    assert (index.consumer == "embedded") is database.is_sqlite
    assert (tmp_path / "host-name").exists() is not database.is_sqlite
    index.engine.close()


def test_with_a_server_the_host_s_own_index_comes_last_under_the_name_it_had(tmp_path: Path, database: Database) -> None:
    (alone,) = make_indexes(Settings(data_dir=tmp_path), database)
    keys = {"meili_url": "http://127.0.0.1:9", "meili_search_key": "k", "meili_write_key": "k"}
    server, own = make_indexes(Settings(data_dir=tmp_path, search_engine="meilisearch", **keys), database)
    assert (server.consumer, own.consumer) == ("meilisearch", alone.consumer)
    for index in (alone, server, own):
        index.engine.close()


def test_an_index_has_caught_up_when_no_more_waits_for_it_than_can_be_looked_for_beside_it(
    hosts: tuple[Parts, Parts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.services.indexing.catching_up.MOST_BESIDE", 1)
    names = hosts[0].consumer, hosts[1].consumer
    services = add_services(hosts[0], "Pantry", "Clinic")
    for host in hosts:
        rebuild_index(host)
    assert has_caught_up(hosts[0].database, *names)
    for service in services:
        change(hosts[0], service, name="Soup kitchen")
    assert has_caught_up(hosts[0].database, *names), "the other has heard no more"
    dispatch_all(hosts[1])
    assert not has_caught_up(hosts[0].database, *names)
    dispatch_all(hosts[0])
    assert has_caught_up(hosts[0].database, *names)
