"""What the receiver of a referral sees of it: what is asked, its own attempt alone, and of the person what consent lets through.

Reading what is personal is written down before anything of it is handed on.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.listing import Listing
from directory.domain.referrals.consent import Field
from directory.domain.referrals.events import Kind, Side
from directory.domain.referrals.fold import Standing, fold
from directory.domain.referrals.handoff import Meeting
from directory.domain.referrals.states import TAKEN, UNDECIDED, UNSENT, State
from directory.domain.sentences import say
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.referrals.seen_by import SeenPerson, for_receiver, note_read
from directory.services.referrals.standpoint import Standpoint
from directory.services.referrals.write import event_of, events_of
from directory.store.tables import Attempt, AttemptEvent, Handoff, Need, Organization, Phone, Service

TOLD_TO_RECEIVER = frozenset(
    {
        Kind.SENT, Kind.SEEN, Kind.INFO_ASKED, Kind.INFO_GIVEN, Kind.ACCEPTED, Kind.DECLINED, Kind.HANDOFF_PLANNED, Kind.HANDOFF_MOVED,
        Kind.HANDOFF_MISSED, Kind.INTRODUCED, Kind.WAITLISTED, Kind.WAIT_CONFIRMED, Kind.SERVICE_STARTED, Kind.HELPED, Kind.NOT_HELPED,
        Kind.WITHDRAWN, Kind.CANCEL_CONFIRMED, Kind.EXPIRED, Kind.NOTED, Kind.STILL_GOING, Kind.APPOINTMENT_MISSED, Kind.CONTACT_TRIED,
        Kind.INTRODUCTION_DISPUTED, Kind.CONTESTED, Kind.PERSON_CONFIRMED,
    }
)  # fmt: skip
"""What else happened is the sender's own: who works with the person, which next step was chosen."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event as the receiver is told of it. `words`: its own, and the sender's answer to its question; no other words of the sender."""

    kind: Kind
    side: Side
    at: datetime
    code: str = ""
    channel: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Introduction:
    """The introduction that is planned, or the last one that was. Where it is, and what the person wants known, is for whoever may see who
    it is; `hides`: there is something of that."""

    starts_at: datetime
    ends_at: datetime
    how: str
    status: Meeting
    where: str = ""
    sender_name: str = ""
    receiver_name: str = ""
    to_know: str = ""
    made_present: bool = False
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier attempt of the same need, shown where the person agreed to it: who was asked, and what came of it."""

    organization: str
    state: State
    code: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Received:
    """One attempt as its receiver sees it. `seen`: of the person, as far as it is open; `last_name`: whom the receiver named last time, to
    be offered again; `listing` None where it is listed no longer."""

    attempt_id: str
    need_id: str
    code: str
    standing: Standing
    urgency: str
    category: str
    area_id: str
    service_name: str
    place_name: str
    listing: Listing | None
    sender_name: str
    sender_phone: str
    receiver_id: str
    receiver_name: str
    due_at: datetime | None
    waits_for: str
    contact_name: str
    last_name: str
    wait_position: int | None
    review_at: datetime | None
    seen: SeenPerson
    meeting: Introduction | None = None
    story: tuple[Happened, ...] = ()
    earlier: tuple[Earlier, ...] = field(default_factory=tuple)

    @property
    def state(self) -> State:
        return self.standing.state


def read_received(parts: Parts, attempt_id: str, who: Standpoint, *, with_identity: bool) -> Received:
    """What `who` may see now. `with_identity` False: neither name nor contact, however much was agreed to. Raise `NotFound`, also for what
    was sent to somebody else: that it exists is told to nobody but its receiver."""
    with parts.database.reading() as session:
        attempt = own_attempt(session, attempt_id, who.organization_id)
        found = _received(parts, session, attempt, with_identity=with_identity)
    has_words = any(each.words and each.side is not Side.RECEIVER for each in found.story)
    if found.seen.is_somebody or has_words or (found.meeting is not None and found.meeting.to_know) or found.earlier:
        note_read(parts, who.by, who.organization_id, found.need_id)
    return found


def own_attempt(session: Session, attempt_id: str, organization_id: str) -> Attempt:
    """An attempt that was sent to this organization. Raise `NotFound`."""
    attempt = session.get(Attempt, attempt_id) if is_id(attempt_id) else None
    if attempt is None or attempt.receiver_id != organization_id or State(attempt.state) in UNSENT or attempt.sent_at is None:
        raise NotFound(say("There is no such referral here."))
    return attempt


