"""Propose an agreement to other organizations, or other terms for one that there is; confirm or decline what is proposed; end it."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.partners import MOST_PARTIES, Terms
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.accounts.members import leads_of
from directory.services.partners.contacts import forget_contacts
from directory.services.partners.scope import leads, names_of_organizations, own_partnership, party_ids, today_in
from directory.services.partners.told import leading, partners_path, tell
from directory.services.parts import Parts
from directory.store.tables import Organization, Partnership, PartnershipConfirmation, PartnershipParty, PartnershipTerms

Typed = Callable[[date], Terms]
"""Terms as they were typed, read on a given day."""


def propose(parts: Parts, actor: Actor, organization_id: str, with_ids: Sequence[str], typed: Typed) -> str:
    """Propose an agreement; its id. Its other parties confirm it, or do not. Raise `Forbidden`, `InvalidInput`."""
    leads(actor, organization_id)
    now = parts.clock.now()
    with parts.database.writing() as session:
        others = _checked_others(session, organization_id, with_ids)
        terms = typed(today_in(session, now))
        row = Partnership(proposed_at=now, review_on=terms.review_on)
        session.add(row)
        session.flush()
        session.add_all(PartnershipParty(partnership_id=row.id, organization_id=each) for each in (organization_id, *others))
        session.flush()
        _write_terms(parts, session, row, organization_id, actor, terms)
        _tell_proposed(parts, session, row, organization_id)
        session.commit()
        return row.id


def propose_terms(parts: Parts, actor: Actor, organization_id: str, partnership_id: str, typed: Typed) -> None:
    """Propose other terms: those that hold now hold until all have confirmed the new ones. Raise `Forbidden`, `InvalidInput`, `NotFound`,
    `Refused`."""
    leads(actor, organization_id)
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = own_partnership(session, organization_id, partnership_id, for_writing=True)
        _set_aside(session, partnership_id, parts)
        _write_terms(parts, session, row, organization_id, actor, typed(today_in(session, now)))
        _tell_proposed(parts, session, row, organization_id)
        session.commit()


def confirm(parts: Parts, actor: Actor, organization_id: str, partnership_id: str, terms_id: str) -> bool:
    """Say yes to the terms that were read; whether they hold now, since everybody has. Raise `Forbidden`, `NotFound`, and `Refused` where
    others took their place meanwhile."""
    leads(actor, organization_id)
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = own_partnership(session, organization_id, partnership_id, for_writing=True)
        terms = _open_terms(session, partnership_id, terms_id)
        if session.get(PartnershipConfirmation, (terms.id, organization_id)) is None:
            session.add(PartnershipConfirmation(terms_id=terms.id, organization_id=organization_id, by=actor.label, at=now))
            session.flush()
        said_yes = set(session.scalars(select(PartnershipConfirmation.organization_id).where(PartnershipConfirmation.terms_id == terms.id)))
        all_parties = party_ids(session, partnership_id)
        holds = said_yes >= set(all_parties)
        if holds:
            terms.agreed_at = now
            row.agreed_at, row.review_on, row.reminded_for = row.agreed_at or now, terms.review_on, None
            for each in all_parties:
                if each != organization_id:
                    others = _names(session, [one for one in all_parties if one != each])
                    tell(parts, session, leading(session, each), "partner_agreed", partners_path(each, partnership_id), partners=others)
        session.commit()
    return holds


def decline(parts: Parts, actor: Actor, organization_id: str, partnership_id: str, terms_id: str) -> None:
    """Say no to what is proposed, or take one's own proposal back: what was agreed before stays as it is; a first proposal is over.
    Raise `Forbidden`, `NotFound`, `Refused`."""
    leads(actor, organization_id)
    with parts.database.writing() as session:
        row = own_partnership(session, organization_id, partnership_id, for_writing=True)
        _open_terms(session, partnership_id, terms_id)
        _set_aside(session, partnership_id, parts)
        if row.agreed_at is None:
            _close(parts, session, row, organization_id, actor.label)
        _tell_over(parts, session, row, organization_id)
        session.commit()


def end(parts: Parts, actor: Actor, organization_id: str, partnership_id: str) -> None:
    """End an agreement, alone and at once. Its contacts are forgotten. Raise `Forbidden`, `NotFound`, `Refused`."""
    leads(actor, organization_id)
    with parts.database.writing() as session:
        row = own_partnership(session, organization_id, partnership_id, for_writing=True)
        _set_aside(session, partnership_id, parts)
        _close(parts, session, row, organization_id, actor.label)
        _tell_over(parts, session, row, organization_id)
        session.commit()


def _checked_others(session: Session, organization_id: str, with_ids: Sequence[str]) -> list[str]:
    others = [each for each in dict.fromkeys(with_ids) if each != organization_id]
    if not others:
        raise InvalidInput("with", say("With whom: choose at least one other organization."))
    if len(others) >= MOST_PARTIES:
        raise InvalidInput("with", say("With whom: at most %(count)s organizations, yours among them.", count=MOST_PARTIES))
    for each in others:
        found = session.get(Organization, each) if is_id(each) else None
        if found is None or found.withdrawn_at is not None or found.merged_into is not None:
            raise InvalidInput("with", say("With whom: choose organizations that are listed."))
        if not leads_of(session, each):
            raise InvalidInput(
                "with",
                say("With whom: nobody leads %(name)s here yet, so nobody could say yes. Ask to be introduced first.", name=found.name),
            )
    return others


def _write_terms(parts: Parts, session: Session, row: Partnership, organization_id: str, actor: Actor, terms: Terms) -> None:
    """Whoever proposes has said yes."""
    now = parts.clock.now()
    made = PartnershipTerms(
        partnership_id=row.id,
        organization_id=organization_id,
        by=actor.label,
        at=now,
        urgent_hours=terms.urgent_hours,
        routine_hours=terms.routine_hours,
        shared_intake=terms.shared_intake,
        words=terms.words or None,
        review_on=terms.review_on,
    )
    session.add(made)
    session.flush()
    session.add(PartnershipConfirmation(terms_id=made.id, organization_id=organization_id, by=actor.label, at=now))


def _open_terms(session: Session, partnership_id: str, terms_id: str) -> PartnershipTerms:
    terms = session.get(PartnershipTerms, terms_id) if is_id(terms_id) else None
    if terms is None or terms.partnership_id != partnership_id:
        raise NotFound(say("There is no such proposal."))
    if terms.agreed_at is not None or terms.set_aside_at is not None:
        raise Refused(say("Something else is proposed or agreed by now. Read it again."))
    return terms


def _set_aside(session: Session, partnership_id: str, parts: Parts) -> None:
    """What was proposed and not agreed is proposed no longer."""
    waiting = (
        PartnershipTerms.partnership_id == partnership_id,
        PartnershipTerms.agreed_at.is_(None),
        PartnershipTerms.set_aside_at.is_(None),
    )
    session.execute(update(PartnershipTerms).where(*waiting).values(set_aside_at=parts.clock.now()))


def _close(parts: Parts, session: Session, row: Partnership, organization_id: str | None, by: str) -> None:
    row.ended_at, row.ended_by, row.ended_by_organization = parts.clock.now(), by, organization_id
    forget_contacts(session, row.id, parts.clock)


def close_unanswered(parts: Parts, session: Session, row: Partnership) -> None:
    """A first proposal that nobody answered is over; the caller commits."""
    _set_aside(session, row.id, parts)
    _close(parts, session, row, None, "server")


def _names(session: Session, ids: Sequence[str]) -> str:
    return ", ".join(sorted(names_of_organizations(session, set(ids)).values()))


def _tell_proposed(parts: Parts, session: Session, row: Partnership, organization_id: str) -> None:
    name = _names(session, [organization_id])
    letter = "partner_proposed" if row.agreed_at is None else "partner_changes"
    for each in party_ids(session, row.id):
        if each != organization_id:
            tell(parts, session, leading(session, each), letter, partners_path(each, row.id), partner=name)


def _tell_over(parts: Parts, session: Session, row: Partnership, organization_id: str) -> None:
    name = _names(session, [organization_id])
    letter = "partner_declined" if row.agreed_at is None or row.ended_at is None else "partner_ended"
    for each in party_ids(session, row.id):
        if each != organization_id:
            tell(parts, session, leading(session, each), letter, partners_path(each, row.id), partner=name)
