"""Put one question to a few organizations, or take it back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.ask_around import LASTS, Question, check_sectors, checked_question
from directory.domain.errors import InvalidInput, NotFound, TooMany
from directory.domain.ids import is_id
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.accounts.members import leads_of
from directory.services.keeping.replay import note_erased
from directory.services.limits import Limit, count_once, used_up
from directory.services.listings.community import community_in
from directory.services.messages.language import day_words
from directory.services.messages.letter import can_mail
from directory.services.no_names import check_names_nobody
from directory.services.partners.links import Opens, end_links_to, make_link
from directory.services.partners.scope import names_of_organizations
from directory.services.partners.told import leading, tell
from directory.services.parts import Parts
from directory.store.tables import AskAround, AskAroundPart, AskAroundTo, Organization

BY_ORGANIZATION = Limit("ask around", 20, 86_400)
TO_ORGANIZATION = Limit("ask around to", 20, 86_400)
LINK_PATH = "/asked/"


def ask_around(
    parts: Parts,
    actor: Actor,
    organization_id: str,
    to_ids: Sequence[str],
    words: str,
    lines: str,
    *,
    has_looked: bool,
    said_no_name: Collection[str] = (),
) -> str:
    """Ask; the id of the question. Each organization gets a mail with a link and no word of it. `has_looked`: the worker says that it names
    nobody. Raise `Forbidden`, `InvalidInput`, `MayBeNames`, `TooMany`."""
    require(actor, Action.REFER, Resource(organization_id))
    question, now = checked_question(words, lines), parts.clock.now()
    with parts.database.writing() as session:
        to = _checked_to(parts, session, organization_id, to_ids)
        check_names_nobody(session, parts.clock, {"question": question.words, "parts": ". ".join(question.parts)}, said_no_name)
        if not has_looked:
            raise InvalidInput("looked", say("Look through your words once more, then tick that they name no person, school or street."))
        _count(session, organization_id, to, now)
        made = _write(session, actor, organization_id, to, question, now)
        _tell(parts, session, made, organization_id, to, now)
        session.commit()
        return made.id


def take_back(parts: Parts, actor: Actor, organization_id: str, question_id: str) -> None:
    """Delete a question of one's own organization with all answers, before its time. Raise `Forbidden`, `NotFound`."""
    require(actor, Action.REFER, Resource(organization_id))
    with parts.database.writing() as session:
        erase(parts, session, own_question(session, organization_id, question_id, parts.clock.now()))
        session.commit()


def erase(parts: Parts, session: Session, row: AskAround) -> None:
    """Delete a question for good; the caller commits."""
    end_links_to(session, row.id, parts.clock.now())
    note_erased(session, AskAround, [row.id], parts.clock)
    session.delete(row)
    session.flush()


def own_question(session: Session, organization_id: str, question_id: str, now: datetime) -> AskAround:
    """A question that the organization has asked and whose time is not over. Raise `NotFound`."""
    row = session.get(AskAround, question_id) if is_id(question_id) else None
    if row is None or row.organization_id != organization_id or row.ends_at <= now:
        raise NotFound(say("There is no such question of your organization, or its time is over."))
    return row


def _checked_to(parts: Parts, session: Session, organization_id: str, to_ids: Sequence[str]) -> list[Organization]:
    found = [session.get(Organization, each) if is_id(each) else None for each in dict.fromkeys(to_ids)]
    listed = [row for row in found if row is not None and row.withdrawn_at is None and row.merged_into is None]
    if len(listed) != len(found) or any(row.id == organization_id for row in listed):
        raise InvalidInput("to", say("Whom: choose other organizations that are listed."))
    check_sectors([(row.name, row.sector or "") for row in listed])
    mails = can_mail(parts, community_in(session))
    for row in listed:
        if not leads_of(session, row.id) and not (mails and leading(session, row.id)):
            raise InvalidInput("to", say("Whom: %(name)s cannot be reached from here. Call them.", name=row.name))
    return listed


def _count(session: Session, organization_id: str, to: list[Organization], now: datetime) -> None:
    for limit, key in ((BY_ORGANIZATION, organization_id), *((TO_ORGANIZATION, row.id) for row in to)):
        if used_up(session, limit, key, now):
            raise TooMany(say("Many questions were asked today. Go on tomorrow, or call."))
        count_once(session, limit, key, now)


def _write(session: Session, actor: Actor, organization_id: str, to: list[Organization], question: Question, now: datetime) -> AskAround:
    made = AskAround(organization_id=organization_id, person_id=actor.person_id, question=question.words, asked_at=now, ends_at=now + LASTS)
    session.add(made)
    session.flush()
    session.add_all(AskAroundPart(ask_around_id=made.id, position=at, words=line) for at, line in enumerate(question.parts))
    session.add_all(AskAroundTo(ask_around_id=made.id, organization_id=row.id, position=at) for at, row in enumerate(to))
    session.flush()
    return made


def _tell(parts: Parts, session: Session, made: AskAround, organization_id: str, to: list[Organization], now: datetime) -> None:
    community, name = community_in(session), names_of_organizations(session, {organization_id})[organization_id]
    until = made.ends_at.astimezone(ZoneInfo(community.zone)).date()
    for row in to:
        token = make_link(session, Opens.ASK_AROUND, made.id, row.id, now, made.ends_at)
        readers = leading(session, row.id)
        for language in {reader.language for reader in readers}:
            day = day_words(until, language, community)
            tell(
                parts, session, [one for one in readers if one.language == language], "ask_around", LINK_PATH + token, partner=name, day=day
            )
