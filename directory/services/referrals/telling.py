"""Tell those concerned that something happened, by mail: never who the person is, what they need or what they said. Whoever reads it looks
behind the link, or signs in."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from directory.domain.referrals.events import Event, Kind, Side
from directory.services.listings.community import community_in
from directory.services.messages.letter import address_on, can_mail, leave_mail
from directory.services.parts import Parts
from directory.services.referrals.addresses import receiving_in, receiving_people, sender_people
from directory.services.referrals.links import Purpose, make_link, replace_links_of
from directory.services.referrals.standpoint import Standpoint
from directory.services.words import write_letter
from directory.store.tables import Attempt, Need, Organization, Person

TOLD_TO_SENDER = frozenset(
    {
        Kind.INFO_ASKED, Kind.ACCEPTED, Kind.DECLINED, Kind.HANDOFF_PLANNED, Kind.HANDOFF_MOVED, Kind.HANDOFF_MISSED, Kind.WAITLISTED,
        Kind.NOT_HELPED, Kind.HELPED, Kind.APPOINTMENT_MISSED, Kind.INTRODUCTION_DISPUTED,
    }
)  # fmt: skip
TOLD_TO_RECEIVER = frozenset(
    {Kind.SENT, Kind.INFO_GIVEN, Kind.HANDOFF_PLANNED, Kind.HANDOFF_MOVED, Kind.HANDOFF_MISSED, Kind.WITHDRAWN, Kind.CONTESTED, Kind.VOIDED}
)
FRESH_LINK = frozenset({Kind.SENT})
"""Of the mails to a receiver, those that bring a link. Later ones say to use the one there is."""


def tell_of(parts: Parts, session: Session, attempt: Attempt, event: Event, who: Standpoint) -> None:
    """Leave the mails of an event for the worker; the caller commits."""
    if event.kind in TOLD_TO_SENDER and who.side is not Side.SENDER:
        tell_sender(parts, session, attempt, event.kind.value)
    if event.kind in TOLD_TO_RECEIVER and who.side is not Side.RECEIVER and attempt.sent_at is not None:
        tell_receiver(parts, session, attempt, event.kind.value, with_link=event.kind in FRESH_LINK)


def tell_sender(parts: Parts, session: Session, attempt: Attempt, what: str, *, everybody: bool = True, **more: object) -> int:
    """A mail to who works with the person and to whoever is on duty, or to the first of them alone; how many were left."""
    need = session.get_one(Need, attempt.need_id)
    receiver = session.get_one(Organization, attempt.receiver_id).name
    link = address_on(parts, f"/referrals/needs/{need.id}")
    people = sender_people(session, need)
    return sum(
        _mail(
            parts,
            session,
            person.email,
            language_of(session, person),
            "referral_back",
            what=what,
            code=need.code,
            other=receiver,
            link=link,
            **more,
        )
        for person in (people if everybody else people[:1])
    )


def tell_receiver(parts: Parts, session: Session, attempt: Attempt, what: str, *, with_link: bool, to_backup: bool = False) -> bool:
    """A mail to where the receiver wants referrals, and to whoever is on duty there; False where nobody can be written to."""
    receiving = receiving_in(session, attempt.receiver_id, attempt.service_id)
    names = {
        key: session.get_one(Organization, each).name for key, each in (("receiver", attempt.receiver_id), ("sender", attempt.sender_id))
    }
    told: Mapping[str, object] = {"what": what, **names}
    address = receiving.backup_address if to_backup else receiving.address
    done = False
    if address:
        link = fresh_link(parts, session, attempt, to_backup=to_backup) if with_link or to_backup else ""
        done = _mail(parts, session, address, receiving.language, "referral_waits", link=link, signed_in=False, **told)
    if not to_backup:
        inbox = address_on(parts, f"/referrals/inbox/{attempt.receiver_id}/{attempt.id}")
        for person in receiving_people(session, attempt.receiver_id):
            done |= _mail(parts, session, person.email, language_of(session, person), "referral_waits", link=inbox, signed_in=True, **told)
    return done


def send_fresh_link(parts: Parts, session: Session, attempt: Attempt, *, to_backup: bool) -> bool:
    """A new link to the address on file, and to nobody else; those made before are over. False where nobody can be written to."""
    receiving = receiving_in(session, attempt.receiver_id, attempt.service_id)
    address = receiving.backup_address if to_backup else receiving.address
    names = {
        key: session.get_one(Organization, each).name for key, each in (("receiver", attempt.receiver_id), ("sender", attempt.sender_id))
    }
    if not address or not can_mail(parts, community_in(session)):
        return False
    link = fresh_link(parts, session, attempt, to_backup=to_backup)
    return _mail(parts, session, address, receiving.language, "referral_waits", link=link, signed_in=False, what="new_link", **names)


def fresh_link(parts: Parts, session: Session, attempt: Attempt, *, to_backup: bool = False) -> str:
    """The whole address of a new link for the receiver; those made before for the same address are over."""
    now = parts.clock.now()
    replace_links_of(session, attempt.id, now, to_backup=to_backup)
    return address_on(parts, f"/r/{make_link(session, Purpose.ANSWER, now, attempt_id=attempt.id, to_backup=to_backup)}")


def mail_number(parts: Parts, session: Session, attempt: Attempt, number: str, *, to_backup: bool) -> bool:
    """The number by which somebody shows that they read the address on file; the caller commits. False where nobody can be written to."""
    receiving = receiving_in(session, attempt.receiver_id, attempt.service_id)
    address = receiving.backup_address if to_backup else receiving.address
    return bool(address) and _mail(parts, session, address, receiving.language, "referral_number", number=number)


def language_of(session: Session, person: Person) -> str:
    """The language to write to somebody in."""
    languages = community_in(session).languages
    return person.language if person.language in languages else languages[0]


def _mail(parts: Parts, session: Session, address: str, language: str, letter: str, **values: object) -> bool:
    subject, body = write_letter(letter, language, community=community_in(session).name, **values)
    return leave_mail(parts, session, address, subject, body)
