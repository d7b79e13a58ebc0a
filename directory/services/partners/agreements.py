"""What other parts of the program read of agreements: with whom, since when, whom to ask for, what was promised."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.partners.contacts import PartnerContact, contacts_in
from directory.store.tables import Partnership, PartnershipParty, PartnershipTerms


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement that holds, as one of its parties sees another. Promised times are working hours until an answer; None where nothing is
    promised. `contacts`: those of the partner, for the eyes of the party alone."""

    partnership_id: str
    partner_id: str
    since: datetime
    contacts: tuple[PartnerContact, ...]
    urgent_hours: int | None
    routine_hours: int | None
    shared_intake: bool
    review_on: date | None


def agreements_of(session: Session, organization_id: str) -> tuple[Agreement, ...]:
    """The agreements of an organization that hold now, one for each partner in each, the oldest first."""
    mine = select(PartnershipParty.partnership_id).where(PartnershipParty.organization_id == organization_id)
    rows = session.scalars(
        select(Partnership)
        .where(Partnership.id.in_(mine), Partnership.agreed_at.is_not(None), Partnership.ended_at.is_(None))
        .order_by(Partnership.agreed_at, Partnership.id)
    ).all()
    ids = [row.id for row in rows]
    terms, partners, contacts = holding_terms(session, ids), _parties(session, ids), contacts_in(session, ids)
    return tuple(
        Agreement(
            partnership_id=row.id,
            partner_id=partner,
            since=row.agreed_at,
            contacts=contacts.of(row.id, partner),
            urgent_hours=terms[row.id].urgent_hours,
            routine_hours=terms[row.id].routine_hours,
            shared_intake=terms[row.id].shared_intake,
            review_on=row.review_on,
        )
        for row in rows
        for partner in partners[row.id]
        if partner != organization_id and row.agreed_at is not None
    )


def holding_terms(session: Session, partnership_ids: Collection[str]) -> dict[str, PartnershipTerms]:
    """The terms that hold in each agreement: those that everybody confirmed last."""
    asked = select(PartnershipTerms).where(PartnershipTerms.partnership_id.in_(partnership_ids), PartnershipTerms.agreed_at.is_not(None))
    return {row.partnership_id: row for row in session.scalars(asked.order_by(PartnershipTerms.agreed_at, PartnershipTerms.at))}


def _parties(session: Session, partnership_ids: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {each: [] for each in partnership_ids}
    asked = select(PartnershipParty).where(PartnershipParty.partnership_id.in_(partnership_ids))
    for row in session.scalars(asked.order_by(PartnershipParty.organization_id)):
        found[row.partnership_id].append(row.organization_id)
    return found
