"""An index that is not as it was left heals by itself: the worker notices at its next look, and searching goes on where it can."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, update

from directory.jobs.index_feed import IDLE_SECONDS, IndexFeed
from directory.services.indexing.consumers import register_consumer
from directory.services.indexing.dispatch import dispatch_all, dispatch_pending
from directory.services.indexing.editions import noted_edition
from directory.services.indexing.enqueue import enqueue
from directory.services.indexing.parked import ask_for_rebuild, requeue
from directory.services.indexing.rebuild import rebuild_index
from directory.services.indexing.reconcile import check_index
from directory.services.indexing.watch import is_as_it_was_left, mend
from directory.services.keeping.jobs import jobs_in
from directory.services.parts import Parts
from directory.store.tables import IndexConsumer, IndexPending, Location, Service
from search_index.embedded import TantivyEngine
from search_index.port import Drop, IndexNotReady, IndexUnavailable, Operation, Receipt, WritingRefused
from tests.services.indexing.test_in_step import Between, add_services, change, found, pending
from tests.support.listings import THEN, add_location, add_service


@pytest.fixture
def kept(parts: Parts) -> tuple[Parts, list[str]]:
    """Two services, indexed."""
    services = add_services(parts, "Pantry", "Clinic")
    rebuild_index(parts)
    return parts, services


def steps_until_idle(parts: Parts) -> int:
    feed = IndexFeed(parts)
    for number in range(1, 12):
        if feed.step() == IDLE_SECONDS:
            return number
    raise AssertionError("The worker does not come to rest.")


def edition_in(parts: Parts) -> str | None:
    with parts.database.reading() as session:
        return noted_edition(session, parts.consumer)


def test_each_write_gives_another_edition_and_it_is_noted_with_the_rows(kept: tuple[Parts, list[str]]) -> None:
    parts, (pantry, _) = kept
    seen = [parts.search.edition()]
    for name in ("Larder", "Soup kitchen"):
        change(parts, pantry, name=name)
        dispatch_pending(parts)
        assert edition_in(parts) == parts.search.edition()
        seen.append(parts.search.edition())
    assert len(set(seen)) == 3
    assert len({edition.rpartition("/")[0] for edition in seen}) == 1, "one generation"


def test_a_folder_that_is_gone_is_noticed_though_nothing_changes(kept: tuple[Parts, list[str]]) -> None:
    parts, services = kept
    shutil.rmtree(parts.settings.index_dir)
    steps_until_idle(parts)
    assert found(parts) == {*services}


@pytest.mark.parametrize("is_of_another_generation", [False, True])
def test_an_older_copy_that_was_put_back_is_noticed_though_nothing_changes(
    kept: tuple[Parts, list[str]], tmp_path: Path, is_of_another_generation: bool
) -> None:
    parts, (pantry, clinic) = kept
    shutil.copytree(parts.settings.index_dir, tmp_path / "copy")
    if is_of_another_generation:
        rebuild_index(parts)
    change(parts, pantry, name="Soup kitchen")
    change(parts, clinic, withdrawn_at=THEN)
    dispatch_all(parts)
    shutil.rmtree(parts.settings.index_dir)
    shutil.copytree(tmp_path / "copy", parts.settings.index_dir)
    assert found(parts) == {pantry, clinic}, "as it was then"
    steps_until_idle(parts)
    assert found(parts, "soup") == found(parts) == {pantry}
    with parts.database.reading() as session:
        rebuilt = session.scalar(select(IndexConsumer.rebuilt_at))
        assert "mending" in {job.name for job in jobs_in(session)}
    assert (rebuilt is None) == is_of_another_generation, "an older generation has older calendars, which the night renews"


def test_files_that_are_broken_make_the_index_be_built_anew(kept: tuple[Parts, list[str]]) -> None:
    parts, (pantry, _) = kept
    (generation,) = [path for path in parts.settings.index_dir.iterdir() if path.is_dir()]
    for path in generation.glob("*.*"):
        if path.name != "meta.json":
            path.unlink()
    change(parts, pantry, name="Soup kitchen")
    steps_until_idle(parts)
    assert found(parts, "soup") == {pantry}


def other_version(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> Parts:
    """These parts as another version of the program sees them, which reads another form of index."""
    with monkeypatch.context() as patched:
        patched.setattr("search_index.embedded.schema._FORMAT", 99)
        return replace(parts, search=TantivyEngine(parts.settings.index_dir))


def test_an_index_of_another_contract_is_built_anew_after_an_upgrade(
    kept: tuple[Parts, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, services = kept
    upgraded = other_version(parts, monkeypatch)
    with pytest.raises(IndexNotReady, match="built by another version"):
        found(upgraded)
    steps_until_idle(upgraded)
    assert found(upgraded) == {*services}
    upgraded.search.close()


def test_a_worker_of_before_does_not_build_back_what_a_newer_one_has_built(
    kept: tuple[Parts, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, services = kept
    feed = IndexFeed(parts)
    feed.step()
    newer = other_version(parts, monkeypatch)
    rebuild_index(newer)
    ask_for_rebuild(parts, "an operator")
    assert [feed.step() for _ in range(3)] == [1, 2, 4]
    with parts.database.reading() as session:
        assert {job.name: job.failure for job in jobs_in(session)}["index"] == "KeptByAnother"
    assert found(newer) == {*services}
    steps_until_idle(newer)
    steps_until_idle(parts)  # one that is started anew is what is wanted here
    assert found(parts) == {*services}
    newer.search.close()


def test_an_index_of_another_contract_that_nobody_noted_is_built_anew_by_whoever_runs(
    kept: tuple[Parts, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a copy from before an upgrade is put back."""
    parts, services = kept
    feed = IndexFeed(parts)
    feed.step()
    older = other_version(parts, monkeypatch)
    older.search.begin_rebuild().publish()
    while feed.step() == 0:
        pass
    assert found(parts) == {*services}
    older.search.close()


