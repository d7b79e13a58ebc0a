"""What only imports need: who is importing a source just now, so that no two do at once; and imports that wait for somebody to look at
them first."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class ImportLock(Base):
    """One row for each source that is being imported. `beat_at` moves on while the import lives; a row whose process is gone, or that has
    not moved for long, belongs to an import that was interrupted."""

    __tablename__ = "import_lock"

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    host: Mapped[str] = mapped_column(String(255))
    process: Mapped[int]
    beat_at: Mapped[datetime]


class ImportReview(Identified, Base):
    """An import of which everything that it would change was written down instead.

    `state`: reading, waiting, applying, applied, dropped, failed. `kind`: "feed" (of a source), "upload" (of an organization's own
    listings). `asked`: what the import was asked; `path`: the copy of the feed that is read again when it is applied.
    """

    __tablename__ = "import_review"

    kind: Mapped[str] = mapped_column(String(10), default="feed")
    source: Mapped[str] = mapped_column(String(80))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    actor: Mapped[str] = mapped_column(String(255))
    made_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="reading")
    asked: Mapped[dict[str, Any]] = mapped_column(default=dict)
    path: Mapped[str]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    problems: Mapped[list[Any]] = mapped_column(JSON, default=list)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    applied_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")


class ImportReviewItem(Base):
    """One record that the import would change.

    `what`: new, changed, missing (from the feed), needed (new, and told with a service that needs it). `said` (JSON, sealed): what changes
    field by field, what stands against people's word, which new records it needs. `waits`: something stands against people's word.
    `decision`: "", accept, leave; `choices`: field -> ours or theirs.
    """

    __tablename__ = "import_review_item"

    review_id: Mapped[str] = mapped_column(ForeignKey("import_review.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(IdType)
    what: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(Sealed)
    said: Mapped[str] = mapped_column(Sealed)
    waits: Mapped[bool] = mapped_column(default=False)
    decision: Mapped[str] = mapped_column(String(10), default="")
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)


Index("ix_import_review_item_record", ImportReviewItem.review_id, ImportReviewItem.kind, ImportReviewItem.object_id)
