"""Areas served are ticked in a list or on the map beside it; both are one field, and without script the list does everything."""

import pytest
from flask.testing import FlaskClient

from directory.domain.people import Role
from directory.services.editing.read import read_listing
from directory.services.parts import Parts
from directory.store.tables import Area
from tests.support.neighbourhood import ORGANIZATION, PANTRY
from tests.support.people import sign_in
from tests.web.html import form_of, read

EDITOR = f"/manage/services/{PANTRY}"
QUARTER = {"type": "Polygon", "coordinates": [[[-75.22, 39.94], [-75.18, 39.94], [-75.18, 39.97], [-75.22, 39.97], [-75.22, 39.94]]]}


@pytest.fixture
def editor(edited_app, edited: Parts) -> FlaskClient:
    with edited.database.writing() as session:
        session.add(Area(id="us-pa-cedar", name="Cedar Park", kind="neighbourhood", latitude=39.95, longitude=-75.2, polygon=QUARTER))
        session.add(Area(id="us-pa-mill", name="Mill Creek", kind="neighbourhood", latitude=39.99, longitude=-75.22))
        session.commit()
    return sign_in(edited_app.test_client(), edited, Role.EDITOR, organization_id=ORGANIZATION)


def test_a_ticked_area_is_published_by_its_id_shown_filled_and_taken_out_again(editor: FlaskClient, edited: Parts) -> None:
    page = read(editor.get(EDITOR).text)
    boxes = {box.attributes["value"]: box.attributes["id"] for box in page.find("input", name="served.new", type="checkbox")}
    assert list(boxes) == ["Cedar Park", "Mill Creek"]
    assert [mark.attributes["data-box"] for mark in page.find("g", "area-mark")] == list(boxes.values())
    assert not page.find("g", "chosen")
    form = form_of(page)
    form.setlist("served.new", ["Cedar Park", "cedar park"])
    form.setlist("do", ["publish"])
    editor.post(EDITOR, data=form)
    (served,) = read_listing(edited, PANTRY).form["served"]
    assert (served["name"].lower(), served["area_id"]) == ("cedar park", "us-pa-cedar")
    page = read(editor.get(EDITOR).text)
    kept = page.one("input", name=f"served.keep.{served['id']}")
    assert [mark.attributes["data-box"] for mark in page.find("g", "chosen")] == [kept.attributes["id"]]
    form = form_of(page)
    form.poplist(f"served.keep.{served['id']}")
    form.setlist("do", ["publish"])
    editor.post(EDITOR, data=form)
    assert read_listing(edited, PANTRY).form["served"] == []


def test_the_map_is_there_for_eyes_alone_and_the_boxes_say_the_same(editor: FlaskClient) -> None:
    page = read(editor.get(EDITOR).text)
    (picture,) = page.find("svg", "area-map")
    assert (picture.attributes["role"], picture.attributes["aria-label"]) == ("img", "Map of the areas in this list, north is up")
    ids = {element.attributes.get("id") for element in page.elements}
    assert {mark.attributes["data-box"] for mark in (*page.find("g", "area-mark"), *page.find("path", "area-shape"))} <= ids
