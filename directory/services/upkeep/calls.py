"""A session of staff who looks at the listings of an organization with somebody of it: begun with a claim, ended with what was found of
each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.errors import InvalidInput, Refused
from directory.domain.listing import Listing
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.domain.upkeep.found import PUT_OFF_DAYS, TAKEN_OUT, Found, How, Method, Reached
from directory.services.access import organizations_in_reach, services_in_reach
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.names import names_of
from directory.services.indexing.operations import listed_condition
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.upkeep.contacts import note_answer
from directory.services.upkeep.due import DueListing, due_listings
from directory.services.upkeep.queue import TAKEN, check_item, claim, hold, ids_of, listings_of
from directory.services.upkeep.verify import Look, note_found
from directory.store.listings import load_listings
from directory.store.tables import Organization, Service, Verification, VerifyCall, VerifyTurn

LONGEST_NOTE = 1_000
_HOW = {Method.PHONE: How.CALL, Method.MAIL: How.CALL, Method.VISIT: How.VISIT, Method.WEBSITE: How.SOURCE}


@dataclass(frozen=True, slots=True)
class CalledListing:
    listing: Listing
    due: DueListing


@dataclass(frozen=True, slots=True)
class CallPage:
    """What staff has before them while they talk: everything the listings say. `organization_id` is "" for a listing that has none."""

    item_id: str
    organization_id: str
    name: str
    listings: tuple[CalledListing, ...]
    total: int
    claimed_until: datetime
    tries: int
    last_reached: str


@dataclass(frozen=True, slots=True)
class Call:
    """How it went. `found` by service id, those left out that nobody went through; `fields` are those that were touched."""

    method: Method
    reached: Reached
    found: Mapping[str, Found]
    fields: tuple[str, ...] = ()
    note: str = ""
    began_at: datetime | None = None


MOST_LISTINGS = 40


def open_call(parts: Parts, item_id: str, by: str) -> CallPage:
    """Read an item that one has in hand, and hold it for longer. Raise `NotFound`, and `Refused` where one has it no more."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        check_item(session, item_id)
        if not hold(session, item_id, by, now):
            raise Refused(TAKEN)
        session.commit()
        ids = list(ids_of(session, item_id))
        due = sorted(due_listings(session, ids, now), key=lambda one: (one.due.at, one.id))[:MOST_LISTINGS]
        listings = load_listings(session, [one.id for one in due], default_zone=community_in(session).zone, now=now)
        organization = session.get(Organization, item_id)
        turn = session.get_one(VerifyTurn, item_id)
        return CallPage(
            item_id=item_id,
            organization_id=organization.id if organization else "",
            name=organization.name if organization else next((one.name for one in due), ""),
            listings=tuple(CalledListing(listings[one.id], one) for one in due),
            total=len(ids),
            claimed_until=turn.claimed_until or now,
            tries=turn.tries,
            last_reached=turn.last_reached or "",
        )


def end_call(parts: Parts, item_id: str, by: str, call: Call) -> None:
    """Write down how it went, and what was found. Raise `InvalidInput` where the two do not go together, `Refused` when the claim is
    somebody else's by now: nothing is written then."""
    now = parts.clock.now()
    if len(call.note) > LONGEST_NOTE:
        raise InvalidInput("note", say("Note: at most %(count)s letters.", count=LONGEST_NOTE))
    if call.reached is Reached.REACHED and not call.found:
        raise InvalidInput("found", say("Say of at least one listing what you found, or that nobody was reached."))
    if call.reached is not Reached.REACHED and any(found not in TAKEN_OUT for found in call.found.values()):
        raise InvalidInput("reached", say("Nobody was reached, so no listing can be found right."))
    with parts.database.writing() as session:
        check_item(session, item_id)
        if not claim(session, item_id, by, now):
            raise Refused(TAKEN)
        row = _call_row(item_id, by, call, now, session)
        session.add(row)
        session.flush()
        own = set(session.scalars(select(Service.id).where(listings_of(item_id), *listed_condition())))
        look = Look(_HOW[call.method], by, call.fields, call_id=row.id)
        for service_id, found in call.found.items():
            if service_id in own:
                note_found(session, service_id, look, found, parts.clock)
        if call.reached is Reached.REACHED and row.organization_id:
            note_answer(session, row.organization_id, now)
        _put_off(session, item_id, call.reached, now)
        session.commit()


