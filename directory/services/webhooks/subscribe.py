"""Who wants to hear of changes: adding, changing the secret, turning off and on. A secret is shown once, to whoever made it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.domain.errors import InvalidInput, NotFound, Refused
from directory.domain.ids import is_id
from directory.domain.sentences import say
from directory.domain.webhooks import OLD_SECRET_LASTS, SECRET_BYTES, TEST, checked_events, secret_of
from directory.gateways.webhook import NotAllowed, check_address
from directory.services.parts import Parts
from directory.services.webhooks.note import note_test
from directory.store.tables import Organization, Webhook, WebhookDelivery, WebhookEvent

LONGEST_ADDRESS = 500
MOST = 10
"""Subscriptions of one organization."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """`organization_id` is "" for all listings. `waiting` counts what has not arrived yet; `secret` is there only when it was just made."""

    id: str
    organization_id: str
    address: str
    events: tuple[str, ...]
    made_at: datetime
    delivered_at: datetime | None
    last_status: str
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_why: str
    waiting: int
    secret: str = ""


def subscribe(parts: Parts, organization_id: str, address: str, events: Iterable[str], by: str) -> Subscription:
    """Let an address hear of the listings of an organization ("": of all). Raise `InvalidInput`, `NotFound`, `Refused`."""
    address, chosen = _checked(parts, address), checked_events(events)
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))
    with parts.database.writing() as session:
        if organization_id and (not is_id(organization_id) or session.get(Organization, organization_id) is None):
            raise NotFound(say("There is no such organization."))
        own = Webhook.organization_id == organization_id if organization_id else Webhook.organization_id.is_(None)
        if (session.scalar(select(func.count()).select_from(Webhook).where(own)) or 0) >= MOST:
            raise Refused(say("There are %(count)s already. Take one away first.", count=MOST))
        row = Webhook(
            organization_id=organization_id or None, address=address, secret=secret, events=[event.value for event in chosen],
            made_at=parts.clock.now(), made_by=by,
        )  # fmt: skip
        session.add(row)
        session.flush()
        made = _subscription(session, row, secret)
        session.commit()
    return made


def read_subscriptions(parts: Parts, organization_id: str | None = None) -> list[Subscription]:
    """Those of an organization; "" gives those of all listings, None every one."""
    with parts.database.reading() as session:
        asked = select(Webhook).order_by(Webhook.made_at, Webhook.id)
        if organization_id is not None:
            asked = asked.where(Webhook.organization_id == organization_id if organization_id else Webhook.organization_id.is_(None))
        return [_subscription(session, row) for row in session.scalars(asked)]


def change_secret(parts: Parts, webhook_id: str, organization_id: str | None = None) -> Subscription:
    """A new secret; the old one signs beside it for a day. `organization_id`: only where it is of that one. Raise `NotFound`."""
    now, secret = parts.clock.now(), secret_of(secrets.token_bytes(SECRET_BYTES))
    with parts.database.writing() as session:
        row = _row(session, webhook_id, organization_id)
        row.old_secret, row.old_until, row.secret = row.secret, now + OLD_SECRET_LASTS, secret
        session.flush()
        changed = _subscription(session, row, secret)
        session.commit()
    return changed


def turn_on(parts: Parts, webhook_id: str, organization_id: str | None = None) -> None:
    """Try again what was turned off; what was not delivered meanwhile stays so. Raise `NotFound`."""
    with parts.database.writing() as session:
        row = _row(session, webhook_id, organization_id)
        row.disabled_at, row.disabled_why, row.failing_since = None, None, None
        session.commit()


def unsubscribe(parts: Parts, webhook_id: str, organization_id: str | None = None) -> None:
    """Take it away with all that waits for it. Raise `NotFound`."""
    with parts.database.writing() as session:
        row = _row(session, webhook_id, organization_id)
        session.execute(delete(Webhook).where(Webhook.id == row.id))
        session.commit()


def send_test(parts: Parts, webhook_id: str, organization_id: str | None = None) -> str:
    """Leave a message that only tries whether it arrives; its id. Raise `NotFound`."""
    with parts.database.writing() as session:
        event_id = note_test(session, _row(session, webhook_id, organization_id), TEST, parts.clock.now())
        session.commit()
    return event_id


def forget_old_events(session: Session, before: datetime) -> None:
    """Delete what happened before a moment; the caller commits."""
    session.execute(delete(WebhookEvent).where(WebhookEvent.at < before))


def _row(session: Session, webhook_id: str, organization_id: str | None) -> Webhook:
    row = session.get(Webhook, webhook_id) if is_id(webhook_id) else None
    if row is None or (organization_id is not None and (row.organization_id or "") != organization_id):
        raise NotFound(say("There is no such webhook."))
    return row


def _subscription(session: Session, row: Webhook, secret: str = "") -> Subscription:
    waiting = (
        select(func.count()).select_from(WebhookDelivery).where(WebhookDelivery.webhook_id == row.id, WebhookDelivery.done_at.is_(None))
    )
    return Subscription(
        id=row.id,
        organization_id=row.organization_id or "",
        address=row.address,
        events=tuple(row.events),
        made_at=row.made_at,
        delivered_at=row.delivered_at,
        last_status=row.last_status or "",
        failing_since=row.failing_since,
        disabled_at=row.disabled_at,
        disabled_why=row.disabled_why or "",
        waiting=session.scalar(waiting) or 0,
        secret=secret,
    )


def _checked(parts: Parts, address: str) -> str:
    address = address.strip()
    try:
        check_address(address, to_private=parts.settings.webhooks_to_private)
    except NotAllowed as why:
        raise InvalidInput("address", say("Address: write one that begins with https://, as in https://example.org/hook.")) from why
    if len(address) > LONGEST_ADDRESS:
        raise InvalidInput("address", say("Address: at most %(count)s letters.", count=LONGEST_ADDRESS))
    return address
