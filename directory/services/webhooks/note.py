"""Keep what happened to listings for those who want to hear of it, in the transaction of the change itself. Without subscriptions nothing
is kept."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.domain.webhooks import EventType
from directory.store.tables import Service, Webhook, WebhookDelivery, WebhookEvent

AT_ONCE = 500


def note_events(session: Session, service_ids: Iterable[str], what: EventType, now: datetime) -> None:
    """Leave a delivery for each subscription that wants to hear of it. A listing that is withdrawn by now is told as such; the caller
    commits."""
    hooks = session.execute(select(Webhook.id, Webhook.organization_id, Webhook.events).where(Webhook.disabled_at.is_(None))).all()
    if not hooks:
        return
    wanted = list(service_ids)
    for start in range(0, len(wanted), AT_ONCE):
        columns = (Service.id, Service.organization_id, Service.version, Service.withdrawn_at, Service.merged_into)
        for row in session.execute(select(*columns).where(Service.id.in_(wanted[start : start + AT_ONCE]))):
            gone = row.withdrawn_at is not None or row.merged_into is not None
            kind = EventType.WITHDRAWN if gone else what
            hearing = [hook.id for hook in hooks if kind in hook.events and hook.organization_id in (None, row.organization_id)]
            if hearing:
                data = {"id": row.id, "organization_id": row.organization_id, "version": row.version}
                _keep(session, kind, row.id, row.organization_id, data, hearing, now)


def note_test(session: Session, webhook: Webhook, kind: str, now: datetime) -> str:
    """Leave a message for one subscription that only tries it; its id. The caller commits."""
    return _keep(session, kind, webhook.id, webhook.organization_id, {}, [webhook.id], now)


def _keep(
    session: Session, kind: str, object_id: str, organization_id: str | None, data: dict[str, object], hearing: list[str], now: datetime
) -> str:
    event = WebhookEvent(type=kind, object_id=object_id, organization_id=organization_id, at=now, data=data)
    session.add(event)
    session.flush()
    session.add_all(WebhookDelivery(event_id=event.id, webhook_id=hook, try_at=now, attempts=0, given_up=False) for hook in hearing)
    return event.id
