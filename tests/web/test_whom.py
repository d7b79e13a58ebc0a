"""Answers about the person: told by form, kept in one sealed cookie for half an hour, in no address and no log, forgotten when asked."""

import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.app import app_of
from directory.domain.clock import FixedClock
from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from tests.services.exchange.importing import HOUSE, PLACE, bring_rows
from tests.services.finding.test_eligibility import ADULTS, TODDLERS, service
from tests.support.databases import ONE_IS_ENOUGH

pytestmark = ONE_IS_ENOUGH


@pytest.fixture
def client(parts: Parts, tmp_path: Path) -> FlaskClient:
    services = [
        service(1, "Pantry that does not say"),
        service(2, "Pantry for adults", ADULTS),
        service(3, "Pantry for families", TODDLERS, asks_status=True),
        service(4, "Pantry for the pregnant", {"field": "pregnant", "op": "is", "value": True}),
    ]
    bring_rows(parts, tmp_path / "feed", services=services, organizations=[HOUSE], locations=[PLACE])
    rebuild_index(parts)
    return app_of(parts).test_client()


def tell(client: FlaskClient, **form: str | list[str]) -> str:
    fields = {name.replace("__", "."): value for name, value in form.items()}
    asked = [name.removeprefix("fact.") for name in fields if name.startswith("fact.") and not name.endswith(".per")]
    response = client.post("/search/whom", data={"search": "q=pantry", "asked": asked, **fields})
    assert response.status_code == 303
    assert response.headers["Location"] == "/search?q=pantry", "nothing of the person stands in the address"
    return client.get(response.headers["Location"]).text


def later(parts: Parts, minutes: int) -> None:
    assert isinstance(parts.clock, FixedClock)
    parts.clock.set(parts.clock.now() + timedelta(minutes=minutes))


def headings(page: str) -> list[str]:
    return re.findall(r'class="fit-group \w+">([^<]+)<', page)


def test_answers_order_the_results_and_say_why(client: FlaskClient) -> None:
    page = tell(client, fact__age="34", **{"fact.child.age": "3"})
    assert headings(page) == ["These fit", "Ask these first"]
    assert "For people aged 18 or over: yes" in page
    assert "Does not say who it is for: ask" in page
    assert "Is the person pregnant?" in page, "the next question stands on the page"


def test_what_does_not_fit_is_counted_and_shown_with_the_reason(client: FlaskClient) -> None:
    page = tell(client, fact__pregnant="no")
    assert "Show 1 that does not fit, and why" in page
    unfit = client.get("/search?q=pantry&unfit=1").text
    assert headings(unfit) == ["These do not fit"]
    assert "Only for people who are pregnant" in unfit


def test_answers_are_taken_back_one_by_one_and_forgotten_all_together(client: FlaskClient) -> None:
    tell(client, fact__age="34", fact__pregnant="no")
    page = tell(client, act="back:pregnant")
    assert "age: 34" in page
    assert "Show 1 that does not fit" not in page
    page = tell(client, act="forget")
    assert headings(page) == []
    assert "age: 34" not in page
    assert client.get_cookie("person") is None


@pytest.mark.parametrize("act", ["skip", "decline"])
def test_a_question_that_is_not_answered_is_not_asked_again(client: FlaskClient, act: str) -> None:
    page = tell(client, fact__age="34")
    assert "Is the person pregnant?" in page or "How old are their children?" in page
    for _time in range(2):
        asked = re.search(r'value="skip:([\w.]+)"', page)
        assert asked is not None
        page = tell(client, act=f"{act}:{asked[1]}")
        assert f'value="skip:{asked[1]}"' not in page
    assert ("rather not say" in page) is (act == "decline")


def test_half_an_hour_after_the_last_answer_they_are_gone(client: FlaskClient, parts: Parts) -> None:
    tell(client, fact__age="34")
    later(parts, 29)
    assert "age: 34" in client.get("/search?q=pantry").text
    tell(client, fact__pregnant="no")
    later(parts, 29)
    assert "age: 34" in client.get("/search?q=pantry").text
    later(parts, 2)
    assert "age: 34" not in client.get("/search?q=pantry").text


def test_the_cookie_is_sealed_and_no_page_with_answers_is_kept(client: FlaskClient) -> None:
    tell(client, fact__age="34", fact__violence="domestic")
    cookie = client.get_cookie("person")
    assert cookie is not None
    assert cookie.http_only
    assert "34" not in cookie.value or "domestic" not in cookie.value
    assert "domestic" not in cookie.value
    assert client.get("/search?q=pantry").headers["Cache-Control"] == "no-store"


def test_a_private_search_stays_private_with_answers(client: FlaskClient) -> None:
    response = client.post("/search/whom", data={"search": "q=pantry", "private": "yes", "asked": "age", "fact.age": "34"})
    assert response.status_code == 200
    assert headings(response.text)[0] == "These fit"
    assert 'name="private" value="yes"' in response.text


def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_kept(client: FlaskClient) -> None:
    response = client.post("/search/whom", data={"search": "q=pantry", "asked": "age", "fact.age": "old"})
    assert response.status_code == 400
    assert 'id="wrong-age"' in response.text
    assert 'value="old"' in response.text, "what was typed stays"
    assert client.get_cookie("person") is None


def test_status_is_not_taken(client: FlaskClient) -> None:
    response = client.post("/search/whom", data={"search": "q=pantry", "asked": "newcomer", "fact.newcomer": "refugee"})
    assert response.status_code == 400
    assert client.get_cookie("person") is None


AGES = [("about 30", "25 to 35"), ("environ 30", "25 to 35"), ("60+", "from 60"), ("18 months", "1.5"), ("20-25", "20 to 25")]


@pytest.mark.parametrize(("written", "shown"), AGES)
def test_ages_are_told_as_people_say_them(client: FlaskClient, written: str, shown: str) -> None:
    assert f"age: {shown}<" in tell(client, fact__age=written)


def test_income_is_told_as_people_say_it(client: FlaskClient) -> None:
    assert "income: up to €25,000 a year" in tell(client, fact__income="under 25k", **{"fact.income.per": "year"})


def test_what_programs_are_known_to_do_may_be_kept_away_from(client: FlaskClient) -> None:
    page = tell(client, act="avoid", avoid="asks_status")
    assert "Pantry for families" not in page
    assert "Pantry for adults" in page


def test_nothing_of_it_is_in_a_log(client: FlaskClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.DEBUG):
        tell(client, fact__violence="trafficking", fact__age="34")
    written = caplog.text + "".join(capfd.readouterr())
    assert "trafficking" not in written
    assert "violence" not in written


def test_other_pages_of_the_search_keep_to_the_answers(client: FlaskClient) -> None:
    tell(client, fact__pregnant="no")
    points = client.get("/search/points?q=pantry").get_json()
    assert "Pantry for the pregnant" not in str(points)
