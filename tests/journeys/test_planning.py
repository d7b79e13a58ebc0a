"""An operator comes in by a link, files imported terms with and without script, and leaves; the pages are for everybody to use."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from directory.services.parts import Parts
from directory.store.tables import Attribute, TermDecision
from tests.journeys.conftest import PHONE, Visit
from tests.support.listings import add
from tests.support.neighbourhood import CLINIC, PANTRY
from tests.support.people import link_of

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def link(served_parts: Parts) -> Iterator[str]:
    """The address of a way in, to a table with two unmapped terms."""
    with served_parts.database.writing() as session:
        for service, words in ((PANTRY, "Clothes closet"), (CLINIC, "Walk up"), (PANTRY, "Walk up")):
            add(session, Attribute(link_entity="service", link_id=service, link_type="service_type", value=words))
        session.commit()
    yield f"/sign-in?{urlencode({'link': link_of(served_parts, 'planner', '/planning/terms', 'paula@example.org')})}"
    with served_parts.database.writing() as session:
        session.execute(delete(Attribute).where(Attribute.link_type == "service_type"))
        session.execute(delete(TermDecision))
        session.commit()


def signed_in(visit: Visit, link: str, **settings: object) -> Page:
    page = visit(link, **settings)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("Imported terms")
    return page


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["with script", "without script"])
def test_from_the_link_to_a_filed_term_and_out_again(visit: Visit, link: str, script: bool):
    page = signed_in(visit, link, java_script_enabled=script)
    page.get_by_label("Walk up", exact=True).first.check()
    page.select_option("#category", "meals")
    page.fill("#why", "they serve at the door")
    page.click("text=File them there")
    expect(page.locator(".notice")).to_contain_text("Decided on 1 term.")
    page.goto("/planning/terms?state=decided")
    expect(page.locator("tbody")).to_contain_text("Free meals")
    expect(page.locator("tbody")).to_contain_text("they serve at the door")
    page.click("text=End session")
    page.goto("/planning/terms")
    expect(page.locator("h1")).to_have_text("Sign in first")


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"viewport": PHONE, "is_mobile": True}, id="phone"),
        pytest.param({}, id="desk", marks=pytest.mark.slow),
        pytest.param({"color_scheme": "dark"}, id="dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_wrong_on_the_operator_s_pages(visit: Visit, link: str, settings: dict[str, object]):
    page = visit("/planning/terms", **settings)
    found = [Axe().run(page)]
    page.goto(link)
    found.append(Axe().run(page))
    page.click("main button")
    found.append(Axe().run(page))
    for address in ("/planning/network", "/planning/freshness", "/planning/freshness/listings"):
        page.goto(address)
        found.append(Axe().run(page))
        assert page.evaluate(SIDEWAYS) == 0
    page.goto("/planning/terms?state=mapped&lang=fr")
    found.append(Axe().run(page))
    page.goto("/sign-in?link=nonsense")
    found.append(Axe().run(page))
    assert [result.generate_report() for result in found if result.violations_count] == []


def test_nothing_scrolls_sideways_at_320_pixels(visit: Visit, link: str):
    page = signed_in(visit, link, viewport={"width": 320, "height": 640})
    assert page.evaluate(SIDEWAYS) == 0
