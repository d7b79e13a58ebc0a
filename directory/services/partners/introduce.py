"""Introduce us: two people who work at different organizations are joined by mail, without any case, after the other side has said yes.

Whoever asks writes what they would like to talk about; it names nobody who is helped. The answer is given by somebody who works there, for
themselves. Then each gets one mail with both names and work addresses, and the words are forgotten.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from directory.domain.accounts import checked_email
from directory.domain.errors import InvalidInput, NotFound, Refused, TooMany
from directory.domain.ids import is_id
from directory.domain.partners import INTRODUCTION_OPEN
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.members import leads_of
from directory.services.limits import Limit, count_once, used_up
from directory.services.listings.community import community_in
from directory.services.messages.language import language_for
from directory.services.messages.letter import can_mail
from directory.services.no_names import check_names_nobody
from directory.services.partners.links import OpenedLink, Opens, end_links_to, make_link
from directory.services.partners.scope import acts_for, names_of_organizations
from directory.services.partners.told import Reader, leading, reader_of, tell
from directory.services.parts import Parts
from directory.store.tables import Introduction, Organization, Person, RoleGrant

LONGEST_WORDS = 500
LONGEST_NAME = 80
BY_PERSON = Limit("introductions", 10, 86_400)
TO_ORGANIZATION = Limit("introductions to", 5, 86_400)
LINK_PATH = "/introductions/"


@dataclass(frozen=True, slots=True)
class Asked:
    """An introduction that waits for an answer, as the other side reads it."""

    id: str
    organization_id: str
    organization: str
    name: str
    words: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class OwnAsked:
    """An introduction that somebody of the organization asked for. `answer`: "" while it waits, yes, no, late."""

    id: str
    to: str
    by: str
    asked_at: datetime
    answer: str


def ask_to_be_introduced(
    parts: Parts, actor: Actor, organization_id: str, to_id: str, words: str, said_no_name: Collection[str] = ()
) -> None:
    """Ask. The other organization gets a mail with a link. Raise `Forbidden`, `InvalidInput`, `TooMany`."""
    acts_for(actor, organization_id)
    words, now = words.strip(), parts.clock.now()
    if not actor.name:
        raise InvalidInput("name", say("Your name: write it on the page of your account first, since both sides learn who the other is."))
    if not 0 < len(words) <= LONGEST_WORDS:
        raise InvalidInput("words", say("What you would like to talk about: write it, in at most %(count)s letters.", count=LONGEST_WORDS))
    with parts.database.writing() as session:
        _check_to(session, organization_id, to_id, actor, now)
        check_names_nobody(session, parts.clock, {"words": words}, said_no_name)
        counted = parts.database.keyring.lookup_keys(actor.person_id)[0]  # the count says that somebody asked often, never who
        for limit, key in ((BY_PERSON, counted), (TO_ORGANIZATION, to_id)):
            if used_up(session, limit, key, now):
                raise TooMany(say("Many introductions were asked for today. Go on tomorrow."))
            count_once(session, limit, key, now)
        if not (can_mail(parts, community_in(session)) and leading(session, to_id)) and not leads_of(session, to_id):
            raise InvalidInput("to", say("Whom: no mail address of theirs is known here. Call them."))
        row = Introduction(organization_id=organization_id, person_id=actor.person_id, to_organization_id=to_id, words=words, asked_at=now)
        session.add(row)
        session.flush()
        token = make_link(session, Opens.INTRODUCTION, row.id, to_id, now, now + INTRODUCTION_OPEN)
        name = names_of_organizations(session, {organization_id})[organization_id]
        tell(parts, session, leading(session, to_id), "introduction_asked", LINK_PATH + token, partner=name)
        session.commit()


def _check_to(session: Session, organization_id: str, to_id: str, actor: Actor, now: datetime) -> None:
    to = session.get(Organization, to_id) if is_id(to_id) and to_id != organization_id else None
    if to is None or to.withdrawn_at is not None or to.merged_into is not None:
        raise InvalidInput("to", say("Whom: choose another organization that is listed."))
    waits = (Introduction.person_id == actor.person_id, Introduction.to_organization_id == to_id, *_open(now))
    if session.scalar(select(Introduction.id).where(*waits).limit(1)) is not None:
        raise InvalidInput("to", say("Whom: you have asked them already. Wait for their answer."))


def asked_of_us(parts: Parts, actor: Actor, organization_id: str) -> tuple[Asked, ...]:
    """What waits for an answer of the organization, the oldest first. Reading it is kept. Raise `Forbidden`."""
    acts_for(actor, organization_id)
    with parts.database.writing() as session:
        waits = (Introduction.to_organization_id == organization_id, *_open(parts.clock.now()))
        rows = session.scalars(select(Introduction).where(*waits).order_by(Introduction.asked_at, Introduction.id)).all()
        found = tuple(_asked(session, row) for row in rows)
        if found:
            _note_read(parts, session, actor.label, organization_id)
            session.commit()
    return found


def asked_by_us(parts: Parts, actor: Actor, organization_id: str) -> tuple[OwnAsked, ...]:
    """What people of the organization asked for lately, the newest first. Raise `Forbidden`."""
    acts_for(actor, organization_id)
    now = parts.clock.now()
    with parts.database.reading() as session:
        mine = select(Introduction).where(Introduction.organization_id == organization_id)
        rows = session.scalars(mine.order_by(Introduction.asked_at.desc(), Introduction.id)).all()
        names = names_of_organizations(session, {row.to_organization_id for row in rows})
        people = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_({row.person_id for row in rows})))}
        return tuple(
            OwnAsked(
                row.id,
                names[row.to_organization_id],
                "" if people[row.person_id].ended_at else people[row.person_id].name,
                row.asked_at,
                row.answer or ("late" if row.asked_at <= now - INTRODUCTION_OPEN else ""),
            )
            for row in rows
        )


def asked_behind_link(parts: Parts, link: OpenedLink) -> Asked:
    """What a link opens. Reading it is kept. Raise `NotFound`."""
    with parts.database.writing() as session:
        found = _asked(session, _waiting(session, link.object_id, link.organization_id, parts.clock.now()))
        _note_read(parts, session, link.by, link.organization_id)
        session.commit()
    return found


def answer(parts: Parts, actor: Actor, organization_id: str, introduction_id: str, *, yes: bool) -> None:
    """Say yes for oneself, or no for the organization. Raise `Forbidden`, `InvalidInput`, `NotFound`, `Refused`."""
    acts_for(actor, organization_id)
    if yes and not actor.name:
        raise InvalidInput("name", say("Your name: write it on the page of your account first, since both sides learn who the other is."))
    with parts.database.writing() as session:
        person = session.get_one(Person, actor.person_id)
        them = reader_of(person, community_in(session))
        _answer(parts, session, introduction_id, organization_id, actor.name, them, actor.label, yes=yes)
        session.commit()


def answer_by_link(parts: Parts, link: OpenedLink, *, name: str, mail: str, yes: bool) -> None:
    """The same without an account. Raise `InvalidInput`, `NotFound`, `Refused`."""
    name = " ".join(name.split())
    if yes and not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput("name", say("Your name: write it, in at most %(count)s letters.", count=LONGEST_NAME))
    try:
        address = checked_email(mail, "mail") if yes else ""
    except InvalidInput:
        raise InvalidInput("mail", say("Work mail: write it as in name@example.org.")) from None
    with parts.database.writing() as session:
        them = Reader(address, language_for(session, link.organization_id, None, community_in(session)))
        _answer(parts, session, link.object_id, link.organization_id, name, them, link.by, yes=yes)
        session.commit()


def _answer(
    parts: Parts, session: Session, introduction_id: str, organization_id: str, name: str, them: Reader, by: str, *, yes: bool
) -> None:
    now = parts.clock.now()
    row = _waiting(session, introduction_id, organization_id, now)
    asker, names = session.get_one(Person, row.person_id), names_of_organizations(session, {row.organization_id, organization_id})
    if yes and not _still_there(session, row):
        raise Refused(say("Whoever asked is not there any more. There is nothing to answer."))
    row.answer, row.answered_at, row.answered_by, row.words = "yes" if yes else "no", now, by, None
    end_links_to(session, row.id, now)
    asking = reader_of(asker, community_in(session))
    if yes:
        told = {"name": name, "mail": them.address, "organization": names[organization_id]}
        asked = {"name": asker.name, "mail": asker.email, "organization": names[row.organization_id]}
        tell(parts, session, [asking], "introduced", "/", other=told)
        tell(parts, session, [them], "introduced", "/", other=asked)
    elif _still_there(session, row):
        tell(parts, session, [asking], "introduction_declined", "/", partner=names[organization_id])


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Introduction.answered_at.is_(None), Introduction.asked_at > now - INTRODUCTION_OPEN)


def _waiting(session: Session, introduction_id: str, organization_id: str, now: datetime) -> Introduction:
    row = session.get(Introduction, introduction_id, with_for_update=True) if is_id(introduction_id) else None
    if row is None or row.to_organization_id != organization_id:
        raise NotFound(say("Nobody asks for such an introduction."))
    if row.answered_at is not None or row.asked_at <= now - INTRODUCTION_OPEN:
        raise Refused(say("This was answered already, or its time is over."))
    return row


def _still_there(session: Session, row: Introduction) -> bool:
    held = (RoleGrant.person_id == row.person_id, RoleGrant.organization_id == row.organization_id, RoleGrant.ended_at.is_(None))
    return bool(session.scalar(select(func.count()).select_from(RoleGrant).where(*held)))


def _asked(session: Session, row: Introduction) -> Asked:
    name = names_of_organizations(session, {row.organization_id})[row.organization_id]
    return Asked(row.id, row.organization_id, name, session.get_one(Person, row.person_id).name, row.words or "", row.asked_at)


def _note_read(parts: Parts, session: Session, by: str, organization_id: str) -> None:
    audit(session, Audited.PERSONAL_READ, actor=by, clock=parts.clock, organization_id=organization_id, detail="introduction")
