"""Which areas lie in which, as the directory keeps it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from directory.domain.areas import AreaTree, holds_by_id
from directory.store.tables import Area


def area_tree(session: Session) -> AreaTree:
    """Of all areas that are kept."""
    rows = session.execute(select(Area.id, Area.parent_id).where(Area.parent_id.is_not(None)))
    return AreaTree({row.id: row.parent_id for row in rows})


def lies_in_any(session: Session, column: Any, areas: Iterable[str]) -> ColumnElement[bool]:
    """A condition on a column with the id of an area: it is one of these, or lies in one."""
    return lies_in_one_of(column, with_descendants(session, frozenset(areas)))


def with_descendants(session: Session, areas: frozenset[str]) -> frozenset[str]:
    """Areas with all that is kept as lying in them."""
    below = select(Area.id).where(Area.id.in_(areas)).cte("below", recursive=True)
    child = aliased(Area)
    below = below.union(select(child.id).join(below, child.parent_id == below.c.id))
    return areas | frozenset(session.scalars(select(below.c.id)))


def lies_in_one_of(column: Any, areas: frozenset[str]) -> ColumnElement[bool]:
    """As `lies_in_any`, where `areas` are with their descendants already."""
    begin = [area for area in sorted(areas) if holds_by_id(area)]
    return or_(column.in_(areas), *(column.startswith(f"{area}-", autoescape=True) for area in begin))
