"""Danger first, in a browser: while typing, above the results, folded and open again, with script and without, in each language."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Visit

FIRST = ".danger.first"


def test_whom_to_call_appears_while_danger_is_being_typed_and_goes_with_it(visit: Visit):
    page = visit("/", viewport=PHONE)
    page.fill("#q", "i want to kill myself")
    expect(page.locator(".suggest-calls a").first).to_have_attribute("href", "tel:911")
    page.fill("#q", "food")
    expect(page.locator(".suggest-calls")).to_be_hidden()


@pytest.mark.parametrize(("said", "language"), [("he hits me", "en"), ("il me frappe", "fr"), ("mi esposo me pega", "es")])
def test_a_search_of_danger_begins_with_whom_to_call_in_each_language(visit: Visit, said: str, language: str):
    page = visit(f"/search?q={said.replace(' ', '+')}&lang={language}")
    expect(page.locator(FIRST)).to_be_visible()
    box, headline = page.locator(FIRST).bounding_box(), page.locator("#headline").bounding_box()
    assert box is not None
    assert headline is not None
    assert box["y"] < headline["y"]


def test_it_can_be_folded_and_opened_by_keyboard(visit: Visit):
    page = visit("/search?q=suicidal")
    page.locator(f"{FIRST} summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{FIRST} a").first).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(f"{FIRST} a").first).to_be_visible()


def test_it_is_there_without_script(visit: Visit):
    page = visit("/search?q=suicidal", java_script_enabled=False)
    expect(page.locator(f"{FIRST} a").first).to_be_visible()


def test_a_filter_that_answers_without_loading_keeps_it(visit: Visit):
    page = visit("/search?q=food,+he+hits+me")
    page.locator("#within_km").select_option(index=0)
    expect(page.locator(FIRST)).to_be_visible()
