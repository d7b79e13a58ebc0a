"""Ask organizations by mail to look at their listings: once a month at most, when something is due, opening with what their listings did
for people; and tell them at once, at most once a day, what was reported or suggested. Reminders stop by themselves
(`domain.upkeep.pace`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from directory.domain.community import Community
from directory.domain.upkeep.pace import AHEAD, LINK_LASTS, MONTH, MOST_UNANSWERED, Asked, Next, what_next
from directory.services.indexing.operations import listed_condition
from directory.services.listings.community import community_in
from directory.services.messages.language import day_words, language_for
from directory.services.messages.letter import address_on, leave_mail, may_remind
from directory.services.parts import Parts
from directory.services.upkeep.done import done_in
from directory.services.upkeep.due import DueListing, due_listings, may_be_due
from directory.services.upkeep.links import make_link
from directory.services.upkeep.stopping import Kind, stop_address
from directory.services.words import write_letter
from directory.store.tables import Organization, Service, UpkeepContact

AT_ONCE = 100
NAMED = 10
"""Listings that a mail names; the page has them all."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A listing in a mail; `looked_at` is a date in words, "" where nobody ever looked."""

    name: str
    looked_at: str


def ask_who_is_due(parts: Parts) -> int:
    """Leave a mail for each organization whose turn it is; how many."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        community = community_in(session)
        if not may_remind(parts, community):
            return 0
        bound = may_be_due(session, now + AHEAD)
        in_time = select(UpkeepContact.organization_id).where(_may_be_asked(now), _has_due(bound.condition))
        in_time = in_time.order_by(UpkeepContact.last_sent_at, UpkeepContact.organization_id)
        turn = list(session.scalars(in_time.limit(AT_ONCE) if bound.is_exact else in_time))
    asked = 0
    for organization_id in turn:
        asked += _ask(parts, organization_id, community, now)
        if asked == AT_ONCE:
            break
    return asked


def _may_be_asked(now: datetime) -> ColumnElement[bool]:
    rested = or_(UpkeepContact.last_sent_at.is_(None), UpkeepContact.last_sent_at <= now - MONTH)
    return and_(UpkeepContact.stopped_at.is_(None), UpkeepContact.unanswered < MOST_UNANSWERED, rested)


def _has_due(may_be_due: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Service.organization_id == UpkeepContact.organization_id, *listed_condition(), may_be_due)


def _ask(parts: Parts, organization_id: str, community: Community, now: datetime) -> bool:
    """The update itself decides which of two workers writes the mail."""
    with parts.database.writing() as session:
        organization, row = session.get_one(Organization, organization_id), session.get_one(UpkeepContact, organization_id)
        ids = list(session.scalars(select(Service.id).where(Service.organization_id == organization_id, *listed_condition())))
        listings = sorted(due_listings(session, ids, now), key=lambda one: (one.due.at, one.name.casefold()))
        due = [one for one in listings if one.due.at <= now + AHEAD]
        asked = Asked(row.last_sent_at, row.unanswered, row.stopped_at is not None)
        address = row.address or (organization.email or "").strip()
        if what_next(asked, due[0].due.at if due else None, now) is not Next.MAIL:
            return False
        if not address:  # then a person calls
            row.stopped_at = now
            session.commit()
            return False
        mine = update(UpkeepContact).where(UpkeepContact.organization_id == organization_id, _may_be_asked(now))
        taken = mine.values(last_sent_at=now, unanswered=UpkeepContact.unanswered + 1).returning(UpkeepContact.organization_id)
        if session.execute(taken.execution_options(synchronize_session=False)).first() is None:
            return False
        language = language_for(session, organization_id, row.language, community)
        done = done_in(session, ids, now)
        subject, body = write_letter(
            "upkeep",
            language,
            name=organization.name,
            handed=done.handed,
            kept=done.kept,
            listings=_named(due[:NAMED], language, community),
            more=max(0, len(due) - NAMED),
            link=link_address(parts, make_link(session, organization_id, now)),
            until=day_words((now + LINK_LASTS).astimezone(ZoneInfo(community.zone)).date(), language, community),
            community=community.name,
            stop=stop_address(parts, organization_id, address, Kind.MONTHLY),
        )
        leave_mail(parts, session, address, subject, body)
        session.commit()
    return True


def _named(due: Iterable[DueListing], language: str, community: Community) -> list[_Named]:
    zone = ZoneInfo(community.zone)
    return [
        _Named(one.name, day_words(one.verified_at.astimezone(zone).date(), language, community) if one.verified_at else "") for one in due
    ]


def link_address(parts: Parts, token: str) -> str:
    """The whole address of a link to an organization's own listings."""
    return address_on(parts, f"/keep/{token}")
