"""Answer a question that was asked around, as an organization: what one sees, what one could offer, which parts one could cover. Changed
until its time is over. With an account or by the link of the mail, which is the same act under another label."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource
from directory.domain.ask_around import LONGEST_ANSWER
from directory.domain.errors import InvalidInput
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.services.access import require
from directory.services.ask_around.read import AskedQuestion, parts_of, read_asked, to_organization
from directory.services.listings.community import community_in
from directory.services.no_names import check_names_nobody
from directory.services.partners.links import OpenedLink
from directory.services.partners.scope import names_of_organizations
from directory.services.partners.told import leading, reader_of, tell
from directory.services.parts import Parts
from directory.store.tables import AskAround, AskAroundCover, Person, RoleGrant


def read_as(parts: Parts, actor: Actor, organization_id: str, question_id: str) -> AskedQuestion:
    """The question, for whoever works at an organization that was asked. Raise `Forbidden`, `NotFound`."""
    require(actor, Action.REFER, Resource(organization_id))
    return read_asked(parts, actor.label, organization_id, question_id)


def read_behind_link(parts: Parts, link: OpenedLink) -> AskedQuestion:
    """The question that a link opens. Raise `NotFound`."""
    return read_asked(parts, link.by, link.organization_id, link.object_id)


def answer_as(
    parts: Parts,
    actor: Actor,
    organization_id: str,
    question_id: str,
    *,
    sees: str,
    offers: str,
    covers: Collection[str],
    said_no_name: Collection[str] = (),
) -> None:
    """Answer for the organization. Raise `Forbidden`, `InvalidInput`, `MayBeNames`, `NotFound`."""
    require(actor, Action.REFER, Resource(organization_id))
    _answer(parts, actor.label, organization_id, question_id, sees, offers, covers, said_no_name)


def answer_by_link(
    parts: Parts, link: OpenedLink, *, sees: str, offers: str, covers: Collection[str], said_no_name: Collection[str] = ()
) -> None:
    """The same without an account. Raise `InvalidInput`, `MayBeNames`, `NotFound`."""
    _answer(parts, link.by, link.organization_id, link.object_id, sees, offers, covers, said_no_name)


def _answer(
    parts: Parts,
    by: str,
    organization_id: str,
    question_id: str,
    sees: str,
    offers: str,
    covers: Collection[str],
    said_no_name: Collection[str],
) -> None:
    sees, offers = sees.strip(), offers.strip()
    if len(sees) > LONGEST_ANSWER:
        raise InvalidInput("sees", say("What you see: write less, at most %(count)s letters.", count=LONGEST_ANSWER))
    if len(offers) > LONGEST_ANSWER:
        raise InvalidInput("offers", say("What you could offer: write less, at most %(count)s letters.", count=LONGEST_ANSWER))
    if not sees and not offers and not covers:
        raise InvalidInput("sees", say("Your answer: write what you see or could offer, or tick what you could cover."))
    now = parts.clock.now()
    with parts.database.writing() as session:
        row, to = to_organization(session, question_id, organization_id, now)
        check_names_nobody(session, parts.clock, {"sees": sees, "offers": offers}, said_no_name, of_work=("offers",))
        is_first = to.answered_at is None
        to.answered_at, to.answered_by, to.sees, to.offers = now, by, sees or None, offers or None
        session.execute(delete(AskAroundCover).where(AskAroundCover.to_id == to.id))
        known = {part_id for part_id, _words in parts_of(session, row.id)}
        session.add_all(AskAroundCover(to_id=to.id, part_id=part_id) for part_id in known & set(covers))
        session.flush()
        if is_first:
            _tell_asker(parts, session, row, organization_id)
        session.commit()


def _tell_asker(parts: Parts, session: Session, row: AskAround, organization_id: str) -> None:
    """Whoever asked, while they are there; else those who lead their organization."""
    held = (RoleGrant.person_id == row.person_id, RoleGrant.organization_id == row.organization_id, RoleGrant.ended_at.is_(None))
    is_there = session.scalar(select(RoleGrant.id).where(*held).limit(1)) is not None
    asker = session.get_one(Person, row.person_id)
    readers = [reader_of(asker, community_in(session))] if is_there else leading(session, row.organization_id)
    name = names_of_organizations(session, {organization_id})[organization_id]
    path = f"/manage/organizations/{row.organization_id}/ask-around/{row.id}"
    tell(parts, session, readers, "ask_around_answered", path, partner=name)
