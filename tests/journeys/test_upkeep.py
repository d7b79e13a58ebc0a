"""Keeping a listing true, on a phone: three listings verified by the link of a mail, a suggestion taken over in part, a call written
down."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select, update

from directory.domain.people import Role
from directory.services.messages.deliver import deliver_messages
from directory.services.messages.outbox import read_outbox
from directory.services.parts import Parts
from directory.services.quality.passes import judge_all
from directory.services.upkeep.contacts import ask_from_now_on
from directory.services.upkeep.mails import ask_who_is_due
from directory.store.tables import (
    Change,
    DayNotice,
    ListingFlag,
    LocalField,
    Organization,
    RateCount,
    Service,
    ServiceAtLocation,
    Suggestion,
    UpkeepContact,
    UpkeepLink,
    Verification,
    VerifyCall,
    VerifyTurn,
    WorkerReport,
)
from tests.journeys.conftest import PHONE, Visit
from tests.support.listings import THEN
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY
from tests.support.people import link_of

pytestmark = pytest.mark.browser

ON_A_PHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TAPPED = ", ".join(
    f"main {kind}" for kind in ("a.button", "button", "select", "summary", "textarea", "input[type=text]", "input[type=email]")
)
TOO_SMALL = f"""() => [...document.querySelectorAll("{TAPPED}")]
  .filter((entry) => entry.checkVisibility() && !entry.closest("[aria-hidden]") && entry.getBoundingClientRect().height < 43.5)
  .map((entry) => entry.outerHTML)"""


@pytest.fixture
def parts(served_parts: Parts) -> Iterator[Parts]:
    yield served_parts
    with served_parts.database.writing() as session:
        for table in (
            Verification, VerifyCall, VerifyTurn, DayNotice, WorkerReport, Suggestion, UpkeepContact, UpkeepLink, RateCount, LocalField,
            ListingFlag,
        ):  # fmt: skip
            session.execute(delete(table))
        session.execute(delete(Change).where(Change.actor.startswith("person:") | Change.actor.startswith("organization:")))
        for table in (Service, ServiceAtLocation, Organization):
            session.execute(update(table).values(verified_at=None, verified_how=None))
        session.execute(update(Service).where(Service.id == PANTRY).values(verified_at=THEN, verified_how="owner"))
        session.execute(update(Service).where(Service.id == CLINIC).values(name="Food and health clinic", eligibility_description=None))
        session.commit()


def is_good(page: Page) -> None:
    """Nothing that axe finds, nothing sideways, everything large enough to be tapped; also with all that is folded up opened."""
    page.evaluate("document.querySelectorAll('main details').forEach((entry) => { entry.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(TOO_SMALL) == []


def mailed_link(parts: Parts) -> str:
    """The link in the mail that the organization got."""
    with parts.database.writing() as session:
        ask_from_now_on(session, ORGANIZATION, "server", parts.clock.now(), "desk@harbour.example")
        session.commit()
    assert ask_who_is_due(parts) == 1
    deliver_messages(parts)
    letter = next(letter for letter in read_outbox(parts) if letter.to == "desk@harbour.example")
    return next(line for line in letter.body.splitlines() if "/keep/" in line).partition("/keep/")[2]


SCRIPT_OR_NOT = pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["with script", "without script"]
)


@SCRIPT_OR_NOT
def test_an_organization_verifies_by_the_link_of_a_mail(visit: Visit, parts: Parts, script: bool):
    page = visit(f"/keep/{mailed_link(parts)}?lang=en", java_script_enabled=script, **ON_A_PHONE)
    expect(page.locator("h1")).to_have_text("Your listings")
    if script:
        is_good(page)
    page.get_by_role("button", name="Closed today: Food pantry").click()
    expect(page.locator("#done")).to_contain_text("Told: Closed today.")
    page.get_by_role("button", name="Undo: Closed today, Food pantry").click()
    expect(page.locator("#done")).to_contain_text("Taken back.")
    for name in ("Food pantry", "Food and health clinic", "Women's shelter"):
        page.get_by_role("button", name=f"Still right: {name}").click()
        expect(page.locator("#done")).to_contain_text("Thank you.")
    with parts.database.reading() as session:
        verified = select(Service.id).where(Service.verified_at == parts.clock.now(), Service.verified_how == "owner")
        assert len(session.scalars(verified).all()) == 3


@SCRIPT_OR_NOT
def test_a_suggestion_is_taken_over_in_part(visit: Visit, parts: Parts, script: bool):
    page = visit(f"/services/{CLINIC}?lang=en", java_script_enabled=script, **ON_A_PHONE)
    page.get_by_role("link", name="Something is wrong here").click()
    if script:
        is_good(page)
        page.evaluate("document.querySelectorAll('main details').forEach((entry) => { entry.open = false; })")
    page.locator("summary", has_text="Name").click()
    page.get_by_label("Name: how it is").fill("Walk-in clinic")
    page.locator("summary", has_text="Who it is for").click()
    page.get_by_label("Who it is for: how it is").fill("Anyone, no card needed")
    page.get_by_role("button", name="Send the suggestion").click()
    expect(page.locator("main")).to_contain_text("Thank you.")
    outcome = page.url

    link = link_of(parts, Role.EDITOR, "/manage/suggestions", organization_id=ORGANIZATION)
    editor = visit(f"/sign-in?link={link}&lang=en", java_script_enabled=script, **ON_A_PHONE)
    editor.click("main button")
    if script:
        is_good(editor)
    names, who = editor.get_by_role("group", name="Name"), editor.get_by_role("group", name="Who it is for")
    names.get_by_label("Leave it as it is").check()
    names.get_by_label("Why (they can read it)").fill("That is our name.")
    who.get_by_label("Take it over").check()
    editor.get_by_role("button", name="Decide: Food and health clinic").click()
    expect(editor.locator("main")).to_contain_text("Decided.")

    page.goto(outcome)
    expect(page.locator("main")).to_contain_text("That is our name.")
    if script:
        is_good(page)
    page.goto(f"/services/{CLINIC}")
    expect(page.locator("h1")).to_have_text("Food and health clinic")
    expect(page.locator("main")).to_contain_text("Anyone, no card needed")


@pytest.mark.slow
def test_staff_take_the_next_and_write_down_what_they_found(visit: Visit, parts: Parts):
    link = link_of(parts, Role.PLANNER, "/planning/verify")
    page = visit(f"/sign-in?link={link}&lang=en", **ON_A_PHONE)
    page.click("main button")
    is_good(page)
    page.get_by_role("button", name="Take the next").click()
    is_good(page)
    page.get_by_role("group", name="How", exact=True).get_by_label("Telephone").check()
    page.get_by_label("Reached somebody").check()
    page.locator(f"#found-{CLINIC}").select_option("do_not_list")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("main")).to_contain_text("Written down.")
    page.get_by_role("link", name="Calls").click()
    is_good(page)
    page.get_by_role("link", name="Not listed").click()
    is_good(page)
    page.get_by_role("button", name="List again: Food and health clinic").click()
    expect(page.locator("main")).to_contain_text("It is listed again.")


@pytest.mark.slow
def test_the_pages_of_leads_workers_and_administrators_are_for_everybody_to_use(visit: Visit, parts: Parts):
    mailed_link(parts)
    judge_all(parts)
    for role, address, where in (
        (Role.LEAD, f"/manage/organizations/{ORGANIZATION}/webhooks", {"organization_id": ORGANIZATION}),
        (Role.LEAD, f"/manage/organizations/{ORGANIZATION}/verify", {"organization_id": ORGANIZATION}),
        (Role.LEAD, f"/manage/organizations/{ORGANIZATION}/quality", {"organization_id": ORGANIZATION}),
        (Role.PLANNER, "/planning/quality?turn=all", {}),
        (Role.WORKER, f"/services/{PANTRY}", {"organization_id": ORGANIZATION}),
        (Role.ADMINISTRATOR, "/admin/outbox", {}),
    ):
        page = visit(f"/sign-in?link={link_of(parts, role, address, **where)}&lang=en", **ON_A_PHONE)
        page.click("main button")
        if role is Role.WORKER:
            page.get_by_role("button", name="No answer").click()
            expect(page.locator("#reports")).to_contain_text("A worker called today")
        is_good(page)
