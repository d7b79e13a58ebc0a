"""Time that is let pass in a demo passes for everybody at once, and never where people are served in earnest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from directory.app import app_of, build_parts
from directory.domain.clock import FixedClock
from directory.domain.errors import InvalidInput, NotFound
from directory.services.accounts.person_session import open_by_link, read_actor
from directory.services.demo_clock import let_pass, set_back
from directory.services.listings.community import save_community
from directory.services.parts import Parts
from directory.settings import Settings
from directory.store.migrate import upgrade
from tests.support.moments import MONDAY_MORNING
from tests.support.people import link_of, sign_in
from tests.support.places import FewPlaces
from tests.support.referrals import TOWN


@pytest.fixture
def demo(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    """A demo on a machine whose own clock stands still."""
    monkeypatch.setattr("directory.app.SystemClock", lambda: FixedClock(MONDAY_MORNING))
    monkeypatch.setattr("directory.app.open_gazetteer", lambda *_given, **_named: FewPlaces())
    parts = build_parts(settings)
    upgrade(parts.database)
    save_community(parts, "tests", TOWN)
    yield parts
    parts.search.close()
    parts.database.close()


def test_all_processes_move_on_together_and_who_is_signed_in_stays_so(demo: Parts):
    other = build_parts(demo.settings)
    opened = open_by_link(demo, link_of(demo))
    assert let_pass(demo, "1d") == timedelta(days=1)
    assert let_pass(other, "4h") == timedelta(days=1, hours=4)
    assert demo.clock.now() == other.clock.now() == MONDAY_MORNING + timedelta(days=1, hours=4)
    assert read_actor(demo, opened.token) is not None
    set_back(other)
    assert demo.clock.now() == MONDAY_MORNING
    other.search.close()
    other.database.close()


def test_outside_a_demo_no_clock_can_be_set_and_one_that_was_counts_for_nothing(demo: Parts):
    let_pass(demo, "7d")
    kept = (demo.settings.data_dir / "demo-clock").read_text()
    save_community(demo, "tests", replace(TOWN, is_demo=False))
    assert demo.clock.now() == MONDAY_MORNING
    with pytest.raises(NotFound):
        let_pass(demo, "1d")
    (demo.settings.data_dir / "demo-clock").write_text(kept)
    assert demo.clock.now() == MONDAY_MORNING


def test_only_hours_and_days_can_pass(demo: Parts):
    for written in ("", "tomorrow", "0d", "91d", "-1d", "1w"):
        with pytest.raises(InvalidInput):
            let_pass(demo, written)


def test_a_button_of_the_outbox_lets_time_pass(demo: Parts):
    client: FlaskClient = app_of(demo).test_client()
    sign_in(client, demo)
    assert client.post("/admin/outbox/let-pass", data={"lasts": "1d"}).status_code == 303
    page = client.get("/admin/outbox").get_data(as_text=True)
    assert "The demo is 1 day ahead." in page
    assert client.post("/admin/outbox/let-pass", data={"lasts": "back"}).status_code == 303
    assert demo.clock.now() == MONDAY_MORNING
