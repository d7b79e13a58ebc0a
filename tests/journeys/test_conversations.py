"""A planner begins a conversation, two organizations look and answer, the answers open together, and it ends in a decision."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from directory.services.parts import Parts
from directory.store.tables import Conversation, Organization, RoleGrant
from tests.journeys.conftest import DESK, PHONE, Visit
from tests.journeys.test_overlaps import is_right, pair
from tests.support.people import link_of

__all__ = ["pair"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
SECRET = {"Alder": "Mostly families with small children.", "Birch": "Men who sleep outside."}
PAGES = re.compile(rb"/Type\s*/Page[^s]")


@pytest.fixture
def houses(pair: None, served_parts: Parts) -> Iterator[dict[str, str]]:
    """Organization -> its id; conversations are taken away afterwards, before the organizations are."""
    with served_parts.database.reading() as session:
        rows = session.execute(select(Organization.name, Organization.id).where(Organization.name.in_(SECRET)))
        found = {row.name: row.id for row in rows}
    yield found
    with served_parts.database.writing() as session:
        session.execute(delete(Conversation))
        session.execute(delete(RoleGrant).where(RoleGrant.organization_id.in_(found.values())))
        session.commit()


def signed_in(visit: Visit, parts: Parts, role: str, email: str, address: str, **settings: object) -> Page:
    where = {"organization_id": settings.pop("organization_id")} if "organization_id" in settings else {}
    link = link_of(parts, role, address, email, **where)  # type: ignore[arg-type]
    page = visit(f"/sign-in?{urlencode({'link': link})}", **settings)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    return page


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_organizations_come_to_a_decision(visit: Visit, served_parts: Parts, houses: dict[str, str], script: bool) -> None:
    planner = signed_in(visit, served_parts, "planner", "paula@example.org", "/planning/overlaps", java_script_enabled=script)
    planner.get_by_role("link", name=re.compile("Alder · Birch|Birch · Alder")).click()
    planner.get_by_role("link", name="Begin a conversation").click()
    planner.get_by_label("Your question, in one sentence").fill("Who could open on an evening?")
    if script:
        is_right(planner)
    planner.get_by_role("button", name="Begin it").click()
    expect(planner.get_by_role("status").first).to_contain_text("Begun.")
    at = planner.url.partition("?")[0]

    owns = {}
    for name, key in houses.items():
        email, settings = f"{name.lower()}@example.org", {"java_script_enabled": script, "viewport": PHONE}
        own = owns[name] = signed_in(visit, served_parts, "lead", email, "/manage", organization_id=key, **settings)
        own.get_by_role("link", name="1 conversation waits for you").click()
        own.get_by_role("link", name=re.compile("Food pantry")).click()
        own.get_by_role("button", name="The facts are right").click()
        if script:
            is_right(own)
        own.get_by_label("Whom do we reach?").fill(SECRET[name])
        own.get_by_role("button", name="Give our answer").click()
        expect(own.get_by_role("status").first).to_contain_text("sealed")
        planner.goto(at)
        shown = planner.content()
        assert (SECRET["Alder"] in shown) == (len(owns) == 2), "nobody reads one before both are in"

    expect(planner.get_by_text(SECRET["Birch"])).to_be_visible()
    planner.get_by_label("What", exact=True).fill("One opens on Thursday evenings.")
    planner.get_by_label("Who does it: organizations, not persons").fill("Both")
    planner.get_by_label("By when").fill("2027-01-31")
    planner.get_by_role("button", name="Propose it").click()
    if script:
        is_right(planner)
    for own in owns.values():
        own.reload()
        own.get_by_role("button", name="We agree to it").click()
    expect(own.get_by_role("heading", name=re.compile("Decided together"))).to_be_visible()
    planner.goto(at)
    expect(planner.get_by_text("One opens on Thursday evenings.")).to_be_visible()
    planner.goto(f"{at}/print")
    assert len(PAGES.findall(planner.pdf(format="A4", prefer_css_page_size=True))) == 2
    if script:
        planner.set_viewport_size(DESK)
        found = [Axe().run(planner)]
        planner.goto(at)
        found.append(Axe().run(planner))
        planner.goto("/planning/conversations")
        found.append(Axe().run(planner))
        assert [result.generate_report() for result in found if result.violations_count] == []
