"""No page without somebody having decided who may open it."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask
from sqlalchemy import delete
from werkzeug.routing import IntegerConverter

from directory.app import app_of
from directory.domain.access import ANYWHERE, RIGHTS, Action
from directory.domain.people import OF_AN_ORGANIZATION, Role
from directory.services.parts import Parts
from directory.services.policy import Policy, policy_of
from directory.store.tables import Organization, Service
from directory.web.policy import register
from tests.support.listings import add_organization, add_service
from tests.support.neighbourhood import PANTRY
from tests.support.people import sign_in

FOR_ACTIONS = {
    "account": Action.HAVE_ACCOUNT,
    "ask_around": Action.REFER,
    "audit": Action.MANAGE_PEOPLE,
    "claims": Action.DECIDE_CLAIMS,
    "imports": Action.EDIT_LISTING,
    "indexing": Action.RUN_DIRECTORY,
    "introductions": Action.WORK_WITH_OTHERS,
    "leaving": Action.HAVE_ACCOUNT,
    "manage": Action.EDIT_LISTING,
    "organization_people": Action.LEAD_ORGANIZATION,
    "outbox": Action.RUN_DIRECTORY,
    "answer_times": Action.ANSWER_REFERRALS,
    "own_claims": Action.HAVE_ACCOUNT,
    "own_listings": Action.EDIT_LISTING,
    "own_quality": Action.EDIT_LISTING,
    "quality": Action.PLAN,
    "partner_pairs": Action.PLAN,
    "rule_sets": Action.PLAN,
    "rule_editor": Action.PLAN,
    "overlaps": Action.PLAN,
    "own_overlaps": Action.EDIT_LISTING,
    "conversations": Action.PLAN,
    "own_conversations": Action.WORK_WITH_OTHERS,
    "rule_contests": Action.PLAN,
    "rules_own": Action.EDIT_LISTING,
    "partners": Action.WORK_WITH_OTHERS,
    "people": Action.MANAGE_PEOPLE,
    "referral_code": Action.REFER,
    "referral_consent": Action.REFER,
    "referral_meetings": Action.REFER,
    "referral_needs": Action.REFER,
    "referral_questions": Action.REFER,
    "referral_start": Action.REFER,
    "referrals": Action.REFER,
    "reports": Action.REPORT_LISTING,
    "suggestions": Action.EDIT_LISTING,
    "terms": Action.PLAN,
    "uploads": Action.EDIT_LISTING,
    "verify": Action.CALL_TO_VERIFY,
    "webhooks": Action.LEAD_ORGANIZATION,
    "account_passkeys": Action.HAVE_ACCOUNT,
    "account_password": Action.HAVE_ACCOUNT,
    "referral_person": Action.REFER,
    "inbox": Action.ANSWER_REFERRALS,
    "referral_figures": Action.ANSWER_REFERRALS,
    "referral_partners": Action.REFER,
    "not_with": Action.LEAD_ORGANIZATION,
    "receiving": Action.SET_RECEIVING,
    "stuck": Action.PLAN,
    "gaps": Action.PLAN,
    "network": Action.PLAN,
    "freshness": Action.PLAN,
    "actions": Action.PLAN,
    "outcomes": Action.PLAN,
    "own_plans": Action.WORK_WITH_OTHERS,
    "planning": Action.PLAN,
    "planning_map": Action.PLAN,
    "duplicates": Action.PLAN,
    "own_duplicates": Action.EDIT_LISTING,
}


def test_every_address_has_a_policy(app: Flask):
    without = [rule.rule for rule in app.url_map.iter_rules() if policy_of(app.extensions, rule.endpoint) is None]
    assert without == []


def test_only_pages_for_an_action_and_what_a_link_opens_are_not_public(app: Flask):
    pages = [rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api")]
    found = {endpoint.partition(".")[0]: policy_of(app.extensions, endpoint) for endpoint in pages}
    closed = {name: policy for name, policy in found.items() if isinstance(policy, Action)}
    behind_links = {endpoint.partition(".")[0] for endpoint in pages if policy_of(app.extensions, endpoint) == Policy.LINK}
    others = {policy_of(app.extensions, endpoint) for endpoint in pages if endpoint.partition(".")[0] not in closed.keys() | behind_links}
    assert closed == FOR_ACTIONS
    links = {
        "ask_around_links",
        "claim_links",
        "conversation_links",
        "duplicate_links",
        "handed",
        "introduction_links",
        "invitations",
        "kept_lists",
        "referral_link",
        "stopping",
        "suggested",
        "upkeep",
    }
    assert behind_links == links | {"follow_up", "own_page"}
    assert others == {Policy.PUBLIC, Policy.MACHINE}


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_visitor_is_refused_on_every_address_that_needs_an_account_by_every_method(parts_app: Flask, method: str):
    """Walks the application's own addresses and one made here, so that the refusal is seen to work while there is none yet."""
    client = parts_app.test_client()
    rules = [rule for rule in parts_app.url_map.iter_rules() if isinstance(policy_of(parts_app.extensions, rule.endpoint), Action)]
    assert "closed.page" in {rule.endpoint for rule in rules}
    for rule in rules:
        numbers = {name: 1 for name, converter in rule._converters.items() if isinstance(converter, IntegerConverter)}
        address = rule.build({**dict.fromkeys(rule.arguments, PANTRY), **numbers}, append_unknown=False)
        assert address is not None
        answer = client.open(address[1], method=method)
        allowed = any(method in (other.methods or ()) for other in rules if other.rule == rule.rule)
        is_page = not rule.rule.startswith("/api/")
        assert answer.status_code == ((403 if is_page else 401) if allowed else 405), (method, rule.rule)
        if method == "GET" and allowed and is_page:
            assert "/sign-in?to=" in answer.text


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_its_rights_name_and_nothing_else(furnished: Parts, parts_app: Flask, role: Role):
    """An organization's people at their own listing: everything about other listings is refused below."""
    where = {"organization_id": owner_of(furnished, PANTRY)} if role in OF_AN_ORGANIZATION else {}
    client = sign_in(parts_app.test_client(), furnished, role, **where)
    reached = {action for action in Action if client.get(f"/{action.name}").status_code == 200}
    assert reached == {action for action in Action if role in RIGHTS[action]}
    reached = {action for action in Action if client.post(f"/{action.name}/{PANTRY}").status_code == 200}
    assert reached == {action for action in Action if role in RIGHTS[action]}


