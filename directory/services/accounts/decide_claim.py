"""Decide claims: a planner grants or refuses with a reason, a lead of the organization objects and thereby hands it to a planner."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource, may
from directory.domain.claims import WAITING, State, Way
from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.domain.people import Actor, Grant, Role
from directory.domain.sentences import say
from directory.services.access import organizations_in_reach, require, resource_of_organization
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.claim import grant, settle
from directory.services.accounts.claims_told import tell_granted, tell_refused, tell_replaced
from directory.services.accounts.members import leads_of
from directory.services.accounts.people import end_role
from directory.services.parts import Parts
from directory.store.tables import Claim, Organization, Person, Phone

LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim as those who decide see it. `phones`: the numbers of the organization's listing, one of which is called to tell the `code`;
    never one that the person gave. `leads`: who leads the organization now."""

    id: str
    organization_id: str
    organization: str
    name: str
    email: str
    words: str
    way: Way
    state: State
    code: str
    phones: tuple[str, ...]
    leads: tuple[str, ...]
    disputed_why: str
    made_at: datetime
    was_called: bool


def list_claims(parts: Parts, actor: Actor) -> tuple[ShownClaim, ...]:
    """Those that wait in the reach of a planner, disputed ones first, then the oldest. Reading them is kept: they hold names and
    addresses."""
    with parts.database.writing() as session:
        within = select(Organization.id).where(organizations_in_reach(session, actor, Action.DECIDE_CLAIMS))
        rows = session.scalars(select(Claim).where(Claim.state.in_(WAITING), Claim.organization_id.in_(within)).order_by(Claim.made_at))
        found = [_shown(session, row) for row in rows]
        for claim in found:
            audit(
                session, Audited.PERSONAL_READ, actor=actor.label, clock=parts.clock, organization_id=claim.organization_id, detail="claim"
            )
        session.commit()
    return tuple(sorted(found, key=lambda claim: claim.state is not State.DISPUTED))


def claims_on(parts: Parts, organization_id: str) -> tuple[ShownClaim, ...]:
    """Those on one organization, for its leads, without the code."""
    with parts.database.reading() as session:
        rows = session.scalars(
            select(Claim).where(Claim.state.in_(WAITING), Claim.organization_id == organization_id).order_by(Claim.made_at)
        )
        return tuple(_shown(session, row, with_code=False) for row in rows)


def own_claims(parts: Parts, actor: Actor) -> tuple[ShownClaim, ...]:
    """Those of the person, without the code."""
    with parts.database.reading() as session:
        rows = session.scalars(select(Claim).where(Claim.person_id == actor.person_id, Claim.state.in_(WAITING)).order_by(Claim.made_at))
        return tuple(_shown(session, row, with_code=False) for row in rows)


def _shown(session: Session, row: Claim, *, with_code: bool = True) -> ShownClaim:
    organization, person = session.get_one(Organization, row.organization_id), session.get_one(Person, row.person_id)
    phones = session.scalars(
        select(Phone.number).where(Phone.organization_id == organization.id, Phone.confidential.is_(False)).order_by(Phone.id)
    )
    return ShownClaim(
        id=row.id,
        organization_id=organization.id,
        organization=organization.name,
        name=person.name,
        email=person.email,
        words=row.words or "",
        way=Way(row.way),
        state=State(row.state),
        code=(row.code or "") if with_code else "",
        phones=tuple(dict.fromkeys(phones)),
        leads=tuple(lead.name or lead.email for lead in leads_of(session, organization.id)),
        disputed_why=row.disputed_why or "",
        made_at=row.made_at,
        was_called=row.why == "code",
    )


def decide(parts: Parts, actor: Actor, claim_id: str, *, granted: bool, why: str, instead_of_leads: bool = False) -> State:
    """Grant or refuse. `instead_of_leads`: those who led the organization lead it no longer. Raise `Forbidden`, `InvalidInput`,
    `NotFound`."""
    why = " ".join(why.split())
    if not 0 < len(why) <= LONGEST_WHY:
        raise InvalidInput("why", say("Why: say it in a sentence; it is told to the person."))
    with parts.database.writing() as session:
        claim = _waiting(session, claim_id)
        require(actor, Action.DECIDE_CLAIMS, resource_of_organization(session, claim.organization_id))
        if claim.person_id == actor.person_id:
            raise Forbidden(say("Nobody decides their own claim. Ask another planner."))
        person, organization = session.get_one(Person, claim.person_id), session.get_one(Organization, claim.organization_id)
        if granted:
            if instead_of_leads:
                _replace_leads(session, parts, claim, actor, organization.name, why)
            grant(session, parts, claim, by=actor.label, why=why)
            tell_granted(parts, session, person, organization.name)
        else:
            settle(claim, State.REFUSED, by=actor.label, why=why, at=parts.clock.now())
            tell_refused(parts, session, person, organization.name, why)
        state = State(claim.state)
        session.commit()
    return state


def _replace_leads(session: Session, parts: Parts, claim: Claim, actor: Actor, organization: str, why: str) -> None:
    for lead in leads_of(session, claim.organization_id):
        if lead.id != claim.person_id:
            end_role(session, parts, lead.id, Grant(Role.LEAD, claim.organization_id), actor.label)
            tell_replaced(parts, session, lead, organization, why)


def object_to(parts: Parts, actor: Actor, organization_id: str, claim_id: str, why: str) -> None:
    """As a lead, say that somebody does not speak for the organization; a planner decides. Raise `Forbidden`, `InvalidInput`,
    `NotFound`."""
    if not may(actor, Action.LEAD_ORGANIZATION, Resource(organization_id)):
        raise Forbidden(say("Only a lead of the organization objects to a claim on it."))
    why = " ".join(why.split())
    if not 0 < len(why) <= LONGEST_WHY:
        raise InvalidInput("why", say("Why: say it in a sentence, for the planner who decides."))
    with parts.database.writing() as session:
        claim = _waiting(session, claim_id, organization_id)
        claim.state, claim.disputed_by, claim.disputed_why = State.DISPUTED.value, actor.label, why
        session.commit()


def agree_to(parts: Parts, actor: Actor, organization_id: str, claim_id: str) -> None:
    """As a lead, let somebody who claims the organization in as a further lead. Raise `Forbidden`, `NotFound`."""
    if not may(actor, Action.LEAD_ORGANIZATION, Resource(organization_id)):
        raise Forbidden(say("Only a lead of the organization lets others in."))
    with parts.database.writing() as session:
        claim = _waiting(session, claim_id, organization_id)
        grant(session, parts, claim, by=actor.label, why="lead")
        person, organization = session.get_one(Person, claim.person_id), session.get_one(Organization, organization_id)
        tell_granted(parts, session, person, organization.name)
        session.commit()


def _waiting(session: Session, claim_id: str, organization_id: str = "") -> Claim:
    claim = session.get(Claim, claim_id)
    if claim is None or claim.state not in WAITING or (organization_id and claim.organization_id != organization_id):
        raise NotFound(say("There is no such claim that waits."))
    return claim
