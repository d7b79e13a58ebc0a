"""What people say to a flag: it is right as it stands, planners have it, or it is to be asked again."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.errors import InvalidInput, NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.rules.sets.kinds import Owner
from directory.services.access import require, resource_of_service
from directory.services.parts import Parts
from directory.services.quality.judge import DROPPED, RIGHT
from directory.services.quality.note import note_changed
from directory.services.rules.versions import today_in
from directory.store.tables import ListingFlag, Service

LONGEST_WHY = 200


class Lasts(StrEnum):
    """For how long an answer holds; it ends sooner when the fact changes."""

    ALWAYS = "always"
    YEAR = "year"
    QUARTER = "quarter"


DAYS = {Lasts.YEAR: 365, Lasts.QUARTER: 90}


def say_right(parts: Parts, actor: Actor, flag_id: str, why: str, lasts: Lasts = Lasts.ALWAYS) -> None:
    """It is right as it stands, and why. Raise `NotFound`, `Forbidden`, `InvalidInput`."""
    word = " ".join(why.split())
    with parts.database.writing() as session:
        row = _row(session, actor, flag_id)
        if not 3 <= len(word) <= LONGEST_WHY:
            raise InvalidInput("why", say("Why: say in a few words why it is right, at most %(most)s letters.", most=LONGEST_WHY))
        row.settled_at, row.settled_by, row.how, row.why = parts.clock.now(), actor.label, RIGHT, word
        row.until = today_in(session, parts.clock.now()) + timedelta(days=DAYS[lasts]) if lasts in DAYS else None
        session.commit()


def hand_over(parts: Parts, actor: Actor, flag_id: str) -> None:
    """Planners have it from now on: the organization asked them to, or one of them took it. Raise `NotFound`, `Forbidden`."""
    with parts.database.writing() as session:
        row = _row(session, actor, flag_id)
        if row.taken_over_by is None:
            row.owner, row.taken_over_at, row.taken_over_by = Owner.PLANNER.value, parts.clock.now(), actor.label
        session.commit()


def hand_back(parts: Parts, actor: Actor, flag_id: str) -> None:
    """It is whoever's it was by the rules. Raise `NotFound`, `Forbidden`."""
    with parts.database.writing() as session:
        row = _row(session, actor, flag_id)
        row.taken_over_at = row.taken_over_by = None
        _judge_soon(session, row.service_id)
        session.commit()


def ask_again(parts: Parts, actor: Actor, flag_id: str) -> None:
    """What was said to be right is to be asked again. Raise `NotFound`, `Forbidden`."""
    with parts.database.writing() as session:
        row = _row(session, actor, flag_id, is_open=False)
        row.how = DROPPED
        _judge_soon(session, row.service_id)
        session.commit()


def _judge_soon(session: Session, service_id: str) -> None:
    note_changed(session, {service_id: session.scalar(select(Service.version).where(Service.id == service_id)) or 1})


def _row(session: Session, actor: Actor, flag_id: str, *, is_open: bool = True) -> ListingFlag:
    state = ListingFlag.settled_at.is_(None) if is_open else ListingFlag.how == RIGHT
    asked = select(ListingFlag).where(ListingFlag.id == flag_id, state).with_for_update()
    row = session.scalar(asked) if is_id(flag_id) else None
    if row is None:
        raise NotFound(say("That is settled already."))
    require(actor, Action.EDIT_LISTING, resource_of_service(session, row.service_id))
    return row
