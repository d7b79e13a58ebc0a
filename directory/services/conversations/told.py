"""Mails about conversations: that one began, that it is their turn, that answers opened, what is proposed, how it ended. None holds the
question, and none a word of what anybody said."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from directory.domain.planning.conversation import CLOSED, Course, Side, Stage, has_spoken, stage, until, waits_for
from directory.services.accounts.members import leads_of
from directory.services.conversations.rows import course_of, sides_of
from directory.services.listings.community import community_in
from directory.services.messages.language import day_words
from directory.services.messages.letter import may_remind
from directory.services.partners.links import Opens, make_link
from directory.services.partners.scope import names_of_organizations
from directory.services.partners.told import listed, reader_of, tell
from directory.services.parts import Parts
from directory.store.tables import Conversation, ConversationSide

LINK_PATH = "/conversation/"
LINK_LASTS = timedelta(days=60)
TELL_OF_END = timedelta(days=30)
SOON = timedelta(days=2)
"""So long before the time is over, who is waited for is reminded, once."""


def own_path(organization_id: str, conversation_id: str) -> str:
    """Where an organization takes part in a conversation."""
    return f"/manage/conversations/{organization_id}/{conversation_id}"


def tell_conversations(parts: Parts) -> int:
    """Leave a mail for each organization that is to hear something; how many."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        community = community_in(session)
        if not may_remind(parts, community):
            return 0
        fresh = or_(Conversation.closed_at.is_(None), Conversation.closed_at > now - TELL_OF_END)
        due = [found for row in session.scalars(select(Conversation).where(fresh)) for found in _due(session, row, now)]
    return sum(_tell(parts, *each) for each in due)


def news(course: Course, side: Side, now: datetime) -> str:
    """What a side was to be told last, as a key that is kept with it."""
    at, ends = stage(course, now), until(course, now)
    if at in CLOSED:
        return at.value
    key = f"open {course.proposal}" if at is Stage.OPEN else at.value
    is_late = ends is not None and ends - now <= SOON and waits_for(course, side, at)
    return f"{key} soon" if is_late else key


def _due(session: Session, row: Conversation, now: datetime) -> list[tuple[str, str, str]]:
    """The sides that are to hear something, each with what it heard last and what it is to hear."""
    sides = sides_of(session, row.id)
    course = course_of(row, sides)
    found = []
    for side, its in zip(sides, course.sides, strict=True):
        key = news(course, its, now)
        if key != side.told and side.told != f"{key} soon":
            found.append((side.id, side.told, key))
    return found


def _tell(parts: Parts, side_id: str, before: str, key: str) -> int:
    """The update itself decides which of two workers writes the mails."""
    with parts.database.writing() as session:
        mine = update(ConversationSide).where(ConversationSide.id == side_id, ConversationSide.told == before).values(told=key)
        if session.execute(mine.returning(ConversationSide.id).execution_options(synchronize_session=False)).first() is None:
            return 0
        side = session.get_one(ConversationSide, side_id)
        row = session.get_one(Conversation, side.conversation_id)
        sides = sides_of(session, row.id)
        course = course_of(row, sides)
        done = _write(parts, session, side, sides, course, key) if _is_news(course, side, key) else 0
        session.commit()
    return done


def _is_news(course: Course, side: ConversationSide, key: str) -> bool:
    """Whoever has answered already is not told that it is time to answer."""
    its = course.side(side.organization_id)
    if its is None:
        return False
    if key.startswith(Stage.ANSWERS.value):
        return its.in_at is None
    return not key.startswith("open") or not has_spoken(course, its)


def _write(parts: Parts, session: Session, side: ConversationSide, sides: Sequence[ConversationSide], course: Course, key: str) -> int:
    now, community = parts.clock.now(), community_in(session)
    readers = [reader_of(lead, community) for lead in leads_of(session, side.organization_id)]
    path = own_path(side.organization_id, side.conversation_id) if readers else ""
    others = {each.organization_id for each in sides} - {side.organization_id}
    partners = ", ".join(sorted(names_of_organizations(session, others).values()))
    ends, done = until(course, now), 0
    for reader in readers or listed(session, side.organization_id):
        day = day_words(ends.astimezone(ZoneInfo(community.zone)).date(), reader.language, community) if ends else ""
        done += tell(
            parts, session, [reader], "conversation", path or _link(session, side, now), what=key.removesuffix(" soon").partition(" ")[0],
            is_proposed=course.proposal > 0, is_late=key.endswith(" soon"), partners=partners, day=day,
        )  # fmt: skip
    return done


def _link(session: Session, side: ConversationSide, now: datetime) -> str:
    """For an organization that nobody leads here: it takes part without an account."""
    token = make_link(session, Opens.CONVERSATION, side.conversation_id, side.organization_id, now, now + LINK_LASTS)
    return LINK_PATH + token
