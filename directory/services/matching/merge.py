"""Two records become one: what either says is brought together, everything that refers to the one that goes comes along, its address leads
to the one that stays, and all of it can be taken back. Nothing merges by itself: a person sees beforehand what would move.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from directory.domain.editing.authors import Author
from directory.domain.editing.authors import How as Act
from directory.domain.editing.surviving import Side, Survivor, survived, surviving
from directory.domain.errors import Refused
from directory.domain.people import Role
from directory.domain.sentences import say
from directory.services.editing.records import FORM_OF, Record, load_records
from directory.services.indexing.enqueue import enqueue
from directory.services.matching.asked import Standing, let_through, standing_in
from directory.services.matching.fields import Written, write_survivors
from directory.services.matching.journal import Step, move
from directory.services.matching.levels import TABLES, Level
from directory.services.matching.records import Two, read_two, side_of
from directory.services.matching.references import BLOCKED, MOVED, Moves
from directory.services.matching.telling import tell_merged, whom_to_tell
from directory.services.parts import Parts
from directory.store.tables import Attempt, MergeEvent, Organization, Service, ServiceAtLocation

LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of something, in words; `settle` says what to do where they stand in the way."""

    words: str
    number: int
    settle: str = ""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do. `survivors`: every field on which the two differ, empty where one is a secret place (`is_secret`). `blocks`:
    what must be settled first; while there is any, nothing is merged. `standing`: of the organizations whose records they are."""

    level: Level
    kept_id: str
    retired_id: str
    kept_name: str
    retired_name: str
    survivors: tuple[Survivor, ...]
    moves: tuple[Counted, ...]
    blocks: tuple[Counted, ...]
    is_secret: bool
    standing: Standing


def preview(parts: Parts, level: Level, kept_id: str, retired_id: str, take: Mapping[str, str] | None = None) -> MergePlan:
    """Raise `NotFound`, `Refused`, `InvalidInput`."""
    with parts.database.reading() as session:
        now = parts.clock.now()
        two = read_two(session, level, kept_id, retired_id, now, for_writing=False)
        return _plan(session, two, take, now)


def merge(
    parts: Parts, by: str, level: Level, kept_id: str, retired_id: str, *, take: Mapping[str, str] | None = None, why: str = "",
    anyway: str = "",
) -> int:  # fmt: skip
    """Do it; the number of the event, by which it is taken back. `anyway`: why it goes on where it would wait for an organization. Raise
    `NotFound`, `InvalidInput`, `Refused` with what is in the way or who is awaited."""
    with parts.database.writing() as session:
        event_id = merge_in(parts, session, by, level, kept_id, retired_id, take=take, why=why, anyway=anyway)
        session.commit()
    return event_id


def merge_in(
    parts: Parts, session: Session, by: str, level: Level, kept_id: str, retired_id: str, *, take: Mapping[str, str] | None = None,
    why: str = "", anyway: str = "", speaks_for: Collection[str] = (),
) -> int:  # fmt: skip
    """As `merge`; the caller commits. `speaks_for`: the organizations of whoever merges."""
    now = parts.clock.now()
    two = read_two(session, level, kept_id, retired_id, now, for_writing=True)
    plan = _plan(session, two, take, now)
    if plan.blocks:
        first = plan.blocks[0]
        raise Refused(
            say(
                "This would be left behind: %(words)s (%(number)s). %(settle)s", words=first.words, number=first.number, settle=first.settle
            )
        )
    reason = let_through(session, level, kept_id, retired_id, now, anyway=anyway, speaks_for=speaks_for)
    whom = whom_to_tell(session, level, (kept_id, retired_id))
    merging = _Merging(parts, session, by, now, why[:LONGEST_WHY])
    merging.bring_together(two.kept, two.retired, take)
    merging.move_along(two)
    event = MergeEvent(
        level=level.value, kept_id=kept_id, retired_id=retired_id, at=now, by=by, why=why[:LONGEST_WHY], anyway=reason,
        steps=[step.as_json() for step in merging.steps],
        acts=[[each.kind, each.object_id, each.act_id] for each in merging.written],
        protected=[[each.kind, each.object_id, list(each.protected)] for each in merging.written],
    )  # fmt: skip
    session.add(event)
    session.flush()
    note_changed(parts, session, level, (kept_id, retired_id))
    tell_merged(parts, session, event, whom)
    return event.id


def note_changed(parts: Parts, session: Session, level: Level, ids: tuple[str, ...]) -> None:
    """Both changed just now, whatever their fields say: for the indexes, for whoever compares them with others, and for those who keep a
    copy and ask what changed since. The caller commits."""
    table = TABLES[level]
    changed = update(table).where(table.id.in_(ids)).values(modified_at=parts.clock.now())
    session.execute(changed.execution_options(synchronize_session=False))
    enqueue(session, _services_of(session, level, ids), parts.clock)


def _services_of(session: Session, level: Level, ids: tuple[str, ...]) -> list[str]:
    """The services that the indexes must hear of."""
    if level is Level.PROGRAM:
        return list(ids)
    if level is Level.ORGANIZATION:
        return list(session.scalars(select(Service.id).where(Service.organization_id.in_(ids)).order_by(Service.id)))
    at = select(ServiceAtLocation.service_id).where(ServiceAtLocation.location_id.in_(ids)).distinct()
    return sorted(session.scalars(at))


def _plan(session: Session, two: Two, take: Mapping[str, str] | None, now: datetime) -> MergePlan:
    kept, retired = side_of(session, two.kept), side_of(session, two.retired)
    survivors = surviving(kept, retired, FORM_OF[two.kept.kind], take)
    blocked = [
        Counted(each.words, number, each.settle)
        for each in BLOCKED[two.level]
        if (number := _count(session, each.table, _refers(each, two.retired.object_id, now)))
    ]
    moving = [
        Counted(each.words, number)
        for each in MOVED[two.level]
        if (number := _count(session, each.table, _moving(session, each, two, now)))
    ]
    sites = _count(session, ServiceAtLocation, _at(two.level, two.retired.object_id))
    moving += [Counted(say("services at places"), sites)] if sites else []
    return MergePlan(
        level=two.level, kept_id=two.kept.object_id, retired_id=two.retired.object_id, kept_name=_name(two.kept),
        retired_name=_name(two.retired), survivors=() if two.is_secret else survivors, moves=tuple(moving), blocks=tuple(blocked),
        is_secret=two.is_secret, standing=standing_in(session, two.level, two.kept.object_id, two.retired.object_id, now),
    )  # fmt: skip


def _name(record: Record) -> str:
    return "" if record.is_confidential else str(record.root.get("name") or "")


def _count(session: Session, table: Any, condition: Any) -> int:
    return session.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _refers(reference: Any, object_id: str, now: datetime) -> Any:
    condition = getattr(reference.table, reference.column) == object_id
    return condition if reference.only is None else condition & reference.only(now)


def _at(level: Level, object_id: str) -> Any:
    alive = ServiceAtLocation.merged_into.is_(None)
    if level is Level.SITE:
        return (ServiceAtLocation.location_id == object_id) & alive
    return ((ServiceAtLocation.service_id == object_id) & alive) if level is Level.PROGRAM else ServiceAtLocation.id.is_(None)


def _moving(session: Session, each: Moves, two: Two, now: datetime) -> Any:
    """The rows that go along: those that the record that stays does not have in the same form."""
    condition = _refers(each, two.retired.object_id, now)
    if each.between:
        condition = condition & (getattr(each.table, each.between) != two.kept.object_id)
    kept = _refers(each, two.kept.object_id, now)
    if each.alone:
        has_one = session.scalar(select(getattr(each.table, each.column)).where(kept).limit(1)) is not None
        return condition & (getattr(each.table, each.column).is_(None) if has_one else True)
    if not each.unlike:
        return condition
    columns = [getattr(each.table, name) for name in each.unlike]
    present = session.execute(select(*columns).where(kept)).all()
    for row in present:
        same = [column.is_not_distinct_from(value) for column, value in zip(columns, row, strict=True)]
        condition = condition & ~_all(same)
    return condition


def _belongs(organization_id: str, parent_id: str) -> Any:
    return (Organization.id == organization_id) & (Organization.parent_organization_id == parent_id)


def _all(conditions: list[Any]) -> Any:
    found = conditions[0]
    for each in conditions[1:]:
        found = found & each
    return found


TABLE: Mapping[str, Any] = {**{TABLES[level].__tablename__: TABLES[level] for level in Level}, "service_at_location": ServiceAtLocation}


class _Merging:
    """One merge under way: what was written and moved so far."""

    def __init__(self, parts: Parts, session: Session, by: str, now: datetime, why: str) -> None:
        self._parts, self._session, self._now = parts, session, now
        self._author = Author(by, Role.PLANNER.value, how=Act.MERGE, why=why)
        self.steps: list[Step] = []
        self.written: list[Written] = []

    def bring_together(self, kept: Record, retired: Record, take: Mapping[str, str] | None = None) -> None:
        """What either says into the one that stays, and the address of the other leads to it."""
        sides: tuple[Side, Side] = (side_of(self._session, kept), side_of(self._session, retired))
        values = survived(surviving(*sides, FORM_OF[kept.kind], take))
        written = write_survivors(self._session, kept, values, self._author, self._parts.clock)
        self.written += [written] if written is not None else []
        self.move(TABLE[kept.kind], "merged_into", TABLE[kept.kind].id == retired.object_id, kept.object_id)

    def move_along(self, two: Two) -> None:
        for each in MOVED[two.level]:
            self.move(each.table, each.column, _moving(self._session, each, two, self._now), two.kept.object_id)
        if two.level is Level.ORGANIZATION:
            kept, retired = two.kept.object_id, two.retired.object_id
            self.move(Organization, "parent_organization_id", _belongs(kept, retired), None)  # to itself now: to nobody
        else:
            self._sites(two)

    def _sites(self, two: Two) -> None:
        """Services at places: one that the record that stays has, too, is merged with it; the others go along."""
        mine, other = ("location_id", "service_id") if two.level is Level.SITE else ("service_id", "location_id")
        rows = self._session.execute(
            select(ServiceAtLocation.id, getattr(ServiceAtLocation, mine), getattr(ServiceAtLocation, other))
            .where(or_(_at(two.level, two.kept.object_id), _at(two.level, two.retired.object_id)))
            .order_by(ServiceAtLocation.withdrawn_at.is_not(None), ServiceAtLocation.id)
        ).all()
        stays: dict[str, str] = {}
        for site_id, whose, at in rows:
            if whose == two.kept.object_id:
                stays.setdefault(at, site_id)
        for site_id, whose, at in rows:
            if whose == two.kept.object_id:
                continue
            if at in stays:
                self._one_site(stays[at], site_id)
            else:
                self.move(ServiceAtLocation, mine, ServiceAtLocation.id == site_id, two.kept.object_id)
                stays[at] = site_id

    def _one_site(self, kept_id: str, retired_id: str) -> None:
        records = load_records(self._session, "service_at_location", [kept_id, retired_id], self._now)
        self.bring_together(records[kept_id], records[retired_id])
        self.move(Attempt, "place_id", Attempt.place_id == retired_id, kept_id)

    def move(self, table: Any, column: str, condition: Any, after: str | None) -> None:
        self._session.flush()
        self.steps += move(self._session, table, column, condition, after)
