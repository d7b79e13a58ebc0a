"""Listings kept in memory under their version: a result page asks the database for versions only, and reads whole what changed.

Every change of anything that a listing shows raises the version of its service in the same transaction, so a cached listing of the present
version is the present listing. Rooms run out by the clock, not by a change: they are left out here when their time has come; and a listing
whose organization told something for a day that is over is read anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from directory.domain.listing import Listing
from directory.store.listings import load_listings
from directory.store.tables import Service

LISTED_STATUSES = ("active",)

_VERSIONS = select(Service.id, Service.version, Service.status, Service.withdrawn_at, Service.merged_into).where(
    Service.id.in_(bindparam("ids", expanding=True))
)


class ListingCache:
    """The last `size` listings that were shown, safe between threads. A thousand take some 6 MB."""

    def __init__(self, size: int = 10_000) -> None:
        self._size = size
        self._kept: OrderedDict[tuple[str, str], Listing] = OrderedDict()
        self._lock = threading.Lock()

    def listed(self, session: Session, service_ids: Iterable[str], *, default_zone: str, now: datetime) -> dict[str, Listing]:
        """Of these services, those that may be found now: not withdrawn, not merged, active."""
        rows = session.execute(_VERSIONS, {"ids": list(service_ids)}).all()
        present = {
            row.id: row.version for row in rows if row.withdrawn_at is None and row.merged_into is None and row.status in LISTED_STATUSES
        }
        found = self._fresh(present, default_zone, now)
        missing = [service_id for service_id in present if service_id not in found]
        if missing:
            loaded = load_listings(session, missing, default_zone=default_zone, now=now)
            self._keep(loaded, default_zone)
            found.update(loaded)
        return {service_id: _without_past_rooms(listing, now) for service_id, listing in found.items()}

    def _fresh(self, versions: dict[str, int], zone: str, now: datetime) -> dict[str, Listing]:
        found = {}
        with self._lock:
            for service_id, version in versions.items():
                kept = self._kept.get((zone, service_id))
                if kept is not None and kept.version == version and all(notice.ends_at > now for notice in kept.notices):
                    self._kept.move_to_end((zone, service_id))
                    found[service_id] = kept
        return found

    def _keep(self, listings: dict[str, Listing], zone: str) -> None:
        with self._lock:
            self._kept.update(((zone, service_id), listing) for service_id, listing in listings.items())
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)


def _without_past_rooms(listing: Listing, now: datetime) -> Listing:
    if all(room.expires_at is None or room.expires_at > now for room in listing.rooms):
        return listing
    return replace(listing, rooms=tuple(room for room in listing.rooms if room.expires_at is None or room.expires_at > now))
