"""Find all pairs anew, or those of listings that changed; the worker does the first each night and the second as changes come."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.orm import Session

from directory.domain.categories.tree import ancestors, closure, descendants
from directory.rules.overlap.find import Found, find, one
from directory.rules.overlap.help import Information
from directory.rules.overlap.table import Table
from directory.rules.sets.kinds import SetKind
from directory.services.indexing.operations import listed_condition
from directory.services.overlaps.keep import Values, Written, keep_pairs, read_anew, values_of
from directory.services.overlaps.offerings import Progress, area_holders, category_counts, kin_of, listed_ids, read_offerings
from directory.services.parts import Parts
from directory.services.rules.versions import Held, held_now, today_in
from directory.store.tables import OverlapPair, OverlapRun, Service, ServiceCategory

MOST_CHANGED = 500
"""Of more listings that changed, all pairs are found anew instead."""
MAY_LAST = timedelta(seconds=30)
"""What changed so long before the last look is looked at once more: who began it may have ended it only after."""
NAME = "all"


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Reckoned:
    """What holds when all listings are held against each other, before it is kept."""

    began_at: datetime
    listings: int
    rows: list[Values]
    found: Found
    counts: dict[str, int]
    rule_version: str


@dataclass(frozen=True)
class RunReport:
    """What a run came to. `crowded`: category -> (its listings, how many had more neighbours than they were held against)."""

    listings: int
    candidates: int
    pairs: int
    nowhere: int
    written: Written
    rule_version: str
    readings: dict[str, int]
    crowded: dict[str, tuple[int, int]] = field(default_factory=dict)


def reckon(parts: Parts, progress: Progress = _unwatched) -> Reckoned:
    """Read every listing and find every pair that is worth keeping."""
    began = parts.clock.now()
    with parts.database.reading() as session:
        held, counts = held_now(parts, session, SetKind.FLAG), category_counts(session)
        ids, today = listed_ids(session), today_in(session, began)
        offerings = read_offerings(session, ids, today, progress, parts.stop_if_asked)
        holds = area_holders(session)
    table = Table(offerings, Information(counts), holds)
    found = find(table)
    return Reckoned(began, len(ids), values_of(parts, table, found.pairs, held), found, counts, held.label)


def keep(parts: Parts, reckoned: Reckoned, progress: Progress = _unwatched) -> RunReport:
    """Keep what was reckoned. Interrupted, it is gone on with by running again."""
    written = keep_pairs(parts, reckoned.rows, true(), progress)
    found = reckoned.found
    readings = dict(Counter(str(row["reading"]) for row in reckoned.rows).most_common())
    report = RunReport(
        reckoned.listings, found.candidates, len(reckoned.rows), found.nowhere, written, reckoned.rule_version, readings,
        {each.category: (each.listings, each.crowded) for each in found.crowded},
    )  # fmt: skip
    with parts.database.writing() as session:
        crowded = {category: list(numbers) for category, numbers in report.crowded.items()}
        session.merge(
            OverlapRun(
                name=NAME, began_at=reckoned.began_at, finished_at=parts.clock.now(), looked_until=reckoned.began_at,
                rule_version=report.rule_version, listings=report.listings, candidates=report.candidates, pairs=report.pairs,
                nowhere=report.nowhere, counts=reckoned.counts, crowded=crowded,
            )
        )  # fmt: skip
        session.commit()
    return report


def run_overlaps(parts: Parts, progress: Progress = _unwatched) -> RunReport:
    """Both, for whoever does not watch."""
    return keep(parts, reckon(parts, progress))


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last time that all listings were held against each other. `looked_until`: what changed later is still to be looked at. `counts`:
    how many listings had each category; `crowded`: category -> (its listings, how many of them were not compared with all neighbours);
    `nowhere`: listings of which it was not known where they serve."""

    began_at: datetime
    finished_at: datetime | None
    looked_until: datetime | None
    rule_version: str
    listings: int
    nowhere: int
    counts: dict[str, int]
    crowded: dict[str, tuple[int, int]]


