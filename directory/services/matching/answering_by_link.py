"""An organization without an account answers behind the link that was mailed to it: the same question and answers, of what is public. The
link works in one browser, for one answer, while there is time; to change an answer, a new one is sent to the mailbox on file."""

from directory.domain.errors import NotFound, Refused, TooMany
from directory.domain.planning.asked import BY_LINK, checked_answer
from directory.domain.sentences import say
from directory.services.limits import Limit, count_once, used_up
from directory.services.matching.answering import NOT_HERE, OwnQuestion, answer_in, is_secret, question_in, question_row
from directory.services.matching.asked import standing_in
from directory.services.matching.concerned import speakers_of
from directory.services.matching.levels import Level
from directory.services.matching.telling import send_link_anew
from directory.services.partners.links import OpenedLink, use_link
from directory.services.parts import Parts
from directory.services.referrals.new_link import TOO_OFTEN
from directory.store.tables import Organization

NEW_LINKS = Limit("new link to a pair", 3, 3600)
"""Counted for each organization and question, whoever asks: nobody's mailbox is flooded by a link that went astray."""
USED = say("This link was used for an answer already. Have a new one sent to change it.")


def read_by_link(parts: Parts, link: OpenedLink) -> OwnQuestion:
    """What a link opens. Raise `NotFound` where it opens nothing any more: a place has become secret, or it is another's record now."""
    with parts.database.reading() as session:
        row = question_row(session, link.object_id)
        return question_in(session, row, {link.organization_id}, parts.clock.now(), sees_withdrawn=())


def has_account(parts: Parts, link: OpenedLink) -> bool:
    """Whether somebody of the organization has an account by now, and answers there."""
    with parts.database.reading() as session:
        return bool(speakers_of(session, link.organization_id))


def name_behind(parts: Parts, link: OpenedLink) -> str:
    """Who is asked. Raise `NotFound`."""
    with parts.database.reading() as session:
        organization = session.get(Organization, link.organization_id)
        if organization is None:
            raise NotFound(NOT_HERE)
        return organization.name or ""


def answer_by_link(parts: Parts, link: OpenedLink, answer: str, words: str, seen: str) -> None:
    """Answer, once. `seen`: the fingerprint of what was shown. Raise `NotFound`, `InvalidInput`, and `Refused` where the link was used, the
    pair is decided, a fact changed while somebody looked, or somebody answers with an account."""
    checked, now = checked_answer(answer, words), parts.clock.now()
    with parts.database.writing() as session:
        row = question_row(session, link.object_id, for_writing=True)
        if speakers_of(session, link.organization_id):
            raise Refused(say("Somebody of your organization has an account by now, and answers there."))
        if not use_link(session, link.id, now):
            raise Refused(USED)
        answer_in(session, row, link.organization_id, checked, seen, now, role=BY_LINK, by=link.by)
        session.commit()


def send_new_link(parts: Parts, link: OpenedLink) -> bool:
    """A new link in the stead of this one, to the mailbox on file, also to change an answer. False where nobody can be written to. Raise
    `NotFound`, `TooMany`, and `Refused` where the pair is decided."""
    now = parts.clock.now()
    with parts.database.writing() as session:
        row = question_row(session, link.object_id, for_writing=True)
        if is_secret(session, Level(row.level), (row.left_id, row.right_id)):
            raise NotFound(NOT_HERE)
        if standing_in(session, Level(row.level), row.left_id, row.right_id, now).is_decided:
            raise Refused(say("It has been decided meanwhile."))
        key = f"{row.id}{link.organization_id}".replace("-", "")
        if used_up(session, NEW_LINKS, key, now):
            raise TooMany(TOO_OFTEN)
        count_once(session, NEW_LINKS, key, now)
        done = send_link_anew(parts, session, row, link.organization_id)
        session.commit()
        return done
