"""Rules of quality over all listings as they are today: which would be flagged otherwise, and which would be due on another day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.sentences import say
from directory.rules.sets.kinds import SetKind
from directory.rules.sets.quality import Case, Due, due_of, flags_of, look_again_rules, look_again_signals
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.signals import signals_of
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.quality.judge import flag_signals
from directory.services.quality.signals import AT_ONCE, read_cases
from directory.services.rules.dry_runs.reckoned import DryRun, Progress, Sample, moved
from directory.services.rules.versions import Held
from directory.store.tables import Organization, Service

MOST_SAMPLES = 20

NOTE = say(
    "Listings are judged as they are today, whatever the day that was asked for: what they lacked before is not kept. Answers that "
    "something is right as it stands are left out."
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What rules say of one listing. `flags` by name, in order; `due` and whether it is due already."""

    flags: tuple[str, ...]
    due: Due
    is_due: bool

    @property
    def times(self) -> int:
        return len(self.flags) + self.is_due


@dataclass
class _Found:
    cases: int = 0
    changed: int = 0
    names: dict[str, str] = field(default_factory=dict)
    by_organization: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    by_sector: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    samples: list[Sample] = field(default_factory=list)


def reckon(parts: Parts, rules: RuleSet, version: int, held: Held, since: datetime, progress: Progress) -> DryRun:
    """What would be flagged and due otherwise. `before` and `after` of an organization or a sector count its flags, and its listings that
    are due."""
    now, found = parts.clock.now(), _Found()
    wanted = frozenset().union(*(flag_signals(each) | look_again_signals(each) for each in (rules, held.rules)))
    is_due_alike = tuple(look_again_rules(rules)) == tuple(look_again_rules(held.rules))
    with parts.database.reading() as session:
        ids = session.scalars(select(Service.id).where(*listed_condition()).order_by(Service.id)).all()
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            cases = read_cases(session, some, now, wanted)
            for row in _rows(session, some):
                before = _said(held.rules, cases[row.id], now)
                after = _said(rules, cases[row.id], now, before.due if is_due_alike else None)
                _count(found, row, before, after)
            progress(start + len(some), len(ids))
            parts.stop_if_asked()
    sectors = {key: str(label) for key, label in signals_of(SetKind.QUALITY)["listing.sector"].field.choices.items()}
    return DryRun(
        rules.name, version, held.label, since, now, cases=found.cases, from_history=0, changed=found.changed,
        by_organization=moved(*found.by_organization, found.names), by_sector=moved(*found.by_sector, sectors),
        samples=tuple(found.samples), note=NOTE,
    )  # fmt: skip


def _rows(session: Session, ids: list[str] | Any) -> Iterator[Any]:
    columns = (Service.id, Service.name, Service.organization_id, Organization.name.label("whose"), Organization.sector)
    asked = select(*columns).outerjoin(Organization, Organization.id == Service.organization_id).where(Service.id.in_(ids))
    yield from session.execute(asked.order_by(Service.id))


def _said(rules: RuleSet, case: Case, now: datetime, due: Due | None = None) -> _Said:
    when = due or due_of(rules, case)
    return _Said(tuple(flagged.then.flag for flagged in flags_of(rules, case.at(now))), when, when.at <= now)


def _count(found: _Found, row: Any, before: _Said, after: _Said) -> None:
    found.cases += 1
    for said, organizations, sectors in zip((before, after), found.by_organization, found.by_sector, strict=True):
        if row.organization_id and said.times:
            organizations[row.organization_id] += said.times
        if row.sector and said.times:
            sectors[row.sector] += said.times
    if row.organization_id:
        found.names[row.organization_id] = row.whose
    if (sorted(before.flags), before.due.at) == (sorted(after.flags), after.due.at):
        return
    found.changed += 1
    if len(found.samples) < MOST_SAMPLES:
        found.samples.append(Sample(row.id, row.name, *_differently(before, after)))


def _differently(before: _Said, after: _Said) -> tuple[str, str]:
    """What only one of the two says."""
    same = set(before.flags) & set(after.flags)
    is_other_day = before.due.at != after.due.at
    told = []
    for said in (before, after):
        words = [flag for flag in said.flags if flag not in same]
        if is_other_day and said.due.rule is not None:
            words.append(f"{said.due.at.date().isoformat()} ({said.due.why})")
        told.append(", ".join(words) or "–")
    return told[0], told[1]
