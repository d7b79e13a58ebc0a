"""Where an organization wants referrals to go, whether it takes any here, and who of it is on duty."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.accounts import checked_email
from directory.domain.errors import InvalidInput
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.accounts.members import Member, list_members
from directory.services.listings.community import community_in
from directory.services.parts import Parts
from directory.services.referrals.addresses import receiving_in
from directory.store.tables import Attempt, Organization, ReferralContact, ReferralLink


@dataclass(frozen=True, slots=True)
class ReceivingWish:
    """`address` "": the one that the organization lists. `on_duty`: ids of people of the organization."""

    address: str = ""
    backup_address: str = ""
    language: str = ""
    takes_referrals: bool = True
    on_duty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivingPage:
    """As it stands. `goes_to`: where the next referral goes, "" where nobody can be written to; `members`: each once."""

    name: str
    wish: ReceivingWish
    goes_to: str
    members: tuple[Member, ...]
    languages: tuple[str, ...]


def read_receiving(parts: Parts, organization_id: str) -> ReceivingPage:
    members = {member.person_id: member for member in reversed(list_members(parts, organization_id))}
    with parts.database.reading() as session:
        row = session.get(ReferralContact, organization_id)
        name = session.get_one(Organization, organization_id).name
        goes_to = receiving_in(session, organization_id)
        languages = community_in(session).languages
        wish = ReceivingWish(language=goes_to.language)
        if row is not None:
            wish = ReceivingWish(row.address or "", row.backup_address or "", goes_to.language, row.takes_referrals, tuple(row.on_duty))
    return ReceivingPage(name, wish, goes_to.address, tuple(reversed(members.values())), languages)


def save_receiving(parts: Parts, actor: Actor, organization_id: str, wish: ReceivingWish) -> None:
    """Keep it. Who showed that they read an address that it no longer is shows it again for the new one. Raise `Forbidden`,
    `InvalidInput`."""
    require(actor, Action.SET_RECEIVING, Resource(organization_id))
    address, backup = _checked(wish.address, "address"), _checked(wish.backup_address, "backup_address")
    members = {member.person_id for member in list_members(parts, organization_id)}
    on_duty = [person_id for person_id in dict.fromkeys(wish.on_duty) if person_id in members]
    with parts.database.writing() as session:
        if wish.language not in community_in(session).languages:
            raise InvalidInput("language", say("Choose one of the languages."))
        before = receiving_in(session, organization_id)
        row = session.get(ReferralContact, organization_id)
        if row is None:
            row = ReferralContact(organization_id=organization_id, on_duty=[], modified_at=parts.clock.now(), modified_by=actor.label)
            session.add(row)
        row.address, row.backup_address, row.language = address or None, backup or None, wish.language
        row.takes_referrals, row.on_duty = wish.takes_referrals, on_duty
        row.modified_at, row.modified_by = parts.clock.now(), actor.label
        session.flush()
        after = receiving_in(session, organization_id)
        for to_backup, changed in ((False, before.address != after.address), (True, before.backup_address != after.backup_address)):
            if changed:
                _prove_again(session, organization_id, to_backup=to_backup)
        session.commit()


def _prove_again(session: Session, organization_id: str, *, to_backup: bool) -> None:
    theirs = select(Attempt.id).where(Attempt.receiver_id == organization_id)
    links = update(ReferralLink).where(ReferralLink.attempt_id.in_(theirs), ReferralLink.to_backup.is_(to_backup))
    session.execute(links.values(confirmed_at=None, proof_hash=None).execution_options(synchronize_session=False))


def _checked(address: str, field: str) -> str:
    if not address.strip():
        return ""
    try:
        return checked_email(address, field)
    except InvalidInput:
        raise InvalidInput(field, say("Mail address: write it as in name@example.org.")) from None
