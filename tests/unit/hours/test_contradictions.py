"""Hours that cannot all be so are found; hours that are only said twice, or one after the other, are not."""

from datetime import date, time

import pytest

from directory.domain.hours.contradictions import contradict
from directory.domain.hours.values import Effect, Frequency, Schedule


def weekly(days: str, opens: int | None = None, closes: int | None = None, **more: object) -> Schedule:
    times = {"opens_at": None if opens is None else time(opens), "closes_at": None if closes is None else time(closes)}
    return Schedule(freq=Frequency.WEEKLY, byday=tuple(days.split()), **{**times, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "rows",
    [
        (weekly("MO TU", 9, 17), weekly("TU", 13, 20)),
        (weekly("MO", 9, 17), weekly("MO")),
        (weekly("FR", 20, 4), weekly("FR", 22, 23)),
        (weekly("MO", 9, 9),),
        (weekly("MO", 9, 17, valid_from=date(2026, 6, 1), valid_to=date(2026, 5, 1)),),
        (Schedule(dtstart=date(2026, 6, 1), until=date(2026, 5, 1)),),
    ],
    ids=["overlap", "all day and part of it", "within the night", "ends as it begins", "valid until before", "until before"],
)
def test_they_contradict_each_other(rows: tuple[Schedule, ...]):
    assert contradict(rows)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (weekly("MO", 9, 12), weekly("MO", 12, 17)),
        (weekly("MO", 9, 17), weekly("MO", 9, 17)),
        (weekly("MO", 9, 17), weekly("TU", 13, 20)),
        (weekly("MO", 9, 17, valid_to=date(2026, 5, 31)), weekly("MO", 10, 16, valid_from=date(2026, 6, 1))),
        (weekly("MO", 9, 17), weekly("MO", 10, 12, effect=Effect.REPLACES)),
        (weekly("MO", 0, 0), weekly("TU", 20, 4)),
        (weekly("MO", 9, 17, interval=2), weekly("MO", 10, 16, interval=2)),
    ],
    ids=[
        "nothing",
        "one after the other",
        "twice the same",
        "other days",
        "summer and winter",
        "an exception",
        "round the clock",
        "every other",
    ],
)
def test_they_do_not(rows: tuple[Schedule, ...]):
    assert not contradict(rows)
