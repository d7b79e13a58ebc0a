"""People with an account, their roles and their ways in. Of a secret only a hash is kept, of an address only the sealed form and a key to
find it by."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.store.base import Base, Identified, IdType
from directory.store.sealing import Sealed


class Person(Identified, Base):
    """Somebody with an account. `email_key` finds them by their address (`Keyring.lookup_keys`); `ended_at`: they left, and nothing of
    them opens any more. `totp_step`: the last time step of which a code was used, so that none works twice."""

    __tablename__ = "person"

    email: Mapped[str] = mapped_column(Sealed)
    email_key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Sealed, default="")
    language: Mapped[str | None] = mapped_column(String(35))
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None] = mapped_column(Sealed)
    totp_step: Mapped[int | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RoleGrant(Identified, Base):
    """A role that somebody holds, or held until `ended_at`. `granted_by` and `ended_by` are labels of actors, or "server"."""

    __tablename__ = "role_grant"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    area_id: Mapped[str | None] = mapped_column(String(80))
    granted_at: Mapped[datetime]
    granted_by: Mapped[str] = mapped_column(String(60))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(60))


class SignInLink(Identified, Base):
    """A link that was given out. `leads_to` is the page that opens once it was used."""

    __tablename__ = "way_in_link"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    leads_to: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class PersonSession(Identified, Base):
    """A browser in which somebody is signed in, until it expires or is ended. `way`: link, password, passkey, oidc. `device` is what the
    browser called itself, shortened. `confirmed_at`: when they last proved anew that it is them."""

    __tablename__ = "person_session"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))
    device: Mapped[str] = mapped_column(Sealed, default="")
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class Passkey(Identified, Base):
    """A WebAuthn credential. `credential_id` and `public_key` (COSE) are base64url."""

    __tablename__ = "passkey"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str]
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(Sealed, default="")
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Identified, Base):
    """One of the codes that stand in for a lost device; each works once."""

    __tablename__ = "recovery_code"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class Invitation(Identified, Base):
    """A role held out to somebody who may have no account yet, by a link that works once."""

    __tablename__ = "invitation"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(Sealed)
    role: Mapped[str] = mapped_column(String(20))
    organization_id: Mapped[str | None] = mapped_column(ForeignKey("organization.id"), index=True)
    area_id: Mapped[str | None] = mapped_column(String(80))
    invited_by: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class ApiToken(Identified, Base):
    """A machine's way in for one organization. `shown` is its beginning, by which people tell it from others; `uses` counts every use."""

    __tablename__ = "api_token"

    organization_id: Mapped[str] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str]
    scopes: Mapped[list[str]]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    shown: Mapped[str] = mapped_column(String(20))
    created_by: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(String(60))
    used_on: Mapped[date | None]
    uses: Mapped[int] = mapped_column(default=0)


class AuditEntry(Base):
    """Who came in or tried to, who was made what, and who read something personal. `detail` holds words of ours, never of a person."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[str | None] = mapped_column(IdType)
    organization_id: Mapped[str | None] = mapped_column(IdType)
    detail: Mapped[str] = mapped_column(default="")


Index("ix_audit_entry_person", AuditEntry.person_id, AuditEntry.id)
Index("ix_audit_entry_detail", AuditEntry.detail, AuditEntry.id)
