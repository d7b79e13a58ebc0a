"""Ask whether it helped, seven and thirty days later: by the person's own safe way where a message may be left there, else through the
worker. Not after they took anything back, and never at night. Messages name neither a service nor a need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from directory.domain.community import Community
from directory.domain.referrals.consent import Consent, Field
from directory.domain.referrals.contact import Channel, Reachable
from directory.domain.referrals.states import TAKEN, State
from directory.services.listings.community import community_in
from directory.services.messages.ways import Way, ways_of
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of
from directory.services.referrals.follow_up_answers import follow_up_address
from directory.services.words import write_letter
from directory.store.tables import Attempt, FollowUp, HelpedPerson, Need, Organization, OutgoingMessage

AT_ONCE = 50
HOURS = range(10, 19)
"""On the community's clock; messages of a demo go nowhere, and at any time."""

APART = timedelta(days=1)
"""A person is written to once a day at most, however many referrals are asked about."""

ON_BOARD_FOR = timedelta(days=30)
BY_WORKER = "worker"
ASKED_ABOUT = TAKEN | {State.HELPED}
_WAYS = {Channel.TEXT: Way.TEXT, Channel.MAIL: Way.MAIL}


@dataclass(slots=True)
class Asked:
    """How many were asked by a message, left for their worker to ask, and not asked at all."""

    by_message: int = 0
    by_worker: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """A question for a worker to put: `day` is how many days ago somebody took it on."""

    id: str
    need_id: str
    code: str
    attempt_id: str
    worker_id: str
    receiver: str
    day: int
    due_at: datetime


def due_follow_ups(session: Session, organization_id: str, now: datetime, *, worker_id: str = "") -> tuple[DueFollowUp, ...]:
    """What a team, or one of them, is to ask its people: those who cannot be written to safely. The oldest first,
    the newest question alone of each referral."""
    statement = (
        select(
            FollowUp.id,
            FollowUp.need_id,
            Need.code,
            FollowUp.attempt_id,
            Need.worker_id,
            Organization.name.label("receiver"),
            FollowUp.day,
            FollowUp.due_at,
        )
        .join(Need, Need.id == FollowUp.need_id)
        .join(Attempt, Attempt.id == FollowUp.attempt_id)
        .join(Organization, Organization.id == Attempt.receiver_id)
        .where(
            Need.organization_id == organization_id,
            FollowUp.asked_how == BY_WORKER,
            FollowUp.answered_at.is_(None),
            FollowUp.asked_at > now - ON_BOARD_FOR,
            Attempt.state.in_([state.value for state in ASKED_ABOUT]),
        )
        .order_by(FollowUp.due_at, FollowUp.id)
    )
    if worker_id:
        statement = statement.where(Need.worker_id == worker_id)
    found = [DueFollowUp(**{**row._mapping, "worker_id": row.worker_id or ""}) for row in session.execute(statement)]
    newest = {one.attempt_id: one for one in found}
    return tuple(one for one in found if newest[one.attempt_id] is one)


def ask_due(parts: Parts) -> Asked:
    """Ask what is due now, each question once. Stops between two transactions when asked to."""
    now, done = parts.clock.now(), Asked()
    with parts.database.reading() as session:
        community = community_in(session)
    if not community.is_demo and now.astimezone(ZoneInfo(community.zone)).hour not in HOURS:
        return done
    put_off: set[str] = set()
    while True:
        parts.stop_if_asked()
        with parts.database.writing() as session:
            rows = _due(session, now, put_off)
            if not rows:
                return done
            for row in rows:
                _ask(parts, session, row, community, done, put_off)
            session.commit()


def _due(session: Session, now: datetime, put_off: set[str]) -> Sequence[FollowUp]:
    waiting = (FollowUp.due_at <= now, FollowUp.asked_at.is_(None), FollowUp.answered_at.is_(None), FollowUp.id.not_in(put_off))
    statement = select(FollowUp).where(*waiting).order_by(FollowUp.due_at, FollowUp.id).limit(AT_ONCE)
    return session.scalars(statement.with_for_update(skip_locked=True)).all()


def _ask(parts: Parts, session: Session, row: FollowUp, community: Community, done: Asked, put_off: set[str]) -> None:
    now = parts.clock.now()
    need, attempt = session.get_one(Need, row.need_id, options=_CLOSED), session.get_one(Attempt, row.attempt_id)
    person = session.get_one(HelpedPerson, need.person_id)
    consents = [consent for _id, consent in consents_of(session, person.id, need.id)]
    if (
        _is_overtaken(session, row, now)
        or State(attempt.state) not in ASKED_ABOUT
        or person.erased_at is not None
        or _took_back(consents, now)
        or need.closed_why == "by_person"
    ):
        session.delete(row)
        done.left_out += 1
        return
    reach = Reachable(Channel(person.channel), person.contact or "", person.may_leave_message, person.language or "")
    way = _way(parts, community, reach, consents, now)
    if way is None:
        row.asked_at, row.asked_how = now, BY_WORKER
        done.by_worker += 1
    elif _was_asked_lately(session, person.id, now):
        put_off.add(row.id)
    else:
        row.asked_at, row.asked_how = now, way.value
        _leave_message(parts, session, row, reach, way, community)
        done.by_message += 1
    session.flush()


_CLOSED = [defer(Need.matters), defer(Need.tried), defer(Need.facts)]


def _is_overtaken(session: Session, row: FollowUp, now: datetime) -> bool:
    """Nobody was there to ask for so long that the later question is due as well: one is enough."""
    later = (FollowUp.attempt_id == row.attempt_id, FollowUp.day > row.day, FollowUp.due_at <= now)
    return session.scalar(select(FollowUp.id).where(*later).limit(1)) is not None


def _took_back(consents: Sequence[Consent], now: datetime) -> bool:
    """What they agreed to holds no longer, and they said so."""
    return any(consent.revoked_at is not None for consent in consents) and not any(consent.holds(now) for consent in consents)


def _way(parts: Parts, community: Community, reach: Reachable, consents: Sequence[Consent], now: datetime) -> Way | None:
    """How to write to the person; None where nothing may be left, nobody agreed to it now, or nothing is sent from here."""
    may = reach.may_be_written_to and any(consent.holds(now) and Field.CONTACT in consent.fields for consent in consents)
    way = _WAYS.get(reach.channel) if may else None
    return way if way in ways_of(parts.settings, is_demo=community.is_demo).open else None


def _was_asked_lately(session: Session, person_id: str, now: datetime) -> bool:
    lately = select(FollowUp.id).join(Need, Need.id == FollowUp.need_id)
    asked = (Need.person_id == person_id, FollowUp.asked_at > now - APART, FollowUp.asked_how != BY_WORKER)
    return session.scalar(lately.where(*asked).limit(1)) is not None


def _leave_message(parts: Parts, session: Session, row: FollowUp, reach: Reachable, way: Way, community: Community) -> None:
    now = parts.clock.now()
    language = reach.language if reach.language in community.languages else community.languages[0]
    link = follow_up_address(parts, session, row.id)
    letter = "follow_up_text" if way is Way.TEXT else "follow_up"
    subject, body = write_letter(letter, language, community=community.name, link=link)
    text = body if way is Way.MAIL else f"{subject} {body}".strip()
    session.add(
        OutgoingMessage(
            way=way.value, recipient=reach.address, subject=subject if way is Way.MAIL else "", body=text, made_at=now, try_at=now
        )
    )
