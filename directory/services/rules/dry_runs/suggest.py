"""Rules that suggest partners, over needs since a day: who would have been suggested in whose place.

What was kept of a decision is gone over again with the signal values of then. Where few are kept since that day, the newest needs of which
nothing is kept are gone over with the values of today, and that is said.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from directory.domain.sentences import say
from directory.rules.sets.columns import Columns, scores
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.signals import Signals
from directory.services.parts import Parts
from directory.services.rules.dry_runs.reckoned import DryRun, Moved, Progress, Sample, moved
from directory.services.rules.versions import Held
from directory.services.suggesting.choosing import chosen, received_of
from directory.services.suggesting.decided import ABOUT_NEED
from directory.services.suggesting.decisions import seen_signals
from directory.services.suggesting.suggest import look_at_need
from directory.store.tables import Need, Organization, RuleDecision, Service

AT_ONCE = 500
MOST_NEEDS = 200
MOST_SAMPLES = 20


@dataclass(frozen=True, slots=True)
class _Case:
    """One need: its candidates' signals by id, and what was usual."""

    candidates: Mapping[str, Signals]
    usual: float


@dataclass(slots=True)
class _Tally:
    cases: int = 0
    changed: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    swaps: Counter[tuple[str, str]] = field(default_factory=Counter)


def reckon(parts: Parts, rules: RuleSet, version: int, held: Held, since: datetime, progress: Progress) -> DryRun:
    """Who would be suggested differently, by organization and sector."""
    tally, kept = _Tally(), _kept_ids(parts, since)
    needs = _newest(parts, since, MOST_NEEDS - len(kept))
    every = len(kept) + len(needs)
    for start in range(0, len(kept), AT_ONCE):
        _count(tally, _kept(parts, kept[start : start + AT_ONCE]), held.rules, rules)
        progress(min(start + AT_ONCE, len(kept)), every)
    from_history = tally.cases
    for number, need_id in enumerate(needs, start=1):
        _count(tally, _looked_at(parts, need_id), held.rules, rules)
        progress(len(kept) + number, every)
    today = tally.cases - from_history
    note = say("Of %(count)s needs no suggestion is kept; they were gone over with the values of today.", count=today) if today else ""
    counts = (tally.cases, from_history, tally.changed)
    return _told(parts, tally, DryRun(rules.name, version, held.label, since, parts.clock.now(), *counts, note=note))


def _kept_ids(parts: Parts, since: datetime) -> list[str]:
    asked = select(RuleDecision.id).where(RuleDecision.kind == SetKind.SUGGEST.value, RuleDecision.about_kind == ABOUT_NEED)
    with parts.database.reading(may_lag=True) as session:
        return list(session.scalars(asked.where(RuleDecision.at >= since).order_by(RuleDecision.at, RuleDecision.id)))


def _kept(parts: Parts, ids: list[str]) -> list[_Case]:
    with parts.database.reading(may_lag=True) as session:
        seen = session.scalars(select(RuleDecision.seen).where(RuleDecision.id.in_(ids)).order_by(RuleDecision.at, RuleDecision.id)).all()
    return [_case(each) for each in seen]


def _case(seen: Mapping[str, Any]) -> _Case:
    return _Case({key: seen_signals(each) for key, each in seen["candidates"].items()}, float(seen.get("usual", 0)))


def _newest(parts: Parts, since: datetime, most: int) -> list[str]:
    """Needs of which nothing is kept."""
    if most <= 0:
        return []
    is_kept = exists().where(RuleDecision.about_kind == ABOUT_NEED, RuleDecision.about_id == Need.id, RuleDecision.at >= since)
    asked = select(Need.id).where(Need.made_at >= since, ~is_kept).order_by(Need.made_at.desc(), Need.id).limit(most)
    with parts.database.reading(may_lag=True) as session:
        return list(session.scalars(asked))


def _looked_at(parts: Parts, need_id: str) -> list[_Case]:
    """As it would be suggested today; nothing is kept of it."""
    found = look_at_need(parts, need_id)
    candidates = {key: candidate.signals for key, (candidate, _points) in found.passed.items()}
    return [_Case(candidates, found.usual)] if candidates else []


def _count(tally: _Tally, cases: Iterable[_Case], before: RuleSet, after: RuleSet) -> None:
    """Both sets over all candidates of these cases at once."""
    cases = list(cases)
    rows = [signals for case in cases for signals in case.candidates.values()]
    columns = Columns(rows, SetKind.SUGGEST)
    points = [scores(each, columns).tolist() for each in (before, after)]
    start = 0
    for case in cases:
        end = start + len(case.candidates)
        received = received_of(case.candidates)
        was, is_now = (_shown(case, given[start:end], received) for given in points)
        tally.cases += 1
        tally.changed += was != is_now
        tally.before.update(was)
        tally.after.update(is_now)
        gone, new = [each for each in was if each not in is_now], [each for each in is_now if each not in was]
        tally.swaps.update(zip(gone, new, strict=False))
        start = end


def _shown(case: _Case, points: list[int], received: Mapping[str, float]) -> list[str]:
    """Ids of those that would be suggested."""
    return [each.id for each in chosen(dict(zip(case.candidates, points, strict=True)), received, case.usual)]


def _told(parts: Parts, tally: _Tally, bare: DryRun) -> DryRun:
    """With names, by organization and by sector."""
    ids = {*tally.before, *tally.after}
    asked = select(Service.id, Service.name, Organization.id, Organization.name, Organization.sector)
    with parts.database.reading(may_lag=True) as session:
        rows = session.execute(asked.join(Organization, Organization.id == Service.organization_id).where(Service.id.in_(ids))).all()
    service = {row[0]: row[1] for row in rows}
    owner, sector = {row[0]: row[2] for row in rows}, {row[0]: row[4] or "" for row in rows}
    names = {row[2]: row[3] for row in rows}
    samples = [
        Sample(gone, service.get(gone, gone), service.get(gone, gone), service.get(new, new))
        for (gone, new), _count in sorted(tally.swaps.items(), key=lambda each: (-each[1], each[0]))[:MOST_SAMPLES]
    ]
    return DryRun(
        bare.set_name, bare.version, bare.against, bare.since, bare.until, bare.cases, bare.from_history, bare.changed,
        by_organization=_moved(tally, owner, names), by_sector=_moved(tally, sector, {}), samples=tuple(samples), note=bare.note,
    )  # fmt: skip


def _moved(tally: _Tally, of: Mapping[str, str], names: Mapping[str, str]) -> tuple[Moved, ...]:
    before, after = Counter[str](), Counter[str]()
    for counted, into in ((tally.before, before), (tally.after, after)):
        for key, count in counted.items():
            if of.get(key):
                into[of[key]] += count
    return moved(before, after, names)
