"""When a contact leaves their organization, its leads are asked once who takes over. Until somebody does, both sides read that the contact
has left, and nobody reads who it was."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.partners.contacts import belongs
from directory.services.partners.scope import names_of_organizations, party_ids
from directory.services.partners.told import leading, partners_path, tell
from directory.services.parts import Parts
from directory.store.tables import Partnership, PartnershipContact


def ask_for_successors(parts: Parts) -> int:
    """Ask the leads of each organization whose contact has left; how many contacts. It looks for roles that have ended, however they
    did."""
    left = (
        PartnershipContact.person_id.is_not(None),
        PartnershipContact.left_at.is_(None),
        ~belongs(),
        PartnershipContact.partnership_id.in_(select(Partnership.id).where(Partnership.ended_at.is_(None))),
    )
    with parts.database.reading() as session:
        if session.scalar(select(PartnershipContact.id).where(*left).limit(1)) is None:
            return 0
    with parts.database.writing() as session:
        rows = list(session.scalars(select(PartnershipContact).where(*left).with_for_update(skip_locked=True)))
        for row in rows:
            row.left_at = parts.clock.now()
            _ask(parts, session, row)
        session.commit()
    return len(rows)


def _ask(parts: Parts, session: Session, row: PartnershipContact) -> None:
    names = names_of_organizations(session, set(party_ids(session, row.partnership_id)))
    names.pop(row.organization_id, None)
    path = partners_path(row.organization_id, row.partnership_id)
    tell(parts, session, leading(session, row.organization_id), "partner_successor", path, partners=", ".join(sorted(names.values())))
