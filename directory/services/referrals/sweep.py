"""One pass of the clocks: what the rules say is done when a share of a clock has passed: remind whoever is waited for, tell the others, end
what nobody answered, tell planners of what is stuck. Every step is an event, in short transactions of their own, and is written once,
however many passes there are and whoever else makes one at the same time. A clock runs on as it was decided when it began.

Nothing of it moves anything of a person to anybody new: mails go to those who know of the attempt already, or to the receiver's own backup
address, and say nothing of who it is for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, defer

from directory.domain.referrals.clocks import SENDER
from directory.services.listings.community import remember_community
from directory.services.parts import Parts
from directory.services.referrals.addresses import remember_addresses
from directory.services.referrals.links import Purpose
from directory.services.referrals.running import Clocks
from directory.services.referrals.sweep_steps import Pass, Swept, take_steps
from directory.services.referrals.write import Bulk
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


def sweep(parts: Parts, at: datetime | None = None, most: int | None = None) -> Swept:
    """Do what is due at a moment, else now: one step of each attempt, at about `most` of them. Stops between two transactions when asked
    to; what is left is done by the next pass."""
    one = Pass(parts, at or parts.clock.now(), Bulk(Clocks(parts)))
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
            one.bulk.clocks.forget_kept()
            _log.warning("clock_batch_failed", kind=type(error).__name__)
            _do_apart(one)
    return one.done


def _do(one: Pass, most: int) -> int:
    """Bring the next so many one step on, in one transaction; how many there were."""
    one.bulk = Bulk(one.bulk.clocks)
    with one.parts.database.writing() as session:
        found = _next(session, one.at, most)
        if found:
            _read_for(session, one, found)
            events = _events_of(session, found)
            with session.no_autoflush:
                for attempt in found:
                    take_steps(session, one, attempt, events[attempt.id])
            one.bulk.settle(session, one.at)
            session.commit()
        return len(found)


def _do_apart(one: Pass) -> None:
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
            one.bulk.clocks.forget_kept()
            _put_off(one, error)


def _put_off(one: Pass, error: Exception) -> None:
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


def _read_for(session: Session, one: Pass, found: Sequence[Attempt]) -> None:
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
    one.bulk.clocks.times.prepare(
        session, {(attempt.service_id, attempt.place_id) for attempt in found if attempt.waits_for not in (None, SENDER)}
    )


def _rows(session: Session, table: Any, ids: Iterable[str | None], *options: Any) -> Sequence[Any]:
    return session.scalars(select(table).where(table.id.in_({each for each in ids if each})).options(*options)).all()
