"""No page without somebody having decided who may open it."""

from flask import Blueprint, Flask

from directory.services.policy import Policy, policy_of


def test_every_address_has_a_policy(app: Flask):
    without = [rule.rule for rule in app.url_map.iter_rules() if policy_of(app.extensions, rule.endpoint) is None]
    assert without == []


def test_every_page_of_the_finding_half_is_public(app: Flask):
    pages = [rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api")]
    assert {policy_of(app.extensions, endpoint) for endpoint in pages} == {Policy.PUBLIC}


def test_a_page_that_came_in_by_another_door_is_noticed():
    app, side_door = Flask("side"), Blueprint("side_door", __name__)
    app.register_blueprint(side_door)
    assert policy_of(app.extensions, "side_door.page") is None