def test_what_was_written_and_not_noted_is_held_against_the_database(kept: tuple[Parts, list[str]]) -> None:
    parts, (pantry, clinic) = kept
    parts.search.apply([Drop(pantry, 9)])
    assert not is_as_it_was_left(parts)
    differences = mend(parts)
    assert differences is not None
    assert differences.ids == [pantry]
    assert is_as_it_was_left(parts)
    assert mend(parts) is None
    dispatch_all(parts)
    assert found(parts) == {pantry, clinic}


def test_mending_raises_no_version_and_tells_no_other_index(kept: tuple[Parts, list[str]]) -> None:
    parts, (pantry, _) = kept
    with parts.database.writing() as session:
        register_consumer(session, "other", THEN)
        session.commit()
    parts.search.apply([Drop(pantry, 9)])
    mend(parts)
    assert pending(parts) == {pantry: 1}
    assert pending(parts, "other") == {}


def test_when_two_have_written_nothing_is_taken_for_granted(kept: tuple[Parts, list[str]]) -> None:
    """As two hosts do when a database drops the connection of one that is not dead."""
    parts, (pantry, clinic) = kept

    def other_host() -> None:
        change(parts, clinic, name="Health centre")
        with parts.database.reading() as session:
            noted = noted_edition(session, parts.consumer)
        from directory.services.indexing.dispatch import _settle
        from directory.services.indexing.operations import operations_for

        with parts.database.reading() as session:
            operations = operations_for(parts, session, [clinic])
        _settle(parts, parts.consumer, operations, parts.search.apply(operations), noted)

    change(parts, pantry, name="Soup kitchen")
    between = replace(parts, search=Between(parts, before=other_host))  # type: ignore[arg-type]
    dispatch_pending(between)
    assert edition_in(parts) == ""
    steps_until_idle(parts)
    assert edition_in(parts) == parts.search.edition()
    assert check_index(parts).in_step


def test_an_index_that_nobody_keeps_is_built_since_changes_leave_no_rows_for_it(kept: tuple[Parts, list[str]]) -> None:
    parts, (pantry, _) = kept
    with parts.database.writing() as session:  # as a database that was put back from before the index
        session.delete(session.get_one(IndexConsumer, parts.consumer))
        session.commit()
    change(parts, pantry, name="Soup kitchen")
    steps_until_idle(parts)
    assert found(parts, "soup") == {pantry}


