"""Which organizations have an agreement, for planners: who with whom, since when, until when it is looked at again. Never what it says,
whom to ask for, or what they disagree on."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from directory.domain.access import Action
from directory.domain.people import Actor
from directory.services.access import organizations_in_reach, require
from directory.services.parts import Parts
from directory.store.tables import Organization, Partnership, PartnershipParty


@dataclass(frozen=True, slots=True)
class PartnerOrganization:
    """`sector` is a slug of `domain.sectors`, "" where it is not known."""

    id: str
    name: str
    sector: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organizations with an agreement that holds."""

    first: PartnerOrganization
    second: PartnerOrganization
    since: datetime
    review_on: date | None


def pairs_in_reach(parts: Parts, actor: Actor) -> tuple[Pair, ...]:
    """The pairs of which one lies in a planner's reach, by name. Raise `Forbidden`."""
    require(actor, Action.PLAN)
    with parts.database.reading() as session:
        reached = aliased(PartnershipParty)
        within = select(Organization.id).where(organizations_in_reach(session, actor, Action.PLAN))
        theirs = select(reached.partnership_id).where(reached.organization_id.in_(within))
        in_reach = set(session.scalars(within))
        rows = session.execute(
            select(
                Partnership.id,
                Partnership.agreed_at,
                Partnership.review_on,
                Organization.id.label("party"),
                Organization.name,
                Organization.sector,
            )
            .join(PartnershipParty, PartnershipParty.partnership_id == Partnership.id)
            .join(Organization, Organization.id == PartnershipParty.organization_id)
            .where(Partnership.id.in_(theirs), Partnership.agreed_at.is_not(None), Partnership.ended_at.is_(None))
        ).all()
    parties: dict[str, list[PartnerOrganization]] = {}
    told = {}
    for row in rows:
        parties.setdefault(row.id, []).append(PartnerOrganization(row.party, row.name, row.sector or ""))
        told[row.id] = (row.agreed_at, row.review_on)
    found = [
        Pair(first, second, *told[each])
        for each, members in parties.items()
        for first, second in combinations(sorted(members, key=lambda one: (one.name.casefold(), one.id)), 2)
        if {first.id, second.id} & in_reach
    ]
    return tuple(sorted(found, key=lambda pair: (pair.first.name.casefold(), pair.second.name.casefold(), pair.since)))
