"""The history of every record, field by field: who, when, what before, what after, why, from which source."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, IdType
from directory.store.sealing import Sealed


class Change(Base):
    """One field of one record changed. `object_kind`/`object_id` is the record a reader looks at (service, organization …); `part`
    names the kind of the part that changed inside it ("phone", "schedule"; "" for the record itself). Values are text (JSON for parts).

    Beside these, each act leaves one row of the part "form": the fields of the form that it changed, as JSON, from which earlier states are
    read and brought back. What must not be told of a confidential place is in `sealed` alone; the row itself says only that something
    changed. `how` names the act (domain.editing `How`), `role` and `organization` whom the public is told of, `act_id` what was done in
    one go.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(IdType)
    part: Mapped[str] = mapped_column(String(40), default="")
    field: Mapped[str] = mapped_column(String(60))
    before: Mapped[str | None]
    after: Mapped[str | None]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(255))
    why: Mapped[str] = mapped_column(default="")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    how: Mapped[str | None] = mapped_column(String(20))
    role: Mapped[str | None] = mapped_column(String(40))
    organization: Mapped[str | None]
    act_id: Mapped[str | None] = mapped_column(IdType)
    sealed: Mapped[str | None] = mapped_column(Sealed)


Index("ix_change_object", Change.object_kind, Change.object_id, Change.id)
