"""Who wants to hear of changes to listings over the network: subscriptions, every event in a table of its own, and what was delivered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class Webhook(Identified, Base):
    """A subscription to the listings of one organization, or (None) of all. The secret is sealed; `old_secret` signs beside it until
    `old_until`, so that a receiver can change over. `failing_since`: nothing has arrived since then; `disabled_at`: it was given up."""

    __tablename__ = "webhook"

    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    address: Mapped[str] = mapped_column(Sealed)
    secret: Mapped[str] = mapped_column(Sealed)
    old_secret: Mapped[str | None] = mapped_column(Sealed)
    old_until: Mapped[datetime | None]
    events: Mapped[list[str]]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    failing_since: Mapped[datetime | None]
    last_status: Mapped[str | None] = mapped_column(String(80))
    delivered_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    disabled_why: Mapped[str | None] = mapped_column(String(200))


class WebhookEvent(Identified, Base):
    """Something that happened to a listing; the id goes along with every try, so that a receiver knows a second one."""

    __tablename__ = "webhook_event"

    type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(IdType)
    organization_id: Mapped[str | None] = mapped_column(IdType)
    at: Mapped[datetime] = mapped_column(index=True)
    data: Mapped[dict[str, Any]]


class WebhookDelivery(Base):
    """An event on its way to one subscription. `done_at`: it arrived, or was given up (`given_up`)."""

    __tablename__ = "webhook_delivery"

    event_id: Mapped[str] = mapped_column(ForeignKey("webhook_event.id", ondelete="CASCADE"), primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"), primary_key=True)
    try_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    given_up: Mapped[bool] = mapped_column(default=False)


Index("ix_webhook_delivery_due", WebhookDelivery.done_at, WebhookDelivery.try_at)
