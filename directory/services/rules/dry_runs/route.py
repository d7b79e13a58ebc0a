"""Rules of the kind "route" over what happened since a day: which steps would have been due of each referral, under the version and under
what holds now. What people did is taken as it was; nobody knows whether a reminder more would have changed it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.orm import Session

from directory.domain.referrals.clocks import SENDER, OpenTime
from directory.domain.referrals.events import KEEPS_CLOCK, Kind
from directory.domain.referrals.states import State
from directory.domain.sentences import say
from directory.rules.sets.kinds import Told
from directory.rules.sets.routing import Route, Router
from directory.rules.sets.rule import RuleSet
from directory.rules.sets.signals import Signals
from directory.rules.sets.then_words import TOLD
from directory.services.parts import Parts
from directory.services.referrals.route_signals import OF_ITS_EVENTS, Asked, SignalReader
from directory.services.referrals.running import MAY_WAIT, start_of
from directory.services.referrals.working_time import Times
from directory.services.rules.dry_runs.reckoned import DryRun, Progress, Sample, moved
from directory.services.rules.versions import Held
from directory.store.tables import Attempt, AttemptEvent, Organization, RouteCase, Service

AT_ONCE = 1_000
MOST_SAMPLES = 20
NOTE = say("What people did is taken as it was: nobody knows whether they would have answered sooner or later.")
JUST = 1e-6
"""Shares that differ by less are the same: moments are kept to the microsecond."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time in which one clock ran. `state` and `code` as they were then, `seen` what rules saw then, where it was kept."""

    state: State
    code: str
    start: datetime
    end: datetime
    sent_at: datetime | None
    paused_once: bool
    seen: Signals


@dataclass(slots=True)
class _Found:
    """What was found so far. `due`: before and after, by organization; `told`: by action."""

    cases: int = 0
    from_history: int = 0
    changed: int = 0
    due: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    told: tuple[Counter[Told], Counter[Told]] = field(default_factory=lambda: (Counter(), Counter()))
    samples: list[tuple[str, Counter[Told], Counter[Told]]] = field(default_factory=list)


def reckon(parts: Parts, rules: RuleSet, version: int, held: Held, since: datetime, progress: Progress) -> DryRun:
    """Every referral that was made since then, in whoever's hours it ran."""
    until = parts.clock.now()
    looking = _Looking(parts, (Router(held.rules), Router(rules)), until)
    with parts.database.reading() as session:
        found, total = looking.found, session.scalar(select(func.count()).select_from(Attempt).where(Attempt.made_at >= since)) or 0
        for rows in _attempts(session, since):
            parts.stop_if_asked()
            looking.look(session, rows)
            progress(found.cases, total)
        names, sectors = _named(session, {key for counts in found.due for key in counts})
        programs = _program_names(session, [service_id for service_id, _before, _after in found.samples])
    before, after = found.due
    return DryRun(
        set_name=rules.name, version=version, against=held.label, since=since, until=until, cases=found.cases,
        from_history=found.from_history, changed=found.changed, by_organization=moved(before, after, names),
        by_sector=moved(_by_sector(before, sectors), _by_sector(after, sectors), {}),
        samples=tuple(Sample(key, programs.get(key, ""), _words(was), _words(will)) for key, was, will in found.samples),
        by_action=moved(_by_name(found.told[0]), _by_name(found.told[1]), _NAMES), note=NOTE,
    )  # fmt: skip


def _attempts(session: Session, since: datetime) -> Iterator[Sequence[Row[Any]]]:
    """Some at a time, in the order in which they were made."""
    columns = (
        Attempt.id, Attempt.need_id, Attempt.service_id, Attempt.place_id, Attempt.urgency, Attempt.category, Attempt.sender_id,
        Attempt.receiver_id, Attempt.made_at,
    )  # fmt: skip
    statement = select(*columns).where(Attempt.made_at >= since).order_by(Attempt.made_at, Attempt.id).limit(AT_ONCE)
    rows: Sequence[Any] = session.execute(statement).all()
    while rows:
        yield rows
        last = rows[-1]
        rows = session.execute(statement.where(tuple_(Attempt.made_at, Attempt.id) > (last.made_at, last.id))).all()


