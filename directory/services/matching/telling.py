"""Mails to the organizations of a pair: that they are asked, that two became one, that a merge was taken back. Records are named as the
directory shows them; a place whose address is secret has no name in a mail."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.listings.community import community_in
from directory.services.matching.asked import question_of
from directory.services.matching.concerned import concerned_in, readers_of, speakers_of
from directory.services.matching.levels import TABLES, Level
from directory.services.messages.language import day_words
from directory.services.messages.letter import address_on, can_mail, covered
from directory.services.partners.links import Opens, end_links_to, make_link
from directory.services.partners.told import Reader, tell
from directory.services.parts import Parts
from directory.store.tables import DuplicateQuestion, MergeEvent

OWN_PATH = "/manage/duplicates"
LINK_PATH = "/same/"
_PUBLIC = {Level.ORGANIZATION: "/organizations/", Level.SITE: "/locations/", Level.PROGRAM: "/services/"}


@dataclass(frozen=True, slots=True)
class ToTell:
    """An organization of a pair, and who of it is written to. `has_account`: they see the question in it; else they get a link."""

    organization_id: str
    name: str
    has_account: bool
    readers: tuple[Reader, ...]


def whom_to_tell(session: Session, level: Level, ids: Iterable[str]) -> tuple[ToTell, ...]:
    """As it is now: whoever merges asks before, since the people of the organization that goes come along."""
    return tuple(
        ToTell(key, name, bool(speakers_of(session, key)), tuple(readers_of(session, key)))
        for key, name in concerned_in(session, level, ids).items()
    )


def tell_asked(parts: Parts, session: Session, question: DuplicateQuestion) -> None:
    """Links that were sent when they were asked before are over. The caller commits."""
    end_links_to(session, question.id, parts.clock.now())
    whom = whom_to_tell(session, Level(question.level), (question.left_id, question.right_id))
    shared = Counter(reader.address.casefold() for each in whom for reader in each.readers)
    for each in whom:
        for reader in each.readers:
            _ask_by_mail(parts, session, question, each, reader, is_shared=shared[reader.address.casefold()] > 1)


def send_link_anew(parts: Parts, session: Session, question: DuplicateQuestion, organization_id: str) -> bool:
    """A new link to where an organization that has no account is written to; those before are over. False where nobody can be written to.
    The caller commits."""
    whom = whom_to_tell(session, Level(question.level), (question.left_id, question.right_id))
    each = next((each for each in whom if each.organization_id == organization_id and not each.has_account and each.readers), None)
    if each is None or not can_mail(parts, community_in(session)):
        return False
    end_links_to(session, question.id, parts.clock.now(), organization_id)
    _ask_by_mail(parts, session, question, each, each.readers[0], is_anew=True)
    return True


def _ask_by_mail(
    parts: Parts, session: Session, question: DuplicateQuestion, each: ToTell, reader: Reader, *, is_anew: bool = False,
    is_shared: bool = False,
) -> None:  # fmt: skip
    """`is_shared`: the other organization reads the same mailbox, and gets a mail of its own."""
    community = community_in(session)
    if not can_mail(parts, community):
        return
    path = f"{OWN_PATH}/{question.id}" if each.has_account else _link(session, question, each, reader, parts.clock.now())
    one, other = _names(session, Level(question.level), (question.left_id, question.right_id))
    until = question.answer_until.astimezone(ZoneInfo(community.zone)).date()
    claim = address_on(parts, f"/organizations/{each.organization_id}/claim")
    tell(
        parts, session, [reader], "duplicate_asked", path, name=each.name, one=one, other=other, level=question.level,
        has_account=each.has_account, is_anew=is_anew, is_shared=is_shared, claim=claim,
        until=day_words(until, reader.language, community),
    )  # fmt: skip


def _link(session: Session, question: DuplicateQuestion, each: ToTell, reader: Reader, now: datetime) -> str:
    of = (Opens.DUPLICATE, question.id, each.organization_id)
    return LINK_PATH + make_link(session, *of, now, question.answer_until, sent_to=covered(reader.address))


def tell_merged(parts: Parts, session: Session, event: MergeEvent, whom: Iterable[ToTell]) -> None:
    """The two are one now. The caller commits."""
    _tell_of_merge(parts, session, event, whom, "duplicate_merged", anyway=event.anyway or "")


def tell_parted(parts: Parts, session: Session, event: MergeEvent) -> None:
    """The merge was taken back. The caller commits."""
    whom = whom_to_tell(session, Level(event.level), (event.kept_id, event.retired_id))
    _tell_of_merge(parts, session, event, whom, "duplicate_parted")


def _tell_of_merge(parts: Parts, session: Session, event: MergeEvent, whom: Iterable[ToTell], letter: str, **more: Any) -> None:
    level = Level(event.level)
    kept, retired = _names(session, level, (event.kept_id, event.retired_id))
    question = question_of(session, level, event.kept_id, event.retired_id)
    public = _public(session, level, event.kept_id)
    said = {"kept": kept, "retired": retired, "level": level.value, "about": address_on(parts, "/about"), **more}
    told: set[str] = set()
    for each in whom:
        path = f"{OWN_PATH}/{question.id}" if question is not None and each.has_account else public
        readers = [reader for reader in each.readers if reader.address not in told]
        told |= {reader.address for reader in readers}
        tell(parts, session, readers, letter, path, name=each.name, **said)


def _public(session: Session, level: Level, record_id: str) -> str:
    """Where anybody sees it; a secret place is shown to nobody there."""
    secret = level is Level.SITE and session.scalar(select(TABLES[level].confidential).where(TABLES[level].id == record_id))
    return "/manage" if secret else f"{_PUBLIC[level]}{record_id}"


def _names(session: Session, level: Level, ids: Iterable[str]) -> list[str]:
    table = TABLES[level]
    secret = table.confidential if level is Level.SITE else table.id.is_(None)
    wanted = list(ids)
    rows = session.execute(select(table.id, table.name, secret).where(table.id.in_(wanted)))
    found = {key: "" if is_secret else name or "" for key, name, is_secret in rows}
    return [found.get(each, "") for each in wanted]
