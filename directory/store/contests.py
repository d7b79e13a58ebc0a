"""What organizations contest of the rules that judge them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified


class RuleContest(Identified, Base):
    """An organization says that a figure of it is wrong, or that a rule is. `about`: "signal" or "rule"; `name`: of the signal, or of the
    rule as "suggest-partners/agreement-in-force". `verdict` None until planners answer, or the organization takes it back ("taken_back");
    `by` are labels of actors. Of one thing an organization contests once at a time; the database sees to it."""

    __tablename__ = "rule_contest"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    about: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(130))
    words: Mapped[str] = mapped_column(String(1000))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    verdict: Mapped[str | None] = mapped_column(String(12))
    answer: Mapped[str | None] = mapped_column(String(1000))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(60))


_OPEN = text("verdict IS NULL")
Index("uq_rule_contest_open", RuleContest.organization_id, RuleContest.name, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)
