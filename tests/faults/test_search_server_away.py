"""A real search server is frozen, killed, emptied, locks us out, or holds an index of another version: people go on finding, pages are
quick and say so, what changes meanwhile is found, and when the server is well again everything is as it was."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from directory.app import app_of
from directory.cli.checks.finding import check_fallback, check_index
from directory.jobs.worker import work
from directory.services.health import read_health
from directory.services.indexing.dispatch import dispatch_all
from directory.services.indexing.enqueue import enqueue
from directory.services.indexing.rebuild import rebuild_index
from directory.services.indexing.reconcile import check_index as hold_against_database
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.store.tables import IndexPending, Service
from search_index.fallback import WithFallback
from tests.support.neighbourhood import PANTRY, WEST_PHILADELPHIA, furnish
from tests.support.two_indexes import OWN, SERVER, Leaps, OwnServer, Timed, own_server, until, with_both

pytestmark = [pytest.mark.meilisearch, pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)]

LONGEST_SECONDS = 1.0
WORDS = {
    "en": "Backup search: may miss new changes.",
    "fr": "Recherche de secours, moins à jour.",
    "es": "Búsqueda de reserva, menos al día.",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    with own_server(tmp_path_factory.mktemp("meilisearch")) as made:
        yield made


@pytest.fixture
def leaps() -> Leaps:
    return Leaps()


@pytest.fixture
def both(parts: Parts, server: OwnServer, leaps: Leaps) -> Iterator[Parts]:
    """The neighbourhood, in the server's index and in this host's own."""
    if server.process is None:
        server.start()
    made = with_both(parts, server.engine(), leaps)
    furnish(made)
    save_community(made, "tests", replace(WEST_PHILADELPHIA, languages=("en", "fr", "es")))
    rebuild_index(made.each_index()[-1])
    yield made
    if server.process is not None:
        server.thaw()
    made.search.close()


@pytest.fixture
def client(both: Parts) -> FlaskClient:
    return app_of(both).test_client()


def waited(parts: Parts) -> float:
    """Seconds that were waited for the index since this was asked last."""
    assert isinstance(parts.search, Timed)
    seconds, parts.search.waited = parts.search.waited, 0.0
    return seconds


def is_degraded(client: FlaskClient) -> bool:
    return bool(client.get("/api/v1/search?q=food").get_json()["degraded"])


def heal(client: FlaskClient, leaps: Leaps) -> None:
    """Let the pause be over, again and again, until the server answers."""

    def looked() -> bool:
        leaps.ahead += 10
        return not is_degraded(client)

    until(looked)


def rename(parts: Parts, name: str) -> None:
    with parts.database.writing() as session:
        session.get_one(Service, PANTRY).name = name
        enqueue(session, [PANTRY], parts.clock)
        session.commit()


def frozen(server: OwnServer) -> Callable[[], None]:
    server.freeze()
    return server.thaw


def killed(server: OwnServer) -> Callable[[], None]:
    server.kill()
    return server.start


def locked(server: OwnServer) -> Callable[[], None]:
    """The keys are revoked; the master key gives the same ones again."""
    for key in server.ask("GET", "keys?limit=100")["results"]:
        if (key["name"] or "").startswith("shared directory"):
            server.ask("DELETE", f"keys/{key['uid']}")
    return lambda: server.engine().close()


@pytest.mark.parametrize("harm", [frozen, killed, locked])
def test_people_go_on_finding_in_three_languages_and_are_told(
    both: Parts, server: OwnServer, client: FlaskClient, leaps: Leaps, harm: Callable[[OwnServer], Callable[[], None]]
) -> None:
    assert not is_degraded(client)
    undo = harm(server)
    for language, words in WORDS.items():
        page = client.get(f"/search?q=food&lang={language}").text
        assert waited(both) < LONGEST_SECONDS
        assert words in page
        assert f"/services/{PANTRY}" in page
    answer = client.get("/api/v1/search?q=food").get_json()
    assert answer["degraded"]
    health = client.get("/health")
    assert health.status_code == 200
    told = health.get_json()
    assert (told["status"], told["degraded"], told["index"]["ready"], told["fallback"]["index"]["services"]) == ("ok", True, False, 4)
    assert client.get("/health/ready").status_code == 200
    metrics = client.get("/metrics").text
    assert "directory_up 1.0" in metrics
    assert "directory_degraded 1.0" in metrics
    found = read_health(both)
    assert check_index(found).ok
    assert check_index(found).warning.startswith("Degraded")
    assert check_fallback(found.fallback).ok  # type: ignore[arg-type]
    undo()
    heal(client, leaps)
    assert WORDS["en"] not in client.get("/search?q=food").text
    assert not client.get("/health").get_json()["degraded"]
    assert "directory_degraded 0.0" in client.get("/metrics").text


@pytest.mark.parametrize("address", ["/search?q=xyzzy+food&near=19104&cost=free&when=now", "/suggest?q=foo", "/", "/needs"])
def test_no_page_waits_a_second_for_a_frozen_server_however_often_it_asks(
    both: Parts, server: OwnServer, client: FlaskClient, address: str
) -> None:
    server.freeze()
    assert client.get(address).status_code == 200
    assert 0.3 < waited(both) < LONGEST_SECONDS


def test_what_changes_while_the_server_is_away_is_found_at_once_and_reaches_the_server_later(
    both: Parts, server: OwnServer, client: FlaskClient, leaps: Leaps
) -> None:
    server.kill()
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(both, stop.wait))
    worker.start()
    try:
        rename(both, "Larder")
        until(lambda: "Larder" in client.get("/search?q=larder").text)
        until(lambda: waiting(both) == {SERVER: 1})
        server.start()
        until(lambda: waiting(both) == {}, seconds=90)
    finally:
        stop.set()
        worker.join(30)
    heal(client, leaps)
    assert "Larder" in client.get("/search?q=larder").text
    for index in both.each_index():
        assert hold_against_database(index).in_step


def waiting(parts: Parts) -> dict[str, int]:
    with parts.database.reading() as session:
        return dict(session.execute(select(IndexPending.consumer, func.count()).group_by(IndexPending.consumer)).all())


def test_an_index_that_was_deleted_is_built_anew_while_the_other_answers(
    both: Parts, server: OwnServer, client: FlaskClient, leaps: Leaps
) -> None:
    server.server.remove(server.index)  # type: ignore[union-attr]
    until(lambda: is_degraded(client))
    assert f"/services/{PANTRY}" in client.get("/search?q=food").text
    health = client.get("/health").get_json()
    assert (health["degraded"], health["status"]) == (True, "ok")
    rebuild_index(both)
    heal(client, leaps)


def test_an_index_of_another_version_is_not_used(both: Parts, client: FlaskClient) -> None:
    assert isinstance(both.search, WithFallback)
    both.search.main._knowledge._contract = "another"  # type: ignore[attr-defined]
    assert is_degraded(client)
    assert client.get("/health").get_json()["degraded"]


def test_without_a_worker_nothing_is_in_reserve_and_the_doctor_says_so(both: Parts, server: OwnServer, client: FlaskClient) -> None:
    (both.settings.index_dir / "current").unlink()
    server.freeze()
    assert client.get("/search?q=food").status_code == 503
    found = read_health(both)
    assert not found.ok
    assert not check_index(found).ok
    assert "directory worker" in check_fallback(found.fallback).remedy  # type: ignore[arg-type]


def test_a_change_is_found_and_a_withdrawn_listing_gone_before_any_index_has_heard_of_it(
    both: Parts, server: OwnServer, client: FlaskClient
) -> None:
    for harm in (None, server.kill):
        if harm is not None:
            harm()
        rename(both, f"Larder {harm is None}")
        assert f"Larder {harm is None}" in client.get("/search?q=larder").text
    dispatch_all(both.each_index()[-1])
    with both.database.writing() as session:
        session.get_one(Service, PANTRY).withdrawn_at = both.clock.now()
        enqueue(session, [PANTRY], both.clock)
        session.commit()
    answer = client.get("/api/v1/search?q=larder").get_json()
    assert (answer["total"], answer["degraded"]) == (0, True)


def test_each_index_takes_its_own_pending_rows_and_no_other_s(both: Parts) -> None:
    main, own = both.each_index()
    rename(both, "Larder")
    assert waiting(both) == {SERVER: 1, OWN: 1}
    assert dispatch_all(own).confirmed == 1
    assert waiting(both) == {SERVER: 1}
    assert dispatch_all(main).confirmed == 1
    with both.database.writing() as session:
        session.execute(delete(IndexPending))
        session.commit()
