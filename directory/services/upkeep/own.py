"""An organization's own listings, as its people see them: what each tells the public, when it is due, what was reported; and what they
say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from directory.domain.errors import NotFound
from directory.domain.ids import is_id
from directory.domain.listing import Listing
from directory.domain.sentences import say
from directory.domain.upkeep.found import Found, How
from directory.domain.upkeep.reports import Answer
from directory.domain.upkeep.today import Today
from directory.services.indexing.operations import listed_condition
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.quality.flags import OpenFlag, count_flags, flags_on
from directory.services.upkeep.contacts import Asking, asking_in, note_answer
from directory.services.upkeep.done import Done, done_in
from directory.services.upkeep.due import DueListing, due_listings
from directory.services.upkeep.reports import OpenReport, open_reports
from directory.services.upkeep.today import take_back, tell_today
from directory.services.upkeep.verify import Look, answer_reports, note_found, take_verification_back
from directory.store.listings import load_listings
from directory.store.tables import Organization, Service, Verification

SHOWN = 30
"""Listings on one page, those first that are due first."""

TWICE_WITHIN = timedelta(hours=1)
"""A second tap within this time says nothing new."""

FIELDS_SHOWN = ("hours", "intake", "ways_in", "capacity", "phones", "places", "eligibility", "cost", "documents")
"""What whoever says *still right* was shown of a listing."""


@dataclass(frozen=True, slots=True)
class OwnListing:
    """`was_just_verified`: by whoever looks, within the last hour, so that it can be taken back. `flags`: what is to be put right of it."""

    listing: Listing
    due: DueListing
    reports: tuple[OpenReport, ...]
    was_just_verified: bool = False
    flags: tuple[OpenFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnListings:
    """`total` counts all listed ones; `listings` are those of this page. `flag_count`: how much is to be put right of them all."""

    organization_id: str
    name: str
    asking: Asking
    done: Done
    listings: tuple[OwnListing, ...]
    total: int
    page: int
    flag_count: int = 0


@dataclass(frozen=True, slots=True)
class Owner:
    """Who speaks for an organization: through a link (`link_id`), or signed in. `by` is the label of an actor."""

    organization_id: str
    by: str
    link_id: str | None = None

    @property
    def how(self) -> How:
        return How.LINK if self.link_id else How.PAGE


def read_own(parts: Parts, organization_id: str, page: int = 1, by: str = "") -> OwnListings:
    """The listings of an organization, the first due first, for whoever acts as `by`. Raise `NotFound`."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        asking = asking_in(session, organization_id)
        name = session.scalar(select(Organization.name).where(Organization.id == organization_id)) or ""
        all_ids = list(session.scalars(select(Service.id).where(Service.organization_id == organization_id, *listed_condition())))
        due = sorted(due_listings(session, all_ids, now), key=lambda one: (one.due.at, one.name.casefold(), one.id))
        shown = due[(page - 1) * SHOWN : page * SHOWN]
        ids = [one.id for one in shown]
        listings = load_listings(session, ids, default_zone=community_in(session).zone, now=now)
        reports = open_reports(session, ids, now)
        just = (Verification.service_id.in_(ids), Verification.by == by, Verification.at > now - TWICE_WITHIN, *_standing())
        mine = set(session.scalars(select(Verification.service_id).where(*just)))
        flags = flags_on(parts, session, ids, now)
        own = tuple(
            OwnListing(listings[one.id], one, tuple(reports.get(one.id, ())), one.id in mine, flags.get(one.id, ())) for one in shown
        )
        flag_count = count_flags(session, organization_id)
        return OwnListings(organization_id, name, asking, done_in(session, all_ids, now), own, len(all_ids), page, flag_count)


def say_right(parts: Parts, owner: Owner, service_id: str) -> None:
    """The listing is right as it stands. Raise `NotFound` where it is not the owner's."""

    def act(session: Session, now: datetime) -> None:
        mine = (Verification.service_id == service_id, Verification.by == owner.by, *_standing())
        since = (*mine, Verification.at > now - TWICE_WITHIN)
        if not session.scalar(select(func.count()).select_from(Verification).where(*since)):
            look = Look(owner.how, owner.by, FIELDS_SHOWN, link_id=owner.link_id)
            note_found(session, service_id, look, Found.RIGHT, parts.clock)

    _do(parts, owner, service_id, act)


def _standing() -> tuple[ColumnElement[bool], ...]:
    return (Verification.undone_at.is_(None), Verification.before.is_not(None))


def unsay_right(parts: Parts, owner: Owner, service_id: str) -> None:
    """That was a mistake: within an hour it is taken back. Raise `NotFound` where it is not the owner's."""
    since = parts.clock.now() - TWICE_WITHIN
    _do(parts, owner, service_id, lambda session, _now: take_verification_back(session, service_id, owner.by, since, parts.clock))


def say_today(parts: Parts, owner: Owner, service_id: str, kind: Today) -> None:
    """Something holds for today. Raise `NotFound`."""
    _do(parts, owner, service_id, lambda session, _now: tell_today(session, service_id, kind, owner.by, parts.clock))


def unsay_today(parts: Parts, owner: Owner, service_id: str, kind: Today) -> None:
    """It holds no longer. Raise `NotFound`."""
    _do(parts, owner, service_id, lambda session, _now: take_back(session, service_id, kind, owner.by, parts.clock) or None)


def answer_report(parts: Parts, owner: Owner, service_id: str, answer: Answer) -> None:
    """Answer what workers reported: it is shown no longer. That the listing is right all the same is a verification. Raise `NotFound`."""
    if answer is Answer.RIGHT_NOW:
        say_right(parts, owner, service_id)
    _do(parts, owner, service_id, lambda session, now: answer_reports(session, [service_id], answer, owner.by, now))


def _do(parts: Parts, owner: Owner, service_id: str, act: Callable[[Session, datetime], object]) -> None:
    now = parts.clock.now()
    with parts.database.writing() as session:
        own = (Service.id == service_id, Service.organization_id == owner.organization_id, *listed_condition())
        if not is_id(service_id) or session.scalar(select(Service.id).where(*own)) is None:
            raise NotFound(say("There is no such listing."))
        act(session, now)
        note_answer(session, owner.organization_id, now)
        session.commit()
