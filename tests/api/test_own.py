"""An organization's machines keep its own listings: with a token, within its scopes, and never anything of another organization."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from directory.api.access import GUESSES, USES
from directory.domain.access import Action
from directory.services.accounts.api_tokens import Scope, list_tokens, make_token
from directory.services.parts import Parts
from directory.services.policy import policy_of
from directory.services.quality.passes import judge_all
from directory.store.tables import ApiToken, ListingFlag, Location, Organization, QualityPass, RateCount, Service, ServiceAtLocation
from tests.support.listings import THEN, add_organization, add_service
from tests.support.neighbourhood import ORGANIZATION, PANTRY, SECRET_STREET, SHELTER
from tests.support.people import sign_in, somebody

Ask = Callable[..., TestResponse]

ROOM = {"status": "waitlist", "until": "2026-11-30T17:00-05:00", "note": "three weeks"}
ACTS = (
    ("GET", "", None, Scope.READ),
    ("GET", "/flags", None, Scope.READ),
    ("GET", "/services/{id}", None, Scope.READ),
    ("PATCH", "/services/{id}", {"changes": {"alert": "We moved next door."}}, Scope.WRITE),
    ("PUT", "/services/{id}/capacity", ROOM, Scope.CAPACITY),
    ("POST", "/services/{id}/verified", None, Scope.VERIFY),
)
OF_ONE = [act for act in ACTS if "{id}" in act[1]]
OF_REFERRALS = 4
"""Addresses for machines that answer referrals; see test_fhir."""


@pytest.fixture
def ask(furnished: Parts, app: Flask) -> Iterator[Ask]:
    lead = somebody(furnished, "lead", organization_id=ORGANIZATION)
    made: dict[tuple[str, ...], str] = {}

    def asked(method: str, path: str, body: object = None, *, scopes: tuple[str, ...] = tuple(Scope), **more: object) -> TestResponse:
        if scopes not in made:
            made[scopes] = make_token(furnished, lead, ORGANIZATION, name="machine", scopes=list(scopes), days=30)
        headers = {"Authorization": f"Bearer {made[scopes]}", "Accept-Language": "en"}
        return app.test_client().open(f"/api/v1/own{path}", method=method, json=body, headers=headers, **more)  # type: ignore[arg-type]

    yield asked
    with furnished.database.writing() as session:
        session.execute(delete(ApiToken))
        session.execute(delete(RateCount))
        for table in (Location, Organization, ServiceAtLocation):
            session.execute(update(table).values(verified_at=None, verified_how=None))
        session.execute(update(Service).where(Service.id == PANTRY).values(verified_at=THEN, verified_how="owner"))
        session.commit()


@pytest.fixture
def others(furnished: Parts) -> Iterator[str]:
    with furnished.database.writing() as session:
        organization = add_organization(session, name="Somebody else")
        made = add_service(session, name="Another program", organization=organization).id
        session.commit()
    yield made
    with furnished.database.writing() as session:
        session.execute(delete(Service).where(Service.id == made))
        session.execute(delete(Organization).where(Organization.id == organization.id))
        session.commit()


def test_what_is_to_be_put_right_is_told_of_own_listings_alone(furnished: Parts, ask: Ask, others: str):
    judge_all(furnished)
    found = ask("GET", "/flags").json
    with furnished.database.writing() as session:
        assert set(session.scalars(select(ListingFlag.service_id).where(ListingFlag.service_id == others)))
        for table in (ListingFlag, QualityPass):
            session.execute(delete(table))
        session.commit()
    assert found is not None
    assert {flag["organization_id"] for flag in found["flags"]} == {ORGANIZATION}
    assert "It does not say which languages are spoken" in {flag["reason"] for flag in found["flags"]}


def test_own_listings_are_read_with_those_that_the_public_does_not_find(furnished: Parts, ask: Ask):
    found = ask("GET", "").json
    assert found is not None
    with furnished.database.reading() as session:
        every = set(session.scalars(select(Service.id).where(Service.organization_id == ORGANIZATION, Service.merged_into.is_(None))))
    assert {listing["id"] for listing in found["listings"]} == every
    assert {listing["is_listed"] for listing in found["listings"]} == {True, False}
    assert found["scopes"] == sorted(Scope)


def test_a_change_is_published_and_told_to_the_public(client: FlaskClient, ask: Ask):
    answer = ask("PATCH", f"/services/{PANTRY}", {"changes": {"alert": "Closed for the storm."}})
    assert answer.json == {"changed": ["alert"]}
    assert client.get(f"/api/v1/services/{PANTRY}").json["alert"] == "Closed for the storm."  # type: ignore[index]
    again = ask("PATCH", f"/services/{PANTRY}", {"changes": {"alert": ""}, "base": {"alert": "Something else."}})
    assert again.status_code == 409
    assert again.json["fields"] == ["alert"]  # type: ignore[index]
    assert ask("PATCH", f"/services/{PANTRY}", {"changes": {"alert": ""}}).json == {"changed": ["alert"]}


def test_every_wrong_field_is_named_and_nothing_is_written(ask: Ask):
    answer = ask("PATCH", f"/services/{PANTRY}", {"changes": {"email": "no address", "name": "", "alert": "Half."}})
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json["errors"]} == {"email", "name"}  # type: ignore[index]
    assert ask("GET", f"/services/{PANTRY}").json["form"]["alert"] == ""  # type: ignore[index]


def test_room_is_told_until_a_moment(client: FlaskClient, ask: Ask):
    assert ask("PUT", f"/services/{PANTRY}/capacity", ROOM).json == {"changed": ["capacity"]}
    assert ask("PUT", f"/services/{PANTRY}/capacity", {"status": "full", "until": ROOM["until"]}).status_code == 400
    assert ask("PUT", f"/services/{PANTRY}/capacity", {"status": "waitlist", "until": "soon"}).status_code == 400
    assert ask("PATCH", f"/services/{PANTRY}", {"changes": {"capacity": {}}}).status_code == 200


def test_a_listing_is_said_to_be_right(client: FlaskClient, ask: Ask):
    answer = ask("POST", f"/services/{PANTRY}/verified")
    assert answer.status_code == 200
    told = client.get(f"/api/v1/services/{PANTRY}").json
    assert told is not None
    assert told["verification"]["at"][:10] == answer.json["verified_at"][:10]  # type: ignore[index]


@pytest.mark.parametrize(("method", "path", "body", "scope"), ACTS, ids=[act[1] or "own" for act in ACTS])
def test_each_act_needs_its_scope(ask: Ask, method: str, path: str, body: object, scope: Scope):
    others = tuple(sorted(set(Scope) - {scope}))
    answer = ask(method, path.format(id=PANTRY), body, scopes=others)
    assert answer.status_code == 403
    assert scope.value in answer.json["detail"]  # type: ignore[index]


@pytest.mark.parametrize(("method", "path", "body", "scope"), OF_ONE, ids=[act[1] for act in OF_ONE])
def test_nothing_of_another_organization_is_read_or_written(
    furnished: Parts, ask: Ask, others: str, method: str, path: str, body: object, scope: Scope
):
    with furnished.database.reading() as session:
        before = dict(session.execute(select(*Service.__table__.columns).where(Service.id == others)).mappings().one())
    answer = ask(method, path.format(id=others), body)
    assert answer.status_code == 403
    assert "Another program" not in answer.text
    with furnished.database.reading() as session:
        assert dict(session.execute(select(*Service.__table__.columns).where(Service.id == others)).mappings().one()) == before
    assert ask(method, path.format(id="00000000-0000-4000-8000-000000000000"), body).status_code == 404


@pytest.mark.parametrize(("method", "path", "body", "scope"), ACTS, ids=[act[1] or "own" for act in ACTS])
def test_without_a_good_token_nothing_is_answered_whoever_is_signed_in(
    furnished: Parts, app: Flask, method: str, path: str, body: object, scope: Scope
):
    signed_in = sign_in(app.test_client(), furnished, "lead", organization_id=ORGANIZATION)
    for headers in ({}, {"Authorization": "Bearer sdt_guess"}, {"Authorization": "Basic YTpi"}):
        answer = signed_in.open(f"/api/v1/own{path.format(id=PANTRY)}", method=method, json=body, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_every_address_for_an_action_under_the_interface_asks_for_a_token(app: Flask):
    """So that one that is added later and forgets to ask is noticed."""
    asked = 0
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and isinstance(policy_of(app.extensions, rule.endpoint), Action):
            address = rule.rule.replace("<uuid:service_id>", PANTRY)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert app.test_client().open(address, method=method).status_code == 401, (method, address)
                asked += 1
    assert asked == len(ACTS) + OF_REFERRALS


def test_a_secret_address_is_neither_read_nor_changed_by_a_machine(furnished: Parts, ask: Ask):
    answer = ask("GET", f"/services/{SHELTER}")
    assert answer.status_code == 200
    assert SECRET_STREET not in answer.text
    with furnished.database.reading() as session:
        at = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id == SHELTER)
        place = session.scalars(select(Location).where(Location.id.in_(at))).one()
        assert place.confidential
        key = place.id
    for field, value in ((f"locations.{key}.confidential", False), (f"location:{key}.confidential", False), ("confidential", False)):
        ask("PATCH", f"/services/{SHELTER}", {"changes": {field: value}})
    with furnished.database.reading() as session:
        assert session.get_one(Location, key).confidential


def test_guessing_and_overuse_are_held_up(furnished: Parts, app: Flask, ask: Ask):
    for number in range(GUESSES.most):
        app.test_client().get("/api/v1/own", headers={"Authorization": f"Bearer sdt_{number}"})
    guess = app.test_client().get("/api/v1/own", headers={"Authorization": "Bearer sdt_more"})
    assert guess.status_code == 429
    assert ask("GET", "").status_code == 200, "whose token is good is not held up by who guesses from the same address"
    with furnished.database.writing() as session:
        session.execute(RateCount.__table__.update().values(count=USES.most))  # type: ignore[attr-defined]
        session.commit()
    assert ask("GET", "").status_code == 429


def test_uses_are_counted(furnished: Parts, ask: Ask):
    ask("GET", "")
    ask("GET", "")
    assert [token.uses for token in list_tokens(furnished, ORGANIZATION) if token.state == "works"] == [2]
