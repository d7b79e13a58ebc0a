"""The one place where an event is written: checked against all that happened before, kept with its number, its effects and its clocks in
one transaction. Of two that write at once, the second sees what the first wrote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound
from directory.domain.referrals.clocks import DRAFT_LASTS
from directory.domain.referrals.codes import Code
from directory.domain.referrals.events import KEEPS_CLOCK, Event, Kind, Side
from directory.domain.referrals.fold import Standing, after, begin, fold
from directory.domain.referrals.states import ENDS, State
from directory.domain.sentences import say
from directory.rules.sets.route_steps import next_at
from directory.services.parts import Parts
from directory.services.referrals.effects import apply_effect
from directory.services.referrals.fired import tell_of_review
from directory.services.referrals.follow_up_plan import plan_follow_ups
from directory.services.referrals.keep_until import empty_again_later, keep_people_until
from directory.services.referrals.kept import event_columns, standing_columns
from directory.services.referrals.links import end_links_of
from directory.services.referrals.route_signals import asked_of
from directory.services.referrals.running import MAY_WAIT, Clocks, start_of
from directory.services.referrals.standpoint import Standpoint
from directory.services.referrals.telling import tell_of
from directory.services.suggesting.avoid import check_not_avoided
from directory.services.suggesting.decided import note_chosen
from directory.store.tables import Attempt, AttemptEvent, Need

TWICE_WITHIN = timedelta(minutes=1)
"""A second tap within this time, of the same hand and saying the same, says nothing new."""

SAYS_MORE_EACH_TIME = frozenset({Kind.NOTED, Kind.HANDOFF_MOVED})
"""What may be done again at once and mean something else: another note, yet another time."""

LONGEST_WORDS = 2_000
LONGEST_CLAUSE = 200
FARTHEST_REVIEW = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Act:
    """What is to happen. `words` are kept sealed and deleted on time. `contact_name`: whom the receiver names; `wait_position`,
    `review_at`: of a waitlist; of a *no* for want of room or money, when there is some again. `asked_first`: the person, who wants the
    receiver kept out of it, says yes to this one."""

    kind: Kind
    code: str = ""
    clause: str = ""
    channel: str = ""
    words: str = ""
    contact_name: str = ""
    wait_position: int | None = None
    review_at: datetime | None = None
    asked_first: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, as which row, and where the attempt stands now. `was_new` False: it had been written a moment ago, by the same
    hand."""

    attempt: Attempt
    standing: Standing
    act: Act
    row: AttemptEvent
    was_new: bool = field(default=True)


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a pass over many attempts reads once, and puts off to the end of each transaction: `moved` are the people of whom something
    came to another state, for `keep_people_until`, `over` the attempts that ended, for `end_links_of`."""

    clocks: Clocks
    moved: set[str] = field(default_factory=set)
    over: set[str] = field(default_factory=set)

    def settle(self, session: Session, at: datetime) -> None:
        """Do what was put off; the caller commits."""
        session.flush()
        end_links_of(session, self.over, at)
        keep_people_until(session, self.moved)
        self.moved.clear()
        self.over.clear()


def act_on(parts: Parts, attempt_id: str, who: Standpoint, act: Act) -> Standing:
    """Write one event in a transaction of its own. Raise `NotFound`, `Forbidden`, `IllegalMove`, `InvalidInput`."""
    with parts.database.writing() as session:
        written = write(parts, session, attempt_id, who, act)
        session.commit()
        return written.standing


def write(parts: Parts, session: Session, attempt_id: str, who: Standpoint, act: Act) -> Written:
    """Write one event; the caller commits. Raise `NotFound`, `Forbidden`, `IllegalMove`, `InvalidInput`."""
    attempt = session.scalar(select(Attempt).where(Attempt.id == attempt_id).with_for_update())
    if attempt is None or not _may_touch(attempt, who):
        raise NotFound(say("There is no such referral here."))
    rows = session.scalars(select(AttemptEvent).where(AttemptEvent.attempt_id == attempt_id).order_by(AttemptEvent.number)).all()
    return write_next(parts, session, attempt, rows, who, act, at=parts.clock.now())


def write_next(
    parts: Parts, session: Session, attempt: Attempt, rows: Sequence[AttemptEvent], who: Standpoint, act: Act, *, at: datetime,
    bulk: Bulk | None = None, case_id: int | None = None,
) -> Written:  # fmt: skip
    """The same for an attempt that the caller holds locked, with all its events in their order; `at` is the moment that it happens. A step
    of a running clock brings what rules decided (`case_id`). Whoever writes in bulk settles it afterwards."""
    standing = fold(event_of(row) for row in rows)
    act = _meant(act, standing)
    if _is_second_tap(attempt, rows[-1], who, act, at):
        return Written(attempt, standing, act, rows[-1], was_new=False)
    _check_act(act, at)
    need = session.get_one(Need, attempt.need_id)
    if act.kind is Kind.SENT and not act.asked_first:
        check_not_avoided(session, need, attempt.receiver_id)
    event = Event(act.kind, who.side, max(at, rows[-1].at), act.code, act.clause, act.channel)
    before, standing = standing.state, after(standing, event)
    if event.kind not in KEEPS_CLOCK:
        case_id = set_clocks(session, attempt, standing, event, bulk.clocks if bulk is not None else Clocks(parts))
    row = keep_event(session, attempt, event, standing, who.by, act.words, case_id)
    _keep_what_was_said(attempt, act)
    person_id = need.person_id
    if act.kind is Kind.SENT:
        note_chosen(session, need.id, attempt.service_id, event.at)
    if who.side is not Side.SYSTEM:
        empty_again_later(session, person_id, event.at)
    if standing.state is not before:
        if bulk is not None:
            bulk.moved.add(person_id)
        else:
            keep_people_until(session, [person_id])
    written = Written(attempt, standing, act, row)
    if standing.state in ENDS and bulk is not None:
        bulk.over.add(attempt.id)
    elif standing.state in ENDS:
        end_links_of(session, [attempt.id], event.at)
    if act.kind is Kind.ACCEPTED:
        plan_follow_ups(session, attempt, event.at)
    apply_effect(parts, session, attempt, event, act.review_at)
    tell_of(parts, session, attempt, event, who)
    return written


def start_events(session: Session, attempt: Attempt, by: str, at: datetime) -> Standing:
    """The first event of a new attempt; the caller commits."""
    event = Event(Kind.DRAFTED, Side.SENDER, at)
    standing = begin(at)
    keep_event(session, attempt, event, standing, by, "")
    return standing


def keep_event(
    session: Session, attempt: Attempt, event: Event, standing: Standing, by: str, words: str, case_id: int | None = None
) -> AttemptEvent:
    """Add it, and keep what all events come to beside them. `case_id`: what rules decided with it."""
    attempt.version += 1
    columns = event_columns(event, standing, by)
    row = AttemptEvent(attempt_id=attempt.id, number=attempt.version, words=words or None, case_id=case_id, **columns)
    session.add(row)
    for name, value in standing_columns(standing).items():
        setattr(attempt, name, value)
    return row


def set_clocks(session: Session, attempt: Attempt, standing: Standing, event: Event, clocks: Clocks) -> int | None:
    """Who is waited for from this event on and until when, by the rules that hold; the id of what they decided, None where there is nothing
    to decide. A draft is looked at again when it would be struck out. The caller adds the event afterwards."""
    waits_for, due_at, case_id = None, None, None
    check_at = event.at + DRAFT_LASTS if standing.state is State.DRAFT else None
    if standing.state in MAY_WAIT and not standing.has_next_step:
        asked = asked_of(attempt)
        decided = clocks.decide(session, asked, standing.state, standing.code)
        route = decided.route
        start = start_of(route, event.at, standing.sent_at, paused_once=standing.paused_once)
        running = clocks.running(session, asked, decided, start)
        case_id = clocks.case_id(session, decided, event.at)
        if route.to_review:
            tell_of_review(session, attempt.id, decided, attempt.version + 1, case_id, event.at)
        if running is not None:
            waits_for, due_at = route.waits_for, running.moment(1)
            check_at = next_at(route.told, 0, running.moment, running.more, start)
    attempt.reminded = 0
    attempt.waits_for, attempt.due_at, attempt.check_at = waits_for, due_at, check_at
    return case_id


def event_of(row: AttemptEvent) -> Event:
    return Event(Kind(row.kind), Side(row.side), row.at, row.code or "", row.clause or "", row.channel or "")


def events_of(session: Session, attempt_ids: Iterable[str]) -> dict[str, list[AttemptEvent]]:
    """The events of several attempts, each in its order."""
    found: dict[str, list[AttemptEvent]] = {}
    statement = (
        select(AttemptEvent).where(AttemptEvent.attempt_id.in_(list(attempt_ids))).order_by(AttemptEvent.attempt_id, AttemptEvent.number)
    )
    for row in session.scalars(statement):
        found.setdefault(row.attempt_id, []).append(row)
    return found


def _may_touch(attempt: Attempt, who: Standpoint) -> bool:
    if who.side is Side.SENDER:
        return attempt.sender_id == who.organization_id
    if who.side is Side.RECEIVER:
        return attempt.receiver_id == who.organization_id and attempt.sent_at is not None  # what never reached them is not there for them
    return True


def _meant(act: Act, standing: Standing) -> Act:
    """Who declines for want of information asks for it, the first time."""
    if act.kind is Kind.DECLINED and act.code == Code.MISSING_INFORMATION and not standing.paused_once:
        return replace(act, kind=Kind.INFO_ASKED, code="", clause="")
    return act


def _is_second_tap(attempt: Attempt, newest: AttemptEvent, who: Standpoint, act: Act, now: datetime) -> bool:
    same = (newest.kind, newest.by, newest.code or "", newest.channel or "") == (act.kind.value, who.by, act.code, act.channel)
    moved_on = act.kind is Kind.WAIT_CONFIRMED and (act.wait_position, act.review_at) != (attempt.wait_position, attempt.review_at)
    return same and now - newest.at < TWICE_WITHIN and act.kind not in SAYS_MORE_EACH_TIME and not moved_on


def _check_act(act: Act, at: datetime) -> None:
    if act.kind is Kind.ACCEPTED and not act.contact_name.strip():
        raise InvalidInput("contact_name", say("Name who will take care of it, so that the person knows whom to ask for."))
    if act.kind is Kind.INFO_ASKED and not act.words.strip():
        raise InvalidInput("words", say("Write the one thing that you need to know."))
    if act.kind is Kind.WAITLISTED and act.wait_position is None and act.review_at is None:
        raise InvalidInput("review_at", say("Say which place in line it is, or when you look at the list again."))
    if act.kind in (Kind.DECLINED, Kind.NOT_HELPED) and act.review_at is not None and not at < act.review_at < at + FARTHEST_REVIEW:
        raise InvalidInput("review_at", say("Choose a day within the next year."))
    if len(act.words) > LONGEST_WORDS:
        raise InvalidInput("words", say("Write at most %(most)s signs.", most=LONGEST_WORDS))
    if len(act.clause) > LONGEST_CLAUSE:
        raise InvalidInput("clause", say("Write at most %(most)s signs.", most=LONGEST_CLAUSE))


def _keep_what_was_said(attempt: Attempt, act: Act) -> None:
    if act.contact_name:
        attempt.contact_name = act.contact_name.strip()[:120]
    if act.kind in (Kind.WAITLISTED, Kind.WAIT_CONFIRMED):
        attempt.wait_position, attempt.review_at = act.wait_position, act.review_at
