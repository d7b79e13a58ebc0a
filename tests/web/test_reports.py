"""A worker tells in one tap what they met with; everybody reads it on the listing; nobody else tells."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from directory.app import app_of
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.store.tables import RateCount, WorkerReport
from tests.support.neighbourhood import ORGANIZATION, PANTRY
from tests.support.people import sign_in
from tests.web.html import read

LISTING = f"/services/{PANTRY}"


@pytest.fixture
def worker(furnished: Parts) -> Iterator[FlaskClient]:
    yield sign_in(app_of(furnished).test_client(), furnished, Role.WORKER, organization_id=ORGANIZATION)
    with furnished.database.writing() as session:
        session.execute(delete(WorkerReport))
        session.execute(delete(RateCount))
        session.commit()


def test_what_a_worker_tells_is_read_by_everybody_with_its_time(client: FlaskClient, worker: FlaskClient):
    worker.get(LISTING + "?lang=en")
    shown = read(worker.get(worker.post(LISTING + "/report", data={"what": "no_answer"}).headers["Location"]).text).text
    assert "Thank you. It is shown here for a day" in shown
    page = read(client.get(LISTING + "?lang=en").text)
    assert "A worker called today at 10:00" in page.text
    assert not page.find("button", name="what")
    worker.post(LISTING + "/report", data={"what": "undo"})
    assert "A worker called" not in client.get(LISTING).text


def test_a_visitor_tells_nothing(client: FlaskClient, worker: FlaskClient):
    assert client.post(LISTING + "/report", data={"what": "moved"}).status_code == 403
    assert worker.post(LISTING + "/report", data={"what": "on fire"}).status_code == 303
    assert not read(client.get(LISTING).text).find("section", id="reports")
