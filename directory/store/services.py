"""Services and what is said of them (HSDS 3.1 service, cost_option, required_document, service_capacity, unit), and their categories."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, Sourced


def _when_modified(context: Any) -> datetime:
    """A new service changed when it was made."""
    found: datetime = context.get_current_parameters()["modified_at"]
    return found


class Service(Sourced, Base):
    """One offering of one organization.

    Beyond HSDS: `ways_in` (domain.hours `WayIn` values), `remote` ("in_person", "phone", "online"), `cost` ("free", "sliding", "fee"):
    lists that are empty when not known; `hours_text` the source's own words on hours, kept beside what was understood of them;
    `information_shared` whom the program tells about the people it serves; `text_language` the language its texts are in.
    `criteria`: whom it is for, in the form of `rules.criteria`, None where only ages and texts say. Whether it asks for identity papers
    or about status, and whether it shares information with the police, with immigration or with child welfare: None is *not known*.

    `changed_at`: when anything that its listing shows changed last, its places and organization included (`modified_at`: the row and its
    own parts). Whoever keeps a copy asks for what changed since.
    """

    __tablename__ = "service"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    program_id: Mapped[str | None] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str]
    alternate_name: Mapped[str | None]
    description: Mapped[str | None]
    url: Mapped[str | None]
    email: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(20), default="active")
    interpretation_services: Mapped[str | None]
    application_process: Mapped[str | None]
    fees_description: Mapped[str | None]
    fees: Mapped[str | None]
    wait_time: Mapped[str | None]
    accreditations: Mapped[str | None]
    licenses: Mapped[str | None]
    eligibility_description: Mapped[str | None]
    minimum_age: Mapped[float | None]
    maximum_age: Mapped[float | None]
    assured_date: Mapped[date | None]
    assurer_email: Mapped[str | None]
    alert: Mapped[str | None]
    last_modified: Mapped[datetime | None]
    ways_in: Mapped[list[str]] = mapped_column(default=list)
    remote: Mapped[list[str]] = mapped_column(default=list)
    cost: Mapped[list[str]] = mapped_column(default=list)
    hours_text: Mapped[str | None]
    closed_on_holidays: Mapped[bool | None]
    information_shared: Mapped[str | None]
    criteria: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    asks_papers: Mapped[bool | None]
    asks_status: Mapped[bool | None]
    tells_police: Mapped[bool | None]
    tells_immigration: Mapped[bool | None]
    tells_child_welfare: Mapped[bool | None]
    text_language: Mapped[str | None] = mapped_column(String(35))
    changed_at: Mapped[datetime | None] = mapped_column(default=_when_modified)


Index("ix_service_changed_at", Service.changed_at, Service.id)


class ServiceCategory(Base):
    """The directory's own category of a service. `origin`: stated (by the source or the owner), mapped (from an imported term), planner."""

    __tablename__ = "service_category"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), primary_key=True)
    category: Mapped[str] = mapped_column(String(60), primary_key=True)
    origin: Mapped[str] = mapped_column(String(10), default="stated")


Index("ix_service_category_category", ServiceCategory.category)


class CostOption(Identified, Base):
    __tablename__ = "cost_option"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    option: Mapped[str | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    amount: Mapped[float | None] = mapped_column(Numeric(12, 2, asdecimal=False))
    amount_description: Mapped[str | None]


class RequiredDocument(Identified, Base):
    __tablename__ = "required_document"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    document: Mapped[str]
    uri: Mapped[str | None]


class Unit(Identified, Base):
    __tablename__ = "unit"

    name: Mapped[str]
    scheme: Mapped[str | None]
    identifier: Mapped[str | None]
    uri: Mapped[str | None]


class ServiceCapacity(Identified, Base):
    """Room at a moment. `status` (FHIR capacity words): capacity, no-capacity, waitlist, additional-assessment-required. After `expires_at`
    nothing is known any more, and nothing of it is shown."""

    __tablename__ = "service_capacity"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    available: Mapped[float | None]
    maximum: Mapped[float | None]
    description: Mapped[str | None]
    updated: Mapped[datetime]
    status: Mapped[str | None] = mapped_column(String(40))
    expires_at: Mapped[datetime | None]
