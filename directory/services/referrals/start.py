"""Start a need for a person, several for one where that is so, and send attempts: two taps from a search result or a listing.

Nothing is asked of the person to begin with: they get a code to carry. Who they are is written down only together with what they agreed to
(`directory.services.referrals.agree`).
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.categories import CATEGORIES
from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.referrals.clocks import DRAFT_LASTS, Urgency
from directory.domain.referrals.codes import Reason
from directory.domain.referrals.consent import Field, Hindrance
from directory.domain.referrals.events import Kind
from directory.domain.referrals.reference import BITS, reference_of
from directory.domain.referrals.states import CAME_BACK, ENDS, LIVE, State
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.referrals.addresses import receiving_in
from directory.services.referrals.keep_until import keep_people_until
from directory.services.referrals.standpoint import as_sender
from directory.services.referrals.write import Act, start_events, write
from directory.services.suggesting.avoid import check_not_avoided
from directory.store.tables import Attempt, HelpedPerson, Need, Service

LONGEST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class NewNeed:
    """What a worker writes down. `category` is a slug of the taxonomy; `area_id` where the person lives, coarse. `matters`, `tried`: in the
    person's own words; `facts`: answers that eligibility rests on, in the JSON form of `rules.person`. `hindrance`: why consent cannot be
    asked for now. `person_of`: another need of the same person, by id."""

    category: str
    urgency: Urgency = Urgency.ROUTINE
    area_id: str = ""
    language: str = ""
    matters: str = ""
    tried: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_minor: bool = False
    hindrance: Hindrance | None = None
    person_of: str = ""


def start_need(parts: Parts, actor: Actor, organization_id: str, new: NewNeed) -> str:
    """The id of the new need. Raise `Forbidden`, `InvalidInput`, `NotFound`."""
    require(actor, Action.REFER, Resource(organization_id))
    _check(new)
    now = parts.clock.now()
    with parts.database.writing() as session:
        person = _person(session, actor, organization_id, new, now)
        need = Need(
            code=free_codes(session, 1)[0],
            person_id=person.id,
            organization_id=organization_id,
            worker_id=actor.person_id,
            category=new.category,
            area_id=new.area_id or None,
            urgency=new.urgency.value,
            matters=new.matters.strip() or None,
            tried=new.tried.strip() or None,
            facts=json.dumps(dict(new.facts), sort_keys=True) if new.facts else None,
            avoid=_avoided_before(session, person.id),
            made_at=now,
        )
        session.add(need)
        keep_people_until(session, [person.id])
        session.commit()
        return need.id


def add_attempt(
    parts: Parts,
    actor: Actor,
    need_id: str,
    service_id: str,
    *,
    place_id: str = "",
    replaces: str = "",
    shares: frozenset[Field] = frozenset(),
    asked_first: bool = False,
) -> str:
    """The id of a new draft of an attempt under a need; with `replaces`, in the stead of one that came back. Raise `NotFound`, `Forbidden`,
    `Refused` where the program takes no referrals here or was asked already; `PersonSaidNo` where the person wants it kept out of this,
    unless they were asked first and said yes."""
    with parts.database.writing() as session:
        need = own_need(session, actor, need_id)
        if need.closed_at is not None:
            raise Refused(say("This need is closed. Open it again before you ask elsewhere."))
        receiver_id = _receiver_of(session, service_id)
        _check_not_asked(session, need, service_id)
        if not asked_first:
            check_not_avoided(session, need, receiver_id)
        before = _replaced(session, need, replaces) if replaces else None
        now = parts.clock.now()
        attempt = Attempt(
            need_id=need.id,
            replaces_id=before.id if before is not None else None,
            service_id=service_id,
            place_id=place_id if is_id(place_id) else None,
            sender_id=need.organization_id,
            receiver_id=receiver_id,
            urgency=need.urgency,
            category=need.category,
            shares=sorted(each.value for each in shares),
            made_at=now,
            state=State.DRAFT.value,
            since=now,
            version=0,
            reminded=0,
        )
        session.add(attempt)
        session.flush()
        start_events(session, attempt, actor.label, now)
        attempt.check_at = now + DRAFT_LASTS
        keep_people_until(session, [need.person_id])
        if before is not None and not before.has_next_step:
            write(parts, session, before.id, as_sender(actor, need.organization_id), Act(Kind.NEXT_STEP_CHOSEN, channel="reroute"))
        session.commit()
        return attempt.id


def send(parts: Parts, actor: Actor, attempt_id: str, *, asked_first: bool = False) -> None:
    """Let the receiver know. Raise `NotFound`, `Forbidden`, `IllegalMove`, `PersonSaidNo`."""
    with parts.database.writing() as session:
        attempt = session.get(Attempt, attempt_id)
        if attempt is None:
            raise NotFound(say("There is no such referral here."))
        need = own_need(session, actor, attempt.need_id)
        write(parts, session, attempt_id, as_sender(actor, need.organization_id), Act(Kind.SENT, asked_first=asked_first))
        session.commit()


def close_need(parts: Parts, actor: Actor, need_id: str, why: str) -> None:
    """Nothing more is done about it: helped, told (the person knows what to do), stopped. What is live is withdrawn, and what
    came back has its next step with that. Raise `NotFound`,
    `Forbidden`, `InvalidInput`."""
    if why not in CLOSED_WHY:
        raise InvalidInput("why", say("Say why: choose one of the reasons."))
    with parts.database.writing() as session:
        need = own_need(session, actor, need_id)
        who = as_sender(actor, need.organization_id)
        for attempt in session.scalars(
            select(Attempt).where(Attempt.need_id == need.id, Attempt.state.in_([state.value for state in LIVE]))
        ).all():
            if attempt.state == State.DRAFT:
                write(parts, session, attempt.id, who, Act(Kind.VOIDED, code=Reason.ENTERED_IN_ERROR.value))
            elif why != "helped":
                write(parts, session, attempt.id, who, Act(Kind.WITHDRAWN, code=Reason.BY_SENDER.value))
        for attempt_id in session.scalars(select(Attempt.id).where(Attempt.need_id == need.id, *_UNSETTLED).order_by(Attempt.id)).all():
            write(parts, session, attempt_id, who, Act(Kind.NEXT_STEP_CHOSEN, channel="closed"))
        need.closed_at, need.closed_why = parts.clock.now(), why
        session.commit()


_UNSETTLED = (Attempt.state.in_([state.value for state in CAME_BACK]), Attempt.has_next_step.is_(False))
CLOSED_WHY = ("helped", "told", "stopped", "by_person")


def own_need(session: Session, actor: Actor, need_id: str) -> Need:
    """A need of the actor's own team. Raise `NotFound`, also where it is another's: that it exists is told to nobody else."""
    need = session.get(Need, need_id) if is_id(need_id) else None
    if need is None:
        raise NotFound(say("There is no such need here."))
    try:
        require(actor, Action.REFER, Resource(need.organization_id))
    except Exception:
        raise NotFound(say("There is no such need here.")) from None
    return need


def _check(new: NewNeed) -> None:
    if new.category not in CATEGORIES:
        raise InvalidInput("category", say("Say what is needed: choose one of the needs."))
    for name, text in (("matters", new.matters), ("tried", new.tried)):
        if len(text) > LONGEST_WORDS:
            raise InvalidInput(name, say("Write at most %(most)s signs.", most=LONGEST_WORDS))


def _person(session: Session, actor: Actor, organization_id: str, new: NewNeed, now: datetime) -> HelpedPerson:
    if new.person_of:
        known = session.get_one(HelpedPerson, own_need(session, actor, new.person_of).person_id)
        if known.erased_at is None:  # who was forgotten is nobody that anything could be added to
            return known
    person = HelpedPerson(
        organization_id=organization_id,
        worker_id=actor.person_id,
        language=new.language or None,
        is_minor=new.is_minor,
        hindrance=new.hindrance.value if new.hindrance else None,
        made_at=now,
        delete_at=now + DRAFT_LASTS,
    )
    session.add(person)
    session.flush()
    return person


def _avoided_before(session: Session, person_id: str) -> str | None:
    """Whom the person wanted kept out of their other needs."""
    newest = select(Need).where(Need.person_id == person_id).order_by(Need.made_at.desc(), Need.id).limit(1)
    before = session.scalars(newest).first()
    return before.avoid if before is not None else None


def free_codes(session: Session, how_many: int) -> list[str]:
    """So many codes that no need has: among a hundred thousand of them, two that were drawn alike are to be expected."""
    found: dict[str, None] = {}
    while missing := how_many - len(found):
        drawn = {_drawn_code() for _number in range(missing)} - set(found)
        found |= dict.fromkeys(drawn - set(session.scalars(select(Need.code).where(Need.code.in_(drawn)))))
    return list(found)


def _drawn_code() -> str:
    return reference_of(secrets.randbits(BITS))


def _receiver_of(session: Session, service_id: str) -> str:
    row = (
        session.execute(select(Service.organization_id).where(Service.id == service_id, *listed_condition())).first()
        if is_id(service_id)
        else None
    )
    if row is None:
        raise NotFound(say("There is no such listing."))
    if row.organization_id is None:
        raise Refused(say("Nobody answers referrals for this listing; call instead."))
    if not receiving_in(session, row.organization_id, service_id).takes_referrals:
        raise Refused(say("This organization takes no referrals here; call instead."))
    found: str = row.organization_id
    return found


def _check_not_asked(session: Session, need: Need, service_id: str) -> None:
    asked = (Attempt.need_id == need.id, Attempt.service_id == service_id, Attempt.state.not_in([state.value for state in ENDS]))
    if session.scalar(select(Attempt.id).where(*asked).limit(1)) is not None:
        raise Refused(say("This program is being asked already."))


def _replaced(session: Session, need: Need, attempt_id: str) -> Attempt:
    found = session.get(Attempt, attempt_id) if is_id(attempt_id) else None
    if found is None or found.need_id != need.id:
        raise NotFound(say("There is no such referral here."))
    return found
