"""Programs that leave referrals unanswered: two that ended without an answer in ninety days are told to the organization first, with the
figure that others will see and a week to answer for it; then whoever refers sees both. A question that the sender left unanswered is not
laid to anybody."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from directory.domain.access import Action, Resource
from directory.domain.errors import InvalidInput, NotFound
from directory.domain.people import Actor
from directory.domain.referrals.events import Kind
from directory.domain.referrals.states import State
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.listings.community import community_in
from directory.services.messages.letter import address_on, leave_mail
from directory.services.parts import Parts
from directory.services.referrals.addresses import receiving_in
from directory.services.words import write_letter
from directory.store.tables import Attempt, AttemptEvent, Organization, Service, SlowAnswer

LOOKED_BACK = timedelta(days=90)
FEWEST = 2
REPLY_WITHIN = timedelta(days=7)
LONGEST_REPLY = 300


@dataclass(frozen=True, slots=True)
class Slowness:
    """`median_days`: whole days from sending to an answer, or to the end without one, of the last ninety days; half of them took longer.
    `shown_from`: when those who refer see it; `reply`: what the organization says to it."""

    service_id: str
    name: str
    unanswered: int
    median_days: int
    shown_from: datetime | None
    reply: str

    def is_shown(self, now: datetime) -> bool:
        return self.shown_from is not None and self.shown_from <= now


def slow_programs(
    session: Session, now: datetime, *, service_ids: Collection[str] | None = None, organization_id: str = ""
) -> tuple[Slowness, ...]:
    """Those that are slow now: all, or of these services, or of one organization; by name."""
    unanswered = _unanswered(now)
    if service_ids is not None:
        unanswered = unanswered.where(Attempt.service_id.in_(service_ids))
    if organization_id:
        unanswered = unanswered.where(Attempt.receiver_id == organization_id)
    counts: dict[str, int] = {row[0]: row[1] for row in session.execute(unanswered)}
    if not counts:
        return ()
    days = _median_days(session, counts, now)
    rows = session.execute(
        select(Service.id, Service.name, SlowAnswer.told_at, SlowAnswer.reply)
        .outerjoin(SlowAnswer, SlowAnswer.service_id == Service.id)
        .where(Service.id.in_(counts))
        .order_by(Service.name, Service.id)
    )
    return tuple(
        Slowness(row.id, row.name, counts[row.id], days[row.id], row.told_at + REPLY_WITHIN if row.told_at else None, row.reply or "")
        for row in rows
    )


def slowness_of(session: Session, service_ids: Collection[str], now: datetime) -> dict[str, Slowness]:
    """What those who refer see of these programs: of most, nothing."""
    found = slow_programs(session, now, service_ids=service_ids) if service_ids else ()
    return {one.service_id: one for one in found if one.is_shown(now)}


def tell_slow(parts: Parts) -> int:
    """Tell organizations of programs that became slow, a week before anybody else sees it; how many. Those that are slow no more begin
    anew."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        slow = slow_programs(session, now)
        for row in session.scalars(select(SlowAnswer).where(SlowAnswer.service_id.not_in([one.service_id for one in slow]))):
            session.delete(row)
        new = [one for one in slow if one.shown_from is None]
        for one in new:
            _tell(parts, session, one, now)
        session.commit()
    return len(new)


def reply_to_slowness(parts: Parts, actor: Actor, organization_id: str, service_id: str, words: str) -> None:
    """What the organization says to it, for all who see the figure; "" takes it back. Raise `Forbidden`, `NotFound`, `InvalidInput`."""
    require(actor, Action.ANSWER_REFERRALS, Resource(organization_id))
    if len(words.strip()) > LONGEST_REPLY:
        raise InvalidInput("reply", say("Write at most %(most)s signs.", most=LONGEST_REPLY))
    with parts.database.writing() as session:
        mine = (SlowAnswer.service_id == service_id, SlowAnswer.organization_id == organization_id)
        row = session.scalar(select(SlowAnswer).where(*mine))
        if row is None:
            raise NotFound(say("There is nothing to answer here."))
        row.reply, row.replied_at, row.replied_by = words.strip() or None, parts.clock.now(), actor.label
        session.commit()


def _unanswered(now: datetime) -> Any:
    """Services with enough attempts that ended without an answer of theirs."""
    before = aliased(AttemptEvent)
    return (
        select(Attempt.service_id, func.count())
        .join(AttemptEvent, AttemptEvent.attempt_id == Attempt.id)
        .join(before, (before.attempt_id == Attempt.id) & (before.number == AttemptEvent.number - 1))
        .where(
            Attempt.state == State.EXPIRED.value,
            Attempt.ended_at > now - LOOKED_BACK,
            AttemptEvent.kind == Kind.EXPIRED.value,
            before.state != State.INFO_NEEDED.value,
        )
        .group_by(Attempt.service_id)
        .having(func.count() >= FEWEST)
    )


def _median_days(session: Session, service_ids: Collection[str], now: datetime) -> dict[str, int]:
    ended = func.coalesce(Attempt.decided_at, Attempt.ended_at)
    answered = Attempt.decided_at.is_not(None) | (Attempt.state == State.EXPIRED.value)
    statement: Any = select(Attempt.service_id, Attempt.sent_at, ended).where(
        Attempt.service_id.in_(service_ids), Attempt.sent_at > now - LOOKED_BACK - REPLY_WITHIN, answered, ended.is_not(None)
    )
    took: dict[str, list[float]] = {each: [] for each in service_ids}
    for service_id, sent_at, ended_at in session.execute(statement):
        took[service_id].append((ended_at - sent_at) / timedelta(days=1))
    return {service_id: max(1, math.ceil(median(each))) if each else 1 for service_id, each in took.items()}


def _tell(parts: Parts, session: Session, one: Slowness, now: datetime) -> None:
    organization_id = session.scalars(select(Service.organization_id).where(Service.id == one.service_id)).one()
    if organization_id is None:
        return
    session.add(SlowAnswer(service_id=one.service_id, organization_id=organization_id, told_at=now, days=one.median_days))
    receiving = receiving_in(session, organization_id, one.service_id)
    if receiving.address:
        subject, body = write_letter(
            "referral_slow",
            receiving.language,
            name=session.get_one(Organization, organization_id).name,
            program=one.name,
            days=one.median_days,
            unanswered=one.unanswered,
            link=address_on(parts, f"/referrals/answer-times/{organization_id}"),
            community=community_in(session).name,
        )
        leave_mail(parts, session, receiving.address, subject, body)
