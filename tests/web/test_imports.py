"""The pages on which an import is looked at before it changes anything."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.domain.people import Role
from directory.services.editing.read import read_listing
from directory.services.exchange.request import ImportRequest
from directory.services.exchange.review import make_review
from directory.services.parts import Parts
from tests.services.exchange.importing import SMALL, bring_rows, write_feed
from tests.support.listings import add_organization
from tests.support.neighbourhood import ORGANIZATION, PANTRY
from tests.support.people import sign_in
from tests.support.workbooks import write_workbook
from tests.web.html import read


@pytest.fixture
def waiting(edited: Parts, tmp_path: Path) -> str:
    """The address of an import that would change one listing and bring another."""
    folder = tmp_path / "feed"
    bring_rows(edited, folder, **SMALL)
    for old in folder.glob("*.ndjson"):
        old.unlink()
    new = {"id": "svc-9", "name": "Warm room", "organization_id": "org-1"}
    write_feed(folder, **{**SMALL, "services": [{**SMALL["services"][0], "name": "Pantry of the harbour"}, new]})
    review_id, _ = make_review(edited, ImportRequest(path=folder, source="food bank"))
    return f"/manage/imports/{review_id}"


@pytest.fixture
def planner(edited_app: Flask, edited: Parts) -> FlaskClient:
    return sign_in(edited_app.test_client(), edited, Role.PLANNER)


def test_a_planner_accepts_some_of_it_and_applies_that(planner: FlaskClient, waiting: str) -> None:
    assert "food bank" in planner.get("/manage/imports").text
    page = read(planner.get(waiting).text)
    assert "10:00" in page.text
    assert ".m.." not in page.text, "a time that ends with a full stop ends a sentence, too"
    assert {"Food pantry", "Pantry of the harbour"} <= {element.text for element in (*page.find("del"), *page.find("ins"))}
    boxes = [box.attributes["value"] for box in page.find("input", name="accept")]
    assert len(boxes) == 2
    refused = planner.post(waiting, data={"do": "apply", "item": boxes})
    assert refused.status_code == 409
    assert "Nothing is accepted yet." in refused.text
    done = planner.post(waiting, data={"do": "apply", "item": boxes, "accept": boxes[:1]}, follow_redirects=True)
    assert "What was accepted is in the directory now." in done.text
    listed = [name for name in ("Pantry of the harbour", "Warm room") if name in planner.get("/manage?q=" + name.split()[-1]).text]
    assert len(listed) == 1


def test_all_of_it_is_accepted_in_two_taps(planner: FlaskClient, waiting: str) -> None:
    planner.post(waiting, data={"do": "all"})
    page = read(planner.get(waiting).text)
    assert all("checked" in box.attributes for box in page.find("input", name="accept"))
    boxes = [box.attributes["value"] for box in page.find("input", name="accept")]
    planner.post(waiting, data={"do": "apply", "item": boxes, "accept": boxes})
    assert "Warm room" in planner.get("/manage?q=warm").text
    assert "Pantry of the harbour" in planner.get("/manage?q=harbour").text


def test_it_is_thrown_away_without_a_trace(planner: FlaskClient, waiting: str) -> None:
    planner.post(waiting, data={"do": "drop"})
    assert "Thrown away" in planner.get(waiting).text
    assert "Pantry of the harbour" not in planner.get("/manage?q=harbour").text


@pytest.mark.parametrize("role", [Role.LEAD, *(pytest.param(role, marks=pytest.mark.slow) for role in (Role.EDITOR, Role.WORKER))])
def test_people_of_one_organization_do_not_decide_on_a_whole_feed(edited_app: Flask, edited: Parts, waiting: str, role: Role) -> None:
    client = sign_in(edited_app.test_client(), edited, role, organization_id=ORGANIZATION)
    assert client.get(waiting).status_code == 403
    assert client.post(waiting, data={"do": "all"}).status_code == 403
    assert "food bank" not in client.get("/manage/imports").text
    assert read_listing(edited, PANTRY).form["name"] == "Food pantry"


def test_what_is_no_import_is_not_found(planner: FlaskClient) -> None:
    for wrong in ("nonsense", "00000000-0000-4000-8000-000000000000"):
        assert planner.get(f"/manage/imports/{wrong}").status_code == 404


@pytest.fixture
def editor(edited_app: Flask, edited: Parts) -> FlaskClient:
    return sign_in(edited_app.test_client(), edited, Role.EDITOR, organization_id=ORGANIZATION)


UPLOAD = f"/manage/organizations/{ORGANIZATION}/import"


def test_an_organization_takes_its_table_changes_it_and_brings_it_back(editor: FlaskClient, edited: Parts) -> None:
    taken = editor.get(f"/manage/organizations/{ORGANIZATION}/listings.csv")
    assert taken.mimetype == "text/csv"
    table = taken.get_data(as_text=True).replace("Food pantry", "Bread for all")
    shown = editor.post(UPLOAD, data={"file": (BytesIO(table.encode()), "my listings.csv")}, follow_redirects=True)
    page = read(shown.text)
    assert "Bread for all" in {element.text for element in page.find("ins")}
    assert read_listing(edited, PANTRY).form["name"] == "Food pantry"
    boxes = [box.attributes["value"] for box in page.find("input", name="accept")]
    address = page.one("form", "edit-form").attributes["action"]
    done = editor.post(address, data={"do": "apply", "item": boxes, "accept": boxes}, follow_redirects=True)
    assert "What was accepted is in the directory now." in done.text
    assert read_listing(edited, PANTRY).form["name"] == "Bread for all"
    assert "Applied" in editor.get(UPLOAD).text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("", b"", "Choose a file first."),
        ("listings.pdf", b"PK", "Choose a table (.xlsx, .csv)"),
        ("listings.xlsx", b"PK", "or no .xlsx file. Save it anew as .xlsx or CSV."),
        ("listings.csv", b"a,b\n1,2\n", "The first row must name the columns"),
        ("listings.json", b"{", "This file tells of no listing."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(editor: FlaskClient, name: str, content: bytes, sentence: str) -> None:
    answer = editor.post(UPLOAD, data={"file": (BytesIO(content), name)} if name else {})
    assert answer.status_code == 400
    assert sentence in answer.text


def test_what_is_wrong_in_a_file_is_told_in_the_readers_language(editor: FlaskClient, tmp_path: Path) -> None:
    rows = [["id", "name", "monday"], [PANTRY, "Bread for all", None], ["other", "Not ours", None], [None, "Room", "early"]]
    book = write_workbook(tmp_path / "book.xlsx", {"Fiches": rows})
    made = editor.post(UPLOAD, data={"file": (BytesIO(book.read_bytes()), "book.xlsx")})
    page = read(editor.get(made.headers["Location"] + "?lang=fr").text)
    assert "Not ours: Feuille « Fiches », ligne 3: aucune fiche de l’organisme n’a l’identifiant other." in page.text
    assert "Room: Feuille « Fiches », ligne 4: monday : « early » ne peut pas être lu." in page.text


def test_nobody_brings_a_file_for_another_organization(edited_app: Flask, edited: Parts, editor: FlaskClient) -> None:
    with edited.database.writing() as session:
        other = add_organization(session, name="Next Door").id
        session.commit()
    assert editor.get(f"/manage/organizations/{other}/import").status_code == 403
    assert editor.get(f"/manage/organizations/{other}/listings.csv").status_code == 403
    table = b"name\nWarm room\n"
    made = editor.post(UPLOAD, data={"file": (BytesIO(table), "new.csv")})
    stranger = sign_in(edited_app.test_client(), edited, Role.EDITOR, organization_id=other)
    assert stranger.get(made.headers["Location"]).status_code == 403
