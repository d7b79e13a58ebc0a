"""Machines' ways in: tokens of an organization, for the scopes that its lead chose, shown once, counted with each use, revoked at once."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import func, select, update

from directory.domain.access import Action, Resource, may
from directory.domain.errors import Forbidden, InvalidInput, NotFound
from directory.domain.people import Actor, Grant, Role
from directory.domain.sentences import say
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.names import names_of
from directory.services.parts import Parts
from directory.store.tables import ApiToken, Organization

PREFIX = "sdt_"
"""By this secrets are known where somebody left them by mistake."""

SHOWN = 10
DAYS_TO_CHOOSE = (30, 90, 365)
MOST_TOKENS = 20
LONGEST_NAME = 60


class Scope(StrEnum):
    """What a machine may do for its organization."""

    READ = "listings:read"  # its listings, also those that are not listed now
    WRITE = "listings:write"  # change and publish them
    CAPACITY = "capacity:write"  # say whether there is room
    VERIFY = "listings:verify"  # say that they are still right
    REFERRALS_READ = "referrals:read"  # the referrals it received, by code
    REFERRALS_ANSWER = "referrals:answer"  # say what became of them


@dataclass(frozen=True, slots=True)
class Token:
    """As lists show it; the secret is not to be had any more. `state`: "works", "expired", "revoked"."""

    id: str
    name: str
    scopes: tuple[str, ...]
    shown: str
    by: str
    created_at: datetime
    expires_at: datetime
    used_on: date | None
    uses: int
    state: str


def make_token(parts: Parts, actor: Actor, organization_id: str, *, name: str, scopes: list[str], days: int) -> str:
    """The secret of a new token, which is told this once. Raise `Forbidden`, `InvalidInput`, `Refused`."""
    _require_lead(actor, organization_id)
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput("name", say("Name: say in a few words what the machine does, such as “bed counts”."))
    if not scopes or not set(scopes) <= set(Scope):
        raise InvalidInput("scopes", say("What it may do: choose at least one."))
    if days not in DAYS_TO_CHOOSE:
        raise InvalidInput("days", say("How long it works: choose 30, 90 or 365 days."))
    now, secret = parts.clock.now(), PREFIX + secrets.token_urlsafe(32)
    with parts.database.writing() as session:
        living = select(func.count()).where(
            ApiToken.organization_id == organization_id, ApiToken.revoked_at.is_(None), ApiToken.expires_at > now
        )
        if (session.scalar(living) or 0) >= MOST_TOKENS:
            raise InvalidInput("name", say("There are very many tokens. Revoke one that is not used any more."))
        made = ApiToken(
            organization_id=organization_id,
            name=name,
            scopes=sorted(set(scopes)),
            secret_hash=_hash(secret),
            shown=secret[:SHOWN],
            created_by=actor.label,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        session.add(made)
        audit(session, Audited.TOKEN_MADE, actor=actor.label, clock=parts.clock, organization_id=organization_id)
        session.commit()
    return secret


def revoke_token(parts: Parts, actor: Actor, organization_id: str, token_id: str) -> None:
    """End a token at once. Raise `Forbidden`, `NotFound`."""
    _require_lead(actor, organization_id)
    with parts.database.writing() as session:
        mine = (ApiToken.id == token_id, ApiToken.organization_id == organization_id, ApiToken.revoked_at.is_(None))
        now = parts.clock.now()
        gone = session.scalar(update(ApiToken).where(*mine).values(revoked_at=now, revoked_by=actor.label).returning(ApiToken.id))
        if gone is None:
            raise NotFound(say("There is no such token any more."))
        audit(session, Audited.TOKEN_REVOKED, actor=actor.label, clock=parts.clock, organization_id=organization_id)
        session.commit()


def list_tokens(parts: Parts, organization_id: str) -> tuple[Token, ...]:
    """Those of an organization, the newest first."""
    now = parts.clock.now()
    with parts.database.reading() as session:
        rows = list(
            session.scalars(select(ApiToken).where(ApiToken.organization_id == organization_id).order_by(ApiToken.created_at.desc()))
        )
        names = names_of(session, {row.created_by for row in rows})
        return tuple(
            Token(
                row.id,
                row.name,
                tuple(row.scopes),
                row.shown,
                names.get(row.created_by, ""),
                row.created_at,
                row.expires_at,
                row.used_on,
                row.uses,
                "revoked" if row.revoked_at else "works" if row.expires_at > now else "expired",
            )
            for row in rows
        )


def read_machine(parts: Parts, secret: str) -> Actor | None:
    """Who a machine acts for; None where its token is not good, or good no longer. Every use that is let in is counted."""
    if not secret.startswith(PREFIX) or len(secret) > 200:
        return None
    now = parts.clock.now()
    good = (ApiToken.secret_hash == _hash(secret), ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
    with parts.database.reading() as session:
        if session.scalar(select(ApiToken.id).where(*good)) is None:
            return None
    with parts.database.writing() as session:
        used = update(ApiToken).where(*good).values(uses=ApiToken.uses + 1, used_on=now.date())
        row = session.execute(used.returning(ApiToken.id, ApiToken.name, ApiToken.organization_id, ApiToken.scopes)).first()
        if row is None:
            return None
        organization = session.get(Organization, row.organization_id)
        if organization is None or organization.withdrawn_at is not None:
            return None
        session.commit()
    return Actor("", "", row.name, frozenset({Grant(Role.EDITOR, row.organization_id)}), row.id, frozenset(row.scopes))


def _require_lead(actor: Actor, organization_id: str) -> None:
    if not may(actor, Action.LEAD_ORGANIZATION, Resource(organization_id)):
        raise Forbidden(say("Only a lead of the organization gives tokens to its machines."))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