def receiver_of(parts: Parts, attempt_id: str) -> tuple[str, str]:
    """Id and name of the organization that was asked. Raise `NotFound`."""
    found = select(Organization.id, Organization.name).join(Attempt, Attempt.receiver_id == Organization.id)
    with parts.database.reading() as session:
        row = session.execute(found.where(Attempt.id == attempt_id)).first()
    if row is None:
        raise NotFound(say("There is no such referral here."))
    return row.id, row.name


def _received(parts: Parts, session: Session, attempt: Attempt, *, with_identity: bool) -> Received:
    now = parts.clock.now()
    need = session.get_one(Need, attempt.need_id)
    rows = events_of(session, [attempt.id])[attempt.id]
    seen = for_receiver(session, attempt, now, with_identity=with_identity)
    zone = community_in(session).zone
    listing = parts.listings.listed(session, [attempt.service_id], default_zone=zone, now=now).get(attempt.service_id)
    is_open = State(attempt.state) in TAKEN | UNDECIDED
    return Received(
        attempt_id=attempt.id,
        need_id=need.id,
        code=need.code,
        standing=fold(event_of(row) for row in rows),
        urgency=attempt.urgency,
        category=attempt.category,
        area_id=(need.area_id or "") if is_open else "",
        service_name=session.get_one(Service, attempt.service_id).name,
        place_name=next((place.name for place in listing.places if place.id == attempt.place_id), "") if listing is not None else "",
        listing=listing,
        sender_name=session.get_one(Organization, attempt.sender_id).name,
        sender_phone=_phone_of(session, attempt.sender_id),
        receiver_id=attempt.receiver_id,
        receiver_name=session.get_one(Organization, attempt.receiver_id).name,
        due_at=attempt.due_at,
        waits_for=attempt.waits_for or "",
        contact_name=attempt.contact_name or "",
        last_name=attempt.contact_name or _last_name(session, attempt.receiver_id),
        wait_position=attempt.wait_position,
        review_at=attempt.review_at,
        seen=seen,
        meeting=_meeting(session, attempt, seen, with_identity=with_identity),
        story=tuple(_happened(row, is_open=is_open) for row in rows if Kind(row.kind) in TOLD_TO_RECEIVER),
        earlier=_earlier(session, attempt) if Field.EARLIER in seen.fields else (),
    )


def _happened(row: AttemptEvent, *, is_open: bool) -> Happened:
    kind, side = Kind(row.kind), Side(row.side)
    may_read = is_open and (side is Side.RECEIVER or kind is Kind.INFO_GIVEN)
    return Happened(kind, side, row.at, row.code or "", row.channel or "", (row.words or "") if may_read else "")


def _meeting(session: Session, attempt: Attempt, seen: SeenPerson, *, with_identity: bool) -> Introduction | None:
    if State(attempt.state) not in TAKEN:
        return None
    row = session.scalars(select(Handoff).where(Handoff.attempt_id == attempt.id).order_by(Handoff.made_at.desc()).limit(1)).first()
    if row is None:
        return None
    to_know = (row.to_know or "") if Field.OWN_WORDS in seen.fields else ""
    return Introduction(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        how=row.how,
        status=Meeting(row.status),
        where=(row.where or "") if with_identity else "",
        sender_name=row.sender_name or "",
        receiver_name=row.receiver_name or "",
        to_know=to_know if with_identity else "",
        made_present=row.made_present,
        hides=bool(row.where or to_know) and not with_identity,
    )


def _earlier(session: Session, attempt: Attempt) -> tuple[Earlier, ...]:
    """Of the same need, what was sent before this one."""
    before = (Attempt.need_id == attempt.need_id, Attempt.id != attempt.id, Attempt.sent_at.is_not(None), Attempt.sent_at < attempt.sent_at)
    rows = session.execute(
        select(Organization.name, Attempt.state, Attempt.code, Attempt.ended_at)
        .join(Organization, Organization.id == Attempt.receiver_id)
        .where(*before, Attempt.state != State.VOID.value)
        .order_by(Attempt.sent_at)
    )
    return tuple(Earlier(row.name, State(row.state), row.code or "", row.ended_at) for row in rows)


def _last_name(session: Session, organization_id: str) -> str:
    named = select(Attempt.contact_name).where(Attempt.receiver_id == organization_id, Attempt.contact_name.is_not(None))
    return session.scalar(named.order_by(Attempt.decided_at.desc()).limit(1)) or ""


def _phone_of(session: Session, organization_id: str) -> str:
    listed = select(Phone.number).where(Phone.organization_id == organization_id)
    return session.scalar(listed.order_by(Phone.id).limit(1)) or ""
