"""The operator's page of the search index: what was refused and why, trying again, asking for a rebuild; for operators only."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from directory.app import app_of
from directory.jobs.index_feed import IndexFeed
from directory.services.health import FallbackHealth, IndexHealth, read_health
from directory.services.indexing.dispatch import park
from directory.services.indexing.parked import is_rebuild_asked
from directory.services.keeping.jobs import noted_job
from directory.services.keeping.state import read_state
from directory.services.parts import Parts
from directory.store.tables import IndexPending, JobRun
from directory.web.models.indexing_page import indexing_page
from tests.support.neighbourhood import CLINIC, PANTRY
from tests.support.people import sign_in
from tests.web.html import read


@pytest.fixture
def operator(furnished: Parts) -> Iterator[FlaskClient]:
    """Somebody who runs the directory, with two services refused by the index."""
    client = app_of(furnished).test_client()
    sign_in(client, furnished)
    with furnished.database.writing() as session:
        session.execute(delete(IndexPending))  # what other tests changed
        for service_id, why in ((PANTRY, "Its name is <too> long."), (CLINIC, "No.")):
            park(session, furnished.consumer, [(service_id, why)], furnished.clock.now() - timedelta(hours=3))
        session.commit()
    yield client
    with furnished.database.writing() as session:
        session.execute(delete(IndexPending))
        session.execute(delete(JobRun))
        session.commit()


def parked(parts: Parts) -> set[str]:
    with parts.database.reading() as session:
        return set(session.scalars(select(IndexPending.service_id).where(IndexPending.parked_why.is_not(None))))


def test_what_was_refused_is_named_with_the_reason_and_linked(operator: FlaskClient):
    page = operator.get("/admin/index").text
    assert "Its name is &lt;too&gt; long." in page
    assert f'href="/services/{PANTRY}"' in page
    assert "Some services were refused." in page
    assert "tried once" in page
    assert "for 3 hours" in page


def test_one_is_tried_again_and_then_all(furnished: Parts, operator: FlaskClient):
    answer = operator.post("/admin/index/again", data={"service": PANTRY})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/index?done=again-1")
    assert parked(furnished) == {CLINIC}
    assert "1 service waits to be sent again." in operator.get("/admin/index?done=again-1").text
    assert operator.post("/admin/index/again").headers["Location"] == "/admin/index?done=again-1"
    assert parked(furnished) == set()


def test_what_somebody_else_has_tried_already_is_no_error(furnished: Parts, operator: FlaskClient):
    operator.post("/admin/index/again")
    answer = operator.post("/admin/index/again", data={"service": PANTRY})
    assert answer.headers["Location"] == "/admin/index?done=again-0"


def test_a_rebuild_is_asked_for_and_the_worker_does_it(furnished: Parts, operator: FlaskClient):
    assert not is_rebuild_asked(furnished)
    before = furnished.search.health().generation
    operator.post("/admin/index/rebuild", data={"index": furnished.consumer})
    assert "It is to be built anew" in operator.get("/admin/index").text
    IndexFeed(furnished).step()
    assert not is_rebuild_asked(furnished)
    assert furnished.search.health().generation != before
    operator.post("/admin/index/rebuild", data={"index": "nobody's"})
    assert not is_rebuild_asked(furnished)


def test_visitors_see_and_do_nothing(furnished: Parts, operator: FlaskClient):
    visitor = app_of(furnished).test_client()
    assert visitor.get("/admin/index").status_code == 403
    assert visitor.post("/admin/index/again").status_code == 403
    assert parked(furnished) == {PANTRY, CLINIC}


def test_jobs_and_copies_are_told(furnished: Parts, operator: FlaskClient):
    with noted_job(furnished, "backup", ""):
        pass
    with pytest.raises(KeyError), noted_job(furnished, "nightly"):
        raise KeyError
    page = read(operator.get("/admin/index").text)
    assert "last time it failed (KeyError)" in page.text
    assert "A copy of the directory" in page.text


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_page_is_in_the_reader_s_language(operator: FlaskClient, language: str):
    page = operator.get(f"/admin/index?lang={language}").text
    assert {"fr": "Index de recherche", "es": "Índice de búsqueda"}[language] in page


def test_the_word_at_the_top_says_the_worst(furnished: Parts, page: None):
    health, state, now = read_health(furnished), read_state(furnished), furnished.clock.now()

    def tone(**index: object) -> str:
        told: IndexHealth = replace(health.index, **index)
        return indexing_page(replace(health, index=told), state, (), now).tone

    assert tone() == "open"
    assert tone(ready=False) == "danger"
    assert tone(reachable=False) == "danger"
    late = replace(state, consumers=tuple(replace(consumer, waiting=3, lag_seconds=900.0) for consumer in state.consumers))
    assert indexing_page(health, late, (), now).tone == "ask"
    drifted = replace(state, consumers=tuple(replace(one, checked_at=now, missing=1, extra=0, stale=0) for one in state.consumers))
    assert indexing_page(health, drifted, (), now).tone == "ask"


def test_an_index_in_reserve_is_named_and_answers_for_one_that_is_away(furnished: Parts, page: None):
    health, state, now = read_health(furnished), read_state(furnished), furnished.clock.now()
    reserve = FallbackHealth(furnished.consumer, health.index, health.pending)
    away = replace(health.index, ready=False, reachable=False, engine="meilisearch", services=0, documents=0)
    shown = indexing_page(replace(health, index=away, fallback=reserve), state, (), now)
    assert (shown.tone, shown.word) == ("ask", "Degraded: the search server does not answer. This host’s own index answers in its place.")
    assert shown.holds.startswith("4 services"), "what is told is of the index that answers"
    assert [index.role for index in shown.indexes if index.name == furnished.consumer] == ["This host’s own, in reserve"]
    nothing = replace(reserve, index=replace(health.index, ready=False))
    assert indexing_page(replace(health, index=away, fallback=nothing), state, (), now).tone == "danger"
