"""Listings that are not to be listed, or could not be verified: they stay, unpublished, so that nothing adds them again unseen."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from directory.domain.access import Action
from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.domain.upkeep.found import TAKEN_OUT, Found
from directory.services.access import require, resource_of_service, services_in_reach
from directory.services.parts import Parts
from directory.services.upkeep.verify import list_again
from directory.store.tables import Organization, Service


@dataclass(frozen=True, slots=True)
class Unlisted:
    id: str
    name: str
    organization: str
    state: Found
    since: datetime


_STATES = {why: found for found, why in TAKEN_OUT.items()}


def read_unlisted(parts: Parts, actor: Actor, limit: int = 200) -> list[Unlisted]:
    """What somebody may list again, the newest first."""
    with parts.database.reading() as session:
        rows = session.execute(
            select(Service, Organization.name)
            .outerjoin(Organization, Organization.id == Service.organization_id)
            .where(Service.withdrawn_why.in_(_STATES), Service.withdrawn_at.is_not(None), Service.merged_into.is_(None))
            .where(services_in_reach(session, actor, Action.CALL_TO_VERIFY))
            .order_by(Service.withdrawn_at.desc(), Service.id)
            .limit(limit)
        ).all()
        return [
            Unlisted(row.id, row.name, name or "", _STATES[row.withdrawn_why or ""], row.withdrawn_at or row.modified_at)
            for row, name in rows
        ]


def put_back(parts: Parts, service_id: str, actor: Actor) -> None:
    """List it again. Raise `NotFound`, `Forbidden`."""
    if not is_id(service_id):
        raise NotFound(say("There is no such listing."))
    with parts.database.writing() as session:
        require(actor, Action.CALL_TO_VERIFY, resource_of_service(session, service_id))
        list_again(session, service_id, actor.label, parts.clock)
        session.commit()
