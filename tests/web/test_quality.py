"""The pages of what is to be put right: an organization sees and answers its own, planners the rest, the editor says what is missing."""

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from directory.app import app_of
from directory.domain.people import Role
from directory.services.parts import Parts
from directory.services.quality.passes import judge_all
from directory.store.tables import ListingFlag, QualityPass
from tests.support.listings import add_organization
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY
from tests.support.people import sign_in
from tests.web.html import read

OWN = f"/manage/organizations/{ORGANIZATION}/quality"
EVERYWHERE = "/planning/quality"


@pytest.fixture(autouse=True)
def _judged(furnished: Parts) -> Iterator[None]:
    judge_all(furnished)
    yield
    with furnished.database.writing() as session:
        session.execute(delete(ListingFlag))
        session.execute(delete(QualityPass))
        session.commit()


@pytest.fixture
def site(furnished: Parts) -> Flask:
    return app_of(furnished)


@pytest.fixture
def planner(furnished: Parts, site: Flask) -> FlaskClient:
    return sign_in(site.test_client(), furnished, Role.PLANNER)


@pytest.fixture
def editor(furnished: Parts, site: Flask) -> FlaskClient:
    found = sign_in(site.test_client(), furnished, Role.EDITOR, organization_id=ORGANIZATION)
    judge_all(furnished)
    return found


def add_other(parts: Parts) -> str:
    """Another organization, without a listing; its id."""
    with parts.database.writing() as session:
        found = add_organization(session, name="Somebody else")
        session.commit()
        return found.id


def an_open_flag(parts: Parts, service_id: str = PANTRY) -> ListingFlag:
    with parts.database.reading() as session:
        asked = select(ListingFlag).where(ListingFlag.service_id == service_id, ListingFlag.settled_at.is_(None))
        row = session.scalars(asked.order_by(ListingFlag.rule_id)).first()
        assert row is not None
        session.expunge(row)
        return row


def test_an_organization_reads_what_to_do_and_comes_to_the_right_section(furnished: Parts, editor: FlaskClient):
    page = read(editor.get(f"{OWN}?lang=en").text)
    assert "It does not say which languages are spoken" in page.text
    links = {link.attributes["href"] for link in page.find("a") if "Choose the languages" in link.text}
    there = f"/manage/services/{CLINIC}?open=who"
    assert f"{there}#who" in links
    form = read(editor.get(f"{there}&lang=en").text)
    assert "things to put right" in form.text
    assert next(each for each in form.find("details") if each.attributes.get("id") == "who").attributes.get("open") is not None
    listings = read(editor.get(f"/manage/organizations/{ORGANIZATION}/verify?lang=en").text)
    assert OWN in {link.attributes["href"] for link in listings.find("a")}


def test_right_as_it_stands_wants_a_word_and_can_be_asked_again(furnished: Parts, editor: FlaskClient):
    flag = an_open_flag(furnished)
    answer = editor.post(f"{OWN}?lang=en", data={"do": f"right:{flag.id}", f"why-{flag.id}": ""})
    assert answer.status_code == 400
    assert f'href="#why-{flag.id}"' in answer.text
    answer = editor.post(OWN, data={"do": f"right:{flag.id}", f"why-{flag.id}": "We like it so", f"lasts-{flag.id}": "year"})
    assert answer.status_code == 303
    page = editor.get(answer.headers["Location"] + "&lang=en").text
    assert "We like it so" in page
    assert f'id="flag-{flag.id}"' not in page
    again = editor.post(OWN, data={"do": f"again:{flag.id}"})
    assert "done=again" in again.headers["Location"]
    assert "done=gone" in editor.post(OWN, data={"do": f"right:{flag.id}", f"why-{flag.id}": "So"}).headers["Location"]


def test_nobody_answers_for_another_organization(furnished: Parts, site: Flask):
    others = add_other(furnished)
    stranger = sign_in(site.test_client(), furnished, Role.EDITOR, "stranger@example.org", organization_id=others)
    flag = an_open_flag(furnished)
    answer = stranger.post(f"/manage/organizations/{others}/quality", data={"do": f"right:{flag.id}", f"why-{flag.id}": "Not mine"})
    assert answer.status_code == 403
    assert stranger.get(OWN).status_code == 403
    assert stranger.get(EVERYWHERE).status_code == 403
    assert an_open_flag(furnished).id == flag.id


def test_planners_see_their_turn_first_and_all_when_they_ask(furnished: Parts, editor: FlaskClient, planner: FlaskClient):
    theirs = planner.get(f"{EVERYWHERE}?lang=en").text
    assert "Harbour House" not in theirs
    everything = read(planner.get(f"{EVERYWHERE}?turn=all&lang=en").text)
    assert "Harbour House" in everything.text
    assert "Its organization's turn" in everything.text
    flag = an_open_flag(furnished)
    answer = planner.post(f"{EVERYWHERE}?turn=all", data={"do": f"over:{flag.id}"})
    assert answer.headers["Location"] == f"{EVERYWHERE}?turn=all&done=over"
    assert "Planners have it in hand" in planner.get(f"{EVERYWHERE}?lang=en").text


def test_the_table_holds_what_the_page_holds_and_no_formula(furnished: Parts, planner: FlaskClient):
    answer = planner.get(f"{EVERYWHERE}.csv?turn=all&lang=en")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))
    with furnished.database.reading() as session:
        assert len(rows) == len(list(session.scalars(select(ListingFlag.id)))) > 3
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert {row["severity"] for row in rows} <= {"Important", "Soon", "When there is time"}
    only = planner.get(f"{EVERYWHERE}.csv?turn=all&flag=no_languages&severity=low&sector=nothing&organization=nothing&lang=en").text
    assert len(only.splitlines()) > 1
    assert set(csv.DictReader(io.StringIO(only)).__next__()["flag"].split()) == {"no_languages"}
