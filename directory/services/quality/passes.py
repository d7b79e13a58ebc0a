"""A pass over all listings: in pieces, by id, so that it can be cut off anywhere and goes on where it was."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.rules.sets.kinds import SetKind
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.quality.judge import RIGHT, Judged, judge
from directory.services.quality.signals import AT_ONCE
from directory.services.rules.versions import held_now
from directory.store.tables import ListingFlag, QualityPass, Service

NAME = "flags"
HOUR = 3
"""At this hour of the community's clock a new pass begins."""

KEPT_DAYS = 400
"""So long after it was settled a flag is kept. That something is right as it stands is kept while it holds."""

Progress = Callable[[int, int], None]


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""


def begin_if_due(parts: Parts) -> bool:
    """Whether a pass is under way: one that was begun, or a new one, because it is night or because other rules hold by now."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        held, row = held_now(parts, session, SetKind.QUALITY), session.get(QualityPass, NAME)
        last_night = _last_night(now, ZoneInfo(community_in(session).zone))
        if row is not None and row.label == held.label and (row.finished_at is None or row.began_at >= last_night):
            return row.finished_at is None
        _begin(session, held.label, now)
        session.commit()
    return True


def begin(parts: Parts) -> None:
    """Begin anew, whatever was done so far."""
    with parts.database.writing() as session:
        _begin(session, held_now(parts, session, SetKind.QUALITY).label, parts.clock.now())
        session.commit()


def _begin(session: Session, label: str, now: datetime) -> None:
    total = session.scalar(select(func.count()).select_from(Service)) or 0
    session.merge(QualityPass(name=NAME, label=label, began_at=now, after_id=None, done=0, total=total, finished_at=None))


def _last_night(now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    night = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return night if local >= night else night - timedelta(days=1)


def go_on(parts: Parts) -> Judged | None:
    """Judge the next piece of the pass that is under way; None where it is done."""
    with parts.database.reading() as session:
        row = session.get(QualityPass, NAME)
        if row is None or row.finished_at is not None:
            return None
        asked = select(Service.id).order_by(Service.id).limit(AT_ONCE)
        ids = session.scalars(asked.where(Service.id > row.after_id) if row.after_id else asked).all()
        began_at, after_id = row.began_at, row.after_id
    done = judge(parts, ids) if ids else Judged()
    with parts.database.writing() as session:
        row = session.get(QualityPass, NAME, with_for_update=True)
        if row is not None and (row.began_at, row.after_id) == (began_at, after_id):  # else another worker was here meanwhile
            row.done += len(ids)
            row.after_id = ids[-1] if ids else row.after_id
            row.finished_at = None if len(ids) == AT_ONCE else parts.clock.now()
            session.commit()
    return done


def judge_all(parts: Parts, progress: Progress = _unwatched) -> Judged:
    """Judge every listing now. Cut off, the worker goes on where this was."""
    begin(parts)
    all_done = Judged()
    while (done := go_on(parts)) is not None:
        all_done.add(done)
        progress(*read_progress(parts))
        parts.stop_if_asked()
    return all_done


def read_progress(parts: Parts) -> tuple[int, int]:
    """How many were judged by the pass that is under way or was done last, and of how many."""
    with parts.database.reading() as session:
        row = session.get(QualityPass, NAME)
        return (row.done, max(row.done, row.total)) if row else (0, 0)


def forget_settled(parts: Parts) -> None:
    """Delete flags that were settled long ago."""
    before = parts.clock.now() - timedelta(days=KEPT_DAYS)
    with parts.database.writing() as session:
        session.execute(delete(ListingFlag).where(ListingFlag.settled_at < before, ListingFlag.how != RIGHT))
        session.commit()
