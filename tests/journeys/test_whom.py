"""A worker tells whom the help is for: a mother of 34 with a toddler; a boy of 15 who speaks French. Without script, and for everybody."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from directory.app import app_of
from directory.services.indexing.rebuild import rebuild_index
from tests.journeys.conftest import PHONE, serving
from tests.services.exchange.importing import HOUSE, PLACE, bring_rows
from tests.services.finding.test_eligibility import ADULTS, TODDLERS, service
from tests.support.installations import furnished_parts
from tests.web.conftest import THREE_LANGUAGES

pytestmark = pytest.mark.browser

YOUTH = {"field": "age", "op": "range", "value": {"gte": 12, "lt": 18}}
IN_FRENCH = {"field": "language", "op": "has_any", "value": ["fr"]}
SENIORS = {"field": "age", "op": "range", "value": {"gte": 60}}
EXPECTING = {"any": [{"field": "pregnant", "op": "is", "value": True}, {"field": "child.age", "op": "range", "value": {"lt": 1}}]}


@pytest.fixture(scope="module")
def address(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("whom")
    with furnished_parts(request, "sqlite", sqlite_template, folder / "data", replace(THREE_LANGUAGES, is_demo=True)) as parts:
        services = [
            service(1, "Counselling that does not say"),
            service(2, "Counselling for adults", ADULTS),
            service(3, "Counselling for families", TODDLERS),
            service(4, "Counselling for youth", YOUTH),
            service(5, "Counselling for youth in French", YOUTH, IN_FRENCH),
            service(6, "Counselling for seniors", SENIORS),
            service(7, "Counselling for new parents", EXPECTING),
        ]
        bring_rows(parts, folder / "feed", services=services, organizations=[HOUSE], locations=[PLACE])
        rebuild_index(parts)
        yield from serving(app_of(parts))


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def cards(page: Page, group: str) -> list[str]:
    return page.locator(f".fit-group.{group} + ol .card h2").all_inner_texts()


def test_a_mother_of_a_toddler_finds_what_fits_and_what_to_ask(page: Page) -> None:
    page.goto("/search?q=counselling")
    page.locator("summary", has_text="Who is the help for?").click()
    page.get_by_label("How old is the person?").fill("34")
    page.get_by_label("How old are their children?").fill("2")
    page.get_by_role("button", name="Show what fits").click()
    assert page.url.endswith("/search?q=counselling"), "nothing of her stands in the address"
    assert set(cards(page, "fits")) == {"Counselling for adults", "Counselling for families"}
    assert set(cards(page, "asks")) == {"Counselling that does not say", "Counselling for new parents"}
    card = page.locator(".card", has_text="Counselling for families")
    card.locator("summary", has_text="Why").first.click()
    expect(card.locator(".fit-reasons")).to_contain_text("yes")
    expect(page.locator(".whom-next legend")).to_have_text("Is the person pregnant?")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Answer", exact=True).click()
    assert cards(page, "asks") == ["Counselling that does not say"]
    page.get_by_role("link", name="that do not fit, and why").click()
    assert set(cards(page, "unfit")) == {f"Counselling for {who}" for who in ("youth", "youth in French", "seniors", "new parents")}
    page.get_by_role("button", name="Forget my answers").click()
    expect(page.locator(".fit-group")).to_have_count(0)


def test_a_boy_of_fifteen_who_speaks_french_finds_his_own(page: Page) -> None:
    page.goto("/search?q=counselling&lang=fr")
    page.locator("summary", has_text="Pour qui est l’aide").click()
    page.get_by_label("Quel âge").first.fill("15 ans")
    page.get_by_role("button", name="Montrer ce qui convient").click()
    assert cards(page, "fits") == ["Counselling for youth"]
    while not page.locator(".whom-next input[value=fr]").count():
        page.get_by_role("button", name="Pas sûr").click()
    page.locator(".whom-next input[value=fr]").check()
    page.get_by_role("button", name="Répondre").click()
    assert set(cards(page, "fits")) == {"Counselling for youth", "Counselling for youth in French"}
    assert "fr" not in page.url.partition("?q=")[2].replace("lang=fr", "")


def test_the_questions_and_the_reasons_are_for_everybody(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport=PHONE)
    page = context.new_page()
    page.goto("/search?q=counselling")
    open_all = "document.querySelectorAll('details').forEach((entry) => { entry.open = true; })"
    for step in ("before", "after"):
        page.evaluate(open_all)
        found = Axe().run(page)
        assert found.violations_count == 0, (step, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), step
        if step == "before":
            page.get_by_label("How old is the person?").fill("34")
            page.get_by_role("button", name="Show what fits").click()
            page.wait_for_load_state()
    context.close()
