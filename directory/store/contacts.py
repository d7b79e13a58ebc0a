"""How to reach people and places (HSDS 3.1 phone, contact, language)."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified


class Contact(Identified, Base):
    """A named person. Imports leave `published` false: only the owner of the listing publishes a name."""

    __tablename__ = "contact"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    name: Mapped[str | None]
    title: Mapped[str | None]
    department: Mapped[str | None]
    email: Mapped[str | None]
    published: Mapped[bool] = mapped_column(default=False)


class Phone(Identified, Base):
    """`number` as the source gave it (tidied), `e164` where it could be read; `extension` a string, since zeros in front count."""

    __tablename__ = "phone"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    service_at_location_id: Mapped[str | None] = mapped_column(ForeignKey("service_at_location.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"), index=True)
    number: Mapped[str]
    e164: Mapped[str | None] = mapped_column(String(20))
    extension: Mapped[str | None] = mapped_column(String(20))
    type: Mapped[str | None]
    description: Mapped[str | None]
    sms: Mapped[bool | None]
    confidential: Mapped[bool] = mapped_column(default=False)


class Language(Identified, Base):
    """A language offered. `code` is BCP 47 / ISO 639 where the name was understood."""

    __tablename__ = "language"

    service_id: Mapped[str | None] = mapped_column(ForeignKey("service.id"), index=True)
    location_id: Mapped[str | None] = mapped_column(ForeignKey("location.id"), index=True)
    phone_id: Mapped[str | None] = mapped_column(ForeignKey("phone.id"), index=True)
    name: Mapped[str | None]
    code: Mapped[str | None] = mapped_column(String(35))
    note: Mapped[str | None]