def last_run(session: Session) -> LastRun | None:
    row = session.get(OverlapRun, NAME)
    if row is None:
        return None
    crowded = {category: (int(numbers[0]), int(numbers[1])) for category, numbers in row.crowded.items()}
    counts = {category: int(count) for category, count in row.counts.items()}
    times = (row.began_at, row.finished_at, row.looked_until)
    return LastRun(*times, row.rule_version, row.listings, row.nowhere, counts, crowded)


def refresh(parts: Parts) -> Written | None:
    """Bring the pairs in step with the listings that changed since, and with the rules that hold now. None: nothing was found yet, or so
    much has changed that all is to be found anew."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        run = last_run(session)
        if run is None or run.looked_until is None:
            return None
        held = held_now(parts, session, SetKind.FLAG)
        changed = _changed_since(session, run.looked_until - MAY_LAST)
    if len(changed) > MOST_CHANGED:
        return None
    if run.rule_version != held.label:
        read_anew(parts, held)
    written = refresh_listings(parts, changed, held, run.counts) if changed else Written()
    if changed or run.rule_version != held.label:
        with parts.database.writing() as session:
            row = session.get_one(OverlapRun, NAME)
            row.looked_until, row.rule_version = now, held.label
            row.pairs = session.scalar(select(func.count()).select_from(OverlapPair)) or 0
            session.commit()
    return written


def refresh_listings(parts: Parts, changed: Collection[str], held: Held, counts: dict[str, int]) -> Written:
    """The pairs of these listings, and of what their organizations offer alike elsewhere."""
    with parts.database.reading() as session:
        kin = kin_of(session, changed)
        table = _table_of(parts, session, _of_their_fields(session, kin), counts)
    rows = values_of(parts, table, one(table, kin).pairs, held)
    ids = sorted(kin)
    return keep_pairs(parts, rows, or_(OverlapPair.service_a_id.in_(ids), OverlapPair.service_b_id.in_(ids)), _unwatched)


def find_among(parts: Parts, service_ids: Collection[str]) -> Written:
    """The pairs of these listings with each other, for whoever cannot wait until all are found; that leaves them as they are."""
    with parts.database.reading() as session:
        held, table = held_now(parts, session, SetKind.FLAG), _table_of(parts, session, service_ids, category_counts(session))
    rows, ids = values_of(parts, table, find(table).pairs, held), sorted(service_ids)
    return keep_pairs(parts, rows, and_(OverlapPair.service_a_id.in_(ids), OverlapPair.service_b_id.in_(ids)), _unwatched)


def _table_of(parts: Parts, session: Session, service_ids: Collection[str], counts: dict[str, int]) -> Table:
    today = today_in(session, parts.clock.now())
    offerings = read_offerings(session, sorted(service_ids), today, _unwatched, parts.stop_if_asked)
    return Table(offerings, Information(counts), area_holders(session))


def _changed_since(session: Session, moment: datetime) -> list[str]:
    """Listings that changed, those that are listed no more among them: whoever takes one out changes it."""
    at: Any = func.coalesce(Service.changed_at, Service.modified_at, type_=Service.modified_at.type)
    return sorted(session.scalars(select(Service.id).where(at > moment)))


def _of_their_fields(session: Session, service_ids: Collection[str]) -> set[str]:
    """Everything that is listed in the fields of these listings: what any of them may be held against."""
    own = set(session.scalars(select(ServiceCategory.category).where(ServiceCategory.service_id.in_(service_ids)).distinct()))
    tops = {slug for slug in closure(own) if not ancestors(slug)}
    fields = {slug for top in tops for slug in (top, *descendants(top))}
    asked = select(Service.id).where(*listed_condition())
    return set(session.scalars(asked.where(Service.id.in_(select(ServiceCategory.service_id).where(ServiceCategory.category.in_(fields))))))
