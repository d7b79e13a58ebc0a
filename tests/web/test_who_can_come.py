"""The form of who can come: suggestions of the listing's own words, and rules row by row; all of it without script."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from directory.domain.editing.authors import Author
from directory.domain.people import Role
from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.editing.suggested_criteria import all_refused
from directory.services.parts import Parts
from tests.support.neighbourhood import ORGANIZATION, PANTRY
from tests.support.people import sign_in
from tests.web.html import Page, form_of
from tests.web.test_manage import opened, post

EDITOR = f"/manage/services/{PANTRY}"
BUILDER = f"{EDITOR}/criteria"
TEXT = "For adults 18 and over. Bring a photo ID."


@pytest.fixture
def editor(edited_app: Flask, edited: Parts) -> FlaskClient:
    form = read_listing(edited, PANTRY).form
    said = {**form, "eligibility_description": TEXT, "ages": {"from": None, "to": None}}
    publish(edited, PANTRY, form, said, Author("ana@harbour.example", role="editor", organization="Harbour House"))
    return sign_in(edited_app.test_client(), edited, Role.EDITOR, organization_id=ORGANIZATION)


def pressed(client: FlaskClient, address: str, page: Page, do: str, **fields: Any) -> Page:
    """The page after a button, wherever it leads."""
    return post(client, address, form_of(page), fields={"do": do, **fields})


def button(page: Page, begins: str, about: str) -> str:
    return next(
        each.attributes["value"]
        for each in page.find("button")
        if each.attributes.get("value", "").startswith(begins) and about in each.text
    )


def test_words_are_marked_and_accepting_them_writes_a_criterion_of_the_draft_alone(editor: FlaskClient, edited: Parts) -> None:
    page = opened(editor)
    assert [mark.text for mark in page.find("mark")] == ["18 and over", "photo ID"]
    page = pressed(editor, EDITOR, page, button(page, "accept:", "18"))
    assert page.one("input", name="criteria.age.from").attributes["value"] == "18"
    assert not any("18" in mark.text for mark in page.find("mark"))
    assert read_listing(edited, PANTRY).form["criteria"] == {}


def test_what_is_no_rule_is_gone_for_good(editor: FlaskClient, edited: Parts) -> None:
    page = opened(editor)
    page = pressed(editor, EDITOR, page, button(page, "refuse:", "18"))
    assert not any("18" in mark.text for mark in page.find("mark"))
    assert [case["language"] for case in all_refused(edited)] == ["en"]
    assert page.one("input", name="criteria.age.from").attributes["value"] == ""


def test_change_opens_the_words_as_a_rule_to_change(editor: FlaskClient) -> None:
    page = opened(editor)
    page = pressed(editor, EDITOR, page, button(page, "change:", "18"))
    assert "Who can come, row by row" in page.headings()
    assert page.one("input", name="c.0.r.0.from").attributes["value"] == "18"


def test_rules_are_built_row_by_row_shown_and_used(editor: FlaskClient, edited: Parts) -> None:
    page = opened(editor, BUILDER)
    assert "There is no rule yet" in page.text
    page = pressed(editor, BUILDER, page, "new", fact="age")
    page = pressed(
        editor, BUILDER, page, "row:0", **{"c.0.fact": "disability", "c.0.how": "any", "c.0.r.0.op": "range", "c.0.r.0.from": "62"}
    )
    page = pressed(editor, BUILDER, page, "new", fact="veteran", **{"c.0.r.1.op": "has_any", "c.0.r.1.values": ["any"]})
    veterans = {"c.1.strength": "soft", "c.1.r.0.op": "has_any", "c.1.r.0.values": ["veteran"]}
    page = pressed(editor, BUILDER, page, "show", **veterans)
    assert "For people aged 62 or over or with a disability. Veterans come first." in page.text
    page = pressed(editor, BUILDER, page, "done")
    assert "For people aged 62 or over or with a disability." in page.text
    assert "Veterans come first." in page.text
    pressed(editor, EDITOR, page, "look")
    post(editor, f"{EDITOR}/preview", MultiDict())
    rules = [each["when"] for each in read_listing(edited, PANTRY).form["criteria"]["criteria"].values()]
    assert {"any": [
        {"field": "age", "op": "range", "value": {"gte": 62}}, {"field": "disability", "op": "has_any", "value": ["any"]},
    ]} in rules  # fmt: skip


def test_a_row_that_cannot_be_read_is_named_and_kept_as_it_was_typed(editor: FlaskClient) -> None:
    page = pressed(editor, BUILDER, opened(editor, BUILDER), "new", fact="income")
    page = pressed(editor, BUILDER, page, "done", **{"c.0.r.0.op": "lte", "c.0.r.0.amount": "plenty"})
    assert "Income: write an amount, such as 25000, or a percentage." in page.text
    assert page.one("input", name="c.0.r.0.amount").attributes["value"] == "plenty"


def test_what_is_nested_deeper_is_kept_in_words_and_can_be_taken_out(editor: FlaskClient, edited: Parts) -> None:
    form = read_listing(edited, PANTRY).form
    age = {"field": "age", "op": "range", "value": {"gte": 62}}
    deep = {
        "any": [age, {"all": [{"field": "pregnant", "op": "is", "value": True}, {"not": {"field": "student", "op": "is", "value": True}}]}]
    }
    said = {"by": "owner", "text": "", "confirmed_on": None}
    criteria = {"criteria": {"deep": {"when": deep, "strength": "hard", "said": said}}}
    publish(edited, PANTRY, form, {**form, "criteria": criteria}, Author("ana@harbour.example", role="editor"))
    page = opened(editor, BUILDER)
    assert "This rule is nested deeper than rows can show." in page.text
    page = pressed(editor, BUILDER, page, "done")
    assert "Kept as it is, since no question shows it:" in page.text
    pressed(editor, BUILDER, opened(editor, BUILDER), "drop:0")
    assert read_listing(edited, PANTRY).form["criteria"]["criteria"]["deep"]["when"] == deep


def test_a_page_that_was_tampered_with_breaks_nothing(editor: FlaskClient) -> None:
    form = form_of(opened(editor))
    for name, value in {
        "criteria.shown": "[1",
        "criteria.ages": '{"from": []}',
        "criteria.situation": "x=y",
        "criteria.areas": "../../etc",
    }.items():
        form.setlist(name, [value])
    assert editor.post(EDITOR, data={**form.to_dict(), "do": "whom"}).status_code in (303, 400)
    page = opened(editor, BUILDER)
    bad = {
        "c.0.id": "x",
        "c.0.before": '{"field": "nothing"}',
        "c.0.said": "{}",
        "c.0.r.0.fact": "age",
        "c.0.r.0.test": '{"a": 1}',
        "do": "done",
    }
    token = page.one("input", name="base").attributes["value"]
    assert editor.post(BUILDER, data={"base": token, "do": "done", **bad}).status_code in (303, 400)
