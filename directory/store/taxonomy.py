"""Taxonomies that feeds bring (HSDS 3.1 taxonomy, taxonomy_term) and how their terms map to the directory's own categories."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, IdType, Sourced


class Taxonomy(Sourced, Base):
    __tablename__ = "taxonomy"

    name: Mapped[str]
    description: Mapped[str | None]
    uri: Mapped[str | None]
    taxonomy_version: Mapped[str | None]


class TaxonomyTerm(Sourced, Base):
    __tablename__ = "taxonomy_term"

    taxonomy_id: Mapped[str | None] = mapped_column(ForeignKey("taxonomy.id"), index=True)
    taxonomy: Mapped[str | None]
    code: Mapped[str | None] = mapped_column(String(255), index=True)
    name: Mapped[str]
    description: Mapped[str | None]
    parent_id: Mapped[str | None] = mapped_column(IdType)
    language: Mapped[str | None] = mapped_column(String(35))
    term_uri: Mapped[str | None]


class TermDecision(Base):
    """What a planner decided that a source's term means: `categories` in place of what the mapping tables make of it, [] where none fits.

    The id is that of the term's own words (`domain.categories.filing`), not of a row that a feed brought.
    """

    __tablename__ = "term_decision"

    id: Mapped[str] = mapped_column(IdType, primary_key=True)
    source: Mapped[str] = mapped_column(String(80), index=True)
    taxonomy: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    categories: Mapped[list[str]]
    decided_by: Mapped[str] = mapped_column(String(255))
    decided_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(default="")


class MetaTableDescription(Base):
    """HSDS meta_table_description: what a feed says of its own tables."""

    __tablename__ = "meta_table_description"

    id: Mapped[str] = mapped_column(IdType, primary_key=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    name: Mapped[str | None]
    language: Mapped[str | None]
    character_set: Mapped[str | None]
