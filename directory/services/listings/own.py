"""What a machine of an organization reads and changes of its own listings, each act within the scopes of its token."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from directory.domain.editing.authors import Author
from directory.domain.errors import Forbidden
from directory.domain.people import Actor
from directory.domain.sentences import say
from directory.domain.upkeep.found import Found, How
from directory.services.accounts.api_tokens import Scope
from directory.services.editing.publish import publish
from directory.services.editing.read import EditedListing, read_listing
from directory.services.editing.scope import Scope as EditScope
from directory.services.parts import Parts
from directory.services.quality.flags import Wanted, each_flag
from directory.services.quality.plain import plain_flag
from directory.services.upkeep.verify import Look, note_found
from directory.store.tables import Organization, Service

NO_SECRETS = EditScope(secrets=False)
"""A machine neither reads nor writes where a place that is kept secret is."""


@dataclass(frozen=True, slots=True)
class OwnListing:
    """One listing of the organization. `version` rises with every change of what it shows; `is_listed`: found by the public now."""

    id: str
    name: str
    version: int
    is_listed: bool
    changed_at: datetime | None
    verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnDirectory:
    organization_id: str
    organization: str
    listings: tuple[OwnListing, ...]


def require_scope(actor: Actor, scope: Scope) -> None:
    """Raise `Forbidden` where the token was not made for this."""
    if scope not in actor.scopes:
        raise Forbidden(
            say("This token may not do this; a lead of the organization makes one with the scope %(scope)s.", scope=scope.value)
        )


def read_own(parts: Parts, actor: Actor) -> OwnDirectory:
    """Every listing of the organization, also those that the public does not find now. Raise `Forbidden`."""
    require_scope(actor, Scope.READ)
    (organization_id,) = actor.organizations()
    with parts.database.reading() as session:
        rows = session.scalars(
            select(Service)
            .where(Service.organization_id == organization_id, Service.merged_into.is_(None))
            .order_by(Service.name, Service.id)
        )
        listings = tuple(
            OwnListing(row.id, row.name, row.version, row.withdrawn_at is None, row.changed_at, row.verified_at) for row in rows
        )
        return OwnDirectory(organization_id, session.get_one(Organization, organization_id).name, listings)


def read_own_flags(parts: Parts, actor: Actor) -> list[dict[str, Any]]:
    """What of its listings is to be put right, in plain values. Raise `Forbidden`."""
    require_scope(actor, Scope.READ)
    (organization_id,) = actor.organizations()
    return [plain_flag(flag) for flag in each_flag(parts, Wanted(organization_id=organization_id))]


def read_own_form(parts: Parts, actor: Actor, service_id: str) -> EditedListing:
    """The form of a listing. Raise `Forbidden`, `NotFound`, `Moved`."""
    require_scope(actor, Scope.READ)
    return read_listing(parts, service_id, scope=NO_SECRETS)


def change_own(parts: Parts, actor: Actor, service_id: str, changes: Mapping[str, Any], base: Mapping[str, Any]) -> tuple[str, ...]:
    """Publish fields; the keys of those that changed. `base`: what the machine took each field to say before, so that what somebody else
    published meanwhile is not lost. Raise `WrongForm`, `Conflict`, `Forbidden`, `NotFound`, `Moved`."""
    require_scope(actor, Scope.WRITE)
    now = read_listing(parts, service_id, scope=NO_SECRETS).form
    believed = {**{key: now.get(key) for key in changes}, **{key: value for key, value in base.items() if key in changes}}
    done = publish(parts, service_id, believed, changes, _author(parts, actor), scope=NO_SECRETS)
    return tuple(change.field for change in done.changes)


def tell_room(parts: Parts, actor: Actor, service_id: str, room: Mapping[str, Any]) -> tuple[str, ...]:
    """Say whether there is room; the newest word counts, whoever said it. Raise `WrongForm`, `Forbidden`, `NotFound`, `Moved`."""
    require_scope(actor, Scope.CAPACITY)
    now = read_listing(parts, service_id, scope=NO_SECRETS).form
    base, told = {"capacity": now.get("capacity", {})}, {"capacity": dict(room)}
    done = publish(parts, service_id, base, told, _author(parts, actor), scope=NO_SECRETS)
    return tuple(change.field for change in done.changes)


def verify_own(parts: Parts, actor: Actor, service_id: str) -> datetime:
    """Say that a listing is still right. Raise `Forbidden`, `NotFound`."""
    require_scope(actor, Scope.VERIFY)
    with parts.database.writing() as session:
        note_found(session, service_id, Look(How.PAGE, actor.label), Found.RIGHT, parts.clock)
        session.commit()
    return parts.clock.now()


def _author(parts: Parts, actor: Actor) -> Author:
    (organization_id,) = actor.organizations()
    with parts.database.reading() as session:
        return Author(actor.label, organization=session.get_one(Organization, organization_id).name)
