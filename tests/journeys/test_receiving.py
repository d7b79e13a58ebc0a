"""A referral answered on a phone, without script and without an account, from the link of a mail to *it helped*; and every page of
receivers and persons held to be for everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from directory.app import app_of
from directory.domain.clock import FixedClock
from directory.domain.people import Role
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.services.parts import Parts
from directory.services.referrals.follow_up_answers import follow_up_address
from directory.services.referrals.own_page import give_own_page
from directory.settings import Settings
from directory.store.session import Database
from directory.store.tables import FollowUp
from search_index.embedded import TantivyEngine
from tests.journeys.conftest import DESK, PHONE, Visit, serving
from tests.support.databases import fresh_address
from tests.support.moments import MONDAY_MORNING
from tests.support.people import link_of
from tests.support.places import FewPlaces
from tests.support.referrals import CONTACT, MATTERS, NAME, Town, make_town, receiver_does, row_of, sent_to_shelter
from tests.web.received.mailed import links_of, number_of

pytestmark = pytest.mark.browser

ON_A_PHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TAPPED = "main :is(a.button, button, select, summary, input:not([type=checkbox], [type=radio], [type=hidden]))"
TOO_SMALL = f"""() => [...document.querySelectorAll("{TAPPED}")]
  .filter((entry) => entry.checkVisibility() && entry.getBoundingClientRect().height < 43.5).map((entry) => entry.outerHTML)"""


@pytest.fixture
def parts(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[Parts]:
    settings = Settings(data_dir=tmp_path, secret_key="a key for tests only, of good length")
    with fresh_address(request, "sqlite", sqlite_template, tmp_path) as address:
        database, search = Database(address), TantivyEngine(settings.index_dir)
        yield Parts(settings=settings, database=database, search=search, geocoding=FewPlaces(), clock=FixedClock(MONDAY_MORNING))
        search.close()
        database.close()


@pytest.fixture
def town(parts: Parts) -> Town:
    return make_town(parts)


@pytest.fixture
def served(parts: Parts, town: Town) -> Iterator[str]:
    """A town of its own instead of the neighbourhood."""
    yield from serving(app_of(parts))


def is_for_everybody(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((entry) => { entry.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_referral_is_answered_on_a_phone_without_script_from_the_mail_to_it_helped(visit: Visit, parts: Parts, town: Town):
    _need, attempt = sent_to_shelter(parts, town)
    (path,) = links_of(parts)
    page = visit(path, java_script_enabled=False, **ON_A_PHONE)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Can you help?")
    expect(page.get_by_text(MATTERS)).to_be_visible()
    page.get_by_label("Who of you takes care of it?").first.fill("Rosa")
    page.get_by_role("button", name="Yes, we take it").click()
    expect(page.get_by_text("They are told that you said yes")).to_be_visible()
    assert NAME not in page.content()
    page.get_by_role("button", name="Send me the number").click()
    page.get_by_label("Number from the mail").fill(number_of(parts))
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text(NAME)).to_be_visible()
    expect(page.get_by_text(CONTACT)).to_be_visible()
    page.get_by_role("group", name="Times at which both of you work").get_by_role("radio").first.check()
    page.get_by_label("How you meet").select_option("three_way_call")
    page.get_by_role("button", name="Plan it").click()
    assert row_of(parts, attempt).state == State.HANDOFF_PLANNED
    page.get_by_role("button", name="We have met").click()
    page.get_by_role("button", name="We help them now").click()
    page.get_by_role("button", name="It helped", exact=True).click()
    expect(page.get_by_text("That is what it is all for")).to_be_visible()
    assert row_of(parts, attempt).state == State.HELPED
    stranger = visit(path, java_script_enabled=False, **ON_A_PHONE)
    expect(stranger.get_by_role("heading", level=1)).to_have_text("This link was opened on another device")
    assert NAME not in stranger.content()


def test_the_pages_behind_links_are_for_everybody(visit: Visit, parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    (path,) = links_of(parts)
    page = visit(path, **ON_A_PHONE)
    is_for_everybody(page)
    page.get_by_role("button", name="Look at it").click()
    is_for_everybody(page)
    page.get_by_role("button", name="Yes, we take it").click()  # without a name: it says what is missing
    is_for_everybody(page)
    receiver_does(parts, town, attempt, Kind.ACCEPTED, contact_name="Rosa")
    page.goto(path)
    page.get_by_role("button", name="Send me the number").click()
    is_for_everybody(page)
    person = visit(local(give_own_page(parts, town.worker, need)), **ON_A_PHONE)
    person.get_by_role("button", name="Open it").click()
    is_for_everybody(person)


@pytest.mark.slow
def test_the_other_pages_of_receivers_and_persons_are_for_everybody(visit: Visit, parts: Parts, town: Town):
    need, attempt = sent_to_shelter(parts, town)
    (path,) = links_of(parts)
    visit(path, **ON_A_PHONE).get_by_role("button", name="Look at it").click()
    is_for_everybody(visit(path, **ON_A_PHONE))  # in another browser
    is_for_everybody(visit("/r/nothing", **ON_A_PHONE))
    is_for_everybody(visit("/p/nothing", **ON_A_PHONE))
    is_for_everybody(visit(local(give_own_page(parts, town.worker, need)), **ON_A_PHONE))
    for kind, more in ((Kind.ACCEPTED, {"contact_name": "Rosa"}), (Kind.SERVICE_STARTED, {}), (Kind.HELPED, {"code": "helped"})):
        receiver_does(parts, town, attempt, kind, **more)
    asked = visit(question(parts, attempt), **ON_A_PHONE)
    is_for_everybody(asked)
    asked.get_by_role("button", name="No, it did not help").click()
    is_for_everybody(asked)
    for size in (ON_A_PHONE, {"viewport": DESK}):
        keeper = visit("/sign-in", **size)
        keeper.goto(f"/sign-in?link={link_of(parts, Role.EDITOR, email='keeper@harbour.example', organization_id=town.house)}")
        keeper.locator("main form button").first.click()
        inbox = f"inbox/{town.house}"
        for address in ("inbox", f"{inbox}?part=ended", f"{inbox}/{attempt}", f"figures/{town.house}", f"receiving/{town.house}"):
            keeper.goto(f"/referrals/{address}")
            is_for_everybody(keeper)


def question(parts: Parts, attempt: str) -> str:
    with parts.database.writing() as session:
        key = session.scalars(select(FollowUp.id).where(FollowUp.attempt_id == attempt)).first()
        address = follow_up_address(parts, session, key or "")
        session.commit()
    return local(address)


def local(address: str) -> str:
    """The path of an address that a mail would bring."""
    return "/" + address.split("/", 3)[3]
