"""What organizations said of many pairs, as far as it rests on what the records say now: for the order in which planners look at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from directory.domain.planning.asked import SAME, Agreement, Answer, Hindrance, agreement
from directory.services.matching.asked import voices_in
from directory.services.matching.levels import Level
from directory.store.tables import DuplicateAnswer, DuplicatePair, DuplicateQuestion

MOST = 100
"""Of so many questions at once the answers are read, of those that were asked last."""


@dataclass(frozen=True, slots=True)
class Heard:
    """`same`, `two`: the names of the organizations that say so. `at`: when the last answer came. `is_awaited`: a merge waits yet for
    somebody who has not answered."""

    agreement: Agreement
    same: tuple[str, ...]
    two: tuple[str, ...]
    at: datetime
    is_awaited: bool


def was_answered() -> ColumnElement[bool]:
    """A condition on `DuplicatePair`: somebody answered of what the two say now."""
    return exists().where(
        DuplicateQuestion.level == DuplicatePair.level,
        DuplicateQuestion.left_id == DuplicatePair.left_id,
        DuplicateQuestion.right_id == DuplicatePair.right_id,
        DuplicateAnswer.question_id == DuplicateQuestion.id,
        DuplicateAnswer.fingerprint == DuplicatePair.fingerprint,
    )


def heard_of(session: Session, pairs: Sequence[Any], now: datetime) -> Mapping[int, Heard]:
    """Pair id -> what was said, of pairs of which somebody said anything that counts. `pairs`: rows with id, level, left_id, right_id and
    fingerprint."""
    by_key = {(row.level, row.left_id, row.right_id): row for row in pairs}
    asked = select(DuplicateQuestion).where(
        DuplicateQuestion.left_id.in_({row.left_id for row in pairs}),
        DuplicateQuestion.id.in_(select(DuplicateAnswer.question_id)),
    )
    found: dict[int, Heard] = {}
    for question in session.scalars(asked.order_by(DuplicateQuestion.asked_at.desc(), DuplicateQuestion.id).limit(MOST)):
        pair = by_key.get((question.level, question.left_id, question.right_id))
        heard = _heard(session, question, pair.fingerprint, now) if pair is not None else None
        if pair is not None and heard is not None:
            found[pair.id] = heard
    return found


def _heard(session: Session, question: DuplicateQuestion, facts: str, now: datetime) -> Heard | None:
    voices = voices_in(session, Level(question.level), (question.left_id, question.right_id), question, facts, now)
    told = [(each, each.said) for each in voices if each.counts and each.said is not None]
    if not told:
        return None
    return Heard(
        agreement(voices),
        tuple(each.name for each, said in told if said.answer in SAME),
        tuple(each.name for each, said in told if said.answer is Answer.DIFFERENT),
        max(said.at for _each, said in told),
        any(each.hindrance in (Hindrance.AWAITED, Hindrance.NOT_ASKED) for each in voices),
    )
