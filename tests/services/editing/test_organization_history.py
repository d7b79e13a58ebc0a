"""What changed of an organization and its listings stands in one history for everybody, without what is secret."""

from datetime import timedelta
from typing import Any

from directory.services.editing.organization_history import organization_history
from directory.services.editing.publish import publish
from directory.services.editing.read import read_listing
from directory.services.parts import Parts
from tests.services.editing.conftest import EDITOR, PLANNER
from tests.support.listings import add_organization, add_service
from tests.support.neighbourhood import CLINIC, ORGANIZATION, PANTRY, SECRET_PLACE, SECRET_STREET, SHELTER
from tests.support.people import at

NEIGHBOUR = "12121212-1212-4121-8121-121212121212"
LISTINGS = [PANTRY, CLINIC, SHELTER]


def edit(parts: Parts, object_id: str, kind: str = "service", author: Any = EDITOR, **fields: Any) -> None:
    at(parts, timedelta(minutes=1))
    base = read_listing(parts, object_id, kind).form
    publish(parts, object_id, base, {**base, **fields}, author, kind=kind)


def test_acts_of_all_listings_stand_together_newest_first_with_the_listing_that_each_changed(house: Parts) -> None:
    with house.database.writing() as session:
        add_service(session, id=NEIGHBOUR, name="Tax clinic", organization=add_organization(session, name="Next Door"))
        session.commit()
    edit(house, PANTRY, name="Bread for all")
    edit(house, NEIGHBOUR, name="Tax help")
    edit(house, ORGANIZATION, "organization", description="A house by the harbour")
    edit(house, CLINIC, author=PLANNER, alert="Closed on Friday.")
    found = organization_history(house, ORGANIZATION, LISTINGS)
    assert [(own.service_id, own.act.role, own.act.organization) for own in found] == [
        (CLINIC, "planner", "County"),
        ("", "editor", "Harbour House"),
        (PANTRY, "editor", "Harbour House"),
    ]
    assert [[change.field for change in own.act.changes] for own in found] == [["alert"], ["description"], ["name"]]
    assert [own.service_id for own in organization_history(house, ORGANIZATION, LISTINGS, limit=1)] == [CLINIC]
    assert [own.service_id for own in organization_history(house, ORGANIZATION, [PANTRY])] == ["", PANTRY]


def test_of_a_secret_place_only_that_something_changed_is_told(house: Parts) -> None:
    key = f"location:{SECRET_PLACE}:address"
    address = read_listing(house, SHELTER).form[key]
    edit(house, SHELTER, **{key: {**address, "address_2": "second floor"}})
    (own,) = organization_history(house, ORGANIZATION, LISTINGS)
    assert (own.service_id, own.act.hidden) == (SHELTER, True)
    assert "second floor" not in str(own)
    assert SECRET_STREET not in str(own)
