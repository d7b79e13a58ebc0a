"""Somebody keeps a listing true on a phone: edits, looks, publishes, chooses between two people's words, takes it back."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from directory.domain.people import Role
from directory.services.editing.read import read_listing
from directory.services.parts import Parts
from directory.store.tables import Area
from tests.journeys.conftest import PHONE
from tests.support.neighbourhood import CLINIC, ORGANIZATION
from tests.support.people import link_of

pytestmark = pytest.mark.browser

EDITOR = f"/manage/services/{CLINIC}"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Person:
    """Somebody with a phone, signed in."""

    def __init__(self, browser: Browser, served: str, parts: Parts, role: Role, *, script: bool = True) -> None:
        self.context = browser.new_context(
            base_url=served,
            viewport=PHONE,
            has_touch=True,
            is_mobile=True,
            java_script_enabled=script,  # type: ignore[arg-type]
        )
        self.page = self.context.new_page()
        token = link_of(parts, role, organization_id=ORGANIZATION)
        answer = self.context.request.post(f"{served}/sign-in", form={"link": token}, headers={"Origin": served}, max_redirects=0)
        assert answer.status == 303

    def opens(self, address: str = EDITOR) -> Page:
        self.page.goto(address)
        return self.page

    def opens_section(self, name: str) -> None:
        self.page.locator("details.edit-section", has=self.page.locator("summary", has_text=name)).first.locator("summary").first.click()


@pytest.fixture
def editor(browser: Browser, served: str, served_parts: Parts) -> Iterator[Person]:
    person = Person(browser, served, served_parts, Role.EDITOR)
    yield person
    person.context.close()


@pytest.fixture
def colleague(browser: Browser, served: str, served_parts: Parts) -> Iterator[Person]:
    """Without script."""
    person = Person(browser, served, served_parts, Role.LEAD, script=False)
    yield person
    person.context.close()


def is_right(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_listing_is_edited_looked_at_published_found_and_taken_back(editor: Person, served_parts: Parts) -> None:
    page = editor.opens()
    page.evaluate("document.querySelectorAll('details').forEach((entry) => { entry.open = true; })")
    is_right(page)
    page.fill("[name='name']", "")
    page.get_by_role("button", name="See it first").click()
    expect(page.get_by_role("alert")).to_contain_text("Name: Write a name by which people know it.")
    is_right(page)
    page.fill("[name='name']", "Zebra clinic")
    editor.opens_section("Hours")
    page.fill("[name='hours.SA.0.opens']", "10:00")
    page.fill("[name='hours.SA.0.closes']", "14:00")
    page.locator("[name='hours.SA.0.closes']").blur()
    expect(page.locator("[data-glance]")).to_contain_text("With this: Open until")
    page.get_by_role("button", name="See it first").click()
    expect(page.get_by_role("heading", name="Before publishing")).to_be_visible()
    expect(page.locator("ins", has_text="Zebra clinic")).to_be_visible()
    is_right(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published.")).to_be_visible()
    is_right(page)
    page.goto("/search?q=zebra+clinic")
    expect(page.get_by_role("link", name="Zebra clinic", exact=True)).to_be_visible()
    page.goto(f"{EDITOR}/history")
    page.get_by_role("button", name="Take this back").first.click()
    expect(page.get_by_text("It is as it was.")).to_be_visible()
    assert read_listing(served_parts, CLINIC).form["name"] == "Food and health clinic"
    page.goto(f"/services/{CLINIC}/history")
    is_right(page)


def test_a_tap_on_the_map_and_a_tick_in_the_list_are_one_thing(editor: Person, served_parts: Parts) -> None:
    with served_parts.database.writing() as session:
        for name, latitude in (("Cedar Park", 39.95), ("Mill Creek", 39.99)):
            session.add(Area(id=f"us-pa-{name[:4]}", name=name, kind="neighbourhood", latitude=latitude, longitude=-75.2))
        session.commit()
    page = editor.opens()
    editor.opens_section("Who it is for")
    box = page.locator("input[name='served.new'][value='Cedar Park']")
    mark = page.locator(f"g[data-box='{box.get_attribute('id')}']")
    mark.click()
    expect(box).to_be_checked()
    expect(mark).to_have_class("area-mark chosen")
    box.uncheck()
    expect(mark).to_have_class("area-mark")
    is_right(page)
    page.emulate_media(media="print")
    for section in ("Right now", "Hours", "Who it is for"):
        expect(page.locator("summary", has_text=section).first).to_be_visible()
    for screen_only in (".edit-acts", ".operator-bar"):
        expect(page.locator(screen_only)).to_be_hidden()


def test_two_people_who_change_the_same_choose_and_lose_nothing(editor: Person, colleague: Person, served_parts: Parts) -> None:
    mine, theirs = editor.opens(), colleague.opens()
    colleague.opens_section("Right now")
    theirs.fill("[name='alert']", "Closed on Friday.")
    theirs.get_by_role("button", name="See it first").click()
    theirs.get_by_role("button", name="Publish").click()
    expect(theirs.get_by_text("Published.")).to_be_visible()
    editor.opens_section("Right now")
    mine.fill("[name='alert']", "Closed on Monday.")
    editor.opens_section("Cost and what to bring")
    mine.fill("[name='documents']", "A card")
    mine.get_by_role("button", name="See it first").click()
    expect(mine.get_by_role("heading", name="Somebody changed the same")).to_be_visible()
    is_right(mine)
    mine.get_by_text("What is published now").click()
    mine.get_by_role("button", name="Publish what I chose").click()
    expect(mine.get_by_text("Published.")).to_be_visible()
    form = read_listing(served_parts, CLINIC).form
    assert (form["alert"], form["documents"]) == ("Closed on Friday.", ["A card"])


@pytest.mark.slow
def test_every_page_of_keeping_listings_is_for_everybody(editor: Person) -> None:
    organization = f"/manage/organizations/{ORGANIZATION}"
    for address in ("/manage", f"{EDITOR}/differs", organization, f"{organization}/new", f"{organization}/import", "/manage/imports"):
        is_right(editor.opens(address))
