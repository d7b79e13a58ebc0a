"""A planner goes from a gap to a plan, proposes an outcome and a partnership; an organization signs on a phone, with and without script."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from directory.domain.gaps import Gap
from directory.services.parts import Parts
from directory.store.tables import CellMeasure, Organization, OutcomeSigner, PlannedAction, SearchCount, SearchGap, SharedOutcome
from tests.journeys.conftest import PHONE, Visit
from tests.support.listings import add
from tests.support.neighbourhood import ORGANIZATION
from tests.support.people import link_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AREA = "us-pa-philadelphia"


@pytest.fixture
def gap(served_parts: Parts) -> Iterator[str]:
    """Forty searches for shelter of which sixteen found too little, in the last whole quarter, and a second organization."""
    for number in range(40):
        served_parts.gaps.count(date(2026, 8, 3), ("emergency-shelter",), AREA)
        if number < 16:
            served_parts.gaps.add(Gap(date(2026, 8, 3), ("emergency-shelter",), AREA, (), 0, "en"))
    served_parts.gaps.flush(served_parts.database)
    with served_parts.database.writing() as session:
        made = add(session, Organization(name="Birch House", email="desk@birch.example")).id
        session.commit()
    yield made
    with served_parts.database.writing() as session:
        for table in (PlannedAction, OutcomeSigner, SharedOutcome, CellMeasure, SearchGap, SearchCount):
            session.execute(delete(table))
        session.execute(delete(Organization).where(Organization.id == made))
        session.commit()


def signed_in(visit: Visit, parts: Parts, role: str, to: str, **settings: object) -> Page:
    where = {"organization_id": ORGANIZATION} if role == "lead" else {}
    link = link_of(parts, role, to, f"{role}-plans@example.org", **where)
    page = visit(f"/sign-in?{urlencode({'link': link})}", **settings)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    return page


def is_right(page: Page, script: bool) -> None:
    """What looks for faults is itself a script."""
    if not script:
        return
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_a_gap_to_a_plan_that_an_organization_signs(visit: Visit, served_parts: Parts, gap: str, script: bool) -> None:
    planner = signed_in(visit, served_parts, "planner", "/planning/gaps?quarter=2026-Q3", java_script_enabled=script)
    planner.get_by_role("link", name="Plan something").first.click()
    planner.get_by_label("Propose a partnership").check()
    planner.get_by_label("In your words").fill("One intake for both houses")
    for name in ("Birch", "Harbour"):
        planner.get_by_label("Find an organization by its name").fill(name)
        planner.get_by_role("button", name="Find").click()
        planner.get_by_role("group", name="Which organizations?").get_by_role("checkbox").last.check()
    is_right(planner, script)
    planner.get_by_role("button", name="Keep it").click()
    expect(planner.get_by_role("status").first).to_contain_text("Kept.")
    is_right(planner, script)
    planner.goto("/planning/actions")
    is_right(planner, script)
    planner.goto(f"/planning/outcomes/new?need=emergency-shelter&area={AREA}&organization={gap}&organization={ORGANIZATION}")
    planner.get_by_label("What do you want to reach?").fill("20")
    is_right(planner, script)
    planner.get_by_role("button", name="Ask them to sign").click()
    expect(planner.get_by_text(re.compile("It began at 40%, in Jul.*Sep 2026"))).to_be_visible()
    is_right(planner, script)
    at = planner.url.partition("?")[0]

    lead = signed_in(visit, served_parts, "lead", "/manage/plans", viewport=PHONE, is_mobile=True, java_script_enabled=script)
    expect(lead.get_by_role("heading", name="Waits for you")).to_be_visible()
    is_right(lead, script)
    lead.get_by_role("button", name="Sign it").click()
    expect(lead.get_by_text("You said yes.")).to_be_visible()
    lead.get_by_role("button", name="Yes, we take part").click()
    expect(lead.get_by_role("link", name="Propose an agreement")).to_be_visible()
    is_right(lead, script)

    planner.goto(at)
    expect(planner.get_by_text("signed").first).to_be_visible()
    planner.goto("/outcomes")
    is_right(planner, script)
