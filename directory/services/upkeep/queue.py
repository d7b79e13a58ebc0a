"""Whom staff calls next: organizations with listings that are due and that no mail reaches. One item is never in two people's hands: who
has it holds a claim that runs out, and the database alone decides between two who reach for it at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.errors import NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.domain.upkeep.due import Risk
from directory.domain.upkeep.pace import MOST_UNANSWERED
from directory.services.access import require, resource_of_organization, resource_of_service, services_in_reach
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.services.upkeep.due import DueListing, due_listings, in_turn, may_be_due, of_risk
from directory.services.upkeep.wanted import Wanted, wanted_conditions
from directory.store.tables import Organization, Service, UpkeepContact, VerifyTurn

LEASE = timedelta(minutes=30)
"""So long whoever took an item has it, from the last time they did something with it."""

LOOKED_THROUGH = 400
"""Due listings that are read to find the next items."""

TAKEN = say("You do not have this one in hand, or somebody else has it by now. Take the next.")


@dataclass(frozen=True, slots=True)
class Item:
    """Whom to call: an organization, or a listing that has none. `due` are its listings that are due. `claimed_by` "" where nobody has
    it."""

    id: str
    name: str
    is_organization: bool
    due: tuple[DueListing, ...]
    claimed_by: str = ""
    claimed_until: datetime | None = None
    tries: int = 0
    last_reached: str = ""


ALL = Wanted()


def read_queue(parts: Parts, actor: Actor, limit: int = 20, wanted: Wanted = ALL) -> list[Item]:
    """The next items for somebody, the most pressing first, those in somebody's hand included. `wanted`: only these listings."""
    with parts.database.reading() as session:
        return _items(session, parts.clock.now(), limit, actor, wanted)


def _items(session: Session, now: datetime, limit: int, actor: Actor, wanted: Wanted) -> list[Item]:
    among = (services_in_reach(session, actor, Action.CALL_TO_VERIFY), *wanted_conditions(session, wanted, now))
    conditions = (*listed_condition(), may_be_due(session, now).condition, ~_is_mailed(), ~_is_put_off(now), *among)
    due: list[DueListing] = []
    for risk in Risk:  # one risk after the other: most often the first alone gives enough, and the rest need not be sorted
        if len(due) < LOOKED_THROUGH:
            due += _due_of(session, risk, conditions, now, LOOKED_THROUGH - len(due))
    grouped: dict[str, list[DueListing]] = {}
    for listing in due:
        grouped.setdefault(listing.organization_id or listing.id, []).append(listing)
    chosen = dict(list(grouped.items())[:limit])
    turns = {turn.item_id: turn for turn in session.scalars(select(VerifyTurn).where(VerifyTurn.item_id.in_(chosen)))}
    return [_item(key, tuple(listings), turns.get(key), now) for key, listings in chosen.items()]


def _due_of(session: Session, risk: Risk, conditions: tuple[ColumnElement[bool], ...], now: datetime, most: int) -> list[DueListing]:
    """The first that are due of one risk. Where the database could not decide by itself, more are read until there are enough."""
    asked = select(Service.id).where(of_risk(risk), *conditions).order_by(*in_turn(risk))
    found: list[DueListing] = []
    start = 0
    while len(found) < most:
        ids = session.scalars(asked.offset(start).limit(LOOKED_THROUGH)).all()
        found += [one for one in due_listings(session, ids, now) if one.due.at <= now]
        if len(ids) < LOOKED_THROUGH:
            break
        start += LOOKED_THROUGH
    return found[:most]


def _item(key: str, listings: tuple[DueListing, ...], turn: VerifyTurn | None, now: datetime) -> Item:
    first = listings[0]
    held = turn is not None and turn.claimed_until is not None and turn.claimed_until > now
    return Item(
        id=key,
        name=first.organization or first.name,
        is_organization=bool(first.organization_id),
        due=listings,
        claimed_by=(turn.claimed_by or "") if turn and held else "",
        claimed_until=turn.claimed_until if turn and held else None,
        tries=turn.tries if turn else 0,
        last_reached=(turn.last_reached or "") if turn else "",
    )


def _is_mailed() -> ColumnElement[bool]:
    """Of an organization that is asked by mail, and may yet answer."""
    still = (UpkeepContact.stopped_at.is_(None), UpkeepContact.unanswered < MOST_UNANSWERED)
    return exists().where(UpkeepContact.organization_id == Service.organization_id, *still)


