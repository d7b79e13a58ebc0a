"""A whole story: a worker refers somebody from a result, the other side says yes, they miss each other, it is asked elsewhere, it helps."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.services.parts import Parts
from directory.services.referrals.standpoint import Standpoint, as_receiver
from directory.services.referrals.write import Act, act_on
from directory.store.tables import Attempt
from tests.journeys.conftest import DESK, PHONE, Visit
from tests.support.listings import add_organization
from tests.support.people import link_of, somebody

pytestmark = pytest.mark.browser

SCHOOL = "Maple School of journeys"


@pytest.fixture(scope="module")
def school(served_parts: Parts) -> str:
    """The id of an organization that offers nothing and refers people."""
    with served_parts.database.writing() as session:
        made = add_organization(session, name=SCHOOL, email="office@school.example")
        session.commit()
        return made.id


def under_way(parts: Parts, need: str) -> Attempt:
    """The one attempt of a need that is not over."""
    with parts.database.reading() as session:
        row = session.scalars(select(Attempt).where(Attempt.need_id == need.rpartition("/")[2], Attempt.ended_at.is_(None))).one()
        session.expunge(row)
        return row


def receiver_of(parts: Parts, attempt: Attempt) -> Standpoint:
    return as_receiver(somebody(parts, Role.EDITOR, organization_id=attempt.receiver_id), attempt.receiver_id)


def answers(parts: Parts, need: str, kind: Kind, **more: str) -> None:
    """The receiver writes an event of the attempt that is under way."""
    attempt = under_way(parts, need)
    act_on(parts, attempt.id, receiver_of(parts, attempt), Act(kind, **more))  # type: ignore[arg-type]


def is_for_everybody(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(
    ("with_script", "screen"),
    [pytest.param(True, PHONE, id="phone"), pytest.param(False, DESK, id="desk without script", marks=pytest.mark.slow)],
)
def test_somebody_is_referred_missed_asked_elsewhere_and_helped(
    visit: Visit, served_parts: Parts, school: str, with_script: bool, screen: dict[str, int]
):
    email = f"journeys-{with_script}@school.example"
    token = link_of(served_parts, Role.WORKER, email=email, organization_id=school)
    page = visit("/about", viewport=screen, java_script_enabled=with_script)
    page.request.post("/sign-in", form={"link": token}, max_redirects=0)
    page.goto("/search?q=food&near=19104")
    page.locator("a.refer").first.click()
    if with_script:
        is_for_everybody(page)
    page.select_option("#category", "food")
    page.click("button[value=send]")
    expect(page.locator(".next-step h2")).to_have_text("They have not answered yet")
    need = re.sub(r"\?.*", "", page.url)

    answers(served_parts, need, Kind.ACCEPTED, contact_name="Rosa")
    page.goto(need)
    expect(page.locator(".next-step h2")).to_have_text("They said yes. Plan the introduction")
    page.locator(".next-step form button.primary").first.click()
    expect(page.locator(".next-step h2")).to_have_text("You meet")
    page.click("button[value=missed]")
    expect(page.locator(".next-step h2")).to_contain_text("Reach out to the person today")
    if with_script:
        is_for_everybody(page)

    answers(served_parts, need, Kind.NOT_HELPED, code="no_show")
    page.goto("/referrals")
    page.click("#back >> text=Choose the next step")
    expect(page.locator(".next-step h2")).to_contain_text("They cannot help. What now?")
    page.locator(".alternative button[value=send]").first.click()
    expect(page.locator(".next-step h2")).to_have_text("They have not answered yet")

    page.click("text=Write down what they agree to")
    page.fill("#name", "Sam")
    page.uncheck("input[name=fields][value=contact]")
    page.check("input[name=language][value=es]")
    page.click("button[value=preview]")
    expect(page.locator(".agreement")).to_contain_text("Sam")
    page.click("button[value=keep]")
    expect(page.locator("#person")).to_contain_text("Sam")
    answers(served_parts, need, Kind.ACCEPTED, contact_name="Bea")
    answers(served_parts, need, Kind.SERVICE_STARTED)
    answers(served_parts, need, Kind.HELPED, code="helped")
    page.goto(need)
    expect(page.locator("section.chain")).to_contain_text("Helped")  # on a clock that stands, either may come first
    page.click("button[value=confirm]")
    expect(page.locator("#done")).to_have_text("Noted.")
    if with_script:
        is_for_everybody(page)
