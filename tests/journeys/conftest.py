"""A browser on a served neighbourhood: Chromium as it comes with the system, and pages as a person meets them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright
from sqlalchemy import update
from werkzeug.serving import make_server

from directory.app import app_of
from directory.services.parts import Parts
from directory.store.tables import Organization
from tests.support.installations import furnished_parts
from tests.support.tools import chromium
from tests.web.conftest import THREE_LANGUAGES

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is not a broken page


@pytest.fixture(scope="package")
def served_parts(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The working parts of a small neighbourhood that is being served."""
    demo = replace(THREE_LANGUAGES, is_demo=True)
    with furnished_parts(request, "sqlite", sqlite_template, tmp_path_factory.mktemp("journeys"), demo) as parts:
        with parts.database.writing() as session:  # so that referrals have somewhere to go, and are suggested
            session.execute(update(Organization).values(email="desk@listed.example"))
            session.commit()
        yield parts


@pytest.fixture(scope="package")
def served(served_parts: Parts) -> Iterator[str]:
    """The address of a small neighbourhood that is being served."""
    yield from serving(app_of(served_parts))


def serving(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield launched
        launched.close()


def is_complaint(message: ConsoleMessage) -> bool:
    """Browsers ask for an icon that no page names, also without a connection, and complain of that alone."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


@contextmanager
def complaining(page: Page) -> Iterator[list[str]]:
    """What the page complains of for as long as it is listened to, but for pages that are meant to be refused."""
    complaints: list[str] = []

    def hear(complaint: str) -> None:
        if "the server responded with a status of 4" not in complaint:
            complaints.append(complaint)

    def of_script(error: Error) -> None:
        hear(str(error))

    def of_console(message: ConsoleMessage) -> None:
        if is_complaint(message):
            hear(message.text)

    page.on("pageerror", of_script)
    page.on("console", of_console)
    yield complaints
    page.remove_listener("pageerror", of_script)
    page.remove_listener("console", of_console)


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    """Open an address of the neighbourhood in a fresh browser; further words are Playwright's for the browser's context. A page that
    reports an error of script or of its content policy fails the test."""
    with ExitStack() as opened:
        heard: list[list[str]] = []

        def open_page(address: str, **settings: object) -> Page:
            context = browser.new_context(**{"base_url": served, "viewport": DESK, **settings})  # type: ignore[arg-type]
            opened.callback(context.close)
            page = context.new_page()
            heard.append(opened.enter_context(complaining(page)))
            page.goto(address)
            return page

        yield open_page
    assert [complaint for complaints in heard for complaint in complaints] == []