def test_what_keeps_being_written_by_others_is_mended_ever_less_often(
    kept: tuple[Parts, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, (pantry, _) = kept
    monkeypatch.setattr("directory.jobs.index_feed.is_as_it_was_left", lambda _parts: False)
    feed, pauses = IndexFeed(parts), []
    for _ in range(5):
        parts.search.apply([Drop(pantry, 9)])
        pauses.append(feed.step())
    assert pauses == [0, 1, 2, 4, 8]


def test_changes_during_a_rebuild_are_found_at_once_in_the_old_one_and_afterwards_in_the_new(parts: Parts) -> None:
    (service,) = add_services(parts, "Pantry")
    rebuild_index(parts)
    seen: list[set[str]] = []

    def meanwhile(_done: int, _total: int) -> None:
        seen.append(found(parts, "soup"))
        change(parts, service, name="Soup kitchen")

    add_services(parts, *(f"Clinic {number}" for number in range(600)))
    rebuild_index(parts, progress=meanwhile)
    assert seen == [set(), {service}], "before the rebuild is done"
    assert found(parts, "soup") == {service}
    assert check_index(parts).in_step


def test_rows_that_cannot_be_understood_are_parked_alone_and_arrive_when_they_are_mended(kept: tuple[Parts, list[str]]) -> None:
    parts, (pantry, clinic) = kept
    with parts.database.writing() as session:
        place = add_location(session, zone="Nowhere/At all", latitude=95.0, longitude=0.0)
        bad = add_service(session, name="Shelter", at=place).id
        enqueue(session, [bad, pantry, clinic], parts.clock)
        session.commit()
    for act in (dispatch_all, rebuild_index):
        act(parts)
        with parts.database.reading() as session:
            rows = session.execute(select(IndexPending.service_id, IndexPending.parked_why)).all()
        assert [row.service_id for row in rows] == [bad]
        assert rows[0].parked_why
        assert found(parts) == {pantry, clinic}
    with parts.database.writing() as session:
        session.execute(update(Location).values(latitude=45.0, zone="America/Toronto"))
        session.commit()
    requeue(parts, [bad])
    dispatch_all(parts)
    assert found(parts) == {pantry, clinic, bad}


@pytest.mark.parametrize("raised", [ValueError("no such weekday"), KeyError("zone")])
def test_a_listing_that_cannot_be_put_together_holds_up_no_other(
    kept: tuple[Parts, list[str]], monkeypatch: pytest.MonkeyPatch, raised: Exception
) -> None:
    from directory.services.indexing import operations

    parts, (pantry, clinic) = kept
    honest = operations.documents_of

    def documents_of(listing: Any, *given: Any) -> Any:
        if listing.id == pantry:
            raise raised
        return honest(listing, *given)

    monkeypatch.setattr(operations, "documents_of", documents_of)
    change(parts, pantry, name="Larder")
    change(parts, clinic, name="Health centre")
    report = dispatch_pending(parts)
    assert (report.confirmed, report.parked, report.waiting) == (1, 1, 0)
    assert found(parts, "health") == {clinic}


@pytest.mark.parametrize("withdrawn_at", [THEN, None])
def test_a_change_that_comes_while_a_batch_is_read_is_not_taken_for_sent(
    kept: tuple[Parts, list[str]], withdrawn_at: datetime | None
) -> None:
    """Before whichever statement; a database server shows it to those that follow."""
    parts, (pantry, clinic) = kept
    if parts.database.is_sqlite:
        pytest.skip("a reader sees one moment")
    left = 0

    def before_statement(*_given: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            change(parts, pantry, withdrawn_at=withdrawn_at)

    event.listen(parts.database.engine, "before_cursor_execute", before_statement)
    for at in range(1, 9):
        left = 0
        change(parts, pantry, name=f"Larder {at}", withdrawn_at=None if withdrawn_at else THEN)
        left = at
        dispatch_pending(parts)
        dispatch_all(parts)
        assert check_index(parts).in_step, f"changed before statement {at}"
    event.remove(parts.database.engine, "before_cursor_execute", before_statement)
    assert found(parts) == {clinic} | ({pantry} if withdrawn_at is None else set())


class Refusing:
    """An engine that writes nothing."""

    def __init__(self, parts: Parts, error: IndexUnavailable) -> None:
        self._engine, self._error = parts.search, error

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def apply(self, operations: Sequence[Operation]) -> Receipt:
        raise self._error


def test_an_index_that_refuses_to_write_is_told_of_and_blames_no_service(kept: tuple[Parts, list[str]]) -> None:
    parts, (pantry, _) = kept
    change(parts, pantry, name="Soup kitchen")
    feed = IndexFeed(replace(parts, search=Refusing(parts, WritingRefused("The disk is full."))))  # type: ignore[arg-type]
    assert [feed.step() for _ in range(3)] == [1, 2, 4]
    with parts.database.reading() as session:
        assert {job.name: job.failure for job in jobs_in(session)}["index"] == "WritingRefused"
        assert session.scalar(select(IndexPending.parked_why)) is None
    feed.parts = parts
    feed.step()
    with parts.database.reading() as session:
        assert {job.name: job.failure for job in jobs_in(session)}["index"] == ""
    assert found(parts, "soup") == {pantry}


@pytest.mark.postgresql
def test_a_change_that_is_being_made_while_an_index_is_first_built_is_in_it(parts: Parts) -> None:
    """It cannot leave a row for an index that it does not know of: so the index waits for it."""
    import threading

    if parts.database.is_sqlite:
        pytest.skip("one writes at a time")
    (pantry,) = add_services(parts, "Pantry")
    builder = threading.Thread(target=lambda: rebuild_index(parts))
    with parts.database.writing() as session:
        session.execute(update(Service).where(Service.id == pantry).values(name="Soup kitchen"))
        enqueue(session, [pantry], parts.clock)
        builder.start()
        builder.join(0.5)
        assert builder.is_alive()
        session.commit()
    builder.join(30)
    assert found(parts, "soup") == {pantry}
    assert check_index(parts).in_step


@pytest.mark.postgresql
def test_a_change_that_is_committed_after_later_ones_is_not_passed_over(kept: tuple[Parts, list[str]]) -> None:
    parts, (pantry, clinic) = kept
    if parts.database.is_sqlite:
        pytest.skip("one writes at a time")
    with parts.database.writing() as slow:
        slow.execute(update(Service).where(Service.id == pantry).values(name="Soup kitchen"))
        enqueue(slow, [pantry], parts.clock)
        change(parts, clinic, name="Health centre")
        dispatch_all(parts)
        assert found(parts, "health") == {clinic}
        slow.commit()
    steps_until_idle(parts)
    assert found(parts, "soup") == {pantry}
