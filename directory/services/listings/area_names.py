"""What areas are called: the community's own by the names that it gave them, others by the words of their ids."""

from sqlalchemy import select

from directory.services.parts import Parts
from directory.store.tables import Area


def own_area_names(parts: Parts) -> dict[str, str]:
    """Id -> name of every area that the community keeps."""
    with parts.database.reading(may_lag=True) as session:
        return {row.id: row.name for row in session.execute(select(Area.id, Area.name))}
