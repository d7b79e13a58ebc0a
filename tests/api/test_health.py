"""`/health`: well while searches can be answered, wrong when not, with the reason."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.app import app_of
from directory.services.indexing.enqueue import enqueue
from directory.services.parts import Parts
from directory.store.session import Database
from tests.support.moments import MONDAY_MORNING
from tests.support.neighbourhood import PANTRY


def test_a_furnished_installation_is_well(client: FlaskClient) -> None:
    response = client.get("/health")
    assert response.status_code == 200
    health = response.get_json()
    assert health["status"] == "ok"
    assert (health["database"]["reachable"], health["database"]["migrated"]) == (True, True)
    assert (health["index"]["ready"], health["index"]["services"]) == (True, 4)
    assert health["pending"] == {"waiting": 0, "parked": 0, "lag_seconds": 0.0}
    assert health["degraded"] is False
    assert set(health["drift"]) == {"checked_at", "differing"}


def test_the_machine_itself_is_told_more_than_others(client: FlaskClient) -> None:
    keeping = client.get("/health").get_json()["keeping"]
    assert keeping["migrations_pending"] == 0
    assert keeping["disk_free_bytes"] > 0
    assert keeping["database_version"].startswith(("sqlite 3.", "postgresql 1"))
    assert client.get("/health", headers={"X-Forwarded-For": "203.0.113.9"}).get_json()["keeping"] is None


def test_a_process_that_answers_is_alive_and_ready_when_searches_can_be_answered(client: FlaskClient, parts: Parts) -> None:
    assert client.get("/health/live").get_json() == {"status": "ok"}
    assert client.get("/health/ready").status_code == 200
    away = Database("postgresql+psycopg://nobody@/none?host=/no/such/folder")
    alone = app_of(replace(parts, database=away)).test_client()
    assert alone.get("/health/live").status_code == 200
    assert alone.get("/health/ready").status_code == 503
    away.close()


@pytest.fixture
def with_something_waiting(furnished: Parts) -> Iterator[None]:
    """A change that the index has not heard of for ninety seconds."""
    from directory.domain.clock import FixedClock
    from directory.services.indexing.dispatch import dispatch_all

    earlier = FixedClock(MONDAY_MORNING.replace(second=0))
    furnished.clock.set(MONDAY_MORNING.replace(minute=1, second=30))  # type: ignore[attr-defined]
    with furnished.database.writing() as session:
        enqueue(session, [PANTRY], earlier)
        session.commit()
    yield
    dispatch_all(furnished)
    furnished.clock.set(MONDAY_MORNING)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("with_something_waiting")
def test_a_lag_is_told_and_keeps_nobody_from_finding(client: FlaskClient) -> None:
    response = client.get("/health")
    assert response.status_code == 200
    assert response.get_json()["pending"] == {"waiting": 1, "parked": 0, "lag_seconds": 90.0}


def test_without_an_index_it_is_wrong(parts: Parts) -> None:
    client = app_of(parts).test_client()
    response = client.get("/health")
    assert response.status_code == 503
    assert response.get_json()["index"]["ready"] is False
    searched = client.get("/api/v1/search?q=food")
    assert searched.status_code == 503
    assert searched.mimetype == "application/problem+json"
    assert int(searched.headers["Retry-After"]) > 0


def test_without_tables_it_is_wrong_and_says_which_are_needed(parts: Parts, tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    response = app_of(replace(parts, database=empty)).test_client().get("/health")
    empty.close()
    assert response.status_code == 503
    assert "revision none" in response.get_json()["database"]["detail"]


def test_an_unreachable_database_is_wrong_and_not_a_fault(parts: Parts) -> None:
    away = Database("postgresql+psycopg://nobody@/none?host=/no/such/folder")
    response = app_of(replace(parts, database=away)).test_client().get("/health")
    away.close()
    assert response.status_code == 503
    assert response.get_json()["database"]["reachable"] is False
