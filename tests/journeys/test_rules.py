"""A planner writes a rule, tries it and sees what it would have changed; a second one agrees; and everybody reads its sentence."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from directory.services.parts import Parts
from directory.store.tables import RuleContest, RuleSetVersion
from tests.journeys.conftest import DESK, PHONE, Visit
from tests.support.neighbourhood import ORGANIZATION
from tests.support.people import link_of

pytestmark = pytest.mark.browser
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SENTENCE = "The listing is flagged for its organization to put right (weight: medium) when its description has less than 40 letters."


@pytest.fixture
def no_rules_after(served_parts: Parts) -> Iterator[None]:
    yield
    with served_parts.database.writing() as session:
        session.execute(delete(RuleSetVersion))
        session.execute(delete(RuleContest))
        session.commit()


def signed_in(visit: Visit, parts: Parts, email: str, to: str, role: str = "planner", where: str = "", **settings: object) -> Page:
    link = link_of(parts, role, email=email, to=to, **({"organization_id": where} if where else {}))
    page = visit(f"/sign-in?{urlencode({'link': link})}", **settings)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    return page


def is_right(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize(
    "with_script", [pytest.param(True, id="with script"), pytest.param(False, id="without script", marks=pytest.mark.slow)]
)
def test_a_planner_writes_a_rule_that_holds_once_a_second_one_agrees(
    visit: Visit, served_parts: Parts, no_rules_after: None, with_script: bool
) -> None:
    page = signed_in(visit, served_parts, "anna@example.org", "/planning/rules", viewport=DESK, java_script_enabled=with_script)
    if with_script:
        is_right(page)
    page.get_by_role("button", name=re.compile("Begin a draft from what holds.*How fresh")).click()
    page.get_by_role("link", name="Add a rule: something to put right").click()
    page.get_by_label("A new line about").select_option("listing.description_length")
    page.get_by_role("button", name="Add the line").first.click()
    page.get_by_label("With (letters)").fill("40")
    page.get_by_label("A short name for it").fill("says_little")
    page.get_by_label("What people read when it fires (English)").fill("It says little of what is offered")
    page.get_by_label("What to do about it (English)").fill("Say in a sentence or two what people get")
    page.get_by_label("A short name for the rule").fill("Says little")
    if not with_script:
        page.get_by_role("button", name="Show what it says").last.click()
    expect(page.locator("#rule-preview")).to_contain_text(SENTENCE)
    if with_script:
        is_right(page)
    for heading in ("It fires here", "It does not fire here"):
        page.locator("#rule-preview h3", has_text=re.compile(f"^{heading}$")).locator("+ ul button").first.click()
        expect(page.get_by_text("The case is kept as an example.")).to_be_visible()
    page.get_by_role("link", name="Back to the set").click()
    page.get_by_role("button", name="Try the examples").click()
    page.get_by_role("button", name="Do the dry run").click()
    page.get_by_role("button", name="Ask for it to hold").click()
    expect(page.get_by_role("heading", name="It waits for a second person")).to_be_visible()
    if with_script:
        is_right(page)
    asked = page.url.partition("?")[0]
    second = signed_in(visit, served_parts, "ben@example.org", asked[asked.index("/planning") :], viewport=PHONE)
    expect(second.get_by_text("New: says-little")).to_be_visible()
    is_right(second)
    second.get_by_role("button", name="I agree: it holds from now on").click()
    everybody = visit("/rules/listing-quality", viewport=PHONE)
    expect(everybody.locator("#says-little")).to_contain_text(SENTENCE)


@pytest.mark.slow
def test_an_organization_contests_a_figure_on_a_phone_and_a_planner_answers(
    visit: Visit, served_parts: Parts, no_rules_after: None
) -> None:  # fmt: skip
    page = signed_in(visit, served_parts, "lena@harbour.example", f"/rules/own/{ORGANIZATION}", "lead", ORGANIZATION, viewport=PHONE)
    page.get_by_role("link", name=re.compile("Contest.*how long it usually takes to answer")).first.click()
    page.get_by_label("Say what is wrong about it").fill("We answer on the same day.")
    page.get_by_role("button", name="Tell the planners").click()
    expect(page.get_by_role("heading", name="how long it usually takes to answer: Waits for an answer")).to_be_visible()
    is_right(page)
    planner = signed_in(visit, served_parts, "anna@example.org", "/planning/rules/contests", viewport=PHONE)
    planner.get_by_label("Why, or what is changed").fill("Two of five answers came after a week.")
    is_right(planner)
    planner.get_by_role("button", name="It stands").click()
    page.reload()
    expect(page.get_by_text("Two of five answers came after a week.")).to_be_visible()
