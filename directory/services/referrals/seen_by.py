"""What each side may see of the person: nothing without consent, names only once somebody takes it on, nothing any more once it was taken
back.

A receiver, police included, sees its own attempt alone: never earlier declines or no-shows, other needs or other organizations, unless the
consent says so. What is personal is written down as read before it is shown.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.referrals.consent import AFTER_THE_END, Field, fields_open_to
from directory.domain.referrals.contact import Channel, Reachable
from directory.domain.referrals.states import TAKEN, UNDECIDED, State
from directory.services.accounts.audit import Audited, audit
from directory.services.parts import Parts
from directory.services.referrals.agree import consents_of
from directory.store.tables import Attempt, AuditEntry, HelpedPerson, Need

BEFORE_YES = frozenset({Field.LANGUAGE, Field.OWN_WORDS, Field.FACTS, Field.EARLIER})
"""What helps to decide; who it is, is told to whoever says yes."""

ONE_SITTING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """What somebody may know of a person now. `fields`: what of it is open to them, also where nothing is written down."""

    fields: frozenset[Field] = frozenset()
    name: str = ""
    reach: Reachable = field(default_factory=Reachable)
    language: str = ""
    matters: str = ""
    tried: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_somebody(self) -> bool:
        """Whether anything of it is personal, so that reading it is kept."""
        return bool(self.name or self.reach.address or self.matters or self.tried or self.facts)


def open_fields(session: Session, attempt: Attempt, now: datetime) -> frozenset[Field]:
    """What the receiver of an attempt may know now: agreed to, meant for it by the sender, and of use in the state it is in."""
    person_id = session.scalar(select(Need.person_id).where(Need.id == attempt.need_id)) or ""
    agreed = fields_open_to((consent for _id, consent in consents_of(session, person_id, attempt.need_id)), attempt.receiver_id, now)
    meant = agreed & frozenset(Field(each) for each in attempt.shares)
    state = State(attempt.state)
    if state in TAKEN:
        return meant
    if state in UNDECIDED:
        return meant & BEFORE_YES
    is_recent = attempt.ended_at is not None and now - attempt.ended_at < AFTER_THE_END
    return meant if state is State.HELPED and is_recent else frozenset()


def for_receiver(session: Session, attempt: Attempt, now: datetime, *, with_identity: bool = True) -> SeenPerson:
    """What the receiver may see. Without `with_identity` (a link whose holder did not prove to read the address) neither name nor
    contact."""
    found = open_fields(session, attempt, now)
    shown = found if with_identity else found & BEFORE_YES
    return _seen(session, session.get_one(Need, attempt.need_id), shown, found)


def for_worker(session: Session, need: Need) -> SeenPerson:
    """All that is written down, for the person's own worker."""
    everything = frozenset(Field)
    return _seen(session, need, everything, everything)


def note_read(parts: Parts, by: str, organization_id: str, need_id: str) -> None:
    """Keep that somebody reads what is of a person, once for a sitting; the person's worker sees it."""
    detail = f"need {need_id}"
    recent = (AuditEntry.at > parts.clock.now() - ONE_SITTING, AuditEntry.actor == by, AuditEntry.detail == detail)
    with parts.database.reading() as session:
        if session.scalar(select(AuditEntry.id).where(AuditEntry.what == Audited.PERSONAL_READ.value, *recent).limit(1)) is not None:
            return
    with parts.database.writing() as session:
        audit(session, Audited.PERSONAL_READ, actor=by, clock=parts.clock, organization_id=organization_id, detail=detail)
        session.commit()


def _seen(session: Session, need: Need, shown: frozenset[Field], found: frozenset[Field]) -> SeenPerson:
    person = session.get_one(HelpedPerson, need.person_id)
    if person.erased_at is not None:
        return SeenPerson(found)
    words, name, contact = Field.OWN_WORDS in shown, Field.NAME in shown, Field.CONTACT in shown
    reach = Reachable(Channel(person.channel), person.contact or "", person.may_leave_message, person.language or "")
    return SeenPerson(
        fields=found,
        name=(person.name or "") if name else "",
        reach=reach if contact else Reachable(),
        language=(person.language or "") if Field.LANGUAGE in shown else "",
        matters=(need.matters or "") if words else "",
        tried=(need.tried or "") if words else "",
        facts=json.loads(need.facts) if need.facts and Field.FACTS in shown else {},
    )
