"""Somebody of an organization claims it on a phone, corrects a listing, and it is found as they wrote it; then they invite a colleague."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, select

from directory.services.accounts.people import list_people
from directory.services.indexing.enqueue import enqueue
from directory.services.parts import Parts
from directory.store.tables import Claim, Organization, OutgoingMessage, Person, RoleGrant, Service
from tests.journeys.conftest import PHONE, Visit
from tests.support.neighbourhood import CLINIC, ORGANIZATION
from tests.support.people import link_of

pytestmark = pytest.mark.browser

ADDRESS = "ines@harbour.example"
NAME = "Food and health clinic"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def unclaimed(served_parts: Parts) -> Iterator[None]:
    """An organization with a website of its own, which nobody leads yet."""
    with served_parts.database.writing() as session:
        session.execute(delete(RoleGrant).where(RoleGrant.organization_id == ORGANIZATION))
        session.get_one(Organization, ORGANIZATION).website = "https://www.harbour.example"
        session.commit()
    yield
    with served_parts.database.writing() as session:
        for table in (Claim, OutgoingMessage):
            session.execute(delete(table))
        session.execute(delete(RoleGrant).where(RoleGrant.organization_id == ORGANIZATION))
        session.get_one(Organization, ORGANIZATION).website = None
        session.get_one(Service, CLINIC).name = NAME
        enqueue(session, [CLINIC], served_parts.clock)
        session.commit()


def mailed_link(parts: Parts, recipient: str) -> str:
    """The link of the mail that waits for somebody."""
    with parts.database.reading() as session:
        (body,) = (row.body for row in session.scalars(select(OutgoingMessage)) if row.recipient == recipient)
    found = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert found is not None
    return found[1]


def is_right(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_claim_by_the_own_domain_leads_to_a_listing_that_is_corrected_and_found(visit: Visit, served_parts: Parts) -> None:
    page = visit(f"/organizations/{ORGANIZATION}", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Do you work here? Keep these listings yourself").click()
    is_right(page)
    page.get_by_label("Your name").fill("Inés")
    page.get_by_label("Mail address at work").fill(ADDRESS)
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    is_right(page)
    page.goto(mailed_link(served_parts, ADDRESS))
    is_right(page)
    page.get_by_role("button", name="Yes, I do").click()
    expect(page.get_by_role("main")).to_contain_text("You lead")
    is_right(page)
    page.goto(f"/manage/services/{CLINIC}")
    page.evaluate("document.querySelectorAll('details').forEach((entry) => { entry.open = true; })")
    page.fill("[name='name']", "Quetzal clinic")
    page.get_by_role("button", name="See it first").click()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_load_state()
    page.goto("/search?q=quetzal")
    expect(page.get_by_role("link", name="Quetzal clinic", exact=True)).to_be_visible()


def test_a_lead_invites_somebody_without_script_who_takes_the_invitation(browser: Browser, served: str, served_parts: Parts) -> None:
    context = browser.new_context(base_url=served, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    token = link_of(served_parts, "lead", organization_id=ORGANIZATION)
    assert context.request.post(f"{served}/sign-in", form={"link": token}, headers={"Origin": served}, max_redirects=0).status == 303
    page.goto(f"/manage/organizations/{ORGANIZATION}/people")
    page.get_by_label("Mail address").fill("omar@example.org")
    page.get_by_label("As", exact=True).select_option("editor")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("status").first).to_contain_text("The invitation is on its way.")
    guest = browser.new_context(base_url=served, viewport=PHONE, java_script_enabled=False).new_page()
    guest.goto(mailed_link(served_parts, "omar@example.org"))
    expect(guest.get_by_role("main")).to_contain_text("Editor of listings")
    guest.get_by_label("Your name").fill("Omar")
    guest.get_by_role("button", name="Take it and sign in").click()
    expect(guest.get_by_role("main")).to_contain_text("Editor of listings")
    assert [person.name for person in list_people(served_parts) if person.email == "omar@example.org"] == ["Omar"]
    context.close()
    guest.context.close()


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("lead", f"/manage/organizations/{ORGANIZATION}/people"),
        pytest.param("lead", f"/account/organizations/{ORGANIZATION}/leave", marks=pytest.mark.slow),
        pytest.param("planner", "/planning/claims", marks=pytest.mark.slow),
        ("administrator", "/admin/people"),
        pytest.param("administrator", "/admin/audit", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_wrong_on_pages_of_people(browser: Browser, served: str, served_parts: Parts, role: str, address: str) -> None:
    with served_parts.database.writing() as session:
        person = session.scalars(select(Person)).first()
        if person is None:
            person = Person(email="a@example.org", email_key="a", created_at=served_parts.clock.now())
            session.add(person)
            session.flush()
        waits = {"way": "call", "state": "disputed", "code": "12345678", "words": "I run it", "disputed_why": "No"}
        session.add(Claim(organization_id=ORGANIZATION, person_id=person.id, made_at=served_parts.clock.now(), **waits))
        session.commit()
    context = browser.new_context(base_url=served, viewport=PHONE, has_touch=True, is_mobile=True)
    token = link_of(served_parts, role, **({"organization_id": ORGANIZATION} if role == "lead" else {}))
    assert context.request.post(f"{served}/sign-in", form={"link": token}, headers={"Origin": served}, max_redirects=0).status == 303
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((entry) => { entry.open = true; })")
    is_right(page)
    context.close()
