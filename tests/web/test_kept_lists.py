"""Lists that a team keeps, as pages: the link's secret leaves the address at once, changes are told in words, hand-outs are made."""

import structlog
from flask import Flask
from flask.testing import FlaskClient

from directory.services.parts import Parts
from directory.store.tables import Change
from tests.support.neighbourhood import CLINIC, PANTRY, WITHDRAWN
from tests.web.html import Page, read
from tests.web.test_lists import place_of, save


def make(client: FlaskClient, *places: str, name: str = "Monday shelter list") -> str:
    """The address of a list that was made of these places."""
    save(client, *places)
    answer = client.post("/lists", data={"name": name})
    assert answer.status_code == 303
    return answer.headers["Location"]


def links(page: Page) -> tuple[str, str]:
    """The reading and the keeping link, as paths."""
    reading, keeping = (element.text.removeprefix("http://localhost") for element in page.find("p", "the-link"))
    return reading, keeping


def test_the_secret_of_a_link_is_exchanged_for_a_cookie_and_leaves_the_address(client: FlaskClient, app: Flask, furnished: Parts):
    address = make(client, place_of(furnished, PANTRY))
    _reading, keeping = links(read(client.get(address).text))
    colleague = app.test_client()
    answer = colleague.get(keeping)
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("kept-lists=")]
    assert "HttpOnly" in cookie
    assert "Expires" not in cookie
    page = read(colleague.get(address).text)
    assert page.headings()[0] == "Monday shelter list"
    assert not [link for link in page.links() if "/open/" in link]


def test_a_reader_reads_and_has_nothing_to_press_but_copy(client: FlaskClient, app: Flask, furnished: Parts):
    address = make(client, place_of(furnished, PANTRY))
    reading, _keeping = links(read(client.get(address).text))
    reader = app.test_client()
    reader.get(reading)
    page = read(reader.get(address).text)
    assert "Food pantry" in page.text
    assert [button.attributes["value"] for button in page.find("button", name="do")] == ["copy"]
    assert reader.post(address, data={"do": "remove:x"}).status_code == 409
    reader.post(address, data={"do": "copy"})
    assert "Food pantry" in reader.get("/list").text


def test_a_keeper_who_follows_the_reading_link_may_still_change(client: FlaskClient, furnished: Parts):
    address = make(client, place_of(furnished, PANTRY))
    reading, _keeping = links(read(client.get(address).text))
    client.get(reading)
    assert "Replace this link" in client.get(address).text


def test_without_a_link_there_is_nothing_to_see(client: FlaskClient, app: Flask, furnished: Parts):
    address = make(client, place_of(furnished, PANTRY))
    for path in (address, "/lists/open/made-up", "/lists/no-such-list"):
        answer = app.test_client().get(path)
        assert answer.status_code == 404
        assert "Food pantry" not in answer.text


def test_changes_are_told_in_words_with_what_is_so_now_until_somebody_has_seen_them(client: FlaskClient, furnished: Parts):
    address = make(client, place_of(furnished, PANTRY), place_of(furnished, CLINIC))
    with furnished.database.writing() as session:
        for field, part, before in (("changed", "phone", "215-555-0999"), ("changed", "schedule", "{}"), ("minimum_age", "", "21")):
            session.add(
                Change(
                    object_kind="service", object_id=PANTRY, part=part, field=field, before=before, after="", at=furnished.clock.now(),
                    actor="tests",
                )
            )  # fmt: skip
        session.commit()
    page = read(client.get(address).text)
    assert "1 place has changed since somebody last looked" in page.text
    for words in ("Hours changed, today", "Telephone changed, today", "555-0101", "Who can come has changed, today", "Anyone in 19104"):
        assert words in page.text, words
    assert "0999" not in page.text, "what it was may have become confidential since"
    client.post(address, data={"do": "seen"})
    assert "Nothing has changed" in read(client.get(address).text).text
    assert "1 place has changed since the list was made" in read(client.get(f"{address}?since=made").text).text


def test_a_place_that_is_gone_counts_as_changed(client: FlaskClient):
    page = read(client.get(make(client, WITHDRAWN)).text)
    assert "1 place has changed" in page.text
    assert "No longer listed. Do not send anybody there." in page.text


def test_a_keeper_orders_words_adds_and_takes_back(client: FlaskClient, furnished: Parts):
    pantry, clinic = place_of(furnished, PANTRY), place_of(furnished, CLINIC)
    address = make(client, pantry)
    save(client, clinic)
    client.post(address, data={"do": "add", "name": "Monday list", "note": "Doors close at nine", f"note-{pantry}": "Ring twice"})
    client.post(address, data={"do": f"up:{clinic}"})
    page = read(client.get(address).text)
    assert page.headings()[0] == "Monday list"
    assert [element.text for element in page.find("h2", "row-name")][:2] == ["Food and health clinic", "Food pantry"]
    assert page.one("input", name=f"note-{pantry}").attributes["value"] == "Ring twice"
    client.post(address, data={"do": f"remove:{pantry}"})
    assert "Taken out: Food pantry." in read(client.get(address).text).text
    client.post(address, data={"do": "undo"})
    assert "Taken out" not in read(client.get(address).text).text


def test_leaving_closes_kept_lists_in_this_browser(client: FlaskClient, furnished: Parts):
    address = make(client, place_of(furnished, PANTRY))
    client.get("/away")
    assert client.get(address).status_code == 404


def test_a_replaced_and_a_deleted_list_are_closed(client: FlaskClient, app: Flask, furnished: Parts):
    address = make(client, place_of(furnished, PANTRY))
    reading, _keeping = links(read(client.get(address).text))
    reader = app.test_client()
    reader.get(reading)
    client.post(address, data={"do": "new-read"})
    assert reader.get(address).status_code == 404
    client.post(address, data={"do": "new-keep"})
    assert client.get(address).status_code == 200
    client.post(address, data={"do": "delete"})
    assert client.get(address).status_code == 404


def test_titles_and_the_log_hold_neither_name_nor_secret(client: FlaskClient, furnished: Parts):
    with structlog.testing.capture_logs() as lines:
        address = make(client, place_of(furnished, PANTRY), name="For Marguerite Poitras")
        page = read(client.get(address).text)
        reading, keeping = links(page)
        client.get(reading)
        client.get(keeping)
    assert "Marguerite" not in page.one("title").text
    for secret in ("Marguerite", reading.rpartition("/")[2], keeping.rpartition("/")[2]):
        assert secret not in str(lines)


def test_a_list_without_a_name_is_asked_for_one(client: FlaskClient):
    answer = client.post("/lists", data={"name": "  "})
    assert answer.status_code == 400
    assert "Name of the list: write one" in read(answer.text).text
