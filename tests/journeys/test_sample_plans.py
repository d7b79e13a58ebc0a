"""Whoever tries out the demo finds conversations, shared outcomes and actions on every page that lists them, on a phone and at a desk."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from directory.app import app_of
from directory.domain.people import Role
from directory.services.accounts.sign_in_link import give_sign_in_link
from directory.services.parts import Parts
from directory.services.planning.measures import keep_measures
from seeds.people import MAIL_DOMAIN
from tests.journeys.conftest import DESK, PHONE, Visit, serving
from tests.support.round_trip import empty_parts
from tests.support.sample import load_listings, talk_and_plan

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCREENS = pytest.mark.parametrize(
    "screen",
    [{"viewport": PHONE, "color_scheme": "light"}, {"viewport": DESK, "color_scheme": "dark"}],
    ids=["a phone, light", "a desk, dark"],
)


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with empty_parts(sqlite_template, tmp_path_factory.mktemp("demo") / "data") as parts:
        load_listings(parts)
        talk_and_plan(parts)
        keep_measures(parts)
        yield parts


@pytest.fixture(scope="module")
def served(demo: Parts) -> Iterator[str]:
    yield from serving(app_of(demo))


def signed_in(visit: Visit, parts: Parts, role: Role, to: str, **settings: object) -> Page:
    link = give_sign_in_link(parts, f"{role}@{MAIL_DOMAIN}", to).token
    page = visit(f"/sign-in?{urlencode({'link': link})}", **settings)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    return page


def is_right(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate(SIDEWAYS) <= 0, page.url


def each_of(page: Page, address: str, within: str) -> None:
    """The list, and each page it leads to."""
    page.goto(address)
    is_right(page)
    rows = page.locator(f"{within} a").evaluate_all("links => links.map(link => link.pathname)")
    assert rows
    for row in rows:
        page.goto(row)
        is_right(page)


@SCREENS
def test_a_planner_finds_all_of_them(visit: Visit, demo: Parts, screen: dict[str, object]) -> None:
    page = signed_in(visit, demo, Role.PLANNER, "/planning", **screen)
    is_right(page)
    each_of(page, "/planning/conversations", ".talk-rows")
    each_of(page, "/planning/outcomes", ".plan-rows")
    each_of(page, "/planning/actions?state=all", ".plan-rows")
    expect(page.get_by_text("Sample data")).to_be_visible()
    page.goto("/outcomes")
    is_right(page)


@SCREENS
def test_an_organization_finds_what_waits_for_it_and_what_it_said(visit: Visit, demo: Parts, screen: dict[str, object]) -> None:
    page = signed_in(visit, demo, Role.LEAD, "/manage/plans", **screen)
    expect(page.get_by_role("heading", name="Waits for you")).to_be_visible()
    is_right(page)
    each_of(page, "/manage/conversations", ".talk-rows")