@pytest.mark.parametrize("role", sorted(OF_AN_ORGANIZATION))
def test_nobody_acts_on_the_listing_of_another_organization(furnished: Parts, parts_app: Flask, others_listing: str, role: Role):
    """But reporting it, which is what workers are for."""
    client = sign_in(parts_app.test_client(), furnished, role, organization_id=owner_of(furnished, PANTRY))
    for action in set(Action) - ANYWHERE:
        for method in ("GET", "POST"):
            answer = client.open(f"/{action.name}/{others_listing}", method=method)
            assert answer.status_code == 403
            assert f"in {others_listing}" not in answer.text


def test_a_listing_that_there_is_not_is_not_found(furnished: Parts, parts_app: Flask):
    client = sign_in(parts_app.test_client(), furnished, Role.PLANNER)
    for wrong in ("00000000-0000-4000-8000-000000000000", "nonsense", f"{{{PANTRY}}}"):
        assert client.get(f"/{Action.EDIT_LISTING.name}/{wrong}").status_code == 404


@pytest.fixture
def others_listing(furnished: Parts) -> Iterator[str]:
    """A listing of another organization, for as long as a test lasts."""
    with furnished.database.writing() as session:
        organization = add_organization(session, name="Somebody else")
        made = add_service(session, name="Another program", organization=organization)
        session.commit()
    yield made.id
    with furnished.database.writing() as session:
        session.execute(delete(Service).where(Service.id == made.id))
        session.execute(delete(Organization).where(Organization.id == organization.id))
        session.commit()


def owner_of(parts: Parts, service_id: str) -> str:
    with parts.database.reading() as session:
        return session.get_one(Service, service_id).organization_id or ""


def test_an_address_without_a_policy_is_refused_to_everybody(parts_app: Flask):
    assert parts_app.test_client().get("/side-door").status_code == 403


@pytest.fixture
def parts_app(furnished: Parts) -> Flask:
    """The application with an address for each action, one of them about a listing, and one that nobody decided on."""
    made = app_of(furnished)
    closed = Blueprint("closed", __name__)
    closed.add_url_rule("/closed/<name>", "page", lambda name: name, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    register(made, closed, Action.RUN_DIRECTORY)
    for action in Action:
        page = Blueprint(action.name, __name__)
        page.add_url_rule(f"/{action.name}", "any", lambda: "in")
        page.add_url_rule(f"/{action.name}/<service_id>", "one", lambda service_id: f"in {service_id}", methods=["GET", "POST"])
        register(made, page, action)
    side_door = Blueprint("side_door", __name__)
    side_door.add_url_rule("/side-door", "page", lambda: "in")
    made.register_blueprint(side_door)
    return made


def test_a_page_that_came_in_by_another_door_is_noticed():
    app, side_door = Flask("side"), Blueprint("side_door", __name__)
    app.register_blueprint(side_door)
    assert policy_of(app.extensions, "side_door.page") is None
