"""The worker compares everything soon where nothing ever was, and again every night, whichever hour it comes at."""

from datetime import datetime, timedelta

from directory.jobs.duplicates import Duplicates
from directory.services.matching.run import last_run_at
from directory.services.parts import Parts
from tests.support.databases import ONE_IS_ENOUGH
from tests.support.neighbourhood import furnish
from tests.support.people import at


def seen(job: Duplicates, parts: Parts) -> datetime | None:
    while job.step():
        pass
    return last_run_at(parts)


@ONE_IS_ENOUGH
def test_what_was_never_compared_is_compared_a_minute_after_the_worker_came(parts: Parts) -> None:
    furnish(parts)
    job = Duplicates(parts)
    assert seen(job, parts) is None
    at(parts, timedelta(minutes=1))
    assert seen(job, parts) == parts.clock.now()


@ONE_IS_ENOUGH
def test_a_worker_that_was_not_there_in_the_night_compares_when_it_comes_and_once_a_day(parts: Parts) -> None:
    furnish(parts)
    first = Duplicates(parts)
    at(parts, timedelta(minutes=1))
    before = seen(first, parts)
    at(parts, timedelta(days=1, hours=3))
    later = Duplicates(parts)
    found = seen(later, parts)
    assert found != before
    at(parts, timedelta(hours=2))
    assert seen(later, parts) == found
