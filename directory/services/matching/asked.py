"""Where the organizations of a pair stand: whether they were asked, what they said, and what of it rests on facts that still hold. A merge
is let through here, or stopped."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.errors import Refused
from directory.domain.planning.asked import Answer, Asked, Hindrance, Said, Voice, Way, checked_anyway, voice
from directory.domain.planning.verdicts import APART
from directory.domain.sentences import Sentence, say
from directory.rules.matching.facts import Facts, fingerprint, pair_fingerprint
from directory.rules.matching.pairs import pair_key
from directory.services.listings.community import community_in
from directory.services.matching.concerned import concerned_in, way_of
from directory.services.matching.directory_facts import facts_of
from directory.services.matching.levels import TABLES, Level
from directory.services.parts import Parts
from directory.store.tables import DuplicateAnswer, DuplicateQuestion, DuplicateVerdict


@dataclass(frozen=True, slots=True)
class Standing:
    """`facts`: the fingerprint of what both, `ids`, say now. `question_id` "" and `asked` None where nobody was asked yet. `is_one`: they
    were merged, or one of them with a third; `is_two`: whoever plans for the whole community found so, of these facts."""

    facts: str
    question_id: str
    asked: Asked | None
    voices: tuple[Voice, ...]
    ids: tuple[str, str]
    is_one: bool
    is_two: bool

    def keeps(self, said: Said) -> str:
        """The id of the record that somebody wants to stay; "" where they say nothing of it."""
        return {Answer.LEFT: self.ids[0], Answer.RIGHT: self.ids[1]}.get(said.answer, "")

    @property
    def is_decided(self) -> bool:
        return self.is_one or self.is_two

    @property
    def is_outdated(self) -> bool:
        """They were asked of what the two said before."""
        return self.asked is not None and self.asked.fingerprint != self.facts

    @property
    def hindrances(self) -> tuple[Voice, ...]:
        """Those for whom a merge waits."""
        return tuple(each for each in self.voices if each.hindrance is not None)


def two_facts(session: Session, level: Level, one: str, other: str) -> tuple[Facts, Facts, str]:
    """What both say that is compared, in the order of their ids, and the fingerprint of it. A secret place says no more than its name."""
    left, right = pair_key(one, other)
    found = {each.id: each for each in facts_of(session, level, [left, right])}
    first, second = found[left], found[right]
    return first, second, pair_fingerprint(left, fingerprint(first, level), right, fingerprint(second, level))


def question_of(session: Session, level: Level, one: str, other: str, *, for_writing: bool = False) -> DuplicateQuestion | None:
    """The question about a pair, whichever is named first."""
    left, right = pair_key(one, other)
    of_pair = (DuplicateQuestion.level == level.value, DuplicateQuestion.left_id == left, DuplicateQuestion.right_id == right)
    asked = select(DuplicateQuestion).where(*of_pair)
    return session.scalars(asked.with_for_update() if for_writing else asked).first()


def standing_in(session: Session, level: Level, one: str, other: str, now: datetime, *, for_writing: bool = False) -> Standing:
    """As it is now. `for_writing`: nobody answers meanwhile."""
    question = question_of(session, level, one, other, for_writing=for_writing)
    left, right = pair_key(one, other)
    *_both, facts = two_facts(session, level, left, right)
    asked = Asked(question.fingerprint, question.asked_at, question.answer_until) if question is not None else None
    voices = voices_in(session, level, (left, right), question, facts, now)
    merged = select(TABLES[level].id).where(TABLES[level].id.in_((left, right)), TABLES[level].merged_into.is_not(None))
    is_one, is_two = session.scalar(merged.limit(1)) is not None, _is_two(session, level, left, right, facts)
    return Standing(facts, question.id if question is not None else "", asked, voices, (left, right), is_one, is_two)


def voices_in(
    session: Session, level: Level, ids: tuple[str, str], question: DuplicateQuestion | None, facts: str, now: datetime
) -> tuple[Voice, ...]:
    """Where each organization stands whose record it is. `facts`: the fingerprint of what the two say now."""
    asked = Asked(question.fingerprint, question.asked_at, question.answer_until) if question is not None else None
    said = _said(session, question.id) if question is not None else {}
    of = question.id if question is not None else ""
    named = concerned_in(session, level, ids)
    return tuple(voice(key, name, way_of(session, of, key, now), asked, said.get(key), facts, now) for key, name in named.items())


def read_standing(parts: Parts, level: Level, one: str, other: str) -> Standing:
    """The same, for who only looks."""
    with parts.database.reading() as session:
        return standing_in(session, level, one, other, parts.clock.now())


def _said(session: Session, question_id: str) -> dict[str, Said]:
    """Organization id -> its newest answer."""
    rows = session.scalars(select(DuplicateAnswer).where(DuplicateAnswer.question_id == question_id).order_by(DuplicateAnswer.id))
    return {row.organization_id: Said(Answer(row.answer), row.words, row.role, row.at, row.fingerprint) for row in rows}


def _is_two(session: Session, level: Level, left: str, right: str, facts: str) -> bool:
    found = (
        DuplicateVerdict.level == level.value, DuplicateVerdict.left_id == left, DuplicateVerdict.right_id == right,
        DuplicateVerdict.area == "", DuplicateVerdict.fingerprint == facts, DuplicateVerdict.undone_at.is_(None),
        DuplicateVerdict.verdict.in_([each.value for each in APART]),
    )  # fmt: skip
    return session.scalar(select(DuplicateVerdict.id).where(*found).limit(1)) is not None


def let_through(
    session: Session, level: Level, kept_id: str, retired_id: str, now: datetime, *, anyway: str, speaks_for: Collection[str]
) -> str | None:
    """The reason for going on, where one was needed. `speaks_for`: organizations of whoever merges; what is of one of
    them alone needs no answer. Raise `Refused` with who is awaited, and `InvalidInput` for a reason that is too long."""
    standing = standing_in(session, level, kept_id, retired_id, now, for_writing=True)
    reason = checked_anyway(anyway)
    own = len(standing.voices) == 1 and standing.voices[0].organization_id in speaks_for
    if own or not standing.hindrances:
        return None
    if not reason:
        raise Refused(why_it_waits(session, standing))
    return reason


def why_it_waits(session: Session, standing: Standing) -> Sentence:
    """One sentence on the first kind of what stands in the way."""
    by_kind = {kind: [each for each in standing.hindrances if each.hindrance is kind] for kind in Hindrance}
    kind = next(kind for kind, found in by_kind.items() if found)
    names = ", ".join(each.name for each in by_kind[kind])
    if kind is Hindrance.DIFFERENT:
        return say("These are two, as was answered by: %(names)s. Give your reason for going on all the same.", names=names)
    if kind is Hindrance.AWAITED and standing.asked is not None:
        day = standing.asked.until.astimezone(ZoneInfo(community_in(session).zone)).date().isoformat()
        if all(each.way is Way.LINK for each in by_kind[kind]):
            return say(
                "%(names)s: asked by a link in a mail, and awaited until %(day)s. Wait, or give your reason for going on without.",
                names=names,
                day=day,
            )
        return say("%(names)s: asked, and awaited until %(day)s. Wait, or give your reason for going on without.", names=names, day=day)
    return say("%(names)s: not asked yet. Ask first, or give your reason for going on without.", names=names)
