"""Needs of people, the attempts to have them met, and what happened: apart from the directory.

Who a need is for, if anybody may know it, stands in `helped_person` alone, sealed, and is deleted on time; a need and its events hold no
identity. `by` is always the label of an actor ("person:…", "organization:…", "link:…", "system"), never a name or an address.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class HelpedPerson(Identified, Base):
    """Whom needs are for. By default nothing is known but that it is one person: all of `name`, `contact`, `words` empty. `channel`: how
    they can be reached safely (`domain.referrals.contact`). `hindrance`: why consent could not be asked for. `delete_at`: when everything
    sealed is deleted; `erased_at`: it was."""

    __tablename__ = "helped_person"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    worker_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str | None] = mapped_column(Sealed)
    contact: Mapped[str | None] = mapped_column(Sealed)
    channel: Mapped[str] = mapped_column(String(20), default="none")
    may_leave_message: Mapped[bool] = mapped_column(default=False, server_default=false())
    language: Mapped[str | None] = mapped_column(String(35))
    is_minor: Mapped[bool] = mapped_column(default=False, server_default=false())
    hindrance: Mapped[str | None] = mapped_column(String(20))
    made_at: Mapped[datetime]
    delete_at: Mapped[datetime | None] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]


class Need(Identified, Base):
    """One need of one person. `code` is what the person carries. `category` is a slug of the taxonomy, `area_id` the area they live in,
    coarse. `matters` (what matters to you), `tried` (what was tried), `facts` (answers, as JSON) and `avoid` (organizations and sectors
    that they want kept out of it, as JSON: `services.suggesting.avoid`) are the person's; they go with `delete_at` of the person.
    `closed_at`: nothing more is done about it; `closed_why`: helped, stopped or told."""

    __tablename__ = "need"

    code: Mapped[str] = mapped_column(String(9), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("helped_person.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    worker_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    category: Mapped[str] = mapped_column(String(60))
    area_id: Mapped[str | None] = mapped_column(String(120))
    urgency: Mapped[str] = mapped_column(String(10))
    matters: Mapped[str | None] = mapped_column(Sealed)
    tried: Mapped[str | None] = mapped_column(Sealed)
    facts: Mapped[str | None] = mapped_column(Sealed)
    avoid: Mapped[str | None] = mapped_column(Sealed)
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_why: Mapped[str | None] = mapped_column(String(20))


Index("ix_need_team", Need.organization_id, Need.closed_at, Need.made_at)
Index("ix_need_worker", Need.worker_id, Need.closed_at)


class Attempt(Identified, Base):
    """One try to have a need met by one program. The columns from `state` on are the fold of its events, kept beside them for boards and
    clocks. `shares`: what of the person the sender means to tell, within what was agreed to (`domain.referrals.consent.Field`).
    `contact_name`: whom the receiver named. `reminded` counts the steps of the clock that were done; `check_at` is when the next is due.
    `version` counts the events."""

    __tablename__ = "attempt"

    need_id: Mapped[str] = mapped_column(ForeignKey("need.id"), index=True)
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("attempt.id"))
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    place_id: Mapped[str | None] = mapped_column(IdType)
    sender_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    receiver_id: Mapped[str] = mapped_column(ForeignKey("organization.id"))
    urgency: Mapped[str] = mapped_column(String(10))
    category: Mapped[str] = mapped_column(String(60))
    shares: Mapped[list[str]] = mapped_column(default=list)
    contact_name: Mapped[str | None] = mapped_column(Sealed)
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    code: Mapped[str | None] = mapped_column(String(30))
    clause: Mapped[str | None] = mapped_column(String(200))
    waits_for: Mapped[str | None] = mapped_column(String(10))
    due_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded: Mapped[int] = mapped_column(default=0)
    was_read: Mapped[bool] = mapped_column(default=False, server_default=false())
    has_next_step: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_contested: Mapped[bool] = mapped_column(default=False, server_default=false())
    wait_position: Mapped[int | None]
    review_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


Index("ix_attempt_sender", Attempt.sender_id, Attempt.ended_at, Attempt.due_at)
Index("ix_attempt_receiver", Attempt.receiver_id, Attempt.state, Attempt.since)
Index("ix_attempt_came_back", Attempt.sender_id, Attempt.state, Attempt.has_next_step)


class AttemptEvent(Base):
    """What happened to an attempt, in its order; never changed, never deleted but for `words`. Two that write at once want the same
    `number`, so one of them is refused and looks again. `words` are what somebody wrote with it; they go on time. `case_id`: what rules
    decided of the clock that began with it, or that took this step (`RouteCase`); None: nothing, or before there were rules."""

    __tablename__ = "attempt_event"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(30))
    side: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(20))
    code: Mapped[str | None] = mapped_column(String(30))
    clause: Mapped[str | None] = mapped_column(String(200))
    channel: Mapped[str | None] = mapped_column(String(20))
    words: Mapped[str | None] = mapped_column(Sealed)
    case_id: Mapped[int | None]


class Handoff(Identified, Base):
    """An introduction: when and how three people meet, and what became of it. `receiver_name`, `sender_name`, `where` and `to_know` (what
    the receiver needs to know, in the person's own words) go on time. `made_present`: the appointment was made with the person there.
    `sequence` counts how often it was moved, for calendars."""

    __tablename__ = "handoff"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    how: Mapped[str] = mapped_column(String(20))
    where: Mapped[str | None] = mapped_column(Sealed)
    sender_name: Mapped[str | None] = mapped_column(Sealed)
    receiver_name: Mapped[str | None] = mapped_column(Sealed)
    to_know: Mapped[str | None] = mapped_column(Sealed)
    made_present: Mapped[bool] = mapped_column(default=False, server_default=false())
    status: Mapped[str] = mapped_column(String(20))
    attended: Mapped[list[str]] = mapped_column(default=list)
    sequence: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    told_at: Mapped[datetime | None]


class PersonConsent(Identified, Base):
    """What a person agreed to (`domain.referrals.consent`). `recipients` are ids of organizations; `need_id` None: for all of their
    needs."""

    __tablename__ = "person_consent"

    person_id: Mapped[str] = mapped_column(ForeignKey("helped_person.id"), index=True)
    need_id: Mapped[str | None] = mapped_column(ForeignKey("need.id"), index=True)
    recipients: Mapped[list[str]] = mapped_column(default=list)
    fields: Mapped[list[str]] = mapped_column(default=list)
    purpose: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(35))
    witness: Mapped[str | None] = mapped_column(Sealed)
    proxy: Mapped[str | None] = mapped_column(String(20))
    proxy_name: Mapped[str | None] = mapped_column(Sealed)
    given_at: Mapped[datetime]
    taken_by: Mapped[str] = mapped_column(String(60))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(60))


class ReferralLink(Identified, Base):
    """A link to one attempt or one person's own page, for one purpose. Of its secret only the hash is kept. `bound_hash`: of what the
    browser keeps that opened it first; no other browser is let in. `confirmed_at`: whoever uses it proved that they read the address it
    went to: the receiver's, or (`to_backup`) its backup address."""

    __tablename__ = "referral_link"

    purpose: Mapped[str] = mapped_column(String(20))
    attempt_id: Mapped[str | None] = mapped_column(ForeignKey("attempt.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("helped_person.id"), index=True)
    follow_up_id: Mapped[str | None] = mapped_column(IdType)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    bound_hash: Mapped[str | None] = mapped_column(String(64))
    proof_hash: Mapped[str | None] = mapped_column(String(64))
    proof_tries: Mapped[int] = mapped_column(default=0)
    proof_until: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    to_backup: Mapped[bool] = mapped_column(default=False, server_default=false())


class FollowUp(Identified, Base):
    """The question, 7 and 30 days later, whether it helped. `answer`: helped, partly, not_helped, not_yet. `by`: person or worker."""

    __tablename__ = "follow_up"

    need_id: Mapped[str] = mapped_column(ForeignKey("need.id"), index=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), index=True)
    day: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(index=True)
    asked_at: Mapped[datetime | None]
    asked_how: Mapped[str | None] = mapped_column(String(20))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_by: Mapped[str | None] = mapped_column(String(10))


class LegalHold(Identified, Base):
    """What is held back from deletion on a written order: asked for by one, confirmed by another, with an end. `order` is sealed."""

    __tablename__ = "legal_hold"

    person_id: Mapped[str] = mapped_column(ForeignKey("helped_person.id"), index=True)
    order_words: Mapped[str | None] = mapped_column(Sealed)
    asked_by: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(String(60))
    confirmed_at: Mapped[datetime | None]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ReferralContact(Base):
    """Where an organization wants referrals to go: an address, and another for when nobody answers. Without a row: the address it lists.
    `takes_referrals` False: it answers none here."""

    __tablename__ = "referral_contact"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    address: Mapped[str | None] = mapped_column(Sealed)
    backup_address: Mapped[str | None] = mapped_column(Sealed)
    language: Mapped[str | None] = mapped_column(String(35))
    takes_referrals: Mapped[bool] = mapped_column(default=True)
    on_duty: Mapped[list[str]] = mapped_column(default=list)
    modified_at: Mapped[datetime]
    modified_by: Mapped[str] = mapped_column(String(60))


class RuleReview(Identified, Base):
    """A receiver declined for a reason that the listing does not tell, or tells wrongly: whoever keeps it looks at the rule. `kind`:
    eligibility, area, listing. `clause` names the condition in the receiver's words, never a person."""

    __tablename__ = "rule_review"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"))
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(30))
    clause: Mapped[str | None] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(index=True)
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(60))
    settled_how: Mapped[str | None] = mapped_column(String(20))


class SlowAnswer(Identified, Base):
    """An organization was told that one of its programs leaves referrals unanswered, with the figure (`days`, a median) that others see a
    week later; `reply` is what it says to that, and public to whoever refers."""

    __tablename__ = "slow_answer"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), unique=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    told_at: Mapped[datetime]
    days: Mapped[int]
    reply: Mapped[str | None] = mapped_column(String(300))
    replied_at: Mapped[datetime | None]
    replied_by: Mapped[str | None] = mapped_column(String(60))
