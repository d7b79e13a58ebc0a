"""Pages of people: inviting, taking an invitation, leaving, tokens, claims; each act held to the organization that the address names."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from directory.domain.people import Role
from directory.services.accounts.api_tokens import list_tokens, read_machine
from directory.services.accounts.claim import BY_SENDER
from directory.services.accounts.people import list_people
from directory.services.parts import Parts
from directory.store.tables import Claim, ClaimLink, Organization, OutgoingMessage, RateCount, RoleGrant
from tests.support.neighbourhood import ORGANIZATION
from tests.support.people import sign_in
from tests.web.html import read

PEOPLE = f"/manage/organizations/{ORGANIZATION}/people"


@pytest.fixture
def lead(furnished: Parts, app: Flask) -> Iterator[FlaskClient]:
    yield sign_in(app.test_client(), furnished, "lead", "lena@example.org", organization_id=ORGANIZATION)
    with furnished.database.writing() as session:
        for table in (Claim, ClaimLink, RoleGrant, OutgoingMessage, RateCount):
            session.execute(delete(table))
        session.commit()


def link_on(page: str, path: str) -> str:
    found = re.search(rf"https?://[^\s<]*{path}\?link=([^\s<&]+)", page)
    assert found is not None
    return found[1].replace("%3D", "=")


def roles(parts: Parts, email: str) -> set[str]:
    return {grant.role for person in list_people(parts) if person.email == email for grant in person.grants}


def test_a_lead_invites_and_the_invited_person_comes_in(furnished: Parts, app: Flask, lead: FlaskClient):
    answer = lead.post(f"{PEOPLE}/invite", data={"email": "ed@example.org", "role": "editor"})
    assert "No mail leaves from here. Pass this link on to ed@example.org yourself:" in read(answer.text).text
    token = link_on(answer.text, "/invitation")
    guest = app.test_client()
    page = read(guest.get("/invitation", query_string={"link": token}).text)
    assert "Editor of listings" in page.text
    assert guest.post("/invitation", data={"link": token, "name": "Ed"}).headers["Location"] == "/account"
    assert "Ed" in read(guest.get("/account").text).text
    assert roles(furnished, "ed@example.org") == {Role.EDITOR}
    assert guest.get("/invitation", query_string={"link": token}).status_code == 403
    assert guest.get(PEOPLE).status_code == 403, "an editor leads nobody"
    assert "Ed" in read(lead.get(PEOPLE).text).text


def test_a_wrong_address_keeps_what_was_typed_and_says_what_is_right(lead: FlaskClient):
    answer = lead.post(f"{PEOPLE}/invite", data={"email": "ed at example", "role": "editor"})
    assert answer.status_code == 400
    page = read(answer.text)
    assert page.one("input", name="email").attributes["value"] == "ed at example"
    assert "Mail address: write it as in name@example.org." in page.text


def test_a_token_s_secret_is_on_one_page_only_and_not_stored_by_the_browser(furnished: Parts, lead: FlaskClient):
    form = {"name": "bed counts", "scopes": ["capacity:write"], "days": "90"}
    answer = lead.post(f"{PEOPLE}/tokens", data=form)
    assert answer.headers["Cache-Control"] == "no-store"
    found = re.search(r"sdt_[A-Za-z0-9_-]{40,}", answer.text)
    assert found is not None
    assert read_machine(furnished, found[0]) is not None
    assert found[0] not in lead.get(PEOPLE).text
    token = next(token for token in list_tokens(furnished, ORGANIZATION) if token.state == "works")
    lead.post(f"{PEOPLE}/tokens/revoke", data={"token": token.id})
    assert read_machine(furnished, found[0]) is None


def test_the_last_lead_is_told_to_hand_over(lead: FlaskClient):
    answer = lead.post(f"/account/organizations/{ORGANIZATION}/leave")
    assert answer.status_code == 409
    assert "Make somebody else a lead first" in read(answer.text).text


def test_handing_over_and_leaving(furnished: Parts, app: Flask, lead: FlaskClient):
    editor = sign_in(app.test_client(), furnished, "editor", "ed@example.org", organization_id=ORGANIZATION)
    page = lead.get(PEOPLE).text
    person = next(each.id for each in list_people(furnished) if each.email == "ed@example.org")
    assert person in page
    assert lead.post(f"{PEOPLE}/role", data={"act": "hand-over", "person": person}).headers["Location"] == "/account"
    assert lead.get(PEOPLE).status_code == 403
    assert editor.get(PEOPLE).status_code == 200
    assert roles(furnished, "ed@example.org") == {Role.EDITOR, Role.LEAD}


def test_somebody_claims_by_the_page_of_the_organization(furnished: Parts, app: Flask):
    with furnished.database.writing() as session:
        session.get_one(Organization, ORGANIZATION).website = "https://harbour.example"
        session.commit()
    visitor = app.test_client()
    assert f"/organizations/{ORGANIZATION}/claim" in visitor.get(f"/organizations/{ORGANIZATION}").text
    form = {"name": "Anna", "email": "anna@harbour.example", "words": ""}
    assert visitor.post(f"/organizations/{ORGANIZATION}/claim", data=form | {"email": "anna"}).status_code == 400
    answer = visitor.post(f"/organizations/{ORGANIZATION}/claim", data=form)
    assert "Write to help@directory.example instead." in read(answer.text).text, "no mail leaves from here, and that is said"
    with furnished.database.reading() as session:
        assert len(session.scalars(select(ClaimLink)).all()) == 1


def test_a_program_that_fills_the_hidden_field_is_told_the_same_and_makes_nothing(furnished: Parts, app: Flask):
    with furnished.database.writing() as session:
        session.execute(delete(ClaimLink))
        session.commit()
    form = {"name": "Anna", "email": "anna@harbour.example", "website": "https://spam.example"}
    assert app.test_client().post(f"/organizations/{ORGANIZATION}/claim", data=form).status_code == 200
    with furnished.database.reading() as session:
        assert session.scalars(select(ClaimLink)).all() == []


def test_who_claims_very_often_gets_a_page_that_says_so(furnished: Parts, app: Flask):
    visitor = app.test_client()
    for number in range(BY_SENDER.most + 1):
        answer = visitor.post(f"/organizations/{ORGANIZATION}/claim", data={"name": "A", "email": f"p{number}@example.org"})
    assert answer.status_code == 429
    with furnished.database.writing() as session:
        session.execute(delete(RateCount))
        session.commit()


def test_comings_and_goings_are_told_with_each_read_of_who_the_people_are(furnished: Parts, app: Flask, lead: FlaskClient):
    administrator = sign_in(app.test_client(), furnished, "administrator")
    lead.get(PEOPLE)
    page = read(administrator.get("/admin/audit?what=personal+data+read&lang=en").text)
    assert "Read something personal · lena@example.org" in page.text
    assert "people" in page.text
    everything = read(administrator.get("/admin/audit?lang=en").text).text
    assert "Role given · whoever looks after the server" in everything
    assert "Signed in · administrator@example.org" in everything
    assert administrator.get("/admin/audit?page=9999&what=nonsense").status_code == 200


@pytest.mark.parametrize("path", ["/invitation", "/claim"])
def test_a_link_that_is_none_opens_nothing(app: Flask, path: str):
    for answer in (app.test_client().get(path, query_string={"link": "nonsense"}), app.test_client().post(path, data={"link": "nonsense"})):
        assert answer.status_code == 403
        assert "This link does not work" in answer.text
        assert "Set-Cookie" not in answer.headers


def test_who_manages_people_sees_and_ends_accounts(furnished: Parts, app: Flask):
    administrator = sign_in(app.test_client(), furnished, "administrator")
    sign_in(app.test_client(), furnished, "planner", "pia@example.org")
    page = read(administrator.get("/admin/people?lang=en").text)
    assert "pia@example.org" in page.text
    answer = administrator.post("/admin/people/invite", data={"email": "new@example.org", "role": "editor"})
    assert answer.status_code == 400
    assert "belong to one that is listed" in read(answer.text).text
    answer = administrator.post("/admin/people/invite", data={"email": "new@example.org", "role": "planner"})
    assert link_on(answer.text, "/invitation")
    administrator.post("/admin/people/end", data={"email": "pia@example.org"})
    assert roles(furnished, "pia@example.org") == set()
    assert administrator.post("/admin/people/end", data={"email": "administrator@example.org"}).status_code in (303, 409)
