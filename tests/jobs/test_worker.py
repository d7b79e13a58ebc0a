"""The worker: keeps the index in step, does the night's work once, steps back when things fail, stops when asked, and is alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import select, update

from directory.domain.errors import Unavailable
from directory.jobs.index_feed import GATHER_SECONDS, IDLE_SECONDS, LONGEST_PAUSE_SECONDS, IndexFeed
from directory.jobs.lock import only_worker
from directory.jobs.nightly import IndexNight, Nightly
from directory.jobs.worker import work
from directory.services.indexing.enqueue import enqueue
from directory.services.indexing.lock import index_writer_lock
from directory.services.indexing.reconcile import check_index
from directory.services.parts import Parts
from directory.store.tables import IndexConsumer, JobRun, Service
from tests.support.neighbourhood import PANTRY, furnish


@pytest.fixture
def furnished(parts: Parts) -> Parts:
    furnish(parts)
    return parts


def rename(parts: Parts, name: str) -> None:
    with parts.database.writing() as session:
        session.get_one(Service, PANTRY).name = name
        enqueue(session, [PANTRY], parts.clock)
        session.commit()


def waits(times: int) -> Callable[[float], bool]:
    """A way of waiting that does not wait, and says stop after so many times; a mere look, of no seconds, is no time."""
    left = iter(range(times - 1))
    return lambda seconds: next(left, None) is None if seconds else False


def test_a_change_reaches_the_index(furnished: Parts) -> None:
    rename(furnished, "Larder")
    assert check_index(furnished).stale == 1
    work(furnished, waits(2))
    report = check_index(furnished)
    assert (report.stale, report.waiting) == (0, 0)


def test_a_change_reaches_the_index_while_all_records_are_compared(furnished: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """The night's comparing went on for minutes in a large directory, and whoever corrected an hour saw the old one all the while."""
    comparing, in_step = Event(), Event()

    def compare(_parts: Parts) -> int:
        comparing.set()
        assert in_step.wait(20), "the index waited for it"
        return 0

    def wait(_seconds: float) -> bool:
        if not comparing.is_set():
            assert comparing.wait(20)
            rename(furnished, "Larder")
        elif check_index(furnished).in_step:
            in_step.set()
        return in_step.is_set()

    monkeypatch.setattr("directory.jobs.worker.COMPARING_EVERY_SECONDS", 0.0)
    monkeypatch.setattr("directory.jobs.duplicates.compare_what_changed", compare)
    work(furnished, lambda seconds: wait(seconds) if seconds else False)
    assert in_step.is_set()


def test_an_index_that_was_never_built_is_built(parts: Parts) -> None:
    work(parts, waits(1))
    assert parts.search.health().ready


@pytest.mark.parametrize("asked_after", [0, 1, 2])
def test_building_an_index_stops_between_two_batches_when_asked_and_is_done_the_next_time(
    furnished: Parts, monkeypatch: pytest.MonkeyPatch, asked_after: int
) -> None:
    """It was waited for to its end, minutes long for a large directory, and then killed."""
    monkeypatch.setattr("directory.services.indexing.rebuild.BATCH", 1)
    with furnished.database.writing() as session:
        session.execute(update(IndexConsumer).values(rebuild_asked_at=furnished.clock.now()))
        session.commit()
    looks = iter([False] * asked_after)
    before = furnished.search.health().generation
    work(furnished, lambda _seconds: next(looks, True))
    assert furnished.search.health().generation == before
    with furnished.database.reading() as session:
        assert session.scalars(select(IndexConsumer.rebuild_asked_at)).one() is not None
        assert session.scalars(select(JobRun.failure).where(JobRun.failure.is_not(None))).all() == []
    work(furnished, waits(2))
    assert furnished.search.health().generation != before
    assert check_index(furnished).in_step


def test_the_feed_gathers_after_work_and_rests_when_there_is_none(furnished: Parts) -> None:
    feed = IndexFeed(furnished)
    assert feed.step() == IDLE_SECONDS
    rename(furnished, "Larder")
    assert feed.step() == GATHER_SECONDS


def test_while_somebody_rebuilds_the_feed_waits_and_counts_no_failure(furnished: Parts) -> None:
    feed = IndexFeed(furnished)
    feed.step()
    rename(furnished, "Larder")
    with index_writer_lock(furnished):
        assert feed.step() > 0
    assert feed.failures == 0
    assert check_index(furnished).waiting == 1, "nothing is lost"


def test_what_fails_is_tried_again_ever_less_often(furnished: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_parts: Parts) -> None:
        raise OSError("the disk is full")

    feed = IndexFeed(furnished)
    monkeypatch.setattr("directory.jobs.index_feed.dispatch_pending", fail)
    assert [feed.step() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert LONGEST_PAUSE_SECONDS == 60
    monkeypatch.undo()
    feed.step()
    assert feed.failures == 0


def test_the_night_s_work_is_done_once_a_night_at_three_on_the_community_s_clock(furnished: Parts) -> None:
    nightly = Nightly(furnished)
    before_three = datetime(2026, 11, 24, 7, 59, tzinfo=UTC)  # 2:59 in Philadelphia
    done = []
    for minutes in (0, 1, 2, 600, 24 * 60 - 1, 24 * 60 + 1):
        furnished.clock.set(before_three + timedelta(minutes=minutes))  # type: ignore[attr-defined]
        done.append(nightly.step())
    assert done == [False, True, False, False, False, True]


def test_the_night_s_work_brings_back_what_the_index_lost(furnished: Parts) -> None:
    from search_index.port import Drop

    furnished.search.apply([Drop(PANTRY, 99)])
    assert check_index(furnished).missing == 1
    work(furnished, waits(3))
    report = check_index(furnished)
    assert report.in_step


def test_old_calendars_are_renewed(furnished: Parts) -> None:
    generation = furnished.search.health().generation
    furnished.clock.set(furnished.clock.now() + timedelta(days=31))  # type: ignore[attr-defined]
    IndexNight(furnished).step()
    assert furnished.search.health().generation != generation


def test_a_failing_night_does_not_end_the_worker(furnished: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_parts: Parts) -> None:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr("directory.jobs.nightly.refresh_if_old", fail)
    work(furnished, waits(3))


def test_there_is_one_worker_for_a_data_folder(furnished: Parts) -> None:
    with only_worker(furnished.settings.data_dir), pytest.raises(Unavailable, match="A worker is running already"):
        work(furnished, waits(1))
    work(furnished, waits(1))
