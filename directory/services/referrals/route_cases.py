"""What rules came to for referrals, kept once for each different case: under which version, with which values of signals, and what was
decided. Events name their case, so that a clock runs on as it was decided when it began, whatever rules hold later."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.domain.referrals.clocks import read_term, write_term
from directory.rules.sets.kinds import OncePer, Told
from directory.rules.sets.routing import Route, Step
from directory.rules.sets.signals import Signals
from directory.rules.sets.writing import write_signals
from directory.store.tables import RouteCase


@dataclass(frozen=True, slots=True)
class Decided:
    """What a version decided of a referral of which it saw these signals."""

    set_name: str
    version: int
    seen: Signals
    route: Route

    @property
    def label(self) -> str:
        return f"{self.set_name} {self.version}"


def keep_case(session: Session, decided: Decided, at: datetime) -> int:
    """The id of the case, which is added where it is the first of its kind; the caller commits."""
    seen, outcome = write_signals(decided.seen), write_route(decided.route)
    whole = json.dumps([decided.set_name, decided.version, seen, outcome], sort_keys=True)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    known = select(RouteCase.id).where(RouteCase.digest == digest)
    found = session.scalar(known)
    if found is None:
        made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](RouteCase)
        values = {"set_name": decided.set_name, "version": decided.version, "digest": digest, "seen": seen, "outcome": outcome}
        session.execute(made.values(**values, first_at=at).on_conflict_do_nothing(index_elements=[RouteCase.digest]))
        found = session.scalars(known).one()
    return found


def read_case(session: Session, case_id: int) -> Decided | None:
    """None where it is not there, as in a copy of before."""
    row = session.get(RouteCase, case_id)
    return None if row is None else Decided(row.set_name, row.version, row.seen, read_route(row.outcome))


def write_route(route: Route) -> dict[str, Any]:
    """As JSON values; what is empty is left out."""
    steps = [[step.at, step.action.value, step.rule, [each.value for each in step.once_per]] for step in route.steps]
    whole: dict[str, Any] = {
        "clock": route.clock,
        "term": write_term(route.term) if route.term is not None else "",
        "waits_for": route.waits_for,
        "from_sent": route.from_sent,
        "steps": steps,
        "unknown": list(route.unknown),
        "to_review": list(route.to_review),
        "left_out": list(route.left_out),
    }
    return {name: value for name, value in whole.items() if value}


def read_route(kept: Mapping[str, Any]) -> Route:
    return Route(
        clock=kept.get("clock", ""),
        term=read_term(kept["term"]) if kept.get("term") else None,
        waits_for=kept.get("waits_for", ""),
        from_sent=kept.get("from_sent", False),
        steps=tuple(
            Step(at, Told(action), rule, tuple(OncePer(each) for each in once)) for at, action, rule, once in kept.get("steps", ())
        ),
        unknown=tuple(kept.get("unknown", ())),
        to_review=tuple(kept.get("to_review", ())),
        left_out=tuple(kept.get("left_out", ())),
    )
