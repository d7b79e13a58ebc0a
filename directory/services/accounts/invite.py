"""Hold a role out to somebody, who may have no account yet: by a link that works once, within two weeks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from directory.domain.access import Action, Resource, may
from directory.domain.accounts import checked_email
from directory.domain.errors import Forbidden, NotFound, TooMany
from directory.domain.people import Actor, Grant, checked_grant
from directory.domain.sentences import say
from directory.services.accounts.audit import Audited, audit
from directory.services.accounts.names import names_of
from directory.services.accounts.people import check_place, grant_role, welcome
from directory.services.accounts.person_session import Opened, Way, begin
from directory.services.accounts.tokens import Purpose, hash_of, new_token
from directory.services.limits import Limit, count_once, used_up
from directory.services.messages.letter import leave_mail
from directory.services.parts import Parts
from directory.store.tables import Invitation, Organization

LASTS = timedelta(days=14)
INVITING = Limit("invite", 30, 86_400)
NO_GOOD = say("This invitation was used already, was taken back, or is older than two weeks. Ask for a new one.")

Letter = Callable[[str], tuple[str, str]]
"""From the token of the link to the subject and the words of the mail."""


@dataclass(frozen=True, slots=True)
class Given:
    """`token` goes into the link. `is_mailed`: a mail with it waits to be sent; else who invites passes the link on."""

    id: str
    token: str
    email: str
    expires_at: datetime
    is_mailed: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An invitation that waits: for lists, and for who opens its link. `by`: who invited, "" where they have left."""

    id: str
    email: str
    grant: Grant
    organization: str
    by: str
    created_at: datetime
    expires_at: datetime


def invite(parts: Parts, actor: Actor, email: str, role: str, *, organization_id: str = "", area_id: str = "", letter: Letter) -> Given:
    """Invite somebody to a role; an invitation to the same role that waits is replaced. A lead invites to the own organization, whoever
    manages people to any role. Raise `InvalidInput`, `Forbidden`, `TooMany`."""
    email, grant = checked_email(email, "email"), checked_grant(role, organization_id, area_id)
    may_invite(actor, grant)
    now = parts.clock.now()
    with parts.database.writing() as session:
        check_place(session, grant)
        if used_up(session, INVITING, actor.person_id, now):
            raise TooMany(say("You invited very many people today. Go on tomorrow."))
        count_once(session, INVITING, actor.person_id, now)
        _replace(session, email, grant)
        token, secret_hash = new_token(parts, Purpose.INVITATION)
        made = Invitation(
            secret_hash=secret_hash,
            email=email,
            role=grant.role.value,
            organization_id=grant.organization_id or None,
            area_id=grant.area_id or None,
            invited_by=actor.label,
            created_at=now,
            expires_at=now + LASTS,
        )
        session.add(made)
        session.flush()
        is_mailed = leave_mail(parts, session, email, *letter(token))
        audit(
            session, Audited.INVITED, actor=actor.label, clock=parts.clock, organization_id=grant.organization_id, detail=grant.role.value
        )
        session.commit()
        return Given(made.id, token, email, made.expires_at, is_mailed)


def may_invite(actor: Actor, grant: Grant) -> None:
    """Raise `Forbidden` for who may not give this role."""
    if may(actor, Action.MANAGE_PEOPLE):
        return
    if not grant.organization_id or not may(actor, Action.LEAD_ORGANIZATION, Resource(grant.organization_id)):
        raise Forbidden(say("Only a lead of the organization gives its roles."))


def _replace(session: Session, email: str, grant: Grant) -> None:
    """Addresses are sealed, so those that wait for this role are read one by one; they are few."""
    for row in session.scalars(_waiting().where(Invitation.role == grant.role.value)):
        if row.email == email and _grant(row) == grant:
            session.delete(row)


def _waiting() -> Select[Invitation]:
    return select(Invitation).where(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))


def look_at(parts: Parts, token: str) -> Held:
    """What a link holds out, without using it up. Raise `Forbidden` when it is not good."""
    with parts.database.reading() as session:
        row = _good(parts, session, token)
        return _held(session, [row])[0]


def accept(parts: Parts, token: str, *, name: str = "", language: str = "", old_session_token: str = "", device: str = "") -> Opened:
    """Take the role and come in: the link went to this address, so whoever has it is believed to be there. Raise `Forbidden`."""
    with parts.database.writing() as session:
        row = _good(parts, session, token)
        used = session.scalar(
            update(Invitation)
            .where(Invitation.id == row.id, Invitation.used_at.is_(None))
            .values(used_at=parts.clock.now())
            .returning(Invitation.id)
        )
        if used is None:
            raise Forbidden(NO_GOOD)
        person = welcome(session, parts, row.email, " ".join(name.split())[:80], actor=row.invited_by, language=language)
        grant_role(session, parts, person, _grant(row), row.invited_by)
        session.flush()
        opened = begin(parts, session, person, Way.LINK, old_session_token, device=device)
        session.commit()
    return opened


def _good(parts: Parts, session: Session, token: str) -> Invitation:
    secret_hash = hash_of(parts, Purpose.INVITATION, token)
    row = session.scalar(_waiting().where(Invitation.secret_hash == secret_hash)) if secret_hash else None
    if row is None or row.expires_at <= parts.clock.now():
        raise Forbidden(NO_GOOD)
    return row


def list_invitations(parts: Parts, *, organization_id: str = "") -> tuple[Held, ...]:
    """Those that wait: of one organization, or all."""
    with parts.database.reading() as session:
        statement = _waiting().where(Invitation.expires_at > parts.clock.now()).order_by(Invitation.created_at)
        if organization_id:
            statement = statement.where(Invitation.organization_id == organization_id)
        return tuple(_held(session, list(session.scalars(statement))))


def withdraw(parts: Parts, actor: Actor, invitation_id: str, *, organization_id: str = "") -> None:
    """Take an invitation back. `organization_id`: of this organization only. Raise `NotFound`."""
    with parts.database.writing() as session:
        row = session.scalar(_waiting().where(Invitation.id == invitation_id))
        if row is None or (organization_id and row.organization_id != organization_id):
            raise NotFound(say("There is no such invitation any more."))
        may_invite(actor, _grant(row))
        row.withdrawn_at = parts.clock.now()
        session.commit()


def forget_old_invitations(parts: Parts) -> int:
    """Delete those that were used, taken back, or whose time is over; how many."""
    now = parts.clock.now()
    over = Invitation.used_at.is_not(None) | Invitation.withdrawn_at.is_not(None) | (Invitation.expires_at <= now)
    with parts.database.writing() as session:
        gone = session.scalars(delete(Invitation).where(over).returning(Invitation.id)).all()
        session.commit()
    return len(gone)


def _held(session: Session, rows: list[Invitation]) -> list[Held]:
    names = names_of(session, {row.invited_by for row in rows})
    wanted = {row.organization_id for row in rows if row.organization_id}
    organizations = dict(session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(wanted))).all())
    return [
        Held(
            row.id,
            row.email,
            _grant(row),
            organizations.get(row.organization_id or "", ""),
            names.get(row.invited_by, ""),
            row.created_at,
            row.expires_at,
        )
        for row in rows
    ]


def _grant(row: Invitation) -> Grant:
    return checked_grant(row.role, row.organization_id or "", row.area_id or "")
