"""Closed today, full today, just come: one word that holds for one day, is found and shown at once, and leaves no trace in what was
there."""

from datetime import timedelta

import pytest

from directory.domain.errors import NotFound
from directory.domain.hours.access import access_state
from directory.domain.hours.values import Taking, WayIn
from directory.domain.listing import Listing
from directory.domain.upkeep.today import Today
from directory.services.listings import read
from directory.services.listings.cache import ListingCache
from directory.services.parts import Parts
from directory.services.upkeep.own import Owner, say_today, unsay_today
from directory.services.upkeep.today import settle_past_days
from tests.services.upkeep.conftest import House, service_row


def owner(house: House) -> Owner:
    return Owner(house.organization, f"organization:{house.organization}")


def shown(parts: Parts, house: House) -> Listing:
    return read.service(parts, house.pantry)


def taking(parts: Parts, listing: Listing) -> Taking:
    access = listing.places[0].access
    assert access is not None
    return access_state(access, parts.clock.now()).taking


def test_closed_today_closes_until_midnight_there_and_opens_by_itself(parts: Parts, house: House):
    say_today(parts, owner(house), house.pantry, Today.CLOSED)
    assert taking(parts, shown(parts, house)) is Taking.CLOSED
    parts.clock.set(parts.clock.now() + timedelta(days=1))  # type: ignore[attr-defined]
    assert taking(parts, shown(parts, house)) is Taking.OPEN_INTAKE_UNKNOWN
    assert shown(parts, house).notices == ()


def test_full_today_hides_what_was_told_of_room_before(parts: Parts, house: House):
    say_today(parts, owner(house), house.pantry, Today.FULL)
    (room,) = shown(parts, house).rooms
    assert (room.status, room.updated) == ("no-capacity", parts.clock.now())


def test_just_come_lets_people_walk_in_without_a_referral(parts: Parts, house: House):
    say_today(parts, owner(house), house.pantry, Today.JUST_COME)
    access = shown(parts, house).places[0].access
    assert access is not None
    assert access.ways_in == {WayIn.WALK_IN}
    assert taking(parts, shown(parts, house)) is Taking.TAKES_PEOPLE


@pytest.mark.parametrize("kind", list(Today))
def test_taking_it_back_leaves_everything_as_it_was(parts: Parts, house: House, kind: Today):
    before = shown(parts, house)
    say_today(parts, owner(house), house.pantry, kind)
    unsay_today(parts, owner(house), house.pantry, kind)
    after = shown(parts, house)
    assert (after.places, after.rooms, after.notices) == (before.places, before.rooms, ())


def test_what_contradicts_it_ends(parts: Parts, house: House):
    for kind, left in ((Today.FULL, [Today.FULL]), (Today.JUST_COME, [Today.JUST_COME]), (Today.CLOSED, [Today.CLOSED])):
        say_today(parts, owner(house), house.pantry, kind)
        assert [notice.kind for notice in shown(parts, house).notices] == left


def test_the_index_hears_of_it_at_once_and_when_the_day_is_over(parts: Parts, house: House):
    before = service_row(parts, house.pantry).version
    say_today(parts, owner(house), house.pantry, Today.CLOSED)
    assert service_row(parts, house.pantry).version == before + 1
    assert settle_past_days(parts) == 0
    parts.clock.set(parts.clock.now() + timedelta(days=1))  # type: ignore[attr-defined]
    assert (settle_past_days(parts), settle_past_days(parts)) == (1, 0)
    assert service_row(parts, house.pantry).version == before + 2


def test_a_remembered_listing_says_it_no_longer_when_the_day_is_over(parts: Parts, house: House):
    cache = ListingCache()
    say_today(parts, owner(house), house.pantry, Today.FULL)
    for days, rooms in ((0, 1), (1, 0)):
        with parts.database.reading() as session:
            now = parts.clock.now() + timedelta(days=days)
            assert len(cache.listed(session, [house.pantry], default_zone="UTC", now=now)[house.pantry].rooms) == rooms


def test_nobody_closes_what_is_not_theirs(parts: Parts, house: House):
    with pytest.raises(NotFound):
        say_today(parts, owner(house), house.clinic, Today.CLOSED)
