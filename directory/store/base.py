"""What every table shares: the declarative base, column types, and where a record came from."""

import uuid
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, MetaData, String, TypeDecorator, UniqueConstraint, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on every database; naive ones are refused, since nobody could say when they are."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without an offset cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Ids are UUIDs, handled as strings everywhere in the program."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: UtcDateTime(), dict[str, Any]: JSON(), list[str]: JSON()}


def new_id() -> str:
    return str(uuid.uuid4())


IdType = Uuid(as_uuid=False)


class Identified:
    """A record with an id of its own."""

    id: Mapped[str] = mapped_column(IdType, primary_key=True, default=new_id)


class Sourced(Identified):
    """A record that has identity over time: imported under (source, external id), versioned, verified, withdrawn, merged; never deleted.

    `digest` is the hash of what the source last said, so that a second import of the same thing is seen to change nothing. `version` grows
    with every change that the index must hear of. Verified is not modified: who looked at it and found it right, when and how.
    """

    external_id: Mapped[str | None] = mapped_column(String(255))
    digest: Mapped[str | None] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    verified_how: Mapped[str | None] = mapped_column(String(40))
    verified_by: Mapped[str | None] = mapped_column(String(255))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None]
    merged_into: Mapped[str | None] = mapped_column(IdType)

    @declared_attr
    @classmethod
    def source_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("source.id"))

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[UniqueConstraint, ...]:
        return (UniqueConstraint("source_id", "external_id"),)
