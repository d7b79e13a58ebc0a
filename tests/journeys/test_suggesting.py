"""A worker reads the community's own rule on a suggestion, asks why another is not there, and keeps somebody out of it."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from directory.domain.people import Role
from directory.services.parts import Parts
from directory.services.referrals.start import NewNeed, start_need
from directory.services.rules.activate import activate, go_back
from directory.services.rules.draft import import_draft
from directory.services.rules.dry_run import dry_run
from directory.services.rules.try_out import try_out
from tests.journeys.conftest import PHONE, Visit
from tests.support.listings import add_organization
from tests.support.people import link_of, somebody
from tests.support.rules import partner_rules

pytestmark = pytest.mark.browser

SENTENCE = "Our table agreed: food first, from {candidate.organization}"


def is_for_everybody(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def own_rules(parts: Parts) -> str:
    """The community's own set with one rule, agreed to by two; its name."""
    document = partner_rules(caps={"need": 40})
    document["rules"][0] |= {
        "id": "food-first", "family": "need", "when": {"field": "pair.offers_need", "op": "is", "value": True},
        "then": {"points": 20, "reason": SENTENCE},
        "tests": [{"given": {"pair.offers_need": True}, "expect": "fires"}, {"given": {"pair.offers_need": False}, "expect": "not"}],
    }  # fmt: skip
    name, version = import_draft(parts, "tests", document)
    assert try_out(parts, name, version).passes
    dry_run(parts, name, version, parts.clock.now() - timedelta(days=7))
    for email in ("table-one@example.org", "table-two@example.org"):
        activate(parts, somebody(parts, Role.PLANNER, email), name, version)
    return name


def test_a_worker_reads_the_sentence_of_the_rule_that_holds(visit: Visit, served_parts: Parts) -> None:
    with served_parts.database.writing() as session:
        school = add_organization(session, name="Birch School of journeys", email="office@birch.example").id
        session.commit()
    email, name = "suggested@birch.example", own_rules(served_parts)
    worker = somebody(served_parts, Role.WORKER, email, organization_id=school)
    need = start_need(served_parts, worker, school, NewNeed("food"))
    page = visit("/about", viewport=PHONE)
    page.request.post("/sign-in", form={"link": link_of(served_parts, Role.WORKER, email=email, organization_id=school)}, max_redirects=0)
    page.goto(f"/referrals/needs/{need}")
    first = page.locator(".suggested").first
    expect(first.locator(".why-reasons li").first).to_contain_text("Our table agreed: food first, from ")
    expect(first.locator(".why-cautions li").first).not_to_be_empty()
    first.locator("summary", has_text="Why this one?").click()
    expect(first.locator("table.points tbody tr").first).to_contain_text("20")
    is_for_everybody(page)
    house = first.locator(".card-where").inner_text().split(" · ")[0]
    page.fill("#why-not-name", "nobody of this name")
    page.click(".why-not button")
    expect(page.locator("main")).to_contain_text("No organization is called")
    is_for_everybody(page)
    page.goto(f"/referrals/needs/{need}/partners/keep-out")
    page.fill("#name", house)
    page.click("button[value=find]")
    page.locator("input[name=organization]").first.check()
    is_for_everybody(page)
    page.click("button[value=keep]")
    expect(page.locator("#kept-out")).to_contain_text(house)
    expect(page.locator(".suggested", has_text=house)).to_have_count(0)
    go_back(served_parts, somebody(served_parts, Role.PLANNER, "table-one@example.org"), name)
