"""Organizations and their programs (HSDS 3.1 organization, program, organization_identifier, funding, url)."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType, Sourced


class Organization(Sourced, Base):
    """Who offers services. `sector` is one of the directory's own sectors."""

    __tablename__ = "organization"

    name: Mapped[str] = mapped_column(index=True)
    alternate_name: Mapped[str | None]
    description: Mapped[str | None]
    email: Mapped[str | None]
    website: Mapped[str | None]
    tax_status: Mapped[str | None]
    tax_id: Mapped[str | None]
    year_incorporated: Mapped[int | None]
    legal_status: Mapped[str | None]
    logo: Mapped[str | None]
    uri: Mapped[str | None]
    parent_organization_id: Mapped[str | None] = mapped_column(IdType)
    sector: Mapped[str | None] = mapped_column(String(40))


Index("ix_organization_modified_at", Organization.modified_at, Organization.id)


class OrganizationIdentifier(Identified, Base):
    __tablename__ = "organization_identifier"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    identifier_scheme: Mapped[str | None]
    identifier_type: Mapped[str]
    identifier: Mapped[str]


class Program(Sourced, Base):
    __tablename__ = "program"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str]
    alternate_name: Mapped[str | None]
    description: Mapped[str | None]


class Funding(Identified, Base):
    __tablename__ = "funding"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    source: Mapped[str]


class Url(Identified, Base):
    __tablename__ = "url"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    label: Mapped[str | None]
    url: Mapped[str]


class Attribute(Identified, Base):
    """A term or value said of any record (HSDS attribute). `link_entity` and `link_id` name the record."""

    __tablename__ = "attribute"

    link_entity: Mapped[str] = mapped_column(String(40))
    link_id: Mapped[str] = mapped_column(IdType, index=True)
    link_type: Mapped[str | None]
    taxonomy_term_id: Mapped[str | None] = mapped_column(ForeignKey("taxonomy_term.id"), index=True)
    value: Mapped[str | None]
    label: Mapped[str | None]


class Metadata(Identified, Base):
    """The change log that a feed brings of its own records (HSDS metadata); ours is `change`."""

    __tablename__ = "metadata"

    resource_type: Mapped[str] = mapped_column(String(40))
    resource_id: Mapped[str] = mapped_column(IdType, index=True)
    last_action_date: Mapped[str]
    last_action_type: Mapped[str]
    field_name: Mapped[str | None]
    previous_value: Mapped[str | None]
    replacement_value: Mapped[str | None]
    updated_by: Mapped[str | None]


class Unmapped(Base):
    """What a feed says beyond every known field, kept as it came so that nothing is lost; never shown, indexed or exported."""

    __tablename__ = "unmapped"

    object_id: Mapped[str] = mapped_column(IdType, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
