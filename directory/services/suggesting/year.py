"""What the last year of referrals came to, counted without anything of a person: of programs, of sectors, and of needs that come together.

All figures end with the day before, so that whoever asks twice on a day, of whichever host, gets the same ones; each process counts once
a day.
"""

import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from statistics import median
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from directory.domain.referrals.states import State
from directory.domain.suggesting.figures import FEWEST_TOGETHER, SMALLEST, lift, working_days
from directory.services.listings.community import community_in
from directory.store.tables import Attempt, Need, Organization

A_YEAR = timedelta(days=365)
TWO_YEARS = timedelta(days=730)
MOST_ANSWERS = 200
"""Of one program the newest so many answers are looked at."""

SAMPLE_OF_ANSWERS = 3_000
KEPT = 50_000

_Made = TypeVar("_Made")
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class OfProgram:
    """`received`: referrals sent to it. Of those that came to an end (`ended`): `accepted` and `helped`. `answer_days`: working days until
    each answer."""

    received: int = 0
    ended: int = 0
    accepted: int = 0
    helped: int = 0
    answer_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual: shares from 0 to 1, the median of working days until an answer; None where too few are known."""

    accepted: float | None = None
    helped: float | None = None
    answer_days: float | None = None


@dataclass(frozen=True, slots=True)
class Community:
    """`usual` by sector, of all under "". `links`: referrals between two sectors, whichever way. `received`: the median of what programs
    that got any referral got. `together`, `with_need`: people with both needs, with each; `people`: with any."""

    usual: Mapping[str, Usual] = field(default_factory=dict)
    links: Mapping[frozenset[str], int] = field(default_factory=dict)
    received: float = 0
    together: Mapping[frozenset[str], int] = field(default_factory=dict)
    with_need: Mapping[str, int] = field(default_factory=dict)
    people: int = 0

    def usual_of(self, sector: str) -> Usual:
        own, everybody = self.usual.get(sector, Usual()), self.usual.get("", Usual())
        return Usual(
            own.accepted if own.accepted is not None else everybody.accepted,
            own.helped if own.helped is not None else everybody.helped,
            own.answer_days if own.answer_days is not None else everybody.answer_days,
        )

    def lift_of(self, one: str, other: str) -> tuple[float, int] | None:
        """How much more often two needs come together than by chance, and of how many people; None of too few."""
        both = self.together.get(frozenset((one, other)), 0)
        if both < FEWEST_TOGETHER:
            return None
        return lift(both, self.with_need[one], self.with_need[other], self.people), both

    def comes_with(self, one: str) -> frozenset[str]:
        """The needs that come together with one more often than by chance, as far as enough is known."""
        others = {other for pair in self.together if one in pair for other in pair - {one}}
        known = {other: self.lift_of(one, other) for other in others}
        return frozenset(other for other, found in known.items() if found is not None and found[0] > 1)


def until(now: datetime) -> datetime:
    """The end of the day before (UTC): up to then everything is counted."""
    return datetime.combine(now.date(), time(), UTC)


def community_year(session: Session, now: datetime) -> Community:
    """Of everybody together."""
    return _once_a_day(session, now, "community", lambda: _community(session, until(now)))


def programs_year(session: Session, service_ids: Collection[str], now: datetime) -> dict[str, OfProgram]:
    """Of each of these programs."""
    known = {each: _known(session, now, each) for each in service_ids}
    missing = [each for each, found in known.items() if found is None]
    if missing:
        made = _programs(session, missing, until(now))
        for each in missing:
            known[each] = made.get(each, OfProgram())
            _keep(_key(session, now, each), known[each])
    return {each: found or OfProgram() for each, found in known.items()}


def _programs(session: Session, ids: Collection[str], end: datetime) -> dict[str, OfProgram]:
    sent = (Attempt.service_id.in_(ids), Attempt.sent_at >= end - A_YEAR, Attempt.sent_at < end, Attempt.state != State.VOID.value)
    counts: Any = select(Attempt.service_id, *_counts()).where(*sent).group_by(Attempt.service_id)
    newest = func.row_number().over(partition_by=Attempt.service_id, order_by=Attempt.sent_at.desc())
    answered = select(Attempt.service_id, Attempt.sent_at, Attempt.decided_at, newest.label("place")).where(*sent, _ANSWERED)
    inner = answered.subquery()
    rows = session.execute(select(inner.c.service_id, inner.c.sent_at, inner.c.decided_at).where(inner.c.place <= MOST_ANSWERS))
    zone, days = ZoneInfo(community_in(session).zone), defaultdict[str, list[int]](list)
    for service_id, sent_at, decided_at in rows:
        days[service_id].append(_days(sent_at, decided_at, zone))
    return {
        row.service_id: OfProgram(row.received, row.ended, row.accepted, row.helped, tuple(sorted(days[row.service_id])))
        for row in session.execute(counts)
    }


_ENDED = (State.HELPED.value, State.NOT_HELPED.value, State.DECLINED.value, State.EXPIRED.value)
_ANSWERED = Attempt.decided_at.is_not(None)


def _counts() -> tuple[Any, ...]:
    ended = Attempt.state.in_(_ENDED)
    was_accepted = ended & _ANSWERED & (Attempt.state != State.DECLINED.value)
    was_helped = (Attempt.state == State.HELPED.value) & Attempt.is_contested.is_(False)
    named = {"ended": ended, "accepted": was_accepted, "helped": was_helped}
    return (func.count().label("received"), *(func.sum(case((test, 1), else_=0)).label(name) for name, test in named.items()))


def _community(session: Session, end: datetime) -> Community:
    sector = {row.id: row.sector or "" for row in session.execute(select(Organization.id, Organization.sector))}
    sent = (Attempt.sent_at >= end - A_YEAR, Attempt.sent_at < end, Attempt.state != State.VOID.value)
    counted = (Attempt.service_id, Attempt.sender_id, Attempt.receiver_id)
    by_sector, links, received = defaultdict[str, Counter[str]](Counter), Counter[frozenset[str]](), Counter[str]()
    statement: Any = select(*counted, *_counts()).where(*sent).group_by(*counted)
    for row in session.execute(statement):
        received[row.service_id] += row.received
        links[frozenset((sector[row.sender_id], sector[row.receiver_id]))] += row.received
        for key in {sector[row.receiver_id], ""}:
            by_sector[key].update(ended=row.ended, accepted=row.accepted, helped=row.helped)
    answers = _answers(session, sector, sent)
    usual = {key: _usual(counts, answers.get(key, ())) for key, counts in by_sector.items()}
    together, with_need, people = _needs(session, end)
    return Community(usual, links, median(received.values()) if received else 0, together, with_need, people)


def _answers(session: Session, sector: Mapping[str, str], sent: tuple[Any, ...]) -> dict[str, list[int]]:
    zone, found = ZoneInfo(community_in(session).zone), defaultdict[str, list[int]](list)
    rows = select(Attempt.receiver_id, Attempt.sent_at, Attempt.decided_at).where(*sent, _ANSWERED)
    for receiver_id, sent_at, decided_at in session.execute(rows.order_by(Attempt.sent_at.desc(), Attempt.id).limit(SAMPLE_OF_ANSWERS)):
        assert sent_at is not None
        assert decided_at is not None
        for key in {sector[receiver_id], ""}:
            found[key].append(_days(sent_at, decided_at, zone))
    return found


def _usual(counts: Counter[str], answers: Collection[int]) -> Usual:
    of = counts["ended"]
    answer_days = median(answers) if len(answers) >= SMALLEST else None
    return Usual(counts["accepted"] / of, counts["helped"] / of, answer_days) if of >= SMALLEST else Usual(answer_days=answer_days)


def _needs(session: Session, end: datetime) -> tuple[Counter[frozenset[str]], Counter[str], int]:
    """People with two needs, with one, and all of them, by categories."""
    asked = select(Need.person_id, Need.category).where(Need.made_at >= end - TWO_YEARS, Need.made_at < end)
    of_person = defaultdict[str, set[str]](set)
    for person_id, category in session.execute(asked):
        of_person[person_id].add(category)
    together, with_need = Counter[frozenset[str]](), Counter[str]()
    for needs in of_person.values():
        with_need.update(needs)
        ordered = sorted(needs)
        together.update(frozenset((one, other)) for number, one in enumerate(ordered) for other in ordered[number + 1 :])
    return together, with_need, len(of_person)


def _days(sent_at: datetime, decided_at: datetime, zone: ZoneInfo) -> int:
    return working_days(sent_at.astimezone(zone).date(), decided_at.astimezone(zone).date())


def _key(session: Session, now: datetime, of: str) -> Hashable:
    return str(session.get_bind().engine.url), now.date(), of


def _known(session: Session, now: datetime, of: str) -> OfProgram | None:
    with _lock:
        found: OfProgram | None = _kept.get(_key(session, now, of))
        return found


def _once_a_day(session: Session, now: datetime, of: str, make: Callable[[], _Made]) -> _Made:
    key = _key(session, now, of)
    with _lock:
        if key in _kept:
            found: _Made = _kept[key]
            return found
    made = make()
    _keep(key, made)
    return made


def _keep(key: Hashable, made: object) -> None:
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def best_lift(community: Community, needs: Iterable[str], offered: Iterable[str]) -> tuple[float, int, str] | None:
    """The pair of a need and an offer that comes together most of all: how much more than by chance, of how many people, and what is
    offered; None where too little is known of all."""
    others = sorted(offered)
    found = [(known[0], known[1], other) for one in needs for other in others if other != one and (known := community.lift_of(one, other))]
    return max(found, default=None)
