"""Which records an export holds: all that are public, or those of one source with what they name; ids in batches, in their order."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists, func, or_, select
from sqlalchemy.orm import Session

from directory.services.exchange.apply.tables import TABLES
from directory.services.exchange.hsds.rows import is_public
from directory.services.indexing.operations import listed_condition
from directory.store.tables import Service

AT_ONCE = 250

SERVICE, SITE = TABLES["service"], TABLES["service_at_location"]
ORGANIZATION, LOCATION, PROGRAM = TABLES["organization"], TABLES["location"], TABLES["program"]


class Selection:
    """`source_id` None: everything."""

    def __init__(self, session: Session, source_id: int | None) -> None:
        self.session = session
        self.source_id = source_id

    def count_listed(self) -> int:
        """Services that people can find now."""
        return self.session.scalar(select(func.count()).select_from(Service).where(*self._listed())) or 0

    def listed(self) -> Iterator[list[str]]:
        """Ids of services that people can find now, in batches."""
        statement = select(Service.id).where(*self._listed()).order_by(Service.id).limit(AT_ONCE)
        last = None
        while ids := list(self.session.scalars(statement if last is None else statement.where(Service.id > last))):
            yield ids
            last = ids[-1]

    def _listed(self) -> tuple[ColumnElement[bool], ...]:
        own = () if self.source_id is None else (Service.source_id == self.source_id,)
        return (*listed_condition(), *own)

    def count(self, kind: str, *, only_unreached: bool = False) -> int:
        statement = select(func.count()).select_from(TABLES[kind]).where(*self._conditions(kind, only_unreached))
        return self.session.scalar(statement) or 0

    def batches(self, kind: str, *, only_unreached: bool = False) -> Iterator[list[str]]:
        """Ids of a kind. `only_unreached`: those that no service of the export nests."""
        table = TABLES[kind]
        statement = select(table.c.id).where(*self._conditions(kind, only_unreached)).order_by(table.c.id).limit(AT_ONCE)
        last = None
        while ids := list(self.session.scalars(statement if last is None else statement.where(table.c.id > last))):
            yield ids
            last = ids[-1]

    def names_no_organization(self, kind: str) -> bool:
        """Whether any record of a kind names no organization that is listed."""
        table = TABLES[kind]
        nobody = or_(table.c.organization_id.is_(None), table.c.organization_id.not_in(_all(ORGANIZATION)))
        return self.session.scalar(select(table.c.id).where(*self._conditions(kind), nobody).limit(1)) is not None

    def _conditions(self, kind: str, only_unreached: bool = False) -> tuple[ColumnElement[bool], ...]:
        table = TABLES[kind]
        if kind == "service_at_location":
            return (*is_public(SITE), SITE.c.service_id.in_(self._services(SERVICE.c.id)), SITE.c.location_id.in_(_all(LOCATION)))
        if kind == "location":
            return (*is_public(table), table.c.confidential.is_(False), self._reach(table, only_unreached))
        return (*is_public(table), self._reach(table, only_unreached))

    def _reach(self, table: Table, only_unreached: bool) -> ColumnElement[bool]:
        own = table.c.source_id == self.source_id if self.source_id is not None else table.c.id.is_not(None)
        ways = self._ways(table)
        if only_unreached:
            reached = or_(*ways[:1]) if ways else table.c.id.is_(None)
            return own & ~reached
        return or_(own, *ways) if self.source_id is not None else own

    def _ways(self, table: Table) -> list[Any]:
        """How records of the export name one of this table; the first is by a service, which nests it."""
        if table is ORGANIZATION:
            by = [exists(self._services(SERVICE.c.id).where(SERVICE.c.organization_id == table.c.id).correlate(table))]
            by += [
                exists(self._of_source(other).where(other.c.organization_id == table.c.id).correlate(table))
                for other in (LOCATION, PROGRAM)
            ]
            return by
        if table is PROGRAM:
            return [exists(self._services(SERVICE.c.id).where(SERVICE.c.program_id == table.c.id).correlate(table))]
        if table is LOCATION:
            sites = self._services(SITE.c.id).join_from(SERVICE, SITE, SITE.c.service_id == SERVICE.c.id)
            return [exists(sites.where(SITE.c.location_id == table.c.id, *is_public(SITE)).correlate(table))]
        return []

    def _services(self, column: Any) -> Select[Any]:
        statement = select(column).where(*is_public(SERVICE))
        return statement if self.source_id is None else statement.where(SERVICE.c.source_id == self.source_id)

    def _of_source(self, table: Table) -> Select[Any]:
        statement = select(table.c.id).where(*is_public(table))
        return statement if self.source_id is None else statement.where(table.c.source_id == self.source_id)


def _all(table: Table) -> Select[Any]:
    return select(table.c.id).where(*is_public(table))
