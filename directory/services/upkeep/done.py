"""What an organization's listings did for people, from what is counted anyway. Nothing is counted for this; small numbers are not told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from directory.domain.gaps import FEWEST_SHOWN
from directory.domain.upkeep.pace import MONTH
from directory.store.tables import KeptListEntry, ServiceAtLocation, SharedList, SharedListEntry


@dataclass(frozen=True, slots=True)
class Done:
    """`handed`: lists with one of its places that were handed over by link within a month; `kept`: lists of teams that have one now. None:
    fewer than `FEWEST_SHOWN`, so that nobody can tell whom they were for; 0 is told as it is."""

    handed: int | None
    kept: int | None


def done_in(session: Session, service_ids: Collection[str], now: datetime) -> Done:
    """Counted over the places of these listings. Lists that were ended before their time are gone, and not counted."""
    places = {*service_ids, *session.scalars(select(ServiceAtLocation.id).where(ServiceAtLocation.service_id.in_(service_ids)))}
    handed = (
        select(func.count(distinct(SharedListEntry.list_id)))
        .join(SharedList, SharedList.id == SharedListEntry.list_id)
        .where(SharedListEntry.place_id.in_(places), SharedList.created_at > now - MONTH)
    )
    kept = select(func.count(distinct(KeptListEntry.list_id))).where(KeptListEntry.place_id.in_(places), KeptListEntry.removed_at.is_(None))
    return Done(_shown(session.scalar(handed) or 0), _shown(session.scalar(kept) or 0))


def _shown(count: int) -> int | None:
    return count if count == 0 or count >= FEWEST_SHOWN else None
