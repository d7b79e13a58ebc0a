"""Areas of the sample community, written before its listings, so that what they serve can be told."""

from collections.abc import Iterable
from typing import Any

from directory.services.parts import Parts
from directory.store.tables import Area


def save_areas(parts: Parts, rows: Iterable[dict[str, Any]]) -> None:
    """Write areas, parents first; those that are there already are brought up to date."""
    with parts.database.writing() as session:
        for row in rows:
            session.merge(Area(**{name: value for name, value in row.items() if value is not None}))
            session.flush()
        session.commit()
