"""A worker finds help: by typing, by keys alone, without script, privately, and gets away at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Visit

pytestmark = pytest.mark.browser


def test_from_the_first_page_to_a_call(visit: Visit):
    page = visit("/", viewport=PHONE)
    page.fill("#q", "groceries")
    page.fill("#near", "19104")
    page.click("button.go")
    expect(page.locator("#headline")).to_have_text("1 service")
    page.click("text=Food pantry")
    expect(page.locator("h1")).to_have_text("Food pantry")
    call = page.locator(".actions .call")
    expect(call).to_be_in_viewport()
    assert call.get_attribute("href") == "tel:+12155550101"


def test_the_address_holds_only_what_was_asked(visit: Visit):
    page = visit("/")
    page.fill("#q", "food")
    page.click("button.go")
    page.wait_for_url("**/search**")
    assert page.url.endswith("/search?q=food")


def test_without_script_the_whole_way_works(visit: Visit):
    page = visit("/", java_script_enabled=False, viewport=PHONE)
    page.fill("#q", "food")
    page.click("button.go")
    page.click(".filters-summary")
    page.locator("summary", has_text="Cost").click()
    page.check("input[name=cost][value=free]")
    page.click("text=Show results")
    expect(page.locator("#headline")).to_have_text("2 services")
    page.locator(".chip", has_text="Free").click()
    expect(page.locator("#headline")).to_have_text("3 services")
    expect(page.locator(".point-map")).to_be_visible()
    expect(page.locator("[data-open-map]")).to_be_hidden()
    page.click("text=Leave this page")
    expect(page.locator("table")).to_be_visible()


def test_filters_are_open_beside_the_list_on_a_desk_even_without_script(visit: Visit):
    page = visit("/search?q=food", java_script_enabled=False)
    expect(page.locator("input[name=category]").first).to_be_visible()


def test_a_filter_answers_without_loading_and_the_address_follows(visit: Visit):
    page = visit("/search?q=food")
    page.evaluate("window.still = 'the same page'")
    page.locator("summary", has_text="Cost").click()
    page.check("input[name=cost][value=free]")
    expect(page.locator("#headline")).to_have_text("2 services")
    assert page.evaluate("window.still") == "the same page"
    assert page.url.endswith("/search?q=food&cost=free")
    expect(page.locator("#announce")).to_have_text("2 services")
    expect(page.locator("input[name=cost][value=free]")).to_be_focused()


def test_a_private_search_stands_in_no_address_also_when_filtered(visit: Visit):
    page = visit("/")
    page.fill("#q", "food")
    page.click("text=Search privately")
    expect(page.locator("#headline")).to_have_text("3 services")
    assert page.url.endswith("/search")
    page.locator("summary", has_text="Cost").click()
    page.check("input[name=cost][value=free]")
    expect(page.locator("#headline")).to_have_text("2 services")
    assert page.url.endswith("/search")
    page.locator("button.chip", has_text="Free").click()
    expect(page.locator("#headline")).to_have_text("3 services")
    assert page.url.endswith("/search")


def test_words_are_suggested_while_typing_and_taken_by_keys(visit: Visit):
    page = visit("/")
    page.locator("#q").press_sequentially("foo")
    expect(page.locator(".suggest-list [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", "q-list-0")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("Food")
    expect(page.locator(".suggest-list")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Food")


def test_keys_alone_lead_through_the_results(visit: Visit):
    page = visit("/search?q=food")
    page.keyboard.press("j")
    expect(page.locator("#result-1 h2 a")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#result-2 h2 a")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()


def test_the_first_tab_leads_past_the_masthead_and_focus_can_be_seen(visit: Visit):
    page = visit("/search?q=food")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.locator(".leave").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_map_and_the_list_point_at_each_other(visit: Visit):
    page = visit("/search?q=food&near=19104")
    mark = page.locator("[data-mark]").first
    number = mark.get_attribute("data-mark")
    page.locator(f"#result-{number} h2 a").focus()
    expect(page.locator(f"[data-mark='{number}']")).to_have_class(re.compile("lit"))
    page.locator(f"[data-mark='{number}']").focus()
    expect(page.locator(f"#result-{number}")).to_have_class(re.compile("lit"))


def test_leaflet_comes_only_when_the_map_is_opened(visit: Visit):
    asked: list[str] = []
    page = visit("/search?q=food&near=19104")
    page.on("request", lambda request: asked.append(request.url))
    assert not page.evaluate("performance.getEntriesByType('resource').some((entry) => entry.name.includes('leaflet'))")
    page.click("[data-open-map]")
    expect(page.locator(".moving-map .pin")).to_have_count(2)
    assert any("leaflet.js" in url for url in asked)
    assert all(url.startswith(page.evaluate("location.origin")) for url in asked)


def test_the_movable_map_of_a_private_search_asks_in_private(visit: Visit):
    asked: list[tuple[str, str]] = []
    page = visit("/")
    page.fill("#q", "food")
    page.press("#q", "Escape")  # the suggestions would cover the button
    with page.expect_navigation():
        page.click("text=Search privately")
    page.on("request", lambda request: asked.append((request.method, request.url)))
    page.click("[data-open-map]")
    expect(page.locator(".moving-map .pin")).to_have_count(2)
    assert not [url for _method, url in asked if "food" in url]


def test_leaving_puts_a_calendar_in_place_of_the_page_and_back_shows_nothing(visit: Visit):
    page = visit("/")
    page.fill("#q", "shelter")
    page.click("button.go")
    page.wait_for_url("**/search**")
    page.wait_for_load_state("networkidle")
    page.click("#leave")
    page.wait_for_url("**/away")
    expect(page.locator("h1")).to_have_text("November 2026")
    assert "directory" not in page.content().lower()
    page.go_back()
    page.wait_for_url("**/away")
    expect(page.locator("h1")).to_have_text("November 2026")


def test_escape_three_times_leaves(visit: Visit):
    page = visit("/search?q=shelter")
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/away")


def test_whoever_comes_back_on_purpose_can_search_again(visit: Visit):
    page = visit("/search?q=food")
    page.click("#leave")
    page.wait_for_url("**/away")
    page.goto("/search?q=food")
    expect(page.locator("#headline")).to_have_text("3 services")


def test_print_shows_the_listing_and_not_the_machinery(visit: Visit):
    page = visit("/search?q=food&near=19104")
    page.emulate_media(media="print")
    expect(page.locator(".card").first).to_be_visible()
    for machinery in (".leave", ".filters", ".ask", "#leave"):
        expect(page.locator(machinery).first).to_be_hidden()
