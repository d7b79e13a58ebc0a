"""What only imports need: who is importing a source just now, so that no two do at once."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base


class ImportLock(Base):
    """One row for each source that is being imported. `beat_at` moves on while the import lives; a row whose process is gone, or that has
    not moved for long, belongs to an import that was interrupted."""

    __tablename__ = "import_lock"

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    host: Mapped[str] = mapped_column(String(255))
    process: Mapped[int]
    beat_at: Mapped[datetime]
