"""What is known of keeping the installation: when each of its jobs was done, and what must not come back from a copy of the database."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, IdType


class JobRun(Base):
    """The last time that a job was done at a place (the consumer whose worker does it, or the host). `failure` names the kind of fault,
    never its words, which may be of a person."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[str] = mapped_column(String(80), primary_key=True)
    started_at: Mapped[datetime]
    succeeded_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(80))
    took_ms: Mapped[int | None]


class Erased(Base):
    """Something of a person that was deleted because somebody wanted it gone: a copy of the database from before must not bring it back.
    Only the kind, which is the name of its table, and its id, which says nothing."""

    __tablename__ = "erased"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    object_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    erased_at: Mapped[datetime]
