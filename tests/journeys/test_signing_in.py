"""Coming in on a phone: by a mailed link, by password and code, by a passkey of the device itself; and ending a session elsewhere."""

import re
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from directory.services.accounts.people import add_person
from directory.services.messages.deliver import deliver_messages
from directory.services.parts import Parts
from tests.journeys.conftest import PHONE, Visit
from tests.support.people import PASSWORD, code_of, link_of

pytestmark = pytest.mark.browser

ON_A_PHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def is_fit(page: Page) -> None:
    """Nothing that axe finds wrong, nothing that needs scrolling sideways."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(SIDEWAYS) <= 0


def with_link(visit: Visit, parts: Parts, email: str, **settings: object) -> Page:
    page = visit(f"/sign-in?{urlencode({'link': link_of(parts, 'planner', email=email)})}", **settings)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Your account").click()
    expect(page.locator("h1")).to_have_text("Your account")
    return page


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["with script", "without script"])
def test_a_mailed_link_opens_the_page_that_was_wanted(visit: Visit, served_parts: Parts, script: bool):
    email = f"mail-{script}@example.org".lower()
    add_person(served_parts, email, "planner")
    page = visit("/planning/terms", java_script_enabled=script, **ON_A_PHONE)
    page.locator("main").get_by_role("link", name="Sign in").click()
    page.fill("#email", email)
    page.get_by_role("button", name="Mail me a link").click()
    expect(page.locator(".notice")).to_contain_text("Look in your mailbox.")
    deliver_messages(served_parts)
    mails = [path.read_text() for path in (served_parts.settings.data_dir / "outbox").iterdir()]
    (link,) = (re.search(r"http://\S+/sign-in\?link=\S+", mail) for mail in mails if f"To: {email}" in mail)
    assert link is not None
    page.goto(link[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("h1")).to_have_text("Imported terms")


def test_a_password_with_an_app_is_set_up_and_opens_the_account(visit: Visit, served_parts: Parts):
    page = with_link(visit, served_parts, "codes@example.org", **ON_A_PHONE)
    page.get_by_role("link", name="Set a password").click()
    is_fit(page)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Keep the password").click()
    page.get_by_role("link", name="Set up the app").click()
    is_fit(page)
    secret = page.locator(".secret code").inner_text().replace(" ", "")
    page.fill("#code", code_of(served_parts, secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    is_fit(page)
    page.get_by_role("link", name="I have kept them").click()
    is_fit(page)
    page.get_by_role("button", name="End session").click()
    page.goto("/sign-in?to=/account/app")
    page.fill("#address", "codes@example.org")
    page.fill("#password", PASSWORD)
    page.fill("#code", code_of(served_parts, secret))
    page.locator(".by-password button").click()
    expect(page.locator("[role=alert]").first).to_contain_text("a code works once")
    is_fit(page)
    page.fill("#password", PASSWORD)
    page.fill("#code", code_of(served_parts, secret, 1))
    page.locator(".by-password button").click()
    expect(page.locator("h1")).to_have_text("Change the app for codes")
    is_fit(page)


def test_a_passkey_is_added_and_opens_the_account_without_an_address(visit: Visit, served: str, served_parts: Parts):
    settings = {**ON_A_PHONE, "base_url": served.replace("127.0.0.1", "localhost")}
    page = with_link(visit, served_parts, "keys@example.org", **settings)
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    device = chromium.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator(".account-row summary")).to_have_count(1)
    is_fit(page)
    page.get_by_role("button", name="End session").click()
    page.goto("/sign-in?to=/planning/terms")
    is_fit(page)
    chromium.send("WebAuthn.setUserVerified", {"authenticatorId": device["authenticatorId"], "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("[data-failed]")).to_be_visible()
    chromium.send("WebAuthn.setUserVerified", {"authenticatorId": device["authenticatorId"], "isUserVerified": True})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("h1")).to_have_text("Imported terms")


def test_a_session_in_another_browser_is_ended_from_the_account(visit: Visit, served_parts: Parts):
    other = with_link(visit, served_parts, "two@example.org")
    page = with_link(visit, served_parts, "two@example.org", **ON_A_PHONE)
    expect(page.locator("#sessions-title + ul > li")).to_have_count(2)
    is_fit(page)
    page.get_by_role("button", name=re.compile("^End it")).click()
    expect(page.locator(".notice")).to_contain_text("The session is over.")
    expect(page.locator("#sessions-title + ul > li")).to_have_count(1)
    other.goto("/account")
    expect(other.locator("h1")).to_have_text("Sign in first")
