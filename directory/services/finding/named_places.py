"""Places by name: the community's own areas first, since a quarter that everybody knows is in no gazetteer; then the gazetteer."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.areas import slug
from directory.domain.community import Community
from directory.domain.place import Bias, KnownPlace, PlaceAnswer, Point, PointKind
from directory.services.parts import Parts
from directory.store.tables import Area

RADIUS_M = {"neighbourhood": 2_000, "town": 8_000, "city": 15_000, "municipality": 15_000, "county": 40_000}
"""How far from its middle point a place inside an area of each kind may be, in metres; twenty kilometres for other kinds."""
NEAR_ENOUGH = 80
"""From which likeness (rapidfuzz ratio, 0 to 100) a name is offered for one that is not known."""


@dataclass(frozen=True, slots=True)
class _Areas:
    count: int
    by_name: Mapping[str, KnownPlace]


_lock = threading.Lock()
_read: dict[str, _Areas] = {}
"""The areas of each database of this process, read again when their number changes."""


class NamedPlaces:
    """What `understand` asks for places: safe between threads; names are read as the community would."""

    def __init__(self, parts: Parts, session: Session, community: Community) -> None:
        self._geocoding = parts.geocoding
        self._bias = Bias(community.country, community.region, community.latitude, community.longitude)
        self._areas = _areas(str(parts.database.engine.url), session)

    def lookup(self, words: str) -> PlaceAnswer:
        """An area of the community by its name, else what the gazetteer says; near names of both where neither knows it."""
        asked = slug(words)
        own = self._areas.by_name.get(asked)
        if own is not None:
            return PlaceAnswer(words, place=own)
        answer = self._geocoding.lookup(words, bias=self._bias)
        if answer.place is not None or answer.alternatives or len(asked) < 4:
            return answer
        near = process.extract(asked, self._areas.by_name.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=3)
        offered = tuple(self._areas.by_name[name] for name, _score, _at in near)
        return PlaceAnswer(words, suggestions=(*offered, *answer.suggestions))


def _areas(address: str, session: Session) -> _Areas:
    with _lock:
        count = session.scalar(select(func.count()).select_from(Area)) or 0
        kept = _read.get(address)
        if kept is None or kept.count != count:
            kept = _read[address] = _Areas(count, _by_name(session))
        return kept


def _by_name(session: Session) -> dict[str, KnownPlace]:
    rows = {row.id: row for row in session.scalars(select(Area))}
    return {
        slug(row.name): KnownPlace(
            name=row.name,
            point=Point(row.latitude, row.longitude, _kind(row.kind), RADIUS_M.get(row.kind, 20_000)),
            country=row.id.split("-")[0].upper(),
            zone=row.zone or "",
            area_ids=_with_parents(row, rows),
            source="community",
        )
        for row in rows.values()
        if row.latitude is not None and row.longitude is not None
    }


def _kind(kind: str) -> PointKind:
    return {"neighbourhood": PointKind.NEIGHBOURHOOD, "city": PointKind.CITY, "town": PointKind.CITY}.get(kind, PointKind.REGION)


def _with_parents(area: Area, rows: Mapping[str, Area]) -> tuple[str, ...]:
    ids = [area.id]
    parent = area.parent_id
    while parent is not None and parent not in ids:
        ids.append(parent)
        parent = rows[parent].parent_id if parent in rows else None
    return tuple(ids)
