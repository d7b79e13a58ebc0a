"""For planners: how each organization of a pair that has no account can be asked: by a link to its mailbox, covered, or by telephone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from directory.domain.planning.asked import Way
from directory.services.indexing.operations import listed_condition
from directory.services.listings.community import community_in
from directory.services.matching.asked import Standing
from directory.services.matching.concerned import link_of, readers_of
from directory.services.messages.letter import can_mail, covered
from directory.services.parts import Parts
from directory.store.tables import Phone, Service, UpkeepContact


@dataclass(frozen=True, slots=True)
class Reach:
    """`mailbox`: where a link went at `sent_at`, or would go where that is None; "" where nobody can be written to. `wants_none`: it asked
    for no mails. `phone`: a number that it publishes, and what to dial for it; both "" for none."""

    mailbox: str
    sent_at: datetime | None
    wants_none: bool
    phone: tuple[str, str]


def read_reach(parts: Parts, standing: Standing) -> Mapping[str, Reach]:
    """Organization id -> how it can be asked, of those that have no account."""
    with parts.database.reading() as session:
        without = [each.organization_id for each in standing.voices if each.way is not Way.ACCOUNT]
        return {key: _reach(parts, session, standing.question_id, key) for key in without}


def _reach(parts: Parts, session: Session, question_id: str, organization_id: str) -> Reach:
    link = link_of(session, question_id, organization_id, parts.clock.now()) if question_id else None
    readers = readers_of(session, organization_id) if can_mail(parts, community_in(session)) else []
    mailbox = (link.sent_to or "") if link is not None else covered(readers[0].address) if readers else ""
    contact = session.get(UpkeepContact, organization_id)
    wants_none = contact is not None and contact.stopped_at is not None
    return Reach(mailbox, link.made_at if link is not None else None, wants_none, _phone(session, organization_id))


def _phone(session: Session, organization_id: str) -> tuple[str, str]:
    """Its own number before one of its listings; never one that is not for the public, nor a fax."""
    listings = select(Service.id).where(Service.organization_id == organization_id, *listed_condition())
    of_it = (Phone.organization_id == organization_id) | Phone.service_id.in_(listings)
    public = (Phone.confidential.is_(False), Phone.type.is_(None) | func.lower(Phone.type).not_in(("fax", "pager")))
    own_first = case((Phone.organization_id == organization_id, 0), else_=1)
    row = session.execute(select(Phone.number, Phone.e164).where(of_it, *public).order_by(own_first, Phone.id).limit(1)).first()
    return (row.number, row.e164 or "".join(each for each in row.number if each.isdecimal() or each == "+")) if row else ("", "")
