"""Records that may be one: pairs that were found, what people found of them, and each merge with everything that it moved, so that it
can be taken back exactly."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType


class DuplicatePair(Base):
    """Two records that may be one, as they were compared last; `left_id` < `right_id`. `score`: log-odds, the sum of the `reasons` (each
    field, level, size, shared). `fingerprint`: of the facts that it rests on. `run`: the whole run that found it, or the change."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (UniqueConstraint("level", "left_id", "right_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(String(20))
    left_id: Mapped[str] = mapped_column(IdType)
    right_id: Mapped[str] = mapped_column(IdType)
    score: Mapped[float]
    probability: Mapped[float]
    band: Mapped[str] = mapped_column(String(10))
    reasons: Mapped[list[Any]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(40))
    found_at: Mapped[datetime]
    run: Mapped[int]


Index("ix_duplicate_pair_queue", DuplicatePair.level, DuplicatePair.band, DuplicatePair.score)
Index("ix_duplicate_pair_right", DuplicatePair.right_id, DuplicatePair.level)


class DuplicateVerdict(Base):
    """What a person found of a pair. `verdict`: `domain.planning.verdicts.Found`; `area` is the planner's area where the word counts for
    their team alone, "" where for the whole community. It holds while `fingerprint` is that of the pair; `undone_at`: it was taken back, or
    another took its place."""

    __tablename__ = "duplicate_verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(String(20))
    left_id: Mapped[str] = mapped_column(IdType, index=True)
    right_id: Mapped[str] = mapped_column(IdType)
    verdict: Mapped[str] = mapped_column(String(30))
    because: Mapped[str] = mapped_column(String(300))
    area: Mapped[str] = mapped_column(String(120))
    fingerprint: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    undone_at: Mapped[datetime | None]


class DuplicateQuestion(Identified, Base):
    """The organizations whose records these are were asked whether the two are one. One row for a pair; asked anew after a fact changed,
    it holds the newer `fingerprint` and dates."""

    __tablename__ = "duplicate_question"
    __table_args__ = (UniqueConstraint("level", "left_id", "right_id"),)

    level: Mapped[str] = mapped_column(String(20))
    left_id: Mapped[str] = mapped_column(IdType, index=True)
    right_id: Mapped[str] = mapped_column(IdType, index=True)
    fingerprint: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(String(60))
    answer_until: Mapped[datetime]


class DuplicateAnswer(Base):
    """What an organization answered, the newest row of it for a pair; older ones tell what it said before. `answer`:
    `domain.planning.asked.Answer`; it rests on the facts of `fingerprint`. `role`: that of whoever answered, `by` their label."""

    __tablename__ = "duplicate_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("duplicate_question.id"), index=True)
    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    answer: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(500))
    fingerprint: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    role: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(60))


class DuplicateModel(Base):
    """What a whole run learned, for comparing single records as it did (`rules.matching.kept_model`, in base 64). `seen_at` and
    `seen_id`: what changed until then, and of what changed at that moment the services up to that id, has been compared."""

    __tablename__ = "duplicate_model"

    level: Mapped[str] = mapped_column(String(20), primary_key=True)
    run: Mapped[int]
    at: Mapped[datetime]
    seen_at: Mapped[datetime]
    seen_id: Mapped[str | None] = mapped_column(IdType)
    records: Mapped[int]
    model: Mapped[str]


class DuplicateKey(Base):
    """By what a record is found that may be one with another (`rules.matching.one_record`)."""

    __tablename__ = "duplicate_key"

    level: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    record_id: Mapped[str] = mapped_column(IdType, primary_key=True)


Index("ix_duplicate_key_record", DuplicateKey.record_id, DuplicateKey.level)


class DuplicateFacts(Base):
    """What a record said when it was compared last (`rules.matching.facts.Facts`, what is said alone), so that others are compared with it
    without reading it from all its tables. A copy, gone at once when the place becomes secret whose address it holds; where there is
    none, the record itself is read."""

    __tablename__ = "duplicate_facts"

    level: Mapped[str] = mapped_column(String(20), primary_key=True)
    record_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    place_id: Mapped[str | None] = mapped_column(IdType, index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class MergeEvent(Base):
    """Two records became one. `level`: organization, site or program. `steps` are the references that were moved, each with its table, row,
    column, and what stood there before and after; `acts`: kind and id of each record whose fields changed, with the act under which its
    history tells it; `protected`: fields that became a person's word by it. `left`: what could not be taken back when it was undone, since
    somebody had changed it after. `anyway`: why it did not wait for an organization, or went against its word; None where it did
    not have to."""

    __tablename__ = "merge_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(String(20))
    kept_id: Mapped[str] = mapped_column(IdType, index=True)
    retired_id: Mapped[str] = mapped_column(IdType, index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(String(300))
    anyway: Mapped[str | None] = mapped_column(String(300))
    steps: Mapped[list[Any]] = mapped_column(JSON)
    acts: Mapped[list[Any]] = mapped_column(JSON)
    protected: Mapped[list[Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(60))
    left: Mapped[list[Any] | None] = mapped_column(JSON)