class _Looking:
    def __init__(self, parts: Parts, routers: tuple[Router, Router], until: datetime) -> None:
        self.found = _Found()
        self._routers = routers
        self._until = until
        self._wanted = tuple(sorted({name for router in routers for name in router.wanted}))
        self._times = Times(parts)
        self._signals = SignalReader(until)
        self._cases: dict[int, Signals] = {}
        self._open: dict[int, OpenTime] = {}
        self._reads_more = not OF_ITS_EVENTS.issuperset(self._wanted)

    def look(self, session: Session, rows: Sequence[Row[Any]]) -> None:
        asked = {
            row.id: Asked(
                row.service_id, row.place_id, row.urgency, row.category, row.sender_id, row.receiver_id, row.need_id
            )
            for row in rows
        }  # fmt: skip
        self._times.prepare(session, {(each.service_id, each.place_id) for each in asked.values()})
        self._signals.prepare(session, self._wanted, asked.values())
        for attempt_id, stretches in self._stretches(session, list(asked)):
            self._attempt(session, asked[attempt_id], stretches)

    def _stretches(self, session: Session, ids: list[str]) -> Iterator[tuple[str, list[Stretch]]]:
        columns = (AttemptEvent.attempt_id, AttemptEvent.kind, AttemptEvent.at, AttemptEvent.state, AttemptEvent.code, AttemptEvent.case_id)
        asked = select(*columns).where(AttemptEvent.attempt_id.in_(ids)).order_by(AttemptEvent.attempt_id, AttemptEvent.number)
        rows = session.execute(asked).all()
        self._read_cases(session, {row.case_id for row in rows if row.case_id})
        for attempt_id, events in groupby(rows, key=lambda row: row.attempt_id):
            yield attempt_id, list(self._of_events(tuple(events)))

    def _read_cases(self, session: Session, ids: set[int]) -> None:
        missing = ids - self._cases.keys()
        for case_id, seen in session.execute(select(RouteCase.id, RouteCase.seen).where(RouteCase.id.in_(missing))) if missing else ():
            self._cases[case_id] = seen

    def _of_events(self, events: Sequence[Any]) -> Iterator[Stretch]:
        """Where somebody was waited for."""
        begins = [number for number, event in enumerate(events) if event.kind not in KEEPS_CLOCK]
        sent_at, paused = None, False
        for number, following in zip(begins, [*begins[1:], None], strict=True):
            event = events[number]
            sent_at = event.at if event.kind == Kind.SENT else sent_at
            paused = paused or event.kind == Kind.INFO_ASKED
            end = events[following].at if following is not None else self._until
            if event.state in MAY_WAIT and event.kind != Kind.NEXT_STEP_CHOSEN:
                seen = self._cases.get(event.case_id or 0, {})
                yield Stretch(State(event.state), event.code or "", event.at, end, sent_at, paused, seen)

    def _attempt(self, session: Session, asked: Asked, stretches: Iterable[Stretch]) -> None:
        found = self.found
        found.cases += 1
        is_from_history, told = True, (Counter[Told](), Counter[Told]())
        is_changed = False
        for stretch in stretches:
            today = self._signals.of(session, self._wanted, asked, stretch.state, stretch.code)
            if self._reads_more:
                is_from_history &= OF_ITS_EVENTS.union(stretch.seen).issuperset(self._wanted)
                today |= {name: value for name, value in stretch.seen.items() if name not in OF_ITS_EVENTS}
            routes = [router.route(today) for router in self._routers]
            steps = [self._due(session, asked, stretch, routes[0])]
            steps.append(self._due(session, asked, stretch, routes[1]) if routes[1] != routes[0] else steps[0])
            is_changed |= steps[0] != steps[1]
            for which, route in enumerate(routes):
                told[which].update(steps[which])
                who = asked.sender_id if route.waits_for == SENDER else asked.receiver_id
                found.due[which][who] += len(steps[which])
        for which in (0, 1):
            found.told[which].update(told[which])
        found.from_history += is_from_history
        found.changed += is_changed
        if is_changed and len(found.samples) < MOST_SAMPLES:
            found.samples.append((asked.service_id, *told))

    def _due(self, session: Session, asked: Asked, stretch: Stretch, route: Route) -> list[Told]:
        """What would have been done while it ran."""
        if route.term is None or not route.steps:
            return [step.action for step in route.proposes if step.at == 0]
        start = start_of(route, stretch.start, stretch.sent_at, paused_once=stretch.paused_once)
        least = min((step.at for step in route.steps if step.at), default=0.0)
        share = 0.0 if _is_too_short(route, least, start, stretch.end) else self._passed(session, asked, route, start, stretch.end)
        found = [step.action for step in route.steps if step.at <= share + JUST]
        return found[: found.index(Told.END) + 1] if Told.END in found else found

    def _passed(self, session: Session, asked: Asked, route: Route, start: datetime, end: datetime) -> float:
        assert route.term is not None
        is_senders = route.waits_for == SENDER
        time = self._times.office(session) if is_senders else self._times.at(session, asked.service_id, asked.place_id)
        if id(time) not in self._open:
            self._open[id(time)] = OpenTime(time.zone, time.spans_on)
        return self._open[id(time)].passed(start, end).share_of(route.term)


def _is_too_short(route: Route, least: float, start: datetime, end: datetime) -> bool:
    """Whether it cannot have come to its first share, whatever the hours: most are answered sooner, and are not reckoned any further."""
    assert route.term is not None
    if route.term.open_minutes:
        return end - start < timedelta(minutes=route.term.open_minutes * least)
    return (end - start) / timedelta(days=1) + 2 < route.term.working_days * least


def _named(session: Session, ids: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Names and sectors of organizations."""
    rows = session.execute(select(Organization.id, Organization.name, Organization.sector)).all()
    known = [row for row in rows if row.id in ids]
    return {row.id: row.name for row in known}, {row.id: row.sector or "" for row in known}


def _program_names(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.execute(select(Service.id, Service.name).where(Service.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _by_sector(counts: Mapping[str, int], sectors: Mapping[str, str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for organization_id, count in counts.items():
        if sector := sectors.get(organization_id):
            found[sector] += count
    return found


_SHORT = {
    Told.REMIND: "remind", Told.ESCALATE: "escalate", Told.END: "end", Told.PROPOSE_OTHERS: "propose others",
    Told.TELL_PLANNERS: "tell planners",
}  # fmt: skip


_NAMES = {action.value: str(words) for action, words in TOLD.items()}


def _by_name(told: Counter[Told]) -> dict[str, int]:
    return {action.value: count for action, count in told.items()}


def _words(told: Mapping[Told, int]) -> str:
    """ "remind 2, escalate 1"."""
    return ", ".join(f"{_SHORT[action]} {told[action]}" for action in Told if told.get(action))
