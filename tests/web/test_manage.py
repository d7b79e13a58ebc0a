"""The pages on which people keep their listings true: what was typed stays, what is wrong is said, nothing is lost."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from directory.domain.editing.authors import Author
from directory.domain.people import Role
from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.parts import Parts
from directory.store.tables import LocalField
from tests.support.neighbourhood import MERGED, ORGANIZATION, PANTRY, PANTRY_PLACE, SECRET_STREET, SHELTER
from tests.support.people import sign_in
from tests.web.conftest import ON_BOTH
from tests.web.html import Element, Page, form_of, read

EDITOR = f"/manage/services/{PANTRY}"


@pytest.fixture
def editor(edited_app: Flask, edited: Parts) -> FlaskClient:
    return sign_in(edited_app.test_client(), edited, Role.EDITOR, organization_id=ORGANIZATION)


def post(client: FlaskClient, address: str, form: MultiDict[str, str], **changes: Any) -> Page:
    for name, value in changes.pop("fields", {}).items():
        form.setlist(name, value if isinstance(value, list) else [value])
    answer = client.post(address, data=form, follow_redirects=True, **changes)
    return read(answer.text)


def opened(client: FlaskClient, address: str = EDITOR) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[-2000:]
    return read(answer.text)


def wrong_links(page: Page) -> dict[str, str]:
    return {link.attributes["href"]: link.text for link in page.find("a") if link.attributes.get("href", "").startswith("#f-")}


def test_a_form_that_is_sent_as_it_came_changes_nothing(editor: FlaskClient) -> None:
    page = post(editor, EDITOR, form_of(opened(editor)), fields={"do": "look"})
    assert "Nothing: the listing says all of this already." in page.text


@ON_BOTH
def test_an_edit_is_looked_at_and_published(editor: FlaskClient, edited: Parts) -> None:
    form = form_of(opened(editor))
    changes = {
        "do": "look",
        "name": "Bread for all",
        "hours.TH.0.opens": "09:00",
        "hours.TH.0.closes": "12:00",
        "hours.TH.1.opens": "13:00",
        "hours.TH.1.closes": "15:00",
        "hours.SU.all": "yes",
        "exceptions.0.from": "2026-12-24",
        "exceptions.0.to": "2026-12-26",
        "documents": "Proof of address\nA card",
        "languages.more": "Somali, klingon",
        "capacity.status": "waitlist",
        "capacity.until": "2026-11-30T17:00",
        "text:fr:name": "Du pain pour tous",
        "served.new": ["19104", "Atlantis"],
        f"location:{PANTRY_PLACE}:access.codes": ["wheelchair", "elevator"],
    }
    preview = post(editor, EDITOR, form, fields=changes)
    assert "Before publishing" in preview.headings()
    assert {"Food pantry", "Bread for all"} <= {element.text for element in (*preview.find("del"), *preview.find("ins"))}
    assert read_listing(edited, PANTRY).form["name"] == "Food pantry"
    done = post(editor, f"{EDITOR}/preview", MultiDict())
    assert "Published." in done.text
    form = read_listing(edited, PANTRY).form
    assert form["name"] == "Bread for all"
    assert form["hours"]["week"]["TH"] == [["09:00", "12:00"], ["13:00", "15:00"]]
    assert form["hours"]["week"]["SU"] == [["00:00", "00:00"]]
    assert form["hours"]["week"]["MO"] == [["09:00", "17:00"]]
    assert [(item["from"], item["to"], item["effect"]) for item in form["exceptions"]] == [("2026-12-24", "2026-12-26", "closes")]
    assert form["documents"] == ["A card", "Proof of address"]
    assert {"es", "so", "klingon"} <= set(form["languages"])
    assert form["capacity"]["until"] == "2026-11-30T22:00:00+00:00"
    assert form["text:fr:name"] == "Du pain pour tous"
    assert {item["name"] for item in form["served"]} == {"19104", "Atlantis"}
    assert {item["code"] for item in form[f"location:{PANTRY_PLACE}:access"]} == {"wheelchair", "elevator"}
    assert "Bread for all" in editor.get(f"/services/{PANTRY}").text


def test_what_is_wrong_is_named_at_the_top_and_at_its_field_and_what_was_typed_stays(editor: FlaskClient) -> None:
    form = form_of(opened(editor))
    typed = {
        "name": "",
        "hours.MO.0.opens": "18:00",
        "hours.MO.0.closes": "",
        "email": "ask us",
        "criteria.age.from": "old",
        "alert": "Bring bags.",
    }
    page = post(editor, EDITOR, form, fields={"do": "look", **typed})
    assert wrong_links(page) == {
        "#f-name": "Name: Write a name by which people know it.",
        "#f-hours": "Hours: Hours need both times: when it opens and when it closes.",
        "#f-email": "Mail address: Write one mail address such as name@example.org.",
        "#f-criteria": "Who can come: Age: write years such as 18, or months such as 18 m.",
    }
    assert page.one("input", name="email").attributes["value"] == "ask us"
    assert page.one("input", name="criteria.age.from").attributes["value"] == "old"
    assert page.one("input", name="hours.MO.0.opens").attributes["value"] == "18:00"
    assert page.one("textarea", name="alert").text == "Bring bags."
    ids = {element.attributes.get("id") for element in page.elements}
    assert {link.removeprefix("#") for link in wrong_links(page)} <= ids
    assert opened(editor).one("input", name="email").attributes["value"] == "ask us"


def test_a_draft_is_kept_for_the_one_who_writes_it(editor: FlaskClient, edited_app: Flask, edited: Parts) -> None:
    post(editor, EDITOR, form_of(opened(editor)), fields={"do": "draft", "alert": "Only mine"})
    assert opened(editor).one("textarea", name="alert").text == "Only mine"
    colleague = sign_in(edited_app.test_client(), edited, Role.LEAD, organization_id=ORGANIZATION)
    assert opened(colleague).one("textarea", name="alert").text == ""
    post(editor, EDITOR, form_of(opened(editor)), fields={"do": "discard"})
    assert opened(editor).one("textarea", name="alert").text == ""


def test_two_editors_of_different_fields_lose_nothing(editor: FlaskClient, edited_app: Flask, edited: Parts) -> None:
    colleague = sign_in(edited_app.test_client(), edited, Role.LEAD, organization_id=ORGANIZATION)
    mine, theirs = form_of(opened(editor)), form_of(opened(colleague))
    post(colleague, EDITOR, theirs, fields={"do": "publish", "name": "Bread for all", "hours.MO.0.opens": "08:00"})
    page = post(editor, EDITOR, mine, fields={"do": "publish", "alert": "Bring bags.", "hours.TU.0.opens": "10:00"})
    assert "Published." in page.text
    form = read_listing(edited, PANTRY).form
    assert (form["name"], form["alert"]) == ("Bread for all", "Bring bags.")
    assert (form["hours"]["week"]["MO"][0][0], form["hours"]["week"]["TU"][0][0]) == ("08:00", "10:00")


@ON_BOTH
@pytest.mark.parametrize(("choice", "name"), [("mine", "Soup for all"), ("theirs", "Bread for all")])
def test_two_editors_of_one_field_choose_side_by_side(
    editor: FlaskClient, edited_app: Flask, edited: Parts, choice: str, name: str
) -> None:
    colleague = sign_in(edited_app.test_client(), edited, Role.LEAD, organization_id=ORGANIZATION)
    mine, theirs = form_of(opened(editor)), form_of(opened(colleague))
    post(colleague, EDITOR, theirs, fields={"do": "publish", "name": "Bread for all"})
    page = post(editor, EDITOR, mine, fields={"do": "publish", "name": "Soup for all", "alert": "Bring bags."})
    assert "Somebody changed the same" in page.headings()
    assert {"Soup for all", "Bread for all"} <= {element.text for element in page.find("span", "line")}
    undecided = post(editor, f"{EDITOR}/choose", form_of(page))
    assert "Choose one of the two for each." in undecided.text
    done = post(editor, f"{EDITOR}/choose", form_of(undecided), fields={"choice:name": choice})
    assert "Published." in done.text
    form = read_listing(edited, PANTRY).form
    assert (form["name"], form["alert"]) == (name, "Bring bags.")


def test_history_tells_what_changed_and_takes_it_back(editor: FlaskClient, edited: Parts) -> None:
    done = post(editor, EDITOR, form_of(opened(editor)), fields={"do": "publish", "name": "Bread for all"})
    (button,) = [element for element in done.find("button") if element.attributes.get("value", "").startswith("undo:")]
    page = post(editor, f"{EDITOR}/history", MultiDict({"do": button.attributes["value"]}))
    assert "It is as it was." in page.text
    assert read_listing(edited, PANTRY).form["name"] == "Food pantry"
    assert len(page.find("li", "act")) == 2


def test_the_public_history_names_no_person_and_no_secret(editor: FlaskClient, edited_app: Flask) -> None:
    post(editor, EDITOR, form_of(opened(editor)), fields={"do": "publish", "name": "Bread for all"})
    shelter = f"/manage/services/{SHELTER}"
    form = form_of(opened(editor, shelter))
    (street,) = [name for name in form if name.endswith("address.address_1")]
    post(editor, shelter, form, fields={"do": "publish", street: "14 Telltale Court"})
    public = edited_app.test_client()
    told = public.get(f"/services/{PANTRY}/history").text
    assert "Bread for all" in told
    assert "by Harbour House" in told
    assert "example.org" not in told.replace("help@directory.example", "")
    told = public.get(f"/services/{SHELTER}/history").text
    assert "Something changed that is not for the public." in told
    assert "Court" not in told


@ON_BOTH
def test_a_secret_address_is_shown_to_its_own_people_alone(editor: FlaskClient, edited_app: Flask, edited: Parts) -> None:
    address = f"/manage/services/{SHELTER}"
    assert SECRET_STREET in editor.get(address).text
    planner = sign_in(edited_app.test_client(), edited, Role.PLANNER)
    for page in (address, f"{address}/history", f"{address}/differs"):
        answer = planner.get(page)
        assert answer.status_code == 200
        assert SECRET_STREET not in answer.text


@ON_BOTH
def test_a_new_listing_with_its_place_is_written_looked_at_and_published(editor: FlaskClient, edited: Parts) -> None:
    address = f"/manage/organizations/{ORGANIZATION}/new"
    page = post(editor, address, form_of(opened(editor, address)), fields={"do": "place", "name": "Warm room"})
    form = form_of(page)
    (street,) = [name for name in form if name.endswith("address.address_1")]
    code = street.replace("address_1", "postal_code")
    preview = post(editor, address, form, fields={"do": "look", street: "5 Ward Street", code: "19104", "categories": ["meals"]})
    assert "5 Ward Street" in preview.text
    done = post(editor, f"{address}/preview", MultiDict())
    assert "Published." in done.text
    assert "Warm room" in editor.get("/manage").text
    empty = post(editor, address, form_of(opened(editor, address)), fields={"do": "look"})
    assert wrong_links(empty) == {"#f-name": "Name: Write a name by which people know it."}


def test_a_listing_is_taken_out_and_put_back(editor: FlaskClient) -> None:
    post(editor, EDITOR, form_of(opened(editor)), fields={"do": "publish", "listed": "no"})
    assert editor.get(f"/services/{PANTRY}").status_code == 410
    assert "Not in the list" in editor.get("/manage").text
    post(editor, EDITOR, form_of(opened(editor)), fields={"do": "publish", "listed": "yes"})
    assert editor.get(f"/services/{PANTRY}").status_code == 200


def test_an_organization_is_edited_like_a_listing(editor: FlaskClient, edited: Parts) -> None:
    address = f"/manage/organizations/{ORGANIZATION}"
    form = form_of(opened(editor, address))
    page = post(editor, address, form, fields={"do": "look", "name": "Harbour House Society", "website": "harbour.example/help"})
    assert "Harbour House Society" in page.text
    done = post(editor, f"{address}/preview", MultiDict())
    assert "Published." in done.text
    assert "Harbour House Society" in editor.get(f"/services/{PANTRY}").text


@pytest.mark.parametrize("language", ["fr", pytest.param("es", marks=pytest.mark.slow)])
def test_every_page_of_editing_speaks_the_readers_language(editor: FlaskClient, language: str) -> None:
    for page in ("/manage", EDITOR, f"{EDITOR}/history", f"{EDITOR}/differs", f"/manage/organizations/{ORGANIZATION}/new"):
        answer = editor.get(f"{page}?lang={language}")
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.text


def test_what_the_source_says_otherwise_is_chosen_between(editor: FlaskClient, edited: Parts) -> None:
    form = read_listing(edited, PANTRY).form
    publish(edited, PANTRY, form, {**form, "name": "Bread for all"}, Author("person:x"))
    with edited.database.writing() as session:
        row = session.get_one(LocalField, ("service", PANTRY, "name"))
        row.offered, row.offered_at = '"Pantry of the feed"', edited.clock.now()
        session.commit()
    assert "The source says something else in one field." in opened(editor).text
    page = opened(editor, f"{EDITOR}/differs")
    assert {"Bread for all", "Pantry of the feed"} <= {element.text for element in page.find("span", "line")}
    done = post(editor, f"{EDITOR}/differs", form_of(page), fields={"field:name": "theirs"})
    assert "Your choice is kept." in done.text
    assert read_listing(edited, PANTRY).form["name"] == "Pantry of the feed"


def test_a_form_that_was_not_made_here_is_refused(editor: FlaskClient, edited: Parts) -> None:
    answer = editor.post(EDITOR, data={"base": "made up", "has": "name", "name": "Hacked", "do": "publish"})
    assert answer.status_code == 400
    form = form_of(opened(editor))
    answer = editor.post(EDITOR, data={"base": form["base"], "has": "secret:field:x", "do": "publish"})
    assert answer.status_code == 400
    assert read_listing(edited, PANTRY).form["name"] == "Food pantry"


def test_every_input_of_the_form_has_words(editor: FlaskClient) -> None:
    page = opened(editor)
    labelled = {element.attributes.get("for") for element in page.find("label")}
    silent = [each.attributes for each in inputs(page) if not (each.attributes.get("id") in labelled or "aria-label" in each.attributes)]
    assert silent == []


def inputs(page: Page) -> list[Element]:
    """Fields that are not inside a label of their own."""
    return [
        element
        for element in page.elements
        if element.tag in ("input", "select", "textarea")
        and element.attributes.get("type") not in ("hidden", "checkbox", "radio")
        and not re.search("^$", element.attributes.get("name", ""))
    ]


def test_a_listing_that_was_merged_is_edited_where_it_went(editor: FlaskClient) -> None:
    answer = editor.get(f"/manage/services/{MERGED}")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(EDITOR)


def test_a_glance_says_when_people_could_get_in_and_keeps_nothing(editor: FlaskClient) -> None:
    form = form_of(opened(editor))
    form.setlist("hours.MO.0.opens", ["12:00"])
    form.setlist("do", ["glance"])
    assert "With this: Opens 12:00" in editor.post(EDITOR, data=form).get_json()["words"].replace("\u202f", " ").replace("\xa0", " ")
    form.setlist("email", ["ask"])
    assert editor.post(EDITOR, data=form).get_json()["words"] == "One thing to mend"
    assert opened(editor).one("input", name="hours.MO.0.opens").attributes["value"] == "09:00"
