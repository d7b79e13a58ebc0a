"""A planner works through pairs that may be one: judges, asks the organizations, merges after a look, takes it back; with and without
script, for all to use."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import delete, select

from directory.domain.gaps import Gap
from directory.domain.people import Role
from directory.services.accounts.people import add_person
from directory.services.accounts.sign_in_link import give_sign_in_link
from directory.services.matching.ask import ask
from directory.services.matching.levels import Level
from directory.services.matching.run import run_all
from directory.services.parts import Parts
from directory.store.tables import (
    DuplicateAnswer,
    DuplicateKey,
    DuplicateModel,
    DuplicatePair,
    DuplicateQuestion,
    DuplicateVerdict,
    LocalField,
    MergeEvent,
    Organization,
    OutgoingMessage,
    PartnerLink,
    Phone,
    RateCount,
    RoleGrant,
    SearchCount,
    SearchGap,
)
from tests.journeys.conftest import PHONE, Visit
from tests.services.matching.test_answering_by_link import token_in
from tests.support.listings import add_organization
from tests.support.people import link_of

pytestmark = pytest.mark.browser
AT = "/planning/duplicates"
OF_PAIRS = (DuplicatePair, DuplicateVerdict, DuplicateModel, DuplicateKey, MergeEvent, LocalField)
CHOIRS = ("choir@tern.example", "school@tern.example")


def way_in(parts: Parts, email: str, to: str, role: Role | None = None) -> str:
    """Where somebody signs in, who is made where there is nobody yet."""
    token = link_of(parts, role, to, email) if role else give_sign_in_link(parts, email, to).token
    return f"/sign-in?{urlencode({'link': token})}"


@pytest.fixture
def link(served_parts: Parts) -> Iterator[str]:
    """A way in, to a queue with one pair; and some searches that found too little."""
    parts = served_parts
    ids = listed_twice(parts, ("Tern Island Choir School", "Tern Island Choirschool"))
    for number, key in enumerate(ids):
        add_person(parts, CHOIRS[number], Role.EDITOR, organization_id=key)
    run_all(parts, Level.ORGANIZATION)
    today = parts.clock.now().date()
    for number in range(20):
        parts.gaps.count(today, ("detox",), "us-pa-philadelphia")
        if number < 12:
            parts.gaps.add(Gap(today, ("detox",), "us-pa-philadelphia", (), 0, "en"))
    parts.gaps.flush(parts.database)
    yield way_in(parts, "quinn@example.org", AT, Role.PLANNER)
    take_away(parts, ids)


@pytest.fixture
def letter(served_parts: Parts) -> Iterator[str]:
    """The address that was mailed to one of two organizations that nobody has an account of."""
    parts = served_parts
    ids = listed_twice(parts, ("Puffin Row Kitchen", "Puffin Row Kitchens"), email="hello@puffin.example")
    run_all(parts, Level.ORGANIZATION)
    ask(parts, "tests", Level.ORGANIZATION, *ids)
    yield f"/same/{token_in(parts)}"
    take_away(parts, ids)


def listed_twice(parts: Parts, names: tuple[str, str], email: str | None = None) -> list[str]:
    """The ids of two organizations with one telephone; `email`: the mailbox that the second lists."""
    with parts.database.writing() as session:
        ids = []
        for name, listed in zip(names, (None, email), strict=True):
            row = add_organization(session, name=name, website="https://tern-island.example", email=listed)
            session.add(Phone(organization_id=row.id, number="+16135550188", e164="+16135550188"))
            ids.append(row.id)
        session.commit()
    return ids


def take_away(parts: Parts, ids: list[str]) -> None:
    with parts.database.writing() as session:
        session.execute(delete(RoleGrant).where(RoleGrant.organization_id.in_(ids)))
        for table in (
            PartnerLink,
            OutgoingMessage,
            RateCount,
            DuplicateAnswer,
            DuplicateQuestion,
            DuplicatePair,
            DuplicateVerdict,
            DuplicateModel,
            DuplicateKey,
            MergeEvent,
            LocalField,
            SearchCount,
            SearchGap,
        ):
            session.execute(delete(table))
        session.execute(delete(Phone).where(Phone.organization_id.in_(ids)))
        session.execute(delete(Organization).where(Organization.id.in_(ids)))
        session.commit()


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["with script", "without script"])
def test_a_pair_is_asked_about_merged_after_a_look_and_comes_apart_again(
    visit: Visit, served_parts: Parts, link: str, script: bool
) -> None:
    page = visit(link, java_script_enabled=script)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("Listed twice?")
    page.click("text=Tern Island")
    expect(page.locator("h1")).to_have_text("One, or two?")
    page.get_by_label("The same: one of them is to go").check()
    page.click("text=Write it down")
    expect(page.locator("h1")).to_have_text("Make them one")
    page.get_by_role("button", name="Ask the organizations").click()
    expect(page.locator("[role=status]").first).to_contain_text("Asked.")
    own = visit(way_in(served_parts, CHOIRS[0], "/manage"), java_script_enabled=script)
    own.click("main button")
    own.click("text=1 question waits for you")
    own.click("text=Tern Island")
    own.get_by_label("The same, and ours is the one to keep").check()
    own.get_by_role("button", name="Answer").click()
    expect(own.locator("[role=status]").first).to_contain_text("The planners see your answer")
    page.reload()
    expect(page.locator("main")).to_contain_text("is the one to keep")
    page.fill("#why", "One school.")
    page.locator("main").get_by_role("button", name="Make them one").click()
    expect(page.locator("[role=alert]")).to_contain_text("awaited until")
    page.fill("#anyway", "Both told us by telephone.")
    page.locator("main").get_by_role("button", name="Make them one").click()
    expect(page.locator("[role=status]").first).to_have_text("They are one now.")
    page.locator(".notice").get_by_role("button", name="Take it back").click()
    expect(page.locator("main")).to_contain_text("Taken back.")
    own.reload()
    expect(own.locator("main")).to_contain_text("They were made one, and that was taken back")


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["with script", "without script"])
def test_an_organization_without_an_account_answers_by_the_link_of_a_mail_and_the_planner_reads_it(
    visit: Visit, served_parts: Parts, letter: str, script: bool
) -> None:
    page = visit(letter, java_script_enabled=script)
    expect(page.locator("main")).to_contain_text("This link is for Puffin Row Kitchens.")
    page.get_by_role("button", name="Look at both").click()
    expect(page.locator("main")).to_contain_text("Nothing is merged before you have answered")
    elsewhere = visit(letter, java_script_enabled=script)
    expect(elsewhere.locator("h1")).to_have_text("This link was opened on another device")
    page.get_by_label("The same, and ours is the one to keep").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("[role=status]").first).to_contain_text("The planners see your answer")
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    page.get_by_role("button", name="Send a new link").click()
    expect(page.locator("[role=status]").first).to_contain_text("A new link is on its way")
    page.goto(letter)
    expect(page.locator("h1")).to_have_text("This link works no longer")
    page.goto(f"/same/{token_in(served_parts)}")
    page.get_by_role("button", name="Look at both").click()
    page.get_by_label("Two different things").check()
    page.fill("#words", "Two kitchens, one line.")
    page.get_by_role("button", name="Answer").click()
    planner = visit(way_in(served_parts, "quinn@example.org", AT, Role.PLANNER), java_script_enabled=script)
    planner.click("main button")
    planner.click("text=Puffin Row")
    expect(planner.locator("main")).to_contain_text("Two kitchens, one line.")
    expect(planner.locator("main")).to_contain_text("by the link that was mailed to it")
    expect(planner.locator("main")).to_contain_text("Call them: +16135550188")


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"viewport": PHONE, "is_mobile": True}, id="phone"),
        pytest.param({}, id="desk", marks=pytest.mark.slow),
        pytest.param({"color_scheme": "dark"}, id="dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_wrong_behind_a_link(visit: Visit, served_parts: Parts, letter: str, settings: dict[str, object]) -> None:
    page = visit(letter, **settings)
    found = [Axe().run(page)]
    page.get_by_role("button", name="Look at both").click()
    expect(page.locator("h1")).to_have_text("Are these one, or two?")
    found.append(Axe().run(page))
    page.get_by_label("Two different things").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("[role=alert]")).to_contain_text("Write why they are two")
    found.append(Axe().run(page))
    elsewhere = visit(letter, **settings)
    found.append(Axe().run(elsewhere))
    page.get_by_label("Not sure").check()
    page.get_by_role("button", name="Answer").click()
    for language in ("en", "fr", "es"):
        page.goto(f"{letter}?lang={language}")
        found.append(Axe().run(page))
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.locator(".pair-next button").click()
    found.append(Axe().run(page))
    planner = visit(way_in(served_parts, "quinn@example.org", AT, Role.PLANNER), **settings)
    planner.click("main button")
    planner.click("text=Puffin Row")
    found.append(Axe().run(planner))
    assert [result.generate_report() for result in found if result.violations_count] == []


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"viewport": PHONE, "is_mobile": True}, id="phone"),
        pytest.param({}, id="desk", marks=pytest.mark.slow),
        pytest.param({"color_scheme": "dark"}, id="dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_wrong_on_pairs_and_gaps(visit: Visit, served_parts: Parts, link: str, settings: dict[str, object]) -> None:
    page = visit(link, **settings)
    page.click("main button")
    found = [Axe().run(page)]
    page.click("text=Tern Island")
    found.append(Axe().run(page))
    page.goto(page.url.replace("/look", "/merge") + "&lang=fr")
    found.append(Axe().run(page))
    for address in (f"{AT}/merged", "/planning/gaps"):
        page.goto(address)
        found.append(Axe().run(page))
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    expect(page.locator("main")).to_contain_text("12 sur 20")
    with served_parts.database.reading() as session:
        left, right = session.execute(select(DuplicatePair.left_id, DuplicatePair.right_id)).one()
    ask(served_parts, "tests", Level.ORGANIZATION, left, right)
    own = visit(way_in(served_parts, CHOIRS[0], "/manage/duplicates"), **settings)
    own.click("main button")
    found.append(Axe().run(own))
    own.click("text=Tern Island")
    expect(own.locator("h1")).to_have_text("Are these one, or two?")
    found.append(Axe().run(own))
    assert own.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert [result.generate_report() for result in found if result.violations_count] == []
