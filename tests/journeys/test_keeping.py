"""The operator's page of the search index is for everybody to use: on a phone, without script, in the dark."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import delete, update

from directory.services.indexing.dispatch import park
from directory.services.parts import Parts
from directory.store.tables import IndexConsumer, IndexPending
from tests.journeys.conftest import PHONE, Visit
from tests.support.neighbourhood import CLINIC, PANTRY
from tests.support.people import link_of

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def link(served_parts: Parts) -> Iterator[str]:
    """A way in to the page, with two services that the index refused."""
    with served_parts.database.writing() as session:
        why = "The field description is longer than what the index takes: " + "x" * 60
        park(session, served_parts.consumer, [(PANTRY, why), (CLINIC, "No.")], served_parts.clock.now())
        session.commit()
    yield f"/sign-in?{urlencode({'link': link_of(served_parts, to='/admin/index')})}"
    with served_parts.database.writing() as session:
        session.execute(delete(IndexPending))
        session.execute(update(IndexConsumer).values(rebuild_asked_at=None))
        session.commit()


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"color_scheme": "light"}, id="light"),
        pytest.param({"color_scheme": "dark"}, id="dark", marks=pytest.mark.slow),
        pytest.param({"viewport": PHONE, "has_touch": True, "is_mobile": True}, id="phone", marks=pytest.mark.slow),
        pytest.param({"viewport": {"width": 320, "height": 700}}, id="narrow"),
    ],
)
def test_axe_finds_nothing_and_nothing_needs_scrolling_sideways(visit: Visit, link: str, settings: dict[str, object]):
    page = visit(link, **settings)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("Search index")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["with script", "without script"])
def test_one_is_tried_again_then_all_then_a_rebuild_is_asked_for(visit: Visit, link: str, script: bool):
    page = visit(link, java_script_enabled=script)
    page.click("main button")
    page.locator(".parked li button").first.click()
    expect(page.locator(".notice")).to_contain_text("1 service waits to be sent again.")
    page.click("text=Try all again")
    expect(page.locator("main")).to_contain_text("None. Every listing could be put into the index.")
    page.click("text=Build anew")
    expect(page.locator("main")).to_contain_text("It is to be built anew")
