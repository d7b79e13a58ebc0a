"""Mails to the organizations of a pair: that they are asked, that two became one, that a merge was taken back. Records are named as the
directory shows them; a place whose address is secret has no name in a mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.services.listings.community import community_in
from directory.services.matching.asked import question_of
from directory.services.matching.concerned import concerned_in, readers_of, speakers_of
from directory.services.matching.levels import TABLES, Level
from directory.services.messages.language import day_words
from directory.services.messages.letter import address_on
from directory.services.partners.told import Reader, tell
from directory.services.parts import Parts
from directory.store.tables import DuplicateQuestion, MergeEvent

OWN_PATH = "/manage/duplicates"
_PUBLIC = {Level.ORGANIZATION: "/organizations/", Level.SITE: "/locations/", Level.PROGRAM: "/services/"}


@dataclass(frozen=True, slots=True)
class ToTell:
    """An organization of a pair, and who of it is written to. `can_answer`: they have an account in which they see the question."""

    organization_id: str
    name: str
    can_answer: bool
    readers: tuple[Reader, ...]


def whom_to_tell(session: Session, level: Level, ids: Iterable[str]) -> tuple[ToTell, ...]:
    """As it is now: whoever merges asks before, since the people of the organization that goes come along."""
    return tuple(
        ToTell(key, name, bool(speakers_of(session, key)), tuple(readers_of(session, key)))
        for key, name in concerned_in(session, level, ids).items()
    )


def tell_asked(parts: Parts, session: Session, question: DuplicateQuestion) -> None:
    """The caller commits."""
    level, both = Level(question.level), (question.left_id, question.right_id)
    one, other = _names(session, level, both)
    community = community_in(session)
    until = question.answer_until.astimezone(ZoneInfo(community.zone)).date()
    for each in whom_to_tell(session, level, both):
        path = f"{OWN_PATH}/{question.id}" if each.can_answer else f"/organizations/{each.organization_id}/claim"
        said = {"name": each.name, "one": one, "other": other, "level": level.value, "can_answer": each.can_answer}
        for reader in each.readers:
            tell(parts, session, [reader], "duplicate_asked", path, until=day_words(until, reader.language, community), **said)


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
        path = f"{OWN_PATH}/{question.id}" if question is not None and each.can_answer else public
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
