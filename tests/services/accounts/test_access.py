"""The same decision for one thing and for lists in SQL; areas count with all that lies in them."""

import pytest
from sqlalchemy import select

from directory.domain.access import Action, may
from directory.domain.errors import Forbidden, NotFound
from directory.domain.people import Actor, Grant, Role
from directory.services.access import (
    organizations_in_reach,
    require,
    resource_of_location,
    resource_of_organization,
    resource_of_service,
    services_in_reach,
)
from directory.services.parts import Parts
from directory.store.tables import Area, Organization, Service, ServiceArea
from tests.support.listings import add_location, add_organization, add_service

GRANTS = (
    Grant(Role.PLANNER),
    Grant(Role.PLANNER, area_id="ca"),
    Grant(Role.PLANNER, area_id="ca-on"),
    Grant(Role.PLANNER, area_id="ca-on-champlain"),
    Grant(Role.PLANNER, area_id="ca-on-ottawa"),
    Grant(Role.PLANNER, area_id="ca-on-richmond"),
    Grant(Role.PLANNER, area_id="ca-qc"),
    Grant(Role.ADMINISTRATOR),
)


@pytest.fixture
def places(parts: Parts) -> dict[str, str]:
    """Two organizations with services in Ottawa, in Gatineau, by area served, and nowhere. Ottawa lies in a region named by hand."""
    with parts.database.writing() as session:
        session.add(Area(id="ca-on-champlain", name="Champlain", kind="district"))
        session.flush()
        session.add(Area(id="ca-on-ottawa", name="Ottawa", kind="city", parent_id="ca-on-champlain"))
        mine, others = add_organization(session, name="Mine"), add_organization(session, name="Others")
        ottawa = add_location(session, area_id="ca-on-ottawa", organization_id=mine.id)
        gatineau = add_location(session, area_id="ca-qc-gatineau")
        session.add(Area(id="ca-on-ottawa-vanier", name="Vanier", kind="neighbourhood", parent_id="ca-on-ottawa"))
        vanier, richmond_hill = (add_location(session, area_id=area) for area in ("ca-on-ottawa-vanier", "ca-on-richmond-hill"))
        made = {
            "in Ottawa": add_service(session, organization=mine, at=ottawa).id,
            "in Gatineau": add_service(session, organization=others, at=gatineau).id,
            "in Vanier": add_service(session, organization=others, at=vanier).id,
            "in Richmond Hill": add_service(session, organization=others, at=richmond_hill).id,
            "by phone": add_service(session, organization=others).id,
            "serves Ottawa": add_service(session, organization=others).id,
            "nobody's": add_service(session, at=gatineau).id,
        }
        session.add(ServiceArea(service_id=made["serves Ottawa"], area_id="ca-on-ottawa"))
        made |= {"mine": mine.id, "others": others.id, "Ottawa": ottawa.id, "Gatineau": gatineau.id}
        session.commit()
    return made


def acting(*grants: Grant) -> Actor:
    return Actor("1", "anna@example.org", grants=frozenset(grants))


def test_lists_hold_exactly_what_each_alone_allows(parts: Parts, places: dict[str, str]) -> None:
    own = [Grant(role, places[name]) for role in (Role.WORKER, Role.EDITOR, Role.LEAD) for name in ("mine", "others")]
    actors = [acting(), *(acting(grant) for grant in (*GRANTS, *own)), acting(own[2], GRANTS[4])]
    with parts.database.reading() as session:
        services, organizations = list(session.scalars(select(Service.id))), list(session.scalars(select(Organization.id)))
        for actor in actors:
            for action in set(Action) - {Action.HAVE_ACCOUNT}:
                listed = set(session.scalars(select(Service.id).where(services_in_reach(session, actor, action))))
                assert listed == {key for key in services if may(actor, action, resource_of_service(session, key))}, (actor.grants, action)
                listed = set(session.scalars(select(Organization.id).where(organizations_in_reach(session, actor, action))))
                assert listed == {key for key in organizations if may(actor, action, resource_of_organization(session, key))}


def test_a_region_named_by_hand_holds_what_lies_in_it(parts: Parts, places: dict[str, str]) -> None:
    planner = acting(Grant(Role.PLANNER, area_id="ca-on-champlain"))
    with parts.database.reading() as session:
        listed = set(session.scalars(select(Service.id).where(services_in_reach(session, planner, Action.EDIT_LISTING))))
    assert listed == {places["in Ottawa"], places["in Vanier"], places["serves Ottawa"]}


@pytest.mark.parametrize(("area", "reached"), [("ca-on-ottawa", True), ("ca-on", True), ("ca-on-otta", False), ("ca-on-richmond", False)])
def test_a_town_holds_its_parts_and_no_town_whose_name_begins_alike(parts: Parts, places: dict[str, str], area: str, reached: bool) -> None:
    planner = acting(Grant(Role.PLANNER, area_id=area))
    with parts.database.reading() as session:
        listed = set(session.scalars(select(Service.id).where(services_in_reach(session, planner, Action.EDIT_LISTING))))
        assert (places["in Vanier"] in listed) == reached
        assert (places["in Richmond Hill"] in listed) == (area == "ca-on")
        assert may(planner, Action.EDIT_LISTING, resource_of_service(session, places["in Vanier"])) == reached
        assert may(planner, Action.EDIT_LISTING, resource_of_service(session, places["in Richmond Hill"])) == (area == "ca-on")


def test_a_place_is_of_who_runs_it_else_of_the_only_one_who_offers_something_there(parts: Parts, places: dict[str, str]) -> None:
    with parts.database.writing() as session:
        assert resource_of_location(session, places["Ottawa"]).organization_id == places["mine"]
        assert resource_of_location(session, places["Gatineau"]).organization_id == "", "others and nobody offer something there"


def test_what_may_not_be_done_is_refused_in_words(parts: Parts, places: dict[str, str]) -> None:
    with parts.database.reading() as session:
        resource = resource_of_service(session, places["in Gatineau"])
        with pytest.raises(Forbidden, match="Ask a lead"):
            require(acting(Grant(Role.EDITOR, places["mine"])), Action.EDIT_LISTING, resource)
        with pytest.raises(NotFound):
            resource_of_service(session, places["mine"])
