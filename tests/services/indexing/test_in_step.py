"""The index follows the database: every change arrives, none is forgotten on the way, and differences are named."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from directory.domain.errors import Unavailable
from directory.services.indexing.consumers import forget_consumer, register_consumer
from directory.services.indexing.dispatch import DispatchReport, dispatch_all, dispatch_pending
from directory.services.indexing.enqueue import enqueue
from directory.services.indexing.lock import index_writer_lock
from directory.services.indexing.rebuild import rebuild_index
from directory.services.indexing.reconcile import check_index
from directory.services.indexing.refresh import refresh_if_old
from directory.services.parts import Parts
from directory.store.tables import IndexPending, Service
from search_index.port import Operation, Receipt
from search_index.query import ServiceQuery
from tests.support.listings import THEN, add_service


def found(parts: Parts, text: str = "") -> set[str]:
    return {hit.service_id for hit in parts.search.search(ServiceQuery(text=text, per_page=100)).hits}


def pending(parts: Parts, consumer: str = "embedded") -> dict[str, int]:
    with parts.database.reading() as session:
        rows = session.execute(select(IndexPending.service_id, IndexPending.version).where(IndexPending.consumer == consumer))
        return {row.service_id: row.version for row in rows}


def add_services(parts: Parts, *names: str) -> list[str]:
    with parts.database.writing() as session:
        ids = [add_service(session, name=name).id for name in names]
        session.commit()
    return ids


def change(parts: Parts, service_id: str, **values: object) -> None:
    with parts.database.writing() as session:
        session.execute(update(Service).where(Service.id == service_id).values(**values))
        enqueue(session, [service_id], parts.clock)
        session.commit()


class Between:
    """An engine with something done before each batch is applied, or some services refused."""

    def __init__(self, parts: Parts, before: Callable[[], None] | None = None, refuse: frozenset[str] = frozenset()) -> None:
        self._engine, self._before, self._refuse = parts.search, before, refuse

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def apply(self, operations: Sequence[Operation]) -> Receipt:
        if self._before:
            self._before()
        receipt = self._engine.apply([operation for operation in operations if operation.service_id not in self._refuse])
        return replace(receipt, failed=tuple((key, "poison") for key in self._refuse))


def test_a_change_leaves_one_row_for_each_index_with_the_newest_version(parts: Parts) -> None:
    with parts.database.writing() as session:
        register_consumer(session, "embedded", THEN)
        register_consumer(session, "server", THEN)
        session.commit()
    (service,) = add_services(parts, "Pantry")
    change(parts, service, name="Pantry of the North")
    change(parts, service, name="Pantry of the South")
    assert pending(parts) == pending(parts, "server") == {service: 3}


def test_a_change_that_is_rolled_back_leaves_no_row(parts: Parts) -> None:
    rebuild_index(parts)
    (service,) = add_services(parts, "Pantry")
    with parts.database.writing() as session:
        enqueue(session, [service], parts.clock)
    assert pending(parts) == {}


def test_changes_become_findable_and_withdrawn_services_go(parts: Parts) -> None:
    pantry, clinic = add_services(parts, "Pantry", "Clinic")
    rebuild_index(parts)
    assert found(parts) == {pantry, clinic}
    change(parts, pantry, name="Soup kitchen")
    change(parts, clinic, withdrawn_at=THEN)
    assert dispatch_pending(parts) == DispatchReport(confirmed=2, parked=0, waiting=0)
    assert found(parts, "soup") == {pantry}
    assert found(parts) == {pantry}
    assert pending(parts) == {}


def test_a_service_that_is_inactive_is_not_found(parts: Parts) -> None:
    _pantry, clinic = add_services(parts, "Pantry", "Clinic")
    rebuild_index(parts)
    change(parts, clinic, status="inactive")
    dispatch_all(parts)
    assert clinic not in found(parts)


def test_a_change_that_comes_while_sending_is_kept_for_the_next_batch(parts: Parts) -> None:
    (service,) = add_services(parts, "Pantry")
    rebuild_index(parts)
    change(parts, service, name="Soup kitchen")
    meanwhile = replace(parts, search=Between(parts, before=lambda: change(parts, service, name="Bread line")))  # type: ignore[arg-type]
    assert dispatch_pending(meanwhile).waiting == 1
    assert pending(parts) == {service: 3}
    dispatch_all(parts)
    assert found(parts, "bread") == {service}


def test_what_the_index_refuses_is_parked_and_the_others_go_on(parts: Parts) -> None:
    pantry, clinic = add_services(parts, "Pantry", "Clinic")
    rebuild_index(parts)
    change(parts, pantry, name="Soup kitchen")
    change(parts, clinic, name="Health centre")
    choosy = replace(parts, search=Between(parts, refuse=frozenset({clinic})))  # type: ignore[arg-type]
    assert dispatch_pending(choosy) == DispatchReport(confirmed=1, parked=1, waiting=0)
    assert found(parts, "soup") == {pantry}
    assert check_index(parts).parked == 1
    change(parts, clinic, name="Health house")
    dispatch_all(parts)
    assert found(parts, "house") == {clinic}


def test_the_check_names_what_is_missing_extra_and_stale_and_repairs_it(parts: Parts) -> None:
    kept, gone, renamed = add_services(parts, "Kept", "Gone", "Renamed")
    rebuild_index(parts)
    (new,) = add_services(parts, "New")
    with parts.database.writing() as session:  # as a restored backup does: changes that no pending row tells of
        session.execute(update(Service).where(Service.id == gone).values(withdrawn_at=THEN))
        session.execute(update(Service).where(Service.id == renamed).values(version=9))
        session.commit()
    report = check_index(parts, repair=True)
    assert (report.missing_ids, report.extra_ids, report.stale_ids) == ((new,), (gone,), (renamed,))
    assert not report.in_step
    dispatch_all(parts)
    assert check_index(parts).in_step
    assert found(parts) == {kept, renamed, new}


def test_changes_made_during_a_rebuild_reach_the_new_generation(parts: Parts) -> None:
    (service,) = add_services(parts, "Pantry")
    rebuild_index(parts)
    rebuild_index(parts, progress=lambda _done, _total: change(parts, service, name="Soup kitchen"))
    assert found(parts, "soup") == {service}
    assert check_index(parts).in_step


def test_only_one_process_writes_the_index(parts: Parts) -> None:
    rebuild_index(parts)
    with index_writer_lock(parts), pytest.raises(Unavailable):
        dispatch_pending(parts)


def test_an_index_that_is_gone_is_forgotten(parts: Parts) -> None:
    (service,) = add_services(parts, "Pantry")
    rebuild_index(parts)
    change(parts, service, name="Soup")
    forget_consumer(parts, "embedded")
    assert pending(parts) == {}
    change(parts, service, name="Soups")
    assert pending(parts) == {}


def test_calendars_older_than_a_month_are_made_anew(parts: Parts) -> None:
    add_services(parts, "Pantry")
    rebuild_index(parts)
    assert refresh_if_old(parts) is None
    parts.clock.set(parts.clock.now().replace(year=2027))  # type: ignore[attr-defined]
    assert refresh_if_old(parts) is not None
