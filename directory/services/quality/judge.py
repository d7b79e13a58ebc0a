"""Judge listings by the rules that hold, and keep what came of it: a flag is opened when its cause is there, and goes when that goes.

Listings that change are judged by the worker, some seconds later: each change leaves a row in `quality_pending` in its own transaction, so
none is missed, and whoever edits waits for no rule. Besides all are judged once a night, and at once when other rules hold: what changes
without the listing (accounts, days, links) is seen then.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.rules.sets.check import signals_in
from directory.rules.sets.kinds import Owner, SetKind, Severity
from directory.rules.sets.quality import COUNTS_DAYS, Flagged, flags_of, is_same_fact
from directory.rules.sets.rule import FlagListing, RuleSet
from directory.rules.sets.signals import Plain, Signals
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.quality.signals import AT_ONCE, read_cases
from directory.services.rules.versions import Held, held_now, today_in
from directory.store.base import new_id
from directory.store.tables import ListingFlag, QualityPending, Service

FIXED, RIGHT, DROPPED = "fixed", "right", "dropped"
"""How a flag was settled."""

WEIGHT: Mapping[Severity, int] = {Severity.HIGH: 3, Severity.MEDIUM: 2, Severity.LOW: 1}
HAS_OWNER = "listing.has_owner"


@dataclass
class Judged:
    """How many listings were judged, how many flags were opened, and how many were settled."""

    listings: int = 0
    opened: int = 0
    settled: int = 0

    def add(self, other: "Judged") -> None:
        self.listings += other.listings
        self.opened += other.opened
        self.settled += other.settled


def flag_signals(rules: RuleSet) -> frozenset[str]:
    """What must be known of a listing to judge it, and to say whose turn it is."""
    named = [signals_in(rule) for rule in rules.active_rules if isinstance(rule.then, FlagListing)]
    return frozenset({HAS_OWNER}.union(*named))


def judge_pending(parts: Parts, most: int = AT_ONCE) -> Judged:
    """Judge listings that changed, at most so many."""
    with parts.database.reading() as session:
        asked = select(QualityPending.service_id, QualityPending.version).limit(most)
        waiting: dict[str, int] = dict(session.execute(asked).all())
    if not waiting:
        return Judged()
    return judge(parts, list(waiting), waiting)


def judge(parts: Parts, service_ids: Sequence[str], waiting: Mapping[str, int] | None = None) -> Judged:
    """Judge these listings, at most `AT_ONCE` of them, in one short transaction. `waiting`: the versions that wait to be judged."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        held = held_now(parts, session, SetKind.QUALITY)
    with parts.database.writing() as session:
        done = judge_in(session, held, service_ids, now)
        if waiting:
            pending = tuple_(QualityPending.service_id, QualityPending.version)
            session.execute(delete(QualityPending).where(pending.in_(list(waiting.items()))))
        session.commit()
    return done


def judge_in(session: Session, held: Held, service_ids: Sequence[str], now: datetime) -> Judged:
    """The same; the caller commits."""
    kept = _Kept(session, service_ids, today_in(session, now))
    listed = select(Service.id, Service.organization_id).where(Service.id.in_(service_ids), *listed_condition())
    owners: dict[str, str | None] = dict(session.execute(listed).all())
    cases = read_cases(session, owners, now, flag_signals(held.rules))
    done, new = Judged(listings=len(service_ids)), []
    on = {rule.id for rule in held.rules.active_rules}
    for service_id in service_ids:
        signals = cases[service_id].at(now) if service_id in cases else {}
        found = {flagged.rule.id: flagged for flagged in flags_of(held.rules, signals)} if service_id in cases else {}
        is_kept = signals.get(HAS_OWNER) is True
        for row in kept.open.get(service_id, ()):
            if row.rule_id not in found:
                row.settled_at, row.how = now, FIXED if row.rule_id in on and service_id in cases else DROPPED
                done.settled += 1
            else:
                _bring_up_to_date(row, found[row.rule_id], held, owners[service_id], is_kept=is_kept)
        for rule_id, flagged in found.items():
            if not kept.knows(service_id, flagged):
                row_values = _values(flagged, held, owners[service_id], is_kept=is_kept)
                new.append({"id": new_id(), "service_id": service_id, "rule_id": rule_id, "opened_at": now, **row_values})
    done.opened = _open(session, new)
    return done


class _Kept:
    """The flags of some listings that are open, and those that were said to be right as they stand."""

    def __init__(self, session: Session, service_ids: Iterable[str], today: date) -> None:
        holds = (ListingFlag.how == RIGHT, or_(ListingFlag.until.is_(None), ListingFlag.until >= today))
        asked = select(ListingFlag).where(ListingFlag.service_id.in_(list(service_ids)))
        self.open: dict[str, list[ListingFlag]] = {}
        for row in session.scalars(asked.where(ListingFlag.settled_at.is_(None))):
            self.open.setdefault(row.service_id, []).append(row)
        columns = (ListingFlag.service_id, ListingFlag.rule_id, ListingFlag.seen)
        self._right: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for answer in session.execute(select(*columns).where(ListingFlag.service_id.in_(list(service_ids)), *holds)):
            self._right.setdefault((answer.service_id, answer.rule_id), []).append(answer.seen)

    def knows(self, service_id: str, flagged: Flagged) -> bool:
        """Whether it is open, or an answer to it holds: of this very fact."""
        if any(row.rule_id == flagged.rule.id for row in self.open.get(service_id, ())):
            return True
        now = written(flagged.seen)
        return any(is_same_fact(seen, now) for seen in self._right.get((service_id, flagged.rule.id), ()))


def _values(flagged: Flagged, held: Held, organization_id: str | None, *, is_kept: bool) -> dict[str, Any]:
    then = flagged.then
    return {
        "organization_id": organization_id,
        "flag": then.flag,
        "weight": WEIGHT[then.severity],
        "owner": _whose(flagged, is_kept=is_kept).value,
        "is_known": flagged.is_known,
        "set_name": held.name,
        "version": held.version,
        "seen": written(flagged.seen),
    }


def _whose(flagged: Flagged, *, is_kept: bool) -> Owner:
    """Where nobody of the organization can change the listing, or too little is known to say, a planner looks."""
    return flagged.then.owner if is_kept and flagged.is_known else Owner.PLANNER


def _bring_up_to_date(row: ListingFlag, flagged: Flagged, held: Held, organization_id: str | None, *, is_kept: bool) -> None:
    """An open flag tells of what was judged last; who took it over keeps it. Days that pass are no reason to write."""
    values = _values(flagged, held, organization_id, is_kept=is_kept)
    if row.taken_over_by is not None:
        del values["owner"]
    if is_same_fact(row.seen, values["seen"]):
        del values["seen"]
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def written(signals: Signals) -> dict[str, Any]:
    """Signal values as they are kept: whole days, lists in order."""
    return {name: _written(name, value) for name, value in signals.items()}


def _written(name: str, value: Plain) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, float) and (name in COUNTS_DAYS or value == int(value)):
        return int(value)
    return value


def _open(session: Session, rows: Collection[dict[str, Any]]) -> int:
    """Add flags; one that somebody else has opened meanwhile stays theirs."""
    if not rows:
        return 0
    made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](ListingFlag)
    session.connection().execute(made.on_conflict_do_nothing(), list(rows))
    return len(rows)
