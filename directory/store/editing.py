"""What people's editing leaves beside the listings: what is not yet published, on which fields a person's word stands, and what a source
says against it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class LocalField(Base):
    """A field that a person changed: an import does not overwrite it (domain.editing.precedence).

    `object_kind` and `object_id` name the record as `change` does, `field` the form's field inside it. `offered` is what the source said
    otherwise at `offered_at`, waiting for somebody to choose; `refused` what was decided against. Both are JSON, sealed: they may be of a
    confidential place.
    """

    __tablename__ = "local_field"

    object_kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    object_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    field: Mapped[str] = mapped_column(String(100), primary_key=True)
    since: Mapped[datetime]
    offered: Mapped[str | None] = mapped_column(Sealed)
    offered_at: Mapped[datetime | None]
    offered_run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    refused: Mapped[str | None] = mapped_column(Sealed)


Index("ix_local_field_offered", LocalField.offered_at)


class Draft(Identified, Base):
    """What somebody is writing of a listing and has not published: one for each person and listing, for a new one by its organization
    (`object_kind` "new"). `base` is the form from which they began, `form` what they wrote, wrong values too; JSON, sealed."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person_id", "object_kind", "object_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(IdType, index=True)
    base: Mapped[str] = mapped_column(Sealed)
    form: Mapped[str] = mapped_column(Sealed)
    modified_at: Mapped[datetime] = mapped_column(index=True)


class RejectedSuggestion(Identified, Base):
    """Words of a listing that a program took for a criterion and that a person said are no rule: not suggested there again, and a case to
    test the reading of texts with. `meaning` is what they were taken for, in JSON; who said so is not kept."""

    __tablename__ = "rejected_suggestion"
    __table_args__ = (UniqueConstraint("service_id", "key"),)

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(20))
    words: Mapped[str]
    meaning: Mapped[dict[str, Any]] = mapped_column(JSON)
    rejected_at: Mapped[datetime]
