"""A planner begins with what changed, follows a number to its list and a point to its cell, says that they saw it, and looks at the map."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from directory.domain.gaps import Gap
from directory.services.parts import Parts
from directory.store.tables import PlanningSeen, SearchCount, SearchGap
from tests.journeys.conftest import PHONE, Visit
from tests.support.people import link_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PHILADELPHIA, PITTSBURGH = "us-pa-philadelphia", "us-pa-pittsburgh"


@pytest.fixture
def link(served_parts: Parts) -> Iterator[str]:
    """The address of a way in, where something was asked for in two towns."""
    day = served_parts.clock.now().date()
    for area, need, found, short in ((PHILADELPHIA, "detox", 20, 12), (PHILADELPHIA, "food", 90, 2), (PITTSBURGH, "detox", 8, 0)):
        for number in range(found + short):
            served_parts.gaps.count(day, (need,), area)
            if number < short:
                served_parts.gaps.add(Gap(day, (need,), area, (), 0, "en"))
    served_parts.gaps.flush(served_parts.database)
    yield f"/sign-in?{urlencode({'link': link_of(served_parts, 'planner', email='mona@example.org')})}"
    with served_parts.database.writing() as session:
        for table in (SearchCount, SearchGap, PlanningSeen):
            session.execute(delete(table))
        session.commit()


def is_right(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize(
    "settings",
    [{}, {"java_script_enabled": False}, {"viewport": PHONE, "is_mobile": True, "color_scheme": "dark"}],
    ids=["desk", "without script", "phone"],
)
def test_from_what_changed_to_its_list_to_a_cell_and_the_map(visit: Visit, link: str, settings: dict[str, object]):
    page, looks = visit(link, **settings), settings.get("java_script_enabled", True)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("This month")
    if looks:
        is_right(page)
    page.locator(".quadrant:visible a[aria-label*='Detox']").first.click()
    expect(page.locator("h1")).to_have_text("Gaps and unmet need")
    page.go_back()
    page.get_by_role("link", name="listings added").click()
    expect(page.locator("h1")).to_contain_text("listings added")
    assert page.locator(".news-rows li").count() > 0
    if looks:
        is_right(page)
    page.go_back()
    page.get_by_role("button", name="Seen, start from here").click()
    expect(page.get_by_role("status").first).to_contain_text("Noted.")
    page.get_by_role("link", name="Map of a need").click()
    expect(page.locator("h2").first).to_contain_text("Detox")
    if looks:
        is_right(page)
    page.get_by_label("What to measure").select_option("usable")
    page.get_by_role("button", name="Show these").click()
    expect(page).to_have_url(re.compile("measure=usable"))
