"""A worker asks around and an organization answers on a phone by the link of its mail; pages that everybody can use, without script."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from directory.services.accounts.people import add_person
from directory.services.parts import Parts
from directory.store.tables import AskAround, Organization, OutgoingMessage, PartnerLink, RateCount, RoleGrant
from tests.journeys.conftest import PHONE, Visit
from tests.support.listings import add_organization
from tests.support.neighbourhood import ORGANIZATION
from tests.support.people import link_of

pytestmark = pytest.mark.browser
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [...document.querySelectorAll("main a.button, main button, main input:not([type=checkbox]):not([type=hidden])")]
  .filter((entry) => entry.checkVisibility() && entry.getBoundingClientRect().height < 43.5).map((entry) => entry.outerHTML)"""


@pytest.fixture
def clinic(served_parts: Parts) -> Iterator[str]:
    """An organization of another sector, which has a mail address and nobody with an account."""
    with served_parts.database.writing() as session:
        made = add_organization(session, name="Clinic of the Ward", email="info@clinic.example", sector="health").id
        session.commit()
    yield made
    with served_parts.database.writing() as session:
        for table in (AskAround, OutgoingMessage, PartnerLink, RateCount):
            session.execute(delete(table))
        session.execute(delete(RoleGrant).where(RoleGrant.organization_id == ORGANIZATION))
        session.execute(delete(Organization).where(Organization.id == made))
        session.commit()


def is_right(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(SMALL) == []


def test_a_question_is_asked_around_and_answered_by_link_on_a_phone(visit: Visit, served_parts: Parts, clinic: str) -> None:
    add_person(served_parts, "will@harbour.example", "worker", organization_id=ORGANIZATION, name="Will")
    link = link_of(served_parts, "worker", email="will@harbour.example", organization_id=ORGANIZATION)
    page = visit(f"/sign-in?{urlencode({'link': link})}", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Partners", exact=True).click()
    is_right(page)
    page.get_by_role("link", name="Introduce us").click()
    is_right(page)
    page.get_by_role("link", name="Ask around", exact=True).click()
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_label("What is going on?").fill("Three people sleep in the park, and it freezes from Friday.")
    page.get_by_label("What is needed, one thing a line").fill("a warm room at night\nfood")
    page.get_by_label("Name of the organization").fill("ward")
    page.get_by_role("button", name="Search", exact=True).click()
    is_right(page)
    page.get_by_role("button", name=re.compile("Choose.*Clinic of the Ward")).click()
    page.get_by_label("I have looked").check()
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_role("status").filter(has_text="Asked.")).to_be_visible()
    question = page.url
    with served_parts.database.reading() as session:
        bodies = [row.body for row in session.scalars(select(OutgoingMessage)) if row.recipient == "info@clinic.example"]
    (path,) = (found[0] for body in bodies if (found := re.search(r"/asked/\S+", body)))

    theirs = visit(path, viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False)
    theirs.get_by_label("food").check()
    theirs.get_by_label("What could you offer?").fill("Soup at six, at our door.")
    theirs.get_by_role("button", name="Answer").click()
    expect(theirs.get_by_role("heading", name="The picture so far")).to_be_visible()

    page.goto(question)
    expect(page.get_by_role("heading", name="1 thing that nobody covers")).to_be_visible()
    expect(page.locator(".part-line.is-open")).to_contain_text("a warm room at night")
    is_right(page)
