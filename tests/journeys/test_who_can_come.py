"""Somebody says who can come to their service: six answers on a phone, without script, and everybody reads them as one sentence."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from directory.domain.people import Role
from directory.services.parts import Parts
from tests.journeys.test_editing import EDITOR, SIDEWAYS, Person
from tests.support.neighbourhood import CLINIC

pytestmark = pytest.mark.browser


@pytest.fixture
def lead(browser: Browser, served: str, served_parts: Parts) -> Iterator[Person]:
    """Without script."""
    person = Person(browser, served, served_parts, Role.LEAD, script=False)
    yield person
    person.context.close()


@pytest.fixture
def same_lead(browser: Browser, served: str, served_parts: Parts) -> Iterator[Person]:
    """The same person in another browser, in which the checker of pages can run."""
    person = Person(browser, served, served_parts, Role.LEAD)
    yield person
    person.context.close()


def is_right(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


def test_six_answers_become_one_sentence_that_everybody_reads(lead: Person, same_lead: Person) -> None:
    page = lead.opens()
    lead.opens_section("Who it is for")
    page.get_by_label("women and girls").check()
    page.get_by_label("From (years)", exact=True).fill("18")
    page.get_by_label("Child up to and with (years)").fill("4")
    page.get_by_label("Other places: city, county or postal code").fill("Nowhere at all")
    page.get_by_label("At most an amount, for the household before tax").check()
    page.get_by_role("textbox", name="Amount").fill("30,000")
    page.get_by_label("who have no home").check()
    page.get_by_label("who are pregnant").check()
    page.get_by_label("Needed", exact=True).check()
    page.locator("summary", has_text="Papers that they must bring").click()
    papers = page.get_by_role("group", name="Papers that they must bring")
    papers.get_by_label("a photo ID").check()
    page.get_by_role("button", name="Show what this says").click()
    expect(page.locator("#wrong")).to_contain_text("“Nowhere at all” is not known here")
    expect(page.get_by_label("Child up to and with (years)")).to_have_value("4")
    page.get_by_label("Other places: city, county or postal code").fill("")
    page.get_by_role("button", name="Show what this says").click()
    says = page.get_by_role("region", name="What this says")
    sentence = "For women aged 18 or over, with a child aged under 5, who are pregnant or who have no home, with a household income"
    expect(says).to_contain_text(sentence)
    expect(says).to_contain_text("Pour femmes de 18 ans ou plus")
    expect(says).to_contain_text("Para mujeres de 18 años o más")
    people = page.get_by_role("region", name="Made-up people")
    assert people.locator("li").count() == 6
    expect(people).to_contain_text("It is only for ")
    is_right(same_lead.opens(f"{EDITOR}?open=who"))
    is_right(same_lead.opens(f"{EDITOR}/criteria"))
    page.get_by_role("button", name="See it first").click()
    page.get_by_role("button", name="Publish").first.click()
    expect(page.get_by_text("For people with a child aged under 5.").first).to_be_visible()
    page.goto(f"/services/{CLINIC}")
    who = page.locator("section[aria-labelledby=can-they-go]")
    expect(who).to_contain_text(sentence)
    expect(who).to_contain_text("You need a referral.")
    expect(page.locator("section[aria-labelledby=bring]")).to_contain_text("a photo ID")
    expect(page.locator("section[aria-labelledby=then]")).to_contain_text("Tells the police Not known: ask")
    is_right(same_lead.opens(f"/services/{CLINIC}"))
    page.goto(f"{EDITOR}?open=who")
    expect(page.get_by_label("Child up to and with (years)")).to_have_value("4")
