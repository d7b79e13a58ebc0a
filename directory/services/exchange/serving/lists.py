"""Lists of the standard: a page, or everything in one stream, of the records that a query means, by id."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from directory.services.exchange.export.run import one_view
from directory.services.exchange.hsds.records import Records
from directory.services.exchange.hsds.values import moment
from directory.services.exchange.serving import conditions as by
from directory.services.exchange.serving import objects
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.shapes import Json
from directory.services.exchange.serving.terms import TermLists
from directory.services.exchange.serving.whereabouts import ids_at, whereabouts_of
from directory.services.listings.community import community_in
from directory.services.parts import Parts

AT_ONCE = 200
KINDS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@dataclass(frozen=True, slots=True)
class HsdsPage:
    """One page. `last_id`: what it ends with, to go on after; "" when it is the last."""

    total: int
    number: int
    per_page: int
    contents: tuple[Json, ...]
    last_id: str = ""

    @property
    def pages(self) -> int:
        return -(-self.total // self.per_page) if self.total else 0


def records_of(parts: Parts, session: Session) -> Records:
    return Records(session, zone=community_in(session).zone, today=parts.clock.now().date())


def page_of(parts: Parts, kind: str, query: HsdsQuery) -> HsdsPage:
    """A page of a kind. Raise `InvalidInput` for what cannot be answered."""
    with one_view(parts.database) as session:
        lists = _lists(parts, session, kind, query)
        total = lists.total()
        if query.minimal and kind == "services":
            contents = tuple(lists.minimal())
            return HsdsPage(total, 1, max(1, total), contents)
        ids = lists.page()
        more = len(ids) > query.per_page
        ids = ids[: query.per_page]
        contents = tuple(lists.objects(ids))
        return HsdsPage(total, query.page, query.per_page, contents, ids[-1] if more else "")


def stream_of(parts: Parts, kind: str, query: HsdsQuery) -> Iterator[Json]:
    """Every object of a kind, one after the other, as the directory was when the stream began. Errors in the query are raised at once."""
    with one_view(parts.database) as session:
        _lists(parts, session, kind, query).total()
    return _stream(parts, kind, query)


def _stream(parts: Parts, kind: str, query: HsdsQuery) -> Iterator[Json]:
    with one_view(parts.database) as session:
        lists = _lists(parts, session, kind, query)
        if query.minimal and kind == "services":
            yield from lists.minimal()
            return
        for ids in lists.batches():
            yield from lists.objects(ids)


def _lists(parts: Parts, session: Session, kind: str, query: HsdsQuery) -> Any:
    records = records_of(parts, session)
    if kind in ("taxonomies", "taxonomy_terms"):
        return TermLists(records, kind, query)
    if kind == "service_at_locations":
        where = whereabouts_of(query, parts.geocoding, community_in(session))
        statement = by.site_statement(query, records.sources)
        if where is not None:
            return _KnownList(records, kind, query, ids_at(session, statement, where))
        return _StatementList(records, kind, query, statement.with_only_columns(by.SITE.c.id), by.SITE.c.id)
    table, read = (by.SERVICE, by.service_conditions) if kind == "services" else (by.ORGANIZATION, by.organization_conditions)
    statement = select(table.c.id).where(*read(query, records.sources)).order_by(table.c.id)
    return _StatementList(records, kind, query, statement, table.c.id)


class _List:
    """What every list can do once it has ids."""

    def __init__(self, records: Records, kind: str, query: HsdsQuery) -> None:
        self.records, self.kind, self.query = records, kind, query

    def objects(self, ids: list[str]) -> Iterator[Json]:
        make: Callable[[Records, list[str], HsdsQuery], Iterator[Json]] = objects.MAKERS[self.kind]
        yield from make(self.records, ids, self.query)


class _StatementList(_List):
    """A list that the database pages."""

    def __init__(self, records: Records, kind: str, query: HsdsQuery, statement: Select[Any], key: Any) -> None:
        super().__init__(records, kind, query)
        self.statement, self.key = statement, key

    def total(self) -> int:
        return self.records.session.scalar(select(func.count()).select_from(self.statement.order_by(None).subquery())) or 0

    def page(self) -> list[str]:
        """The ids of the page, and one more when there is one."""
        query = self.query
        statement = self.statement.limit(query.per_page + 1)
        start = (query.page - 1) * query.per_page
        statement = statement.where(self.key > query.after) if query.after else statement.offset(start)
        return list(self.records.session.scalars(statement))

    def batches(self) -> Iterator[list[str]]:
        last = self.query.after
        while ids := list(self.records.session.scalars((self.statement.where(self.key > last) if last else self.statement).limit(AT_ONCE))):
            yield ids
            last = ids[-1]

    def minimal(self) -> Iterator[Json]:
        """Ids of services and when each changed last."""
        service = by.SERVICE.c
        changed = func.coalesce(service.changed_at, service.modified_at)
        statement = self.statement.with_only_columns(service.id, service.changed_at, service.modified_at, changed.label("any"))
        for row in self.records.session.execute(statement.execution_options(yield_per=5_000)):
            yield {"id": row.id, "modified_date": moment(row.changed_at or row.modified_at)}


class _KnownList(_List):
    """A list whose ids were found one by one."""

    def __init__(self, records: Records, kind: str, query: HsdsQuery, ids: list[str]) -> None:
        super().__init__(records, kind, query)
        self.ids = [key for key in ids if key > query.after] if query.after else ids
        self._total = len(ids)

    def total(self) -> int:
        return self._total

    def page(self) -> list[str]:
        start = 0 if self.query.after else (self.query.page - 1) * self.query.per_page
        return self.ids[start : start + self.query.per_page + 1]

    def batches(self) -> Iterator[list[str]]:
        for start in range(0, len(self.ids), AT_ONCE):
            yield self.ids[start : start + AT_ONCE]
