"""What was listed and is no longer, for whoever keeps a copy: an extension of the standard, which has no word for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, or_, select, union_all

from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.export.run import one_view
from directory.services.exchange.hsds.values import moment
from directory.services.exchange.serving.asking import HsdsQuery
from directory.services.exchange.serving.lists import HsdsPage
from directory.services.exchange.serving.shapes import Json
from directory.services.parts import Parts

KINDS = ("service", "service_at_location", "organization", "program", "location", "taxonomy", "taxonomy_term")


@dataclass(frozen=True, slots=True)
class Deletion:
    """`replaced_by`: the record that a merged one is part of now."""

    id: str
    kind: str
    at: datetime
    replaced_by: str | None

    def as_json(self) -> Json:
        reason = {"reason": "merged", "replaced_by": self.replaced_by} if self.replaced_by else {"reason": "withdrawn"}
        return {"id": self.id, "kind": self.kind, "deleted_at": moment(self.at), **reason}


def deletions_page(parts: Parts, query: HsdsQuery) -> HsdsPage:
    with one_view(parts.database) as session:
        everything = _statement(query).subquery()
        total = session.scalar(select(func.count()).select_from(everything)) or 0
        statement = select(everything).order_by(everything.c.id, everything.c.kind).limit(query.per_page + 1)
        start = (query.page - 1) * query.per_page
        statement = statement.where(everything.c.id > query.after) if query.after else statement.offset(start)
        found = [_deletion(row) for row in session.execute(statement)]
    shown = found[: query.per_page]
    last = shown[-1].id if len(found) > query.per_page else ""
    return HsdsPage(total, query.page, query.per_page, tuple(entry.as_json() for entry in shown), last)


def deletions_stream(parts: Parts, query: HsdsQuery) -> Iterator[Json]:
    with one_view(parts.database) as session:
        everything = _statement(query).subquery()
        statement = select(everything).order_by(everything.c.id, everything.c.kind).execution_options(yield_per=2_000)
        for row in session.execute(statement):
            yield _deletion(row).as_json()


def _deletion(row: Any) -> Deletion:
    return Deletion(row.id, row.kind, row.at, row.merged_into)


def _statement(query: HsdsQuery) -> Any:
    return union_all(*(_of_kind(kind, query) for kind in KINDS))


def _of_kind(kind: str, query: HsdsQuery) -> Select[Any]:
    """A service counts as gone when the copy-keepers could see it; its time is that of the write, as in the list of services."""
    table = TABLES[kind]
    said = table.c.changed_at if kind == "service" else table.c.withdrawn_at
    at = func.coalesce(said, table.c.modified_at, type_=table.c.modified_at.type)
    statement = select(table.c.id, literal(kind).label("kind"), at.label("at"), table.c.merged_into).where(
        or_(table.c.withdrawn_at.is_not(None), table.c.merged_into.is_not(None))
    )
    if kind == "location":
        statement = statement.where(table.c.confidential.is_(False))
    return statement.where(at >= query.modified_after) if query.modified_after else statement
