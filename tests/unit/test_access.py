"""Who may do what to which thing, decided in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.domain.access import ANYWHERE, RIGHTS, Action, Resource, may, reach
from directory.domain.errors import InvalidInput
from directory.domain.people import OF_AN_ORGANIZATION, Actor, Grant, Role, checked_grant

HERE, THERE = "organization here", "organization there"
OTTAWA = frozenset({"ca", "ca-on", "ca-on-ottawa"})
MONTREAL = frozenset({"ca", "ca-qc", "ca-qc-montreal"})

roles = st.sampled_from(Role)
grants = st.one_of(
    st.builds(Grant, st.sampled_from(sorted(OF_AN_ORGANIZATION)), st.sampled_from([HERE, THERE])),
    st.builds(Grant, st.just(Role.PLANNER), st.just(""), st.sampled_from(["", "ca", "ca-on", "ca-on-ottawa", "ca-qc"])),
    st.just(Grant(Role.ADMINISTRATOR)),
)
actors = st.builds(lambda held: Actor("1", "a@example.org", grants=frozenset(held)), st.lists(grants, max_size=4))
resources = st.builds(Resource, st.sampled_from(["", HERE, THERE]), st.sampled_from([frozenset(), OTTAWA, MONTREAL, OTTAWA | MONTREAL]))


def holding(*held: Grant) -> Actor:
    return Actor("1", "anna@example.org", grants=frozenset(held))


def test_an_editor_keeps_the_listings_of_the_own_organization_and_no_other():
    editor = holding(Grant(Role.EDITOR, HERE))
    assert may(editor, Action.EDIT_LISTING, Resource(HERE))
    assert not may(editor, Action.EDIT_LISTING, Resource(THERE))
    assert not may(editor, Action.EDIT_LISTING, Resource(""))
    assert not may(editor, Action.LEAD_ORGANIZATION, Resource(HERE))


def test_a_planner_of_a_region_reaches_what_lies_in_it():
    planner = holding(Grant(Role.PLANNER, area_id="ca-on"))
    assert may(planner, Action.EDIT_LISTING, Resource(HERE, OTTAWA))
    assert not may(planner, Action.EDIT_LISTING, Resource(HERE, MONTREAL))
    assert not may(planner, Action.EDIT_LISTING, Resource(HERE))
    assert may(holding(Grant(Role.PLANNER)), Action.EDIT_LISTING, Resource(HERE))


def test_several_roles_add_up():
    both = holding(Grant(Role.EDITOR, HERE), Grant(Role.PLANNER, area_id="ca-qc"))
    assert may(both, Action.EDIT_LISTING, Resource(HERE, OTTAWA))
    assert may(both, Action.EDIT_LISTING, Resource(THERE, MONTREAL))
    assert not may(both, Action.EDIT_LISTING, Resource(THERE, OTTAWA))


def test_a_worker_reports_any_listing_and_edits_none():
    worker = holding(Grant(Role.WORKER, HERE))
    assert may(worker, Action.REPORT_LISTING, Resource(THERE, MONTREAL))
    assert not may(worker, Action.EDIT_LISTING, Resource(HERE))


@pytest.mark.parametrize("role", [Role.WORKER, Role.PLANNER, Role.ADMINISTRATOR])
def test_confidential_addresses_are_for_the_organization_alone(role: Role):
    place = {"organization_id": HERE} if role is Role.WORKER else {}
    assert not may(holding(Grant(role, **place)), Action.SEE_CONFIDENTIAL, Resource(HERE, OTTAWA))
    assert may(holding(Grant(Role.EDITOR, HERE)), Action.SEE_CONFIDENTIAL, Resource(HERE))
    assert not may(holding(Grant(Role.LEAD, THERE)), Action.SEE_CONFIDENTIAL, Resource(HERE))


def test_an_administrator_writes_nothing_that_organizations_say():
    administrator = holding(Grant(Role.ADMINISTRATOR))
    allowed = {action for action in Action if may(administrator, action, Resource(HERE, OTTAWA))}
    assert allowed == {Action.HAVE_ACCOUNT, Action.MANAGE_PEOPLE, Action.RUN_DIRECTORY}


@given(actor=st.none() | actors, resource=st.none() | resources)
def test_whoever_holds_nothing_may_nothing_and_each_right_comes_from_a_role(actor: Actor | None, resource: Resource | None):
    for action in Action:
        if may(actor, action, resource) and action is not Action.HAVE_ACCOUNT:
            assert actor is not None
            assert actor.roles & RIGHTS[action]


@given(actor=actors, more=grants, resource=resources)
def test_one_more_role_takes_nothing_away(actor: Actor, more: Grant, resource: Resource):
    richer = Actor("1", "a@example.org", grants=actor.grants | {more})
    for action in Action:
        assert may(richer, action, resource) >= may(actor, action, resource)


@given(actor=actors, resource=resources)
def test_what_is_allowed_to_one_thing_is_what_reaches_it(actor: Actor, resource: Resource):
    for action in set(Action) - {Action.HAVE_ACCOUNT}:
        found = reach(actor, action)
        within = found.everything or resource.organization_id in found.organization_ids or bool(found.area_ids & resource.area_ids)
        assert may(actor, action, resource) == within, action


def test_only_one_s_own_account_and_reports_are_not_bound_to_a_place():
    assert {Action.HAVE_ACCOUNT, Action.REPORT_LISTING} == ANYWHERE


@pytest.mark.parametrize(
    ("role", "where", "field"),
    [
        ("boss", {}, "role"),
        ("editor", {}, "organization"),
        ("planner", {"organization_id": HERE}, "organization"),
        ("lead", {"organization_id": HERE, "area_id": "ca"}, "area"),
        ("administrator", {"area_id": "ca"}, "area"),
    ],
)
def test_a_role_holds_where_it_can_hold(role: str, where: dict[str, str], field: str):
    with pytest.raises(InvalidInput) as error:
        checked_grant(role, **where)
    assert error.value.field == field
