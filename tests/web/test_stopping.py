"""The page that stops mails: opening it does nothing, a mail program's press is enough, and it says how to have them again."""

import pytest
from flask.testing import FlaskClient

from directory.services.parts import Parts
from directory.services.upkeep.contacts import ask_from_now_on
from directory.services.upkeep.stopping import Kind, read_stopping, stop_address
from tests.support.neighbourhood import ORGANIZATION
from tests.web.html import read

ADDRESS = "ana@harbour.example"


@pytest.fixture
def client(edited_app, edited: Parts) -> FlaskClient:
    with edited.database.writing() as session:
        ask_from_now_on(session, ORGANIZATION, "tests", edited.clock.now(), ADDRESS)
        session.commit()
    return edited_app.test_client()


@pytest.fixture
def link(edited: Parts, client: FlaskClient) -> str:
    return "/mails/stop/" + stop_address(edited, ORGANIZATION, ADDRESS, Kind.MONTHLY).rpartition("/")[2]


def is_stopped(parts: Parts, link: str) -> bool:
    return read_stopping(parts, link.rpartition("/")[2]).is_stopped


def test_opening_the_page_stops_nothing_and_its_buttons_do_and_undo(client: FlaskClient, edited: Parts, link: str) -> None:
    page = read(client.get(link).text)
    assert "once a month at most" in page.text
    assert ADDRESS not in client.get(link).text
    assert not is_stopped(edited, link)
    page = read(client.post(link, data={"do": "stop"}).text)
    assert "You get no more of these mails. When something is to be looked at, we call." in page.text
    assert "on the page of your listings" in page.text
    assert is_stopped(edited, link)
    page = read(client.post(link, data={"do": page.one("button", name="do").attributes["value"]}).text)
    assert "You get these mails again." in page.text
    assert not is_stopped(edited, link)


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://mail.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_mail_program_stops_them_with_one_press_from_wherever_it_runs(
    client: FlaskClient, edited: Parts, link: str, origin: dict[str, str]
) -> None:
    answer = client.post(link, data={"List-Unsubscribe": "One-Click"}, headers=origin)
    assert (answer.status_code, answer.headers.get("Location"), answer.headers["Cache-Control"]) == (200, None, "no-store")
    assert is_stopped(edited, link)


def test_a_link_that_is_none_says_so_and_its_address_is_in_no_log(
    client: FlaskClient, link: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert client.get("/mails/stop/nonsense").status_code == 404
    assert client.post("/mails/stop/nonsense", data={"List-Unsubscribe": "One-Click"}).status_code == 404
    client.get(link)
    said = capsys.readouterr()
    assert link.rpartition("/")[2] not in said.out + said.err
