"""What is known of many candidates at once, beside their listings: a few queries, however many there are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.domain.listing import Listing
from directory.domain.referrals.clocks import Urgency
from directory.domain.referrals.states import TAKEN, UNDECIDED, State
from directory.services.partners.agreements import Agreement, agreements_of
from directory.services.partners.kept import Kept, kept_in
from directory.services.parts import Parts
from directory.services.referrals.slow import slowness_of
from directory.services.suggesting.asking import Asking
from directory.services.suggesting.conflicts import kept_apart
from directory.services.suggesting.year import Community, OfProgram, community_year, programs_year, until
from directory.store.tables import Attempt, Partnership, PartnershipParty, ReferralContact, RoleGrant


@dataclass(frozen=True, slots=True)
class Together:
    """What two organizations had to do with each other: `since` the first referral, whichever way; who sent."""

    since: datetime
    sent: bool
    received: bool


@dataclass(frozen=True, slots=True)
class Known:
    """By organization: `contacts` (whether it takes referrals, whether somebody would see them beside the address that it lists), `apart`
    (those that do not work with who asks), `agreements`, `ended` (agreements that are over), `kept` (promises), `together`. By service:
    `programs` (the last year), `open_now` (referrals under way), `slow`."""

    contacts: Mapping[str, tuple[bool, bool]]
    apart: frozenset[str]
    community: Community
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()
    kept: Mapping[str, Kept] = field(default_factory=dict)
    together: Mapping[str, Together] = field(default_factory=dict)
    programs: Mapping[str, OfProgram] = field(default_factory=dict)
    open_now: Mapping[str, int] = field(default_factory=dict)
    slow: frozenset[str] = frozenset()


def known_of(parts: Parts, session: Session, asking: Asking, listings: Iterable[Listing]) -> Known:
    """Of these listings, for who asks. Where everybody may see what comes of it, nothing of what happened between organizations."""
    found = list(listings)
    services = [each.id for each in found]
    organizations = {each.organization.id for each in found if each.organization is not None}
    contacts, apart = _contacts(session, organizations), kept_apart(session, asking.organization_id, organizations)
    community = community_year(session, asking.now)
    if asking.is_public:
        return Known(contacts, apart, community)
    agreements = {each.partner_id: each for each in agreements_of(session, asking.organization_id) if each.partner_id in organizations}
    return Known(
        contacts, apart, community, agreements, _ended(session, asking.organization_id, organizations),
        {key: _kept(parts, session, asking, each) for key, each in agreements.items() if each.urgent_hours or each.routine_hours},
        _together(session, asking, organizations), programs_year(session, services, asking.now), _open_now(session, services),
        frozenset(slowness_of(session, services, asking.now)),
    )  # fmt: skip


def _contacts(session: Session, organizations: Collection[str]) -> dict[str, tuple[bool, bool]]:
    """Organization -> whether it takes referrals here, and whether it named where they go or has somebody with an account to see them."""
    members = select(RoleGrant.organization_id).where(RoleGrant.organization_id.in_(organizations), RoleGrant.ended_at.is_(None))
    sees = {each for each in session.scalars(members.distinct()) if each is not None}
    rows = session.scalars(select(ReferralContact).where(ReferralContact.organization_id.in_(organizations)))
    named = {row.organization_id: (row.takes_referrals, bool(row.address)) for row in rows}
    found = {each: named.get(each, (True, False)) for each in {*sees, *named}}
    return {each: (takes, is_named or each in sees) for each, (takes, is_named) in found.items()}


def _kept(parts: Parts, session: Session, asking: Asking, agreed: Agreement) -> Kept:
    promised = {Urgency.URGENT: agreed.urgent_hours, Urgency.ROUTINE: agreed.routine_hours}
    return kept_in(parts, session, asking.organization_id, agreed.partner_id, agreed.since, promised)


def _ended(session: Session, organization_id: str, others: Collection[str]) -> frozenset[str]:
    mine = select(PartnershipParty.partnership_id).where(PartnershipParty.organization_id == organization_id)
    over = select(PartnershipParty.organization_id).join(Partnership, Partnership.id == PartnershipParty.partnership_id)
    asked = over.where(Partnership.id.in_(mine), Partnership.agreed_at.is_not(None), Partnership.ended_at.is_not(None))
    return frozenset(session.scalars(asked.where(PartnershipParty.organization_id.in_(others))))


def _together(session: Session, asking: Asking, others: Collection[str]) -> dict[str, Together]:
    me, counted = asking.organization_id, (Attempt.sent_at < until(asking.now), Attempt.state != State.VOID.value)
    first = func.min(Attempt.sent_at)
    to_them = select(Attempt.receiver_id, first).where(Attempt.sender_id == me, Attempt.receiver_id.in_(others), *counted)
    from_them = select(Attempt.sender_id, first).where(Attempt.receiver_id == me, Attempt.sender_id.in_(others), *counted)
    sent = {row[0]: row[1] for row in session.execute(to_them.group_by(Attempt.receiver_id))}
    received = {row[0]: row[1] for row in session.execute(from_them.group_by(Attempt.sender_id))}
    moments = {each: [at for at in (sent.get(each), received.get(each)) if at is not None] for each in {*sent, *received}}
    return {each: Together(min(found), each in sent, each in received) for each, found in moments.items() if found}


def _open_now(session: Session, services: Collection[str]) -> dict[str, int]:
    states = [state.value for state in UNDECIDED | TAKEN]
    asked = select(Attempt.service_id, func.count()).where(Attempt.service_id.in_(services), Attempt.state.in_(states))
    return {row[0]: row[1] for row in session.execute(asked.group_by(Attempt.service_id))}
