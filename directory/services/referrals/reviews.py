"""What receivers said against a listing when they declined: a condition that it does not name, an area it does not serve, something it does
not offer. Whoever keeps the listing looks, and settles it: put right, or right as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from directory.domain.access import Action
from directory.domain.errors import InvalidInput
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import services_in_reach
from directory.services.indexing.operations import listed_condition
from directory.services.parts import Parts
from directory.store.tables import RuleReview, Service

SETTLED_HOW = ("corrected", "right")
SHOWN = 50


@dataclass(frozen=True, slots=True)
class OpenReview:
    """`code` and `clause` as they were given, `times` how often, `newest` when last. Of whom it was said stands nowhere here."""

    service_id: str
    name: str
    code: str
    clause: str
    times: int
    newest: datetime


def open_reviews(parts: Parts, actor: Actor, service_id: str = "") -> tuple[OpenReview, ...]:
    """What waits for the actor, the newest first; of one listing, where it is named."""
    with parts.database.reading() as session:
        mine = (services_in_reach(session, actor, Action.EDIT_LISTING), *listed_condition(), RuleReview.settled_at.is_(None))
        told = (func.count(), func.max(RuleReview.made_at).label("newest"))
        statement = select(Service.id, Service.name, RuleReview.code, RuleReview.clause, *told).join(
            Service, Service.id == RuleReview.service_id
        )
        statement = statement.where(*mine).group_by(Service.id, Service.name, RuleReview.code, RuleReview.clause)
        if service_id:
            statement = statement.where(Service.id == service_id)
        rows = session.execute(statement.order_by(func.max(RuleReview.made_at).desc(), Service.id).limit(SHOWN)).all()
    return tuple(OpenReview(row[0], row[1], row[2], row[3] or "", row[4], row[5]) for row in rows)


def settle_review(parts: Parts, actor: Actor, service_id: str, code: str, clause: str, how: str) -> int:
    """Settle what was said so of a listing that the actor may edit; how often it had been said. Raise `InvalidInput`."""
    if how not in SETTLED_HOW:
        raise InvalidInput("do", say("Say whether it was put right, or is right as it stands."))
    with parts.database.writing() as session:
        found = _ids(session, service_id, code, clause)
        settled = update(RuleReview).where(RuleReview.id.in_(found))
        values = {"settled_at": parts.clock.now(), "settled_by": actor.label, "settled_how": how}
        session.execute(settled.values(**values).execution_options(synchronize_session=False))
        session.commit()
    return len(found)


def _ids(session: Session, service_id: str, code: str, clause: str) -> Sequence[str]:
    said = RuleReview.clause == clause if clause else RuleReview.clause.is_(None)
    return session.scalars(
        select(RuleReview.id).where(RuleReview.service_id == service_id, RuleReview.code == code, said, RuleReview.settled_at.is_(None))
    ).all()