def _is_put_off(now: datetime) -> ColumnElement[bool]:
    item = or_(VerifyTurn.item_id == Service.organization_id, VerifyTurn.item_id == Service.id)
    return exists().where(item, VerifyTurn.not_before > now)


def take_next(parts: Parts, actor: Actor, wanted: Wanted = ALL) -> str | None:
    """Take the most pressing item of what is wanted that nobody has in hand; its id. What one has already comes first. None when there is
    nothing to do."""
    now, by = parts.clock.now(), actor.label
    with parts.database.writing() as session:
        own = session.scalar(select(VerifyTurn.item_id).where(VerifyTurn.claimed_by == by, VerifyTurn.claimed_until > now).limit(1))
        candidates = [own] if own else [item.id for item in _items(session, now, LOOKED_THROUGH, actor, wanted) if not item.claimed_by]
        taken = next((key for key in candidates if claim(session, key, by, now)), None)
        session.commit()
    return taken


def claim(session: Session, item_id: str, by: str, now: datetime) -> bool:
    """Take an item, or hold it for longer; False when somebody else has it. The caller commits."""
    made: Any = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[session.get_bind().dialect.name](VerifyTurn)
    mine = {"claimed_by": by, "claimed_until": now + LEASE}
    free = or_(VerifyTurn.claimed_until.is_(None), VerifyTurn.claimed_until <= now, VerifyTurn.claimed_by == by)
    statement = made.values(item_id=item_id, tries=0, **mine).on_conflict_do_update(
        index_elements=[VerifyTurn.item_id], set_=mine, where=free
    )
    return session.connection().execute(statement.returning(VerifyTurn.item_id)).first() is not None


def hold(session: Session, item_id: str, by: str, now: datetime) -> bool:
    """Hold for longer what one has in hand; False where one has not. The caller commits."""
    mine = (VerifyTurn.item_id == item_id, VerifyTurn.claimed_by == by, VerifyTurn.claimed_until > now)
    longer = update(VerifyTurn).where(*mine).values(claimed_until=now + LEASE).returning(VerifyTurn.item_id)
    return session.execute(longer.execution_options(synchronize_session=False)).first() is not None


def take(parts: Parts, item_id: str, actor: Actor) -> None:
    """Take one item by its id. Raise `NotFound` where it is none, `Forbidden`, and `Refused` when somebody else has it."""
    with parts.database.writing() as session:
        resource = resource_of_organization if check_item(session, item_id) else resource_of_service
        require(actor, Action.CALL_TO_VERIFY, resource(session, item_id))
        if not claim(session, item_id, actor.label, parts.clock.now()):
            raise Refused(TAKEN)
        session.commit()


def give_back(parts: Parts, item_id: str, by: str) -> None:
    """Let others have it."""
    with parts.database.writing() as session:
        mine = (VerifyTurn.item_id == item_id, VerifyTurn.claimed_by == by)
        session.execute(update(VerifyTurn).where(*mine).values(claimed_by=None, claimed_until=None))
        session.commit()


def is_organization(parts: Parts, item_id: str) -> bool:
    """What an item is. Raise `NotFound`."""
    with parts.database.reading() as session:
        return check_item(session, item_id)


def check_item(session: Session, item_id: str) -> bool:
    """Whether it is an organization; else it is a listing that has none. Raise `NotFound` where it is neither, or gone."""
    if not is_id(item_id):
        raise NotFound(say("There is no such organization."))
    organization = session.get(Organization, item_id)
    service = session.get(Service, item_id) if organization is None else None
    found = organization or (service if service is not None and service.organization_id is None else None)
    if found is None or found.withdrawn_at is not None or found.merged_into is not None:
        raise NotFound(say("There is no such organization."))
    return organization is not None


def listings_of(item_id: str) -> ColumnElement[bool]:
    """The services of an item."""
    return or_(Service.organization_id == item_id, (Service.id == item_id) & Service.organization_id.is_(None))


def ids_of(session: Session, item_id: str) -> Iterable[str]:
    """Its listed services by name."""
    return session.scalars(select(Service.id).where(listings_of(item_id), *listed_condition()).order_by(Service.name, Service.id)).all()