def _call_row(item_id: str, by: str, call: Call, now: datetime, session: Session) -> VerifyCall:
    began = min(call.began_at or now, now)
    organization = session.get(Organization, item_id)
    return VerifyCall(
        item_id=item_id, organization_id=organization.id if organization else None, method=call.method, by=by,
        started_at=max(began, now - timedelta(hours=12)), ended_at=now, reached=call.reached, note=call.note.strip() or None,
    )  # fmt: skip


def _put_off(session: Session, item_id: str, reached: Reached, now: datetime) -> None:
    was_reached = reached is Reached.REACHED
    later = None if was_reached else now + timedelta(days=PUT_OFF_DAYS[reached])
    tries = 0 if was_reached else VerifyTurn.tries + 1
    values = {"claimed_by": None, "claimed_until": None, "not_before": later, "tries": tries, "last_reached": reached}
    session.execute(update(VerifyTurn).where(VerifyTurn.item_id == item_id).values(values).execution_options(synchronize_session=False))


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """A line of the log. `who` called, by name; `seconds`: how long it took; `found` counts listings by what was found of them."""

    at: datetime
    item_id: str
    name: str
    method: Method
    who: str
    reached: Reached
    seconds: int
    found: Mapping[Found, int]
    fields: tuple[str, ...]
    note: str


def read_calls(parts: Parts, actor: Actor, limit: int = 50, page: int = 1) -> list[LoggedCall]:
    """The calls to those whom somebody may call, the newest first. That notes were read is kept: they may name a person."""
    with parts.database.writing() as session:
        theirs = or_(
            VerifyCall.organization_id.in_(select(Organization.id).where(organizations_in_reach(session, actor, Action.CALL_TO_VERIFY))),
            VerifyCall.item_id.in_(select(Service.id).where(services_in_reach(session, actor, Action.CALL_TO_VERIFY))),
        )
        asked = select(VerifyCall).where(theirs).order_by(VerifyCall.ended_at.desc(), VerifyCall.id).limit(limit).offset((page - 1) * limit)
        calls = session.scalars(asked).all()
        ids = [call.id for call in calls]
        counted = select(Verification.call_id, Verification.found, func.count()).where(Verification.call_id.in_(ids))
        found: dict[str, dict[Found, int]] = {}
        for call_id, what, count in session.execute(counted.group_by(Verification.call_id, Verification.found)):
            found.setdefault(call_id or "", {})[Found(what)] = count
        fields = dict(session.execute(select(Verification.call_id, Verification.fields).where(Verification.call_id.in_(ids))).all())
        names = _names(session, [call.item_id for call in calls])
        people = names_of(session, (call.by for call in calls))
        if any(call.note for call in calls):
            audit(session, Audited.PERSONAL_READ, actor=actor.label, clock=parts.clock, detail="notes of calls")
            session.commit()
        return [
            LoggedCall(
                call.ended_at, call.item_id, names.get(call.item_id, ""), Method(call.method), people.get(call.by, ""),
                Reached(call.reached), int((call.ended_at - call.started_at).total_seconds()),
                found.get(call.id, {}), tuple(fields.get(call.id, ())), call.note or "",
            )
            for call in calls
        ]  # fmt: skip


def _names(session: Session, item_ids: list[str]) -> dict[str, str]:
    services = dict(session.execute(select(Service.id, Service.name).where(Service.id.in_(item_ids))).all())
    return {**services, **dict(session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(item_ids))).all())}
