"""A worker finds, saves, orders and prints; a person opens the link on a phone, loses the connection, still reads, and leaves no trace."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Visit

pytestmark = pytest.mark.browser

TITLES = {"en": "Places that can help", "fr": "Des lieux qui peuvent aider", "es": "Lugares que pueden ayudar"}
EVERY_LANGUAGE = pytest.mark.parametrize("language", ["fr", *(pytest.param(other, marks=pytest.mark.slow) for other in ("en", "es"))])
KEPT = "#offline-note[data-state=kept]"
A_PHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def save_two(page: Page) -> None:
    page.locator("[data-save]").nth(0).click()
    page.locator("[data-save]").nth(1).click()
    expect(page.locator("#your-list b")).to_have_text("2")


def make_link(page: Page, language: str) -> str:
    page.goto("/list")
    page.fill("#note", "Ask for Sam")
    page.select_option("#language", language)
    page.click("[formaction$='/list/share']")
    link = page.locator(".the-link a").first.get_attribute("href")
    assert link is not None
    return link


def kept_by_the_phone(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "async () => (await (await caches.open('handed')).keys()).map((request) => new URL(request.url).pathname)"
    )
    return found


@EVERY_LANGUAGE
def test_a_worker_finds_saves_orders_and_prints(visit: Visit, language: str):
    page = visit(f"/search?q=food&lang={language}")
    save_two(page)
    expect(page.locator("#saved-toast")).to_be_visible()
    page.goto("/list")
    names = page.locator(".list-row h2").all_inner_texts()
    page.locator("[value^='down:']").first.click()
    expect(page.locator(".list-row h2").first).to_have_text(names[1])
    page.fill("#note", "Ask for Sam")
    page.select_option("#language", language)
    page.click("button[value=print]")
    expect(page).to_have_title(TITLES[language])
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".handed h2").first).to_have_text(names[1])
    assert len(page.pdf(format="Letter")) > 5_000


@EVERY_LANGUAGE
def test_a_person_opens_the_link_on_a_phone_goes_offline_and_still_reads(visit: Visit, language: str):
    worker = visit("/search?q=groceries&lang=en")
    worker.locator("[data-save]").first.click()
    expect(worker.locator("#your-list b")).to_have_text("1")
    link = make_link(worker, language)
    phone = visit(link, **A_PHONE)
    expect(phone).to_have_title(TITLES[language])
    phone.wait_for_selector(KEPT)
    path = "/l/" + link.rpartition("/")[2]
    assert path in kept_by_the_phone(phone)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone).to_have_title(TITLES[language])
    expect(phone.locator("h2")).to_have_count(1)
    assert "1 Main Street" in phone.inner_text("main")
    assert "Ask for Sam" in phone.inner_text("main")
    expect(phone.locator(".now-only").first).to_be_hidden()
    expect(phone.locator(".handed .card-number").first).to_have_css("border-top-style", "solid")
    phone.click("#leave")
    phone.wait_for_url("**/l/away")
    expect(phone.locator("table")).to_be_visible()
    assert path not in kept_by_the_phone(phone)


def test_a_list_that_was_ended_is_taken_off_the_phone_when_it_is_opened_again(visit: Visit):
    worker = visit("/search?q=groceries&lang=en")
    worker.locator("[data-save]").first.click()
    expect(worker.locator("#your-list b")).to_have_text("1")
    link = make_link(worker, "en")
    phone = visit(link, **A_PHONE)
    phone.wait_for_selector(KEPT)
    worker.locator("form[action*='/l/end/'] button").click()
    phone.reload()
    expect(phone.locator("h1")).to_have_text("This list is no longer here")
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("h1")).to_have_text("This list is no longer here")


def test_a_kept_page_is_not_shown_when_its_time_is_over(visit: Visit):
    worker = visit("/search?q=groceries&lang=en")
    worker.locator("[data-save]").first.click()
    expect(worker.locator("#your-list b")).to_have_text("1")
    phone = visit(make_link(worker, "en"), **A_PHONE)
    phone.wait_for_selector(KEPT)
    phone.evaluate(
        """async () => {
          const cache = await caches.open("handed"), kept = await cache.match(location.pathname);
          const headers = new Headers(kept.headers);
          headers.set("x-until", new Date(Date.now() - 1000).toISOString());
          await cache.put(location.pathname, new Response(await kept.blob(), { headers }));
        }"""
    )
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("h1")).to_have_text("This list is no longer here")


def test_a_worker_who_opens_the_link_keeps_the_list_in_the_making(visit: Visit):
    page = visit("/search?q=groceries&lang=en")
    page.locator("[data-save]").first.click()
    expect(page.locator("#your-list b")).to_have_text("1")
    page.goto(make_link(page, "en"))
    page.wait_for_selector(KEPT)
    page.goto("/list")
    expect(page.locator(".list-row")).to_have_count(1)


def test_without_script_the_whole_way_works(visit: Visit):
    page = visit("/search?q=food&lang=en", java_script_enabled=False, **A_PHONE)
    button = page.locator("[data-save]").nth(1)
    place = button.get_attribute("id")
    button.click()
    assert page.url.endswith(f"#{place}")
    expect(page.locator("[data-save]").nth(1)).to_have_attribute("aria-pressed", "true")
    page.locator("[data-save]").nth(0).click()
    page.click("#your-list")
    page.locator("[value^='up:']").nth(1).click()
    page.locator("[value^='remove:']").nth(1).click()
    page.click("button[value=undo]")
    expect(page.locator(".list-row")).to_have_count(2)
    page.click("[formaction$='/list/share']")
    link = page.locator(".the-link a").first.get_attribute("href")
    page.goto(link or "")
    expect(page.locator("h1")).to_have_text("Places that can help")
    expect(page.locator(".point-map")).to_be_visible()
    page.click("#leave")
    expect(page.locator("table")).to_be_visible()
    page.goto("/list")
    expect(page.locator(".list-row")).to_have_count(0)


def test_saving_from_a_private_search_without_script_stands_in_no_address(visit: Visit):
    page = visit("/?lang=en", java_script_enabled=False)
    page.fill("#q", "food")
    page.click("text=Search privately")
    page.locator("[data-save]").first.click()
    expect(page.locator("#headline")).to_have_text("3 services")
    assert "food" not in page.url
    expect(page.locator("[data-save]").first).to_have_attribute("aria-pressed", "true")


def test_a_key_saves_the_result_with_the_focus_and_undo_takes_it_back(visit: Visit):
    page = visit("/search?q=food&lang=en")
    page.evaluate("window.still = 'the same page'")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.locator("#result-1 [data-save]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#announce")).to_have_text(re.compile("Saved to your list. Your list: 1 place"))
    page.click("[data-undo-save]")
    expect(page.locator("#result-1 [data-save]")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("window.still") == "the same page"


def test_an_arrow_key_moves_a_place_and_the_order_stays(visit: Visit):
    page = visit("/search?q=food&lang=en")
    save_two(page)
    page.goto("/list")
    names = page.locator(".list-row h2").all_inner_texts()
    page.locator(".list-row h2 a").first.focus()
    with page.expect_response("**/list"):
        page.keyboard.press("Alt+ArrowDown")
    assert page.locator(".list-row h2").all_inner_texts() == names[::-1]
    page.reload()
    assert page.locator(".list-row h2").all_inner_texts() == names[::-1]


@pytest.mark.slow
def test_every_page_of_a_list_is_for_everybody(visit: Visit):
    page = visit("/search?q=food&lang=en", viewport=PHONE)
    save_two(page)
    link = make_link(page, "fr")
    addresses = ["/list", "/list/shared", "/list/print", link, "/l", "/l/gone", "/lists"]
    page.goto("/lists")
    page.fill("#name", "Monday shelter list")
    page.click("form[action='/lists'] button")
    addresses += [page.url, page.locator(".the-link").first.inner_text()]
    for address in addresses:
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, address
        page.emulate_media(color_scheme="dark")
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, (address, "dark", found.generate_report())
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (address, 320)
        page.set_viewport_size(PHONE)
