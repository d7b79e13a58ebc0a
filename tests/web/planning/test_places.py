"""Where planners go: a few places above every page, what belongs together beside each, and all of it on the first."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from directory.domain.people import Role
from directory.services.parts import Parts
from directory.web.models.planner_places import planner_groups
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.people import sign_in
from tests.support.referrals import Town

pytestmark = [ONE_IS_ENOUGH, pytest.mark.usefixtures("town")]
NAV = re.compile(r'<nav class="([\w-]+)".*?</nav>', re.DOTALL)
LINK = re.compile(r'<a href="([^"?#]+)[^"]*"(?: aria-current="(\w+)")?')
ROLES_PAGES = ("/account", "/manage")
"""What planners have in common with others."""


@pytest.fixture
def planner(client: FlaskClient, parts: Parts) -> FlaskClient:
    return sign_in(client, parts, Role.PLANNER)


def links(page: str, nav: str) -> dict[str, str]:
    """The addresses of one part of the way about a page, each with its `aria-current`."""
    return {at: here for found in NAV.finditer(page) if found[1] == nav for at, here in LINK.findall(found[0])}


def places(app: Flask) -> set[str]:
    with app.test_request_context():
        return {place.href for group in planner_groups("", lambda _action: True) for place in group.places}


def test_a_few_places_stand_above_every_page_of_planners(planner: FlaskClient) -> None:
    own = [at for at in links(planner.get("/planning").text, "operator-bar") if at not in ROLES_PAGES]
    assert own == ["/planning", "/planning/duplicates", "/planning/overlaps", "/planning/gaps", "/planning/conversations"]


def test_every_place_is_on_the_first_page_and_says_where_it_stands(planner: FlaskClient, app: Flask) -> None:
    assert set(links(planner.get("/planning").text, "planner-links")) == places(app)
    for at in places(app):
        page = planner.get(at).text
        row, bar = links(page, "planner-row"), links(page, "operator-bar")
        assert [each for each, here in row.items() if here] == [at]
        assert row[at] == "page"
        (above,) = [each for each, here in bar.items() if here]
        assert bar[above] == ("page" if above == at else "true")
        assert above in row, "the group above is the one of the page"


@pytest.mark.parametrize(
    ("at", "beneath"),
    [
        ("/planning/freshness/listings", "/planning/freshness"),
        ("/planning/verify/log", "/planning/verify"),
        ("/planning/actions/new", "/planning/actions"),
        ("/planning/outcomes/new", "/planning/outcomes"),
        ("/planning/rules/flag-pairs/0", "/planning/rules"),
        ("/planning/overlaps/none-such", "/planning/overlaps"),
    ],
)
def test_a_page_beneath_another_says_beneath_which(planner: FlaskClient, at: str, beneath: str) -> None:
    row = links(planner.get(at).text, "planner-row")
    assert {each: here for each, here in row.items() if here} == {beneath: "true"}


def test_no_page_of_planners_stands_outside(planner: FlaskClient, app: Flask) -> None:
    """Whoever adds a page for planners adds it to a group, or beneath one that is in it."""
    outside = []
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/planning") and "GET" in (rule.methods or ()):
            with app.test_request_context():
                groups = planner_groups(rule.endpoint, lambda _action: True)
            if not any(group.is_here for group in groups) and rule.endpoint.partition(".")[0] != "planning":
                outside.append(rule.rule)
    assert outside == []


def test_what_changed_lies_beneath_this_month(planner: FlaskClient) -> None:
    page = planner.get("/planning/changes?what=added").text
    assert links(page, "operator-bar")["/planning"] == "true"
    assert links(planner.get("/planning").text, "operator-bar")["/planning"] == "page"


def test_who_does_not_plan_is_led_to_no_page_of_planners(client: FlaskClient, parts: Parts, town: Town) -> None:
    page = sign_in(client, parts, Role.WORKER, organization_id=town.school).get("/account").text
    assert not [at for at in links(page, "operator-bar") if at.startswith("/planning")]
    assert not links(page, "planner-row")
