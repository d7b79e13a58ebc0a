"""Pages that everybody can use: no violation that axe finds, no sideways scrolling at 320 pixels or at double size, targets to hit."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PHONE, Visit, complaining
from tests.support.neighbourhood import ORGANIZATION, PANTRY, PANTRY_PLACE, SECRET_PLACE, SHELTER, WITHDRAWN

pytestmark = pytest.mark.browser

PAGES = {
    "first page": "/",
    "results": "/search?q=food&near=19104&when=now",
    "nothing found": "/search?q=xylophone&near=19104&when=now",
    "danger": "/search?q=he+hits+me+and+i+want+to+die",
    "near danger": "/search?q=someone+to+talk+to+in+a+crisis",
    "nothing fits": "/search?category=detox&near=19104&when=now",
    "which place": "/search?q=food&near=portland",
    "wrong field": "/search?q=food&when=soon",
    "service": f"/services/{PANTRY}",
    "suggest a change": f"/services/{PANTRY}/suggest",
    "works well with": f"/services/{PANTRY}/partners?name=house",
    "confidential service": f"/services/{SHELTER}",
    "organization": f"/organizations/{ORGANIZATION}",
    "history of an organization": f"/organizations/{ORGANIZATION}/history",
    "location": f"/locations/{PANTRY_PLACE}",
    "confidential location": f"/locations/{SECRET_PLACE}",
    "all needs": "/needs",
    "a need": "/needs/emergency-shelter",
    "about": "/about",
    "referral clocks": "/about/referral-clocks",
    "shared outcomes": "/outcomes",
    "rules": "/rules",
    "a set of rules": "/rules/flag-pairs",
    "components": "/components",
    "the search for other sites": "/embed",
    "the search in a frame": "/embed/box",
    "away": "/away",
    "empty list": "/list",
    "sign in": "/sign-in?to=/account",
    "withdrawn": f"/services/{WITHDRAWN}",
    "French results": "/search?q=food&near=19104&lang=fr",
}
EVERY_PAGE = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.slow
@EVERY_PAGE
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(visit: Visit, address: str, scheme: str):
    found = Axe().run(visit(address, color_scheme=scheme))
    assert found.violations_count == 0, found.generate_report()


RIGHT_TO_LEFT = "document.documentElement.dir = 'rtl'"
TAPPED = "a.button, button, .chip, .tile, select, input:not([type=checkbox]):not([type=hidden]), .leave"
TOO_SMALL = f"""() => [...document.querySelectorAll("{TAPPED}")]
  .filter((entry) => entry.checkVisibility() && entry.getBoundingClientRect().height < 43.5)
  .map((entry) => entry.outerHTML)"""


TAPPED_PAGES = {"/", PAGES["results"], PAGES["service"], PAGES["danger"], PAGES["nothing fits"], PAGES["sign in"]}


@pytest.fixture(scope="module")
def phone(browser: Browser, served: str) -> Iterator[Page]:
    """One phone for all pages: to start a browser for each took as long as to look at it."""
    context = browser.new_context(base_url=served, viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def on_a_phone(phone: Page, address: str) -> Iterator[Page]:
    """The page on a phone that remembers nothing of the pages before. An error of script or of its content policy fails the test."""
    with complaining(phone) as complaints:
        phone.context.clear_cookies()
        phone.goto(address)
        yield phone
        phone.evaluate("localStorage.clear(); sessionStorage.clear()")
        phone.set_viewport_size(PHONE)
    assert complaints == []


@EVERY_PAGE
def test_a_page_on_a_phone_is_for_everybody(on_a_phone: Page, address: str):
    """Nothing that axe finds, nothing too small to tap, nothing to scroll sideways: on a narrow phone too, and from right to left."""
    page = on_a_phone
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    if address in TAPPED_PAGES:
        assert page.evaluate(TOO_SMALL) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(SIDEWAYS) <= 0
    page.set_viewport_size(PHONE)
    page.evaluate(RIGHT_TO_LEFT)
    assert page.evaluate(SIDEWAYS) <= 0


@EVERY_PAGE
@pytest.mark.slow
def test_nothing_needs_scrolling_sideways_at_double_size(visit: Visit, address: str):
    assert visit(address, viewport={"width": 640, "height": 700}).evaluate(SIDEWAYS) <= 0


def test_open_filters_and_the_reasons_are_as_accessible_as_the_rest(visit: Visit):
    page = visit(PAGES["results"], viewport=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((entry) => { entry.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


def test_the_movable_map_is_as_accessible_as_the_rest(visit: Visit):
    page = visit(PAGES["results"])
    page.click("[data-open-map]")
    page.wait_for_selector(".moving-map .pin")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_forced_colours_keep_every_status_and_button_visible(visit: Visit):
    page = visit(PAGES["results"], forced_colors="active")
    assert page.locator(".status").first.evaluate("(entry) => getComputedStyle(entry).borderTopStyle") == "solid"
    assert page.locator(".map-mark").first.evaluate("(entry) => getComputedStyle(entry).stroke") != "none"


@EVERY_PAGE
@pytest.mark.slow
def test_a_page_read_from_right_to_left_holds_together_on_a_desk(visit: Visit, address: str):
    page = visit(address, viewport={"width": 1280, "height": 800})
    page.evaluate(RIGHT_TO_LEFT)
    assert page.evaluate(SIDEWAYS) <= 0


@EVERY_PAGE
@pytest.mark.slow
def test_axe_finds_nothing_wrong_from_right_to_left(visit: Visit, address: str):
    page = visit(address, viewport=PHONE)
    page.evaluate(RIGHT_TO_LEFT)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


SOME = ["/", PAGES["results"], PAGES["danger"], PAGES["service"], "/components"]


@pytest.mark.parametrize("address", SOME)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_on_a_desk(visit: Visit, address: str, scheme: str):
    found = Axe().run(visit(address, color_scheme=scheme))
    assert found.violations_count == 0, found.generate_report()


def test_a_page_read_from_right_to_left_begins_on_the_right(visit: Visit):
    page = visit(PAGES["service"], viewport=PHONE)
    page.evaluate(RIGHT_TO_LEFT)
    heading = page.locator("h1").bounding_box()
    gap_left, gap_right = page.evaluate(
        """() => { const range = document.createRange(); range.selectNodeContents(document.querySelector("h1"));
        const box = range.getBoundingClientRect(); return [box.left, document.documentElement.clientWidth - box.right]; }"""
    )
    assert heading is not None
    assert gap_right < gap_left
