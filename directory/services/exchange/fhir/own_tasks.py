"""What a receiver's system may read: the attempts that were sent to its organization, and of their requests only what these say.

Nothing of earlier attempts, other organizations or other needs: a request is shown as if there were no others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.people import Actor
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.states import STATES, State
from directory.domain.sentences import say
from directory.services.accounts.api_tokens import Scope
from directory.services.exchange.fhir.facts import NeedFacts
from directory.services.exchange.fhir.offered import Offered
from directory.services.exchange.fhir.reading import NEWEST, WAS_SENT, Names, attempt_facts, attempts_statement
from directory.services.exchange.fhir.service_request import service_request
from directory.services.exchange.fhir.task import task
from directory.services.exchange.fhir.terms import Here, Json
from directory.services.listings.own import require_scope
from directory.services.parts import Parts
from directory.store.tables import Attempt

MOST_AT_ONCE = 100
USUAL_AT_ONCE = 50
COMPARE = {"ge": "__ge__", "gt": "__gt__", "le": "__le__", "lt": "__lt__"}


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """`ids`, `statuses`, `owners`, `requesters`: any of them, none for all; organizations by id. `updated`: how (`COMPARE`) and with which
    moment; all must hold. `after`: the id that the page before ended with."""

    ids: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    requesters: tuple[str, ...] = ()
    updated: tuple[tuple[str, datetime], ...] = ()
    with_requests: bool = False
    size: int = USUAL_AT_ONCE
    after: str = ""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """`last_id`: of the page where another follows, else ""."""

    tasks: tuple[Json, ...]
    requests: tuple[Json, ...]
    total: int
    last_id: str


def own_organization(actor: Actor) -> str:
    (organization_id,) = actor.organizations()
    return organization_id


def read_tasks(parts: Parts, actor: Actor, here: Here, query: TaskQuery) -> TaskPage:
    """A page of the organization's own attempts, in the order of their ids. Raise `Forbidden`, `InvalidInput`."""
    require_scope(actor, Scope.REFERRALS_READ)
    own = own_organization(actor)
    conditions = _conditions(own, query)
    with parts.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(Attempt).where(*conditions)) or 0
        page = (*conditions, Attempt.id > query.after) if query.after else conditions
        rows = session.execute(attempts_statement().where(*page).order_by(Attempt.id).limit(query.size + 1)).all()
        shown = rows[: query.size]
        offered, names = _around(parts, session, shown)
        requests = sorted({row.need_id for row in shown}) if query.with_requests else []
        return TaskPage(
            tuple(_task(here, row, offered, names) for row in shown),
            tuple(_requests(parts, session, here, own, requests)),
            total,
            shown[-1].id if len(rows) > query.size else "",
        )


def read_task(parts: Parts, actor: Actor, here: Here, attempt_id: str) -> Json:
    """Raise `Forbidden`, `NotFound`."""
    require_scope(actor, Scope.REFERRALS_READ)
    with parts.database.reading() as session:
        return task_in(parts, session, here, own_organization(actor), attempt_id)


def task_in(parts: Parts, session: Session, here: Here, own: str, attempt_id: str) -> Json:
    """One attempt of this organization, as it may see it. Raise `NotFound`."""
    row = session.execute(attempts_statement().where(Attempt.id == attempt_id, Attempt.receiver_id == own)).first()
    if row is None:
        raise NotFound(say("There is no such referral here."))
    offered, names = _around(parts, session, [row])
    return _task(here, row, offered, names)


def read_request(parts: Parts, actor: Actor, here: Here, need_id: str) -> Json:
    """The request behind an attempt of this organization. Raise `Forbidden`, `NotFound`."""
    require_scope(actor, Scope.REFERRALS_READ)
    with parts.database.reading() as session:
        found = _requests(parts, session, here, own_organization(actor), [need_id])
    if not found:
        raise NotFound(say("There is no such referral here."))
    return found[0]


def _conditions(own: str, query: TaskQuery) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = [Attempt.receiver_id == own, WAS_SENT]
    if query.ids:
        found.append(Attempt.id.in_(query.ids))
    if query.owners:
        found.append(Attempt.receiver_id.in_(query.owners))
    if query.requesters:
        found.append(Attempt.sender_id.in_(query.requesters))
    if query.statuses:
        found.append(Attempt.state.in_([state.value for state in _states_of(query.statuses)]))
    found += [getattr(NEWEST, COMPARE[how])(moment) for how, moment in query.updated]
    return tuple(found)


def _states_of(statuses: Sequence[str]) -> list[State]:
    known = {row.status for row in STATES.values()}
    for status in statuses:
        if status not in known:
            raise InvalidInput("status", say('There is no status "%(status)s" of referrals.', status=status[:40]))
    return [state for state, row in STATES.items() if row.status in statuses]


def _around(parts: Parts, session: Session, rows: Sequence[Any]) -> tuple[Offered, Names]:
    offered, names = Offered(parts, session, parts.clock.now()), Names(session)
    offered.read(row.service_id for row in rows)
    names.read([each for row in rows for each in (row.sender_id, row.receiver_id)])
    return offered, names


def _task(here: Here, row: Any, offered: Offered, names: Names) -> Json:
    return task(here, attempt_facts(row, names, offered.location_of(row.service_id, row.place_id), by_code=True))


def _requests(parts: Parts, session: Session, here: Here, own: str, need_ids: Sequence[str]) -> list[Json]:
    """In the order of their ids; none for needs of which nothing was sent to this organization."""
    mine = attempts_statement().where(Attempt.need_id.in_(need_ids), Attempt.receiver_id == own)
    rows = session.execute(mine.order_by(Attempt.need_id, Attempt.sent_at, Attempt.id)).all()
    offered, names = _around(parts, session, rows)
    return [service_request(here, _need_facts(list(group), offered, names)) for _, group in groupby(rows, key=lambda row: row.need_id)]


def _need_facts(rows: Sequence[Any], offered: Offered, names: Names) -> NeedFacts:
    """Of the attempts of one need that its receiver knows, oldest first."""
    newest = rows[-1]
    places = (offered.location_of(row.service_id, row.place_id) for row in rows)
    return NeedFacts(
        id=newest.need_id,
        person=attempt_facts(newest, names, by_code=True).person,
        category=newest.category,
        is_urgent=newest.urgency == Urgency.URGENT,
        requester_id=newest.sender_id,
        requester=names.of(newest.sender_id),
        sent_at=rows[0].sent_at,
        states=tuple(State(row.state) for row in rows),
        is_open=False,
        performers=tuple(dict.fromkeys(row.service_id for row in rows)),
        places=tuple(dict.fromkeys(place for place in places if place)),
    )
