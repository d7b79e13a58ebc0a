"""No page without somebody having decided who may open it."""

import pytest
from flask import Blueprint, Flask

from directory.app import app_of
from directory.services.parts import Parts
from directory.services.policy import Policy, policy_of
from directory.web.policy import register

OPERATORS_BLUEPRINTS = {"indexing", "terms"}


def test_every_address_has_a_policy(app: Flask):
    without = [rule.rule for rule in app.url_map.iter_rules() if policy_of(app.extensions, rule.endpoint) is None]
    assert without == []


def test_only_pages_of_operators_and_what_a_link_opens_are_not_public(app: Flask):
    pages = [rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api")]
    closed = {endpoint.partition(".")[0] for endpoint in pages if policy_of(app.extensions, endpoint) == Policy.OPERATOR}
    behind_links = {endpoint.partition(".")[0] for endpoint in pages if policy_of(app.extensions, endpoint) == Policy.LINK}
    others = {policy_of(app.extensions, endpoint) for endpoint in pages if endpoint.partition(".")[0] not in closed | behind_links}
    assert closed == OPERATORS_BLUEPRINTS
    assert behind_links == {"handed", "kept_lists"}
    assert others == {Policy.PUBLIC, Policy.MACHINE}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_visitor_is_refused_on_every_operator_s_address_by_every_method(parts_app: Flask, method: str):
    """Walks the application's own addresses and one made here, so that the refusal is seen to work while there is none yet."""
    client = parts_app.test_client()
    rules = [rule for rule in parts_app.url_map.iter_rules() if policy_of(parts_app.extensions, rule.endpoint) == Policy.OPERATOR]
    assert "closed.page" in {rule.endpoint for rule in rules}
    for rule in rules:
        address = rule.build(dict.fromkeys(rule.arguments, "x"), append_unknown=False)
        assert address is not None
        answer = client.open(address[1], method=method)
        allowed = any(method in (other.methods or ()) for other in rules if other.rule == rule.rule)
        assert answer.status_code == (403 if allowed else 405), (method, rule.rule)
        if method == "GET" and allowed:
            assert "./run sign-in --to" in answer.text


def test_an_address_without_a_policy_is_refused_to_everybody(parts_app: Flask):
    assert parts_app.test_client().get("/side-door").status_code == 403


@pytest.fixture
def parts_app(furnished: Parts) -> Flask:
    """The application with an address for operators and one that nobody decided on."""
    made = app_of(furnished)
    closed = Blueprint("closed", __name__)
    closed.add_url_rule("/closed/<name>", "page", lambda name: name, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    register(made, closed, Policy.OPERATOR)
    side_door = Blueprint("side_door", __name__)
    side_door.add_url_rule("/side-door", "page", lambda: "in")
    made.register_blueprint(side_door)
    return made


def test_a_page_that_came_in_by_another_door_is_noticed():
    app, side_door = Flask("side"), Blueprint("side_door", __name__)
    app.register_blueprint(side_door)
    assert policy_of(app.extensions, "side_door.page") is None
