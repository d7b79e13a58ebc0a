"""The history of an organization for everybody: dated, by which kind of editor, with a link to each listing, and nobody's name."""

from datetime import timedelta

import pytest
from flask import Flask

from directory.domain.editing.authors import Author
from directory.domain.people import Role
from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.parts import Parts
from tests.support.neighbourhood import MERGED, ORGANIZATION, PANTRY
from tests.support.people import at, somebody
from tests.web.html import read


@pytest.mark.parametrize(("role", "words"), [(Role.EDITOR, "by Harbour House"), (Role.PLANNER, "by a planner")])
def test_it_says_what_changed_when_and_in_whose_name(edited_app: Flask, edited: Parts, role: Role, words: str) -> None:
    where = {"organization_id": ORGANIZATION} if role is Role.EDITOR else {}
    actor = somebody(edited, role, "ana.quokka@harbour.example", **where)
    at(edited, timedelta(minutes=1))
    base = read_listing(edited, PANTRY).form
    publish(edited, PANTRY, base, {"name": "Bread for all"}, Author(actor.label, role.value, "Harbour House" if where else ""))
    client = edited_app.test_client()
    page = read(client.get(f"/organizations/{ORGANIZATION}?lang=en").text)
    assert f"/organizations/{ORGANIZATION}/history" in page.links()
    answer = client.get(f"/organizations/{ORGANIZATION}/history")
    page = read(answer.text)
    (act,) = page.find("li", "act")
    assert "Bread for all" in act.text
    assert words in act.text
    assert page.find("time")
    assert f"/services/{PANTRY}/history" in page.links()
    assert "quokka" not in answer.text.lower()
    assert actor.person_id not in answer.text


def test_an_organization_without_changes_says_so_and_one_that_is_none_is_not_found(edited_app: Flask) -> None:
    client = edited_app.test_client()
    assert "Nothing has been changed here yet." in client.get(f"/organizations/{ORGANIZATION}/history").text
    assert client.get(f"/organizations/{MERGED}/history").status_code == 404
