"""Answers of online geocoders outlive the process, and none is asked for without a name to ask under."""

import pytest

from directory.app import make_geocoding
from directory.domain.clock import FixedClock
from directory.domain.errors import InvalidInput
from directory.settings import Settings
from directory.store.geocode_cache import TableCache
from directory.store.session import Database


def test_an_answer_is_kept_and_so_is_that_there_was_none(database: Database, clock: FixedClock) -> None:
    TableCache(database, clock).put("nominatim", "12 main st", {"latitude": 45.4})
    TableCache(database, clock).put("nominatim", "99 nowhere", None)
    later = TableCache(database, clock)
    assert later.get("nominatim", "12 main st") == (True, {"latitude": 45.4})
    assert later.get("nominatim", "99 nowhere") == (True, None)
    assert later.get("photon", "12 main st") == (False, None)


def test_an_answer_asked_again_replaces_the_one_before(database: Database, clock: FixedClock) -> None:
    cache = TableCache(database, clock)
    cache.put("nominatim", "12 main st", None)
    cache.put("nominatim", "12 main st", {"latitude": 45.4})
    assert cache.get("nominatim", "12 main st") == (True, {"latitude": 45.4})


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
def test_an_online_service_needs_to_be_told_who_asks(database: Database, clock: FixedClock, settings: Settings) -> None:
    with pytest.raises(InvalidInput) as caught:
        make_geocoding(settings.model_copy(update={"geocoder": "nominatim"}), database, clock)
    assert caught.value.field == "GEOCODER_USER_AGENT"
