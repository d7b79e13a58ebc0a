"""What became part of another record, is listed no more or became secret is in no pair that anybody sees, from that moment: not in the
queue, its counts, the pair itself, what is worth an hour, or the news."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from directory.domain.errors import NotFound
from directory.domain.people import Role
from directory.domain.planning.news import What
from directory.domain.planning.quarter import Quarter
from directory.services.matching.ask import ask_of_pair
from directory.services.matching.levels import Level
from directory.services.matching.merge import merge
from directory.services.matching.merge_reviewed import compare_pair
from directory.services.matching.queue import read_pair, read_queue
from directory.services.matching.run import run_all
from directory.services.matching.verdicts import give_verdict
from directory.services.parts import Parts
from directory.services.planning.cells import Gaps
from directory.services.planning.news import count_news
from directory.services.planning.worth import best_hours
from directory.store.tables import Address, Location, Phone
from tests.support.listings import add_location
from tests.support.people import somebody

Gone = Callable[[Parts, tuple[str, ...]], object]


def _withdrawn(parts: Parts, ids: tuple[str, ...]) -> None:
    _set(parts, ids[0], withdrawn_at=parts.clock.now())


def _secret(parts: Parts, ids: tuple[str, ...]) -> None:
    _set(parts, ids[0], confidential=True)


def _merged(parts: Parts, ids: tuple[str, ...]) -> None:
    merge(parts, "tests", Level.SITE, ids[2], ids[0])


def _set(parts: Parts, key: str, **values: object) -> None:
    with parts.database.writing() as session:
        session.execute(update(Location).where(Location.id == key).values(**values))
        session.commit()


@pytest.fixture
def halls(parts: Parts) -> tuple[str, ...]:
    """One hall, listed twice, at which nothing is offered; and another place."""
    ids = []
    with parts.database.writing() as session:
        for name, street in (("Hall of Cedars", "12 Elm Street"), ("Hall of Cedars", "12 Elm St"), ("Quarry Annex", "900 King Road")):
            place = add_location(session, name=name)
            session.add(Phone(location_id=place.id, number="+16135550101" if "Elm" in street else "+16135550177"))
            session.add(Address(location_id=place.id, address_1=street, city="Ottawa", postal_code="K1A 0B1", country="CA"))
            ids.append(place.id)
        session.commit()
    for level in Level:
        run_all(parts, level)
    return tuple(ids)


@pytest.mark.parametrize("gone", [_withdrawn, _secret, _merged])
def test_nobody_sees_the_pair_of_a_record_that_is_gone(parts: Parts, halls: tuple[str, ...], gone: Gone) -> None:
    planner = somebody(parts, Role.PLANNER)
    (pair,) = read_queue(parts, planner, Level.SITE).pairs
    no_gaps = Gaps(Quarter(2026, 4), "", (), (), {})
    since = parts.clock.now() - timedelta(days=1)
    assert len(best_hours(parts, planner, no_gaps)) == 1
    assert count_news(parts, planner, since)[What.PAIRS] == 1
    gone(parts, halls)
    queue = read_queue(parts, planner, Level.SITE)
    assert (queue.pairs, queue.waiting[Level.SITE]) == ((), 0)
    assert best_hours(parts, planner, no_gaps) == ()
    assert count_news(parts, planner, since)[What.PAIRS] == 0
    for look in (read_pair, compare_pair, ask_of_pair):
        with pytest.raises(NotFound, match="no such pair"):
            look(parts, planner, pair.id)
    with pytest.raises(NotFound, match="no such pair"):
        give_verdict(parts, planner, pair.id, "same_site", "")
