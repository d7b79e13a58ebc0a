"""What workers met with who tried a listing: told in one tap, shown for a day, ended by the organization's answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound, TooMany
from directory.domain.sentences import say
from directory.domain.upkeep.reports import SHOWN_FOR, Report
from directory.services.indexing.operations import listed_condition
from directory.services.limits import Limit, count_once, used_up
from directory.services.parts import Parts
from directory.store.tables import Service, WorkerReport

BY_WORKER = Limit("report by worker", 60, 3600)
SAME_WITHIN = timedelta(hours=1)
"""The same told by the same worker within this time is one report."""


@dataclass(frozen=True, slots=True)
class OpenReport:
    """The last report of a kind that nobody has answered. `times`: how often it was told within a day."""

    kind: Report
    told_at: datetime
    times: int = 1


def report_listing(parts: Parts, service_id: str, kind: Report, by: str) -> None:
    """A worker tells what they met with just now. Raise `NotFound`, `TooMany`."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        if session.scalar(select(Service.id).where(Service.id == service_id, *listed_condition())) is None:
            raise NotFound(say("There is no such listing."))
        if used_up(session, BY_WORKER, by[:64], now):
            raise TooMany(say("Too many reports within an hour. Try again later."))
        count_once(session, BY_WORKER, by[:64], now)
        own = (WorkerReport.service_id == service_id, WorkerReport.kind == kind, WorkerReport.by == by, WorkerReport.answered_at.is_(None))
        if session.scalar(select(WorkerReport.id).where(*own, WorkerReport.told_at > now - SAME_WITHIN)) is None:
            session.add(WorkerReport(service_id=service_id, kind=kind, told_at=now, ends_at=now + SHOWN_FOR, by=by))
        session.commit()


def take_report_back(parts: Parts, service_id: str, by: str) -> None:
    """A worker tapped by mistake: what they told within the last hour is gone."""
    with parts.database.writing() as session:
        since = parts.clock.now() - SAME_WITHIN
        own = (WorkerReport.service_id == service_id, WorkerReport.by == by, WorkerReport.told_at > since)
        for row in session.scalars(select(WorkerReport).where(*own, WorkerReport.mailed_at.is_(None))):
            session.delete(row)
        session.commit()


def reports_of(parts: Parts, service_id: str) -> tuple[OpenReport, ...]:
    """What is shown with a listing now."""
    with parts.database.reading() as session:
        return tuple(open_reports(session, [service_id], parts.clock.now()).get(service_id, ()))


def open_reports(session: Session, service_ids: Iterable[str], now: datetime) -> dict[str, list[OpenReport]]:
    """What nobody has answered within a day, by listing; the newest of each kind, the newest first."""
    shown = (WorkerReport.service_id.in_(list(service_ids)), WorkerReport.answered_at.is_(None), WorkerReport.ends_at > now)
    found: dict[str, dict[Report, OpenReport]] = {}
    for row in session.scalars(select(WorkerReport).where(*shown).order_by(WorkerReport.told_at, WorkerReport.id)):
        kinds, kind = found.setdefault(row.service_id, {}), Report(row.kind)
        before = kinds.get(kind)
        kinds[kind] = OpenReport(kind, row.told_at, before.times + 1 if before else 1)
    return {key: sorted(kinds.values(), key=lambda one: one.told_at, reverse=True) for key, kinds in found.items()}
