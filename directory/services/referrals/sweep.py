"""One pass of the clocks: remind whoever is waited for, then tell the others, at last end what nobody answered. Every step is an event, in
short transactions of their own, and is written once, however many passes there are and whoever else makes one at the same time.

Nothing of it moves anything of a person to anybody new: mails go to those who know of the attempt already, or to the receiver's own backup
address, and say nothing of who it is for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, defer

from directory.domain.referrals.clocks import SENDER, Step, Urgency, once_more, step_due
from directory.domain.referrals.codes import Reason
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import UNDECIDED, UNSENT, State
from directory.services.listings.community import remember_community
from directory.services.parts import Parts
from directory.services.referrals.addresses import remember_addresses
from directory.services.referrals.links import Purpose
from directory.services.referrals.standpoint import CLOCKS
from directory.services.referrals.telling import tell_receiver, tell_sender
from directory.services.referrals.working_time import Times, time_of
from directory.services.referrals.write import Act, Bulk, write_next
from directory.store.tables import (
    Attempt,
    AttemptEvent,
    HelpedPerson,
    Need,
    Organization,
    Person,
    ReferralLink,
    Service,
)

AT_ONCE = 100
"""Attempts in one transaction: some tenths of a second, so that nobody who writes waits long."""

PUT_OFF = timedelta(hours=1)
MOST_IN_A_ROW = 3

_log = structlog.get_logger("directory.services.referrals.sweep")


@dataclass(slots=True)
class Swept:
    """How many attempts were brought how far. `put_off`: could not be read, and are tried again later; `mails`: were left for it."""

    reminded: int = 0
    escalated: int = 0
    expired: int = 0
    stale: int = 0
    struck_out: int = 0
    put_off: int = 0
    mails: int = 0

    @property
    def steps(self) -> int:
        return self.reminded + self.escalated + self.expired + self.stale + self.struck_out


@dataclass(slots=True)
class _Pass:
    """What one pass knows. `in_use` are attempts of this batch whose link somebody has in use: they get no other. `kept` holds what was
    read for the batch, so that each is read once."""

    parts: Parts
    at: datetime
    bulk: Bulk
    done: Swept = field(default_factory=Swept)
    in_use: frozenset[str] = frozenset()
    kept: list[object] = field(default_factory=list)


def sweep(parts: Parts, at: datetime | None = None, most: int | None = None) -> Swept:
    """Do what is due at a moment, else now: one step of each attempt, at about `most` of them. Stops between two transactions when asked
    to; what is left is done by the next pass."""
    one = _Pass(parts, at or parts.clock.now(), Bulk(Times(parts)))
    while most is None or one.done.steps < most:
        parts.stop_if_asked()
        before = replace(one.done)
        try:
            if not _do(one, AT_ONCE):
                return one.done
        except SQLAlchemyError:
            raise
        except Exception as error:  # one that cannot be read must not hold up the others
            one.done = before
            _log.warning("clock_batch_failed", kind=type(error).__name__)
            _do_apart(one)
    return one.done


def _do(one: _Pass, most: int) -> int:
    """Bring the next so many one step on, in one transaction; how many there were."""
    one.bulk = Bulk(one.bulk.times)
    with one.parts.database.writing() as session:
        found = _next(session, one.at, most)
        if found:
            _read_for(session, one, found)
            events = _events_of(session, found)
            with session.no_autoflush:
                for attempt in found:
                    _step(session, one, attempt, events[attempt.id])
            one.bulk.settle(session, one.at)
            session.commit()
        return len(found)


def _do_apart(one: _Pass) -> None:
    """The next ones one by one; what fails is put off. Where nothing but failures follow each other, it is no fault of theirs."""
    in_a_row = 0
    for _ in range(AT_ONCE):
        before = replace(one.done)
        try:
            if not _do(one, 1):
                return
            in_a_row = 0
        except SQLAlchemyError:
            raise
        except Exception as error:
            in_a_row += 1
            if in_a_row > MOST_IN_A_ROW:
                raise
            one.done = replace(before, put_off=before.put_off + 1)
            _put_off(one, error)


def _put_off(one: _Pass, error: Exception) -> None:
    with one.parts.database.writing() as session:
        for attempt in _next(session, one.at, 1):
            attempt.check_at = one.at + PUT_OFF
            _log.error("clock_failed", attempt=attempt.id, kind=type(error).__name__)
        session.commit()


def _next(session: Session, at: datetime, most: int) -> Sequence[Attempt]:
    """Those that are longest due, locked with whom they are for; what another pass or a page has in hand just now is left to it."""
    due = (
        select(Attempt)
        .join(Need, Need.id == Attempt.need_id)
        .join(HelpedPerson, HelpedPerson.id == Need.person_id)
        .where(Attempt.check_at <= at)
        .order_by(Attempt.check_at, Attempt.id)
        .limit(most)
        .options(defer(Attempt.contact_name))
    )
    return session.scalars(due.with_for_update(of=[Attempt, HelpedPerson], skip_locked=True)).all()


def _events_of(session: Session, found: Sequence[Attempt]) -> dict[str, list[AttemptEvent]]:
    """In their order, without the words that were written with them: the clocks open nothing that is sealed."""
    events: dict[str, list[AttemptEvent]] = {attempt.id: [] for attempt in found}
    statement = select(AttemptEvent).where(AttemptEvent.attempt_id.in_(list(events))).options(defer(AttemptEvent.words))
    for row in session.scalars(statement.order_by(AttemptEvent.attempt_id, AttemptEvent.number)):
        events[row.attempt_id].append(row)
    return events


def _read_for(session: Session, one: _Pass, found: Sequence[Attempt]) -> None:
    """Read at once what mails and clocks of this batch will ask for."""
    remember_community(session)
    ids = [attempt.id for attempt in found]
    needs = _rows(session, Need, (attempt.need_id for attempt in found), defer(Need.matters), defer(Need.tried), defer(Need.facts))
    organizations = {each for attempt in found for each in (attempt.receiver_id, attempt.sender_id)}
    remember_addresses(session, organizations)
    one.kept = [
        *needs,
        *_rows(session, HelpedPerson, (need.person_id for need in needs), defer(HelpedPerson.name), defer(HelpedPerson.contact)),
        *_rows(session, Organization, organizations),
        *_rows(session, Service, (attempt.service_id for attempt in found)),
        *_rows(session, Person, (need.worker_id for need in needs)),
    ]
    in_use = select(ReferralLink.attempt_id).where(
        ReferralLink.attempt_id.in_(ids),
        ReferralLink.purpose == Purpose.ANSWER.value,
        ReferralLink.bound_hash.is_not(None),
        ReferralLink.ended_at.is_(None),
        ReferralLink.expires_at > one.parts.clock.now(),
    )
    one.in_use = frozenset(found_id for found_id in session.scalars(in_use) if found_id)
    one.bulk.times.prepare(
        session, {(attempt.service_id, attempt.place_id) for attempt in found if attempt.waits_for not in (None, SENDER)}
    )


def _rows(session: Session, table: Any, ids: Iterable[str | None], *options: Any) -> Sequence[Any]:
    return session.scalars(select(table).where(table.id.in_({each for each in ids if each})).options(*options)).all()


def _step(session: Session, one: _Pass, attempt: Attempt, events: Sequence[AttemptEvent]) -> None:
    state = State(attempt.state)
    step = step_due(attempt.reminded, attempt.due_at, one.at)
    if state is State.DRAFT:
        _strike_out(session, one, attempt, events)
    elif step is Step.REMIND:
        _write(session, one, attempt, events, Act(Kind.REMINDED))
        attempt.reminded, attempt.check_at = 1, attempt.due_at
        one.done.reminded += 1
        one.done.mails += _tell_waited_for(session, one, attempt)
    elif step is Step.ESCALATE:
        _escalate(session, one, attempt, events)
    elif state in UNSENT:
        _strike_out(session, one, attempt, events)
    elif state in UNDECIDED:
        _expire(session, one, attempt, events)
    else:
        _write(session, one, attempt, events, Act(Kind.STALE))
        attempt.reminded, attempt.check_at = 3, None
        one.done.stale += 1
        one.done.mails += tell_sender(one.parts, session, attempt, "stale")


def _strike_out(session: Session, one: _Pass, attempt: Attempt, events: Sequence[AttemptEvent]) -> None:
    """A draft that nobody touched for a week, or whose consent nobody asked for: told to nobody, and whom it was for is forgotten."""
    _write(session, one, attempt, events, Act(Kind.VOIDED, code=Reason.UNTOUCHED.value))
    one.done.struck_out += 1


def _escalate(session: Session, one: _Pass, attempt: Attempt, events: Sequence[AttemptEvent]) -> None:
    """It is late: the receiver's backup address and the sender's whole team are told; who else may help is shown on the need's page. From
    now on a whole term more is given, however late this was noticed."""
    _write(session, one, attempt, events, Act(Kind.ESCALATED))
    term = one.bulk.times.terms(session)[State(attempt.state)].term(Urgency(attempt.urgency))
    time = time_of(session, one.bulk.times, attempt, attempt.waits_for)
    begins = max(one.at, attempt.due_at or one.at)
    attempt.reminded, attempt.check_at = 2, once_more(begins, term, time.zone, time.spans_on)
    one.done.escalated += 1
    if attempt.waits_for != SENDER:
        told = tell_receiver(one.parts, session, attempt, "escalate", with_link=True, to_backup=True)
        told = told or tell_receiver(one.parts, session, attempt, "escalate", with_link=attempt.id not in one.in_use)
        one.done.mails += told
    one.done.mails += tell_sender(one.parts, session, attempt, "escalate")


def _expire(session: Session, one: _Pass, attempt: Attempt, events: Sequence[AttemptEvent]) -> None:
    """Nobody answered: it is at its end, and the sender chooses what comes next."""
    was_asked = attempt.state == State.INFO_NEEDED
    _write(session, one, attempt, events, Act(Kind.EXPIRED, code=Reason.NO_RESPONSE.value))
    one.done.expired += 1
    one.done.mails += tell_receiver(one.parts, session, attempt, "expired", with_link=False)
    one.done.mails += tell_sender(one.parts, session, attempt, "expired_question" if was_asked else "expired")


def _tell_waited_for(session: Session, one: _Pass, attempt: Attempt) -> int:
    if attempt.waits_for == SENDER:
        return tell_sender(one.parts, session, attempt, "remind", everybody=False)
    return int(tell_receiver(one.parts, session, attempt, "remind", with_link=attempt.id not in one.in_use))


def _write(session: Session, one: _Pass, attempt: Attempt, events: Sequence[AttemptEvent], act: Act) -> None:
    write_next(one.parts, session, attempt, events, CLOCKS, act, at=one.at, bulk=one.bulk)
