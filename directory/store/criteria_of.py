"""The criteria of many services at once, without the rest of their listings."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.rules.criteria import Criteria
from directory.rules.listed import Stated, stated_criteria
from directory.store.tables import Service, Source

_AT_ONCE = 500


def criteria_in(session: Session, service_ids: Iterable[str]) -> dict[str, Criteria]:
    """Service -> whom it is for; those that are listed only."""
    wanted = list(dict.fromkeys(service_ids))
    found: dict[str, Criteria] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        rows = session.execute(
            select(
                Service.id,
                Service.criteria,
                Service.minimum_age,
                Service.maximum_age,
                Service.verified_at,
                Service.verified_how,
                Source.authoritative,
            )
            .outerjoin(Source, Source.id == Service.source_id)
            .where(Service.id.in_(wanted[first : first + _AT_ONCE]), Service.withdrawn_at.is_(None))
        )
        for row in rows:
            seen = row.verified_at.date() if row.verified_at is not None and row.verified_how == "owner" else None
            stated = Stated(row.criteria, row.minimum_age, row.maximum_age, seen, bool(row.authoritative))
            found[row.id] = stated_criteria(stated)
    return found
