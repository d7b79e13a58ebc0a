"""Who edits reaches their own listing and its places: never a secret place of others, never a place that others show."""

from typing import Any

import pytest

from directory.domain.errors import Forbidden, NotFound
from directory.domain.people import Role
from directory.services.access import resource_of_service
from directory.services.editing.apply import apply_changes
from directory.services.editing.publish import create, publish
from directory.services.editing.read import read_listing
from directory.services.editing.scope import PLANNERS, Scope, scope_of
from directory.services.parts import Parts
from directory.store.tables import Location, ServiceAtLocation
from tests.services.editing.conftest import EDITOR, PLANNER
from tests.support.listings import add, add_location, add_organization, add_service
from tests.support.neighbourhood import ORGANIZATION, PANTRY, PANTRY_PLACE, SECRET_PLACE, SECRET_STREET, SHELTER
from tests.support.people import somebody

NEIGHBOUR = "12121212-1212-4121-8121-121212121212"


@pytest.fixture
def neighbour(house: Parts) -> Parts:
    """Another organization offers something at the pantry's place, and at the secret one."""
    with house.database.writing() as session:
        other = add_organization(session, name="Next Door")
        guest = add_service(session, id=NEIGHBOUR, name="Tax clinic", organization=other)
        for place in (PANTRY_PLACE, SECRET_PLACE):
            session.get_one(Location, place).organization_id = ORGANIZATION
            add(session, ServiceAtLocation(service_id=guest.id, location_id=place))
        session.commit()
    return house


def edit(parts: Parts, service_id: str, scope: Scope, **fields: Any) -> None:
    base = read_listing(parts, service_id, scope=scope).form
    publish(parts, service_id, base, {**base, **fields}, EDITOR, scope=scope)


def test_a_secret_place_is_read_by_its_own_organization_alone(neighbour: Parts) -> None:
    key = f"location:{SECRET_PLACE}:address"
    assert read_listing(neighbour, SHELTER).form[key]["address_1"] == SECRET_STREET
    for service_id, scope in ((SHELTER, PLANNERS), (NEIGHBOUR, Scope()), (NEIGHBOUR, PLANNERS)):
        form = read_listing(neighbour, service_id, scope=scope).form
        assert SECRET_STREET not in str(form)
        assert [name for name in form if SECRET_PLACE in name] == [f"location:{SECRET_PLACE}:confidential"]


def test_a_place_of_another_organization_is_not_changed_from_a_listing_that_is_there(neighbour: Parts) -> None:
    with pytest.raises(Forbidden):
        edit(neighbour, NEIGHBOUR, Scope(), **{f"location:{PANTRY_PLACE}:name": "Ours now"})
    with pytest.raises(Forbidden):
        edit(neighbour, NEIGHBOUR, PLANNERS, **{f"location:{SECRET_PLACE}:confidential": False})
    edit(neighbour, NEIGHBOUR, PLANNERS, **{f"location:{PANTRY_PLACE}:name": "Main Street Hall"})
    assert read_listing(neighbour, PANTRY).form[f"location:{PANTRY_PLACE}:name"] == "Main Street Hall"


def test_no_listing_can_move_to_a_place_of_another_organization(neighbour: Parts) -> None:
    with neighbour.database.writing() as session:
        elsewhere = add_location(session, organization_id=ORGANIZATION, name="Back room").id
        session.commit()
    site = "34343434-3434-4343-8343-343434343434"
    base = read_listing(neighbour, NEIGHBOUR).form
    with neighbour.database.writing() as session, pytest.raises(Exception, match="another organization"):
        apply_changes(session, NEIGHBOUR, {"places": {**base["places"], site: elsewhere}}, EDITOR, neighbour.clock)


def test_a_new_listing_comes_with_its_place_and_is_found_at_its_address(house: Parts) -> None:
    site, place = "34343434-3434-4343-8343-343434343434", "45454545-4545-4545-8545-454545454545"
    form = {
        "name": "Warm room",
        "categories": ["meals"],
        "places": {site: place},
        f"location:{place}:address": {"address_1": "5 Ward Street", "city": "Philadelphia", "postal_code": "19104", "country": "US"},
        f"site:{site}:hours": {"week": {"MO": [["18:00", "22:00"]]}},
    }
    made = create(house, ORGANIZATION, form, EDITOR)
    found = read_listing(house, made.id).form
    assert found["name"] == "Warm room"
    assert found[f"site:{site}:hours"] == {"week": {"MO": [["18:00", "22:00"]]}}
    assert found[f"location:{place}:address"]["address_1"] == "5 Ward Street"
    assert found[f"location:{place}:point"]["zone"]
    with pytest.raises(Forbidden):
        create(house, "45454545-4545-4545-8545-454545454546", {"name": "Warm room"}, EDITOR)


def test_a_place_is_taken_out_and_put_back(house: Parts) -> None:
    base = read_listing(house, PANTRY).form
    edit(house, PANTRY, Scope(), places={})
    assert read_listing(house, PANTRY).form["places"] == {}
    edit(house, PANTRY, Scope(), places=base["places"])
    assert read_listing(house, PANTRY).form == base


def test_how_far_somebody_reaches_follows_from_their_role(house: Parts) -> None:
    with house.database.reading() as session:
        resource = resource_of_service(session, SHELTER)
    editor, planner = somebody(house, Role.EDITOR, organization_id=ORGANIZATION), somebody(house, Role.PLANNER)
    assert scope_of(editor, resource) == Scope(everywhere=False, secrets=True)
    assert scope_of(planner, resource) == PLANNERS


def test_a_listing_that_there_is_not_is_not_found(house: Parts) -> None:
    for wrong in ("", "nonsense", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound):
            read_listing(house, wrong)
    assert PLANNER.role == Role.PLANNER
