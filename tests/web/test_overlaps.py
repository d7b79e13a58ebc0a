"""The pages of pairs that offer alike: for planners, and for the organizations that a pair names."""

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from directory.domain.people import Role
from directory.services.overlaps.run import run_overlaps
from directory.services.parts import Parts
from directory.store.tables import OverlapPair, Service
from tests.support.pantries import add_offering, only
from tests.support.people import sign_in
from tests.web.html import read

PAGE = "/planning/overlaps"


@pytest.fixture
def ids(edited: Parts) -> dict[str, str]:
    """Names of organizations -> their ids."""
    with edited.database.writing() as session:
        made = {
            "Alder": add_offering(session, "Alder"),
            "Birch": add_offering(session, "Birch"),
            "=Fireweed": add_offering(session, "=Fireweed", sector="indigenous"),
            "Hazel": add_offering(session, "Hazel", criteria={"schema": 1}),
            "Daisy": add_offering(session, "Daisy", criteria=only("gender", "female"), confidential=True),
        }
        session.commit()
        found = {name: str(service.organization_id) for name, service in made.items()}
    run_overlaps(edited)
    return found


@pytest.fixture
def planner(edited_app: Flask, edited: Parts, ids: dict[str, str]) -> FlaskClient:
    return sign_in(edited_app.test_client(), edited, Role.PLANNER)


def pair_of(parts: Parts, reading: str) -> str:
    with parts.database.reading() as session:
        return str(session.scalars(select(OverlapPair.id).where(OverlapPair.reading == reading)).first())


def test_planners_see_pairs_with_their_parts_and_the_sentence_of_the_rule(planner: FlaskClient) -> None:
    shown = read(planner.get(f"{PAGE}?lang=en").text).text
    assert "Alder and Birch offer the same to the same people at the same hours." in shown or (
        "Birch and Alder offer the same to the same people at the same hours." in shown
    )
    assert "Same help 100%" in shown
    assert re.search(r"Not decided: something is not known [1-9]", shown)
    assert "If more was known" not in shown, "what is not decided is not among what there is to talk about"


def test_what_is_not_decided_says_what_it_might_be_and_what_to_find_out(planner: FlaskClient, edited: Parts) -> None:
    shown = read(planner.get(f"{PAGE}?reading=not_decided&lang=en").text).text
    assert "If more was known, it might be: Worth a conversation" in shown
    assert "Same people not known" in shown
    one = read(planner.get(f"{PAGE}/{pair_of(edited, 'not_decided')}?lang=en").text).text
    assert "For whom each is, in full: ask both" in one


def test_a_choice_of_culture_is_said_to_be_no_reason_to_close_anything(planner: FlaskClient, edited: Parts) -> None:
    shown = read(planner.get(f"{PAGE}/{pair_of(edited, 'choice')}?lang=en").text).text
    assert "A choice for people" in shown
    assert "no reason to close anything" in shown
    assert "waste" not in shown
    assert "duplicat" not in shown.lower()


def test_the_table_has_the_same_pairs_and_no_cell_that_runs(planner: FlaskClient) -> None:
    answer = planner.get(f"{PAGE}.csv?sector=indigenous")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))
    assert rows
    assert {row["reading"] for row in rows} == {"choice"}
    names = {row["organization_a"] for row in rows} | {row["organization_b"] for row in rows}
    assert "'=Fireweed" in names
    assert all(0 <= float(row["low"]) <= float(row["high"]) <= 1 for row in rows)


def test_a_filter_that_is_none_is_said_and_shows_everything(planner: FlaskClient) -> None:
    answer = planner.get(f"{PAGE}?category=fud&lang=en")
    assert answer.status_code == 400
    assert "There is no category" in answer.text
    assert planner.get(f"{PAGE}?reading=choice&page=x").status_code == 200
    assert planner.get(f"{PAGE}/nothing").status_code == 404


def test_an_organization_sees_the_pairs_that_name_it_and_its_own_listing_first(
    edited_app: Flask, edited: Parts, ids: dict[str, str]
) -> None:  # fmt: skip
    editor = sign_in(edited_app.test_client(), edited, Role.EDITOR, organization_id=ids["Alder"])
    page = editor.get(f"/manage/overlaps/{ids['Alder']}?lang=en").text
    assert "Birch" in page
    assert "Hazel" not in page
    with edited.database.reading() as session:
        own = session.scalars(select(Service.id).where(Service.organization_id == ids["Alder"])).one()
    assert f"/manage/services/{own}" in page
    assert editor.get(f"/manage/overlaps/{ids['Birch']}").status_code == 403
    assert editor.get(PAGE).status_code == 403


def test_a_confidential_place_is_on_no_map_and_at_no_distance(planner: FlaskClient, edited: Parts, ids: dict[str, str]) -> None:
    with edited.database.reading() as session:
        pairs = session.scalars(
            select(OverlapPair.id).where((OverlapPair.organization_a_id == ids["Daisy"]) | (OverlapPair.organization_b_id == ids["Daisy"]))
        ).all()
    assert pairs
    for pair in pairs:
        shown = planner.get(f"{PAGE}/{pair}?lang=en").text
        assert "apart" not in read(shown).text
        assert "point-map" not in shown
        assert "Daisy place" not in shown
