"""Bring messages to those who want to hear: each claimed, signed, sent; what fails is tried ever later, then given up; a subscription to
which nothing arrives for days is turned off, and its organization told."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.domain.webhooks import OFF_AFTER, pause_after, signatures
from directory.gateways.webhook import NotAllowed, NotDelivered, Poster, WebPoster
from directory.services.accounts.members import leads_of
from directory.services.listings.community import community_in
from directory.services.messages.language import language_for
from directory.services.messages.letter import can_mail, leave_mail
from directory.services.parts import Parts
from directory.services.webhooks.subscribe import forget_old_events
from directory.services.words import write_letter
from directory.store.tables import Organization, Webhook, WebhookDelivery, WebhookEvent

AT_ONCE = 20
CLAIMED_FOR = timedelta(minutes=2)
GONE = 410
KEPT_FOR = timedelta(days=30)
"""What was delivered or given up is kept so long."""


@dataclass(slots=True)
class Brought:
    """How many messages arrived, were put off, were given up."""

    arrived: int = 0
    put_off: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class _Message:
    event_id: str
    webhook_id: str
    attempts: int
    address: str
    secrets: tuple[str, ...]
    body: bytes


def deliver_webhooks(parts: Parts, poster: Poster | None = None) -> Brought:
    """Send what is due now. A worker that dies between sending and noting it sends again, under the same id: better twice than never."""
    done, now = Brought(), parts.clock.now()
    with parts.database.reading() as session:
        due = (WebhookDelivery.done_at.is_(None), WebhookDelivery.try_at <= now, Webhook.disabled_at.is_(None))
        asked = select(WebhookDelivery.event_id, WebhookDelivery.webhook_id).join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        waiting = session.execute(asked.where(*due).order_by(WebhookDelivery.try_at, WebhookDelivery.event_id).limit(AT_ONCE)).all()
    poster = poster or WebPoster(to_private=parts.settings.webhooks_to_private)
    failed: set[str] = set()
    for event_id, webhook_id in waiting:
        if webhook_id in failed:  # who does not answer now is not asked twenty times in a row
            continue
        message = _claim(parts, event_id, webhook_id, now)
        if message is not None and not _bring(parts, poster, message, now, done):
            failed.add(webhook_id)
    return done


def _claim(parts: Parts, event_id: str, webhook_id: str, now: datetime) -> _Message | None:
    """The message, for this worker alone; None where another has it or it is gone."""
    this = (WebhookDelivery.event_id == event_id, WebhookDelivery.webhook_id == webhook_id)
    with parts.database.writing() as session:
        claimed = session.execute(
            update(WebhookDelivery)
            .where(*this, WebhookDelivery.done_at.is_(None), WebhookDelivery.try_at <= now)
            .values(try_at=now + CLAIMED_FOR, attempts=WebhookDelivery.attempts + 1)
            .returning(WebhookDelivery.attempts)
        ).first()
        session.commit()
        hook, event = session.get(Webhook, webhook_id), session.get(WebhookEvent, event_id)
        if claimed is None or hook is None or event is None:
            return None
        old = (hook.old_secret,) if hook.old_secret and hook.old_until and hook.old_until > now else ()
        return _Message(event_id, webhook_id, claimed.attempts, hook.address, (hook.secret, *old), body_of(parts, event))


def body_of(parts: Parts, event: WebhookEvent) -> bytes:
    """What is sent: ids and what happened, never what the listing says; receivers read that for themselves."""
    site = parts.settings.public_address.rstrip("/")
    link = {"url": f"{site}/services/{event.data['id']}"} if site and "id" in event.data else {}
    told = {"type": event.type, "timestamp": event.at.isoformat(), "data": {**event.data, **link}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _bring(parts: Parts, poster: Poster, message: _Message, now: datetime, done: Brought) -> bool:
    """Whether it arrived."""
    timestamp, message_id = int(now.timestamp()), f"msg_{message.event_id.replace('-', '')}"
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "shared-directory-webhooks",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signatures(message.secrets, message_id, timestamp, message.body),
    }
    try:
        status = poster.post(message.address, message.body, headers)
    except (NotAllowed, NotDelivered) as error:
        _note_failure(parts, message, str(error)[:80], now, done, is_gone=isinstance(error, NotAllowed))
        return False
    if 200 <= status < 300:
        _note_arrival(parts, message, str(status), now)
        done.arrived += 1
        return True
    _note_failure(parts, message, f"answered {status}", now, done, is_gone=status == GONE)
    return False


def _note_arrival(parts: Parts, message: _Message, status: str, now: datetime) -> None:
    with parts.database.writing() as session:
        _delivery(session, message, done_at=now)
        values = {"delivered_at": now, "last_status": status, "failing_since": None}
        session.execute(update(Webhook).where(Webhook.id == message.webhook_id).values(values))
        session.commit()


def _note_failure(parts: Parts, message: _Message, why: str, now: datetime, done: Brought, *, is_gone: bool) -> None:
    pause = pause_after(message.attempts)
    with parts.database.writing() as session:
        hook = session.get(Webhook, message.webhook_id)
        if hook is None:
            return
        if pause is None:
            _delivery(session, message, done_at=now, given_up=True)
            done.given_up += 1
        else:
            _delivery(session, message, try_at=now + pause)
            done.put_off += 1
        hook.last_status, hook.failing_since = why, hook.failing_since or now
        if is_gone or now - hook.failing_since >= OFF_AFTER:
            hook.disabled_at, hook.disabled_why = now, why
            _tell(parts, session, hook)
        session.commit()


def _delivery(session: Session, message: _Message, **values: object) -> None:
    this = (WebhookDelivery.event_id == message.event_id, WebhookDelivery.webhook_id == message.webhook_id)
    session.execute(update(WebhookDelivery).where(*this).values(values))


def _tell(parts: Parts, session: Session, hook: Webhook) -> None:
    """A mail to those who lead the organization, that nothing is sent any more."""
    community = community_in(session)
    if hook.organization_id is None or not can_mail(parts, community):
        return
    organization = session.get_one(Organization, hook.organization_id)
    for person in leads_of(session, hook.organization_id):
        language = language_for(session, hook.organization_id, person.language, community)
        subject, body = write_letter(
            "webhook_off", language, name=organization.name, address=hook.address, why=hook.disabled_why, community=community.name
        )
        leave_mail(parts, session, person.email, subject, body)


def forget_deliveries(parts: Parts) -> None:
    """Delete what was delivered or given up long ago, and events that nobody waits for."""
    before = parts.clock.now() - KEPT_FOR
    with parts.database.writing() as session:
        session.execute(delete(WebhookDelivery).where(WebhookDelivery.done_at < before))
        forget_old_events(session, before)
        session.commit()
