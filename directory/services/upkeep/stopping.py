"""Mails that come again can be stopped by whoever gets them, without an account: by the button of a mail program (RFC 8058), or by the link
in the mail, which is the same address.

The address holds a sealed note: which organization, which mails, and a hash of the address that they went to. It does nothing else, and
nothing to anybody else: where others get the mails by now, there is nothing to stop.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from directory.domain.errors import NotFound
from directory.domain.sentences import say
from directory.services.messages.letter import STOP_PATH, address_on
from directory.services.parts import Parts
from directory.store.sealing import UnreadableSeal
from directory.store.tables import Organization, UpkeepContact

LONGEST = 2_000
NOT_HERE = say("This link works no longer.")
_PURPOSE = "stop mails"


class Kind(StrEnum):
    """Mails that come again. The words lie in sealed notes, so they never change."""

    MONTHLY = "monthly"
    AT_ONCE = "at once"


@dataclass(frozen=True, slots=True)
class _Note:
    """`to` is a hash of the address."""

    kind: Kind
    organization_id: str
    to: str


@dataclass(frozen=True, slots=True)
class Stopping:
    """What a link is about. `is_theirs`: the mails go, or went when they were stopped, to the one who holds it."""

    organization_id: str
    organization: str
    kind: Kind
    is_theirs: bool
    is_stopped: bool


def stop_address(parts: Parts, organization_id: str, address: str, kind: Kind) -> str:
    """The whole address by which these mails to this address are stopped. It does not run out: people stop old mails, too."""
    told = [_PURPOSE, kind.value, organization_id.replace("-", ""), _hash(address)]
    return address_on(parts, STOP_PATH + parts.database.keyring.seal(json.dumps(told, separators=(",", ":"))))


def read_stopping(parts: Parts, token: str) -> Stopping:
    """What a link would stop. Raise `NotFound`."""
    with parts.database.reading() as session:
        return _stopping(session, _note(parts, token))[0]


def stop_mails(parts: Parts, token: str) -> Stopping:
    """Stop them, once or again. Raise `NotFound`."""
    return _set(parts, token, is_wanted=False)


def have_mails_again(parts: Parts, token: str) -> Stopping:
    """Send them again to the one who stopped them. Raise `NotFound`."""
    return _set(parts, token, is_wanted=True)


def _set(parts: Parts, token: str, *, is_wanted: bool) -> Stopping:
    note = _note(parts, token)
    with parts.database.writing() as session:
        found, row = _stopping(session, note)
        if row is not None and found.is_theirs:
            if found.kind is Kind.AT_ONCE:
                row.tells_at_once = is_wanted
            elif not is_wanted:
                row.stopped_at = row.stopped_at or parts.clock.now()
            else:
                row.stopped_at, row.unanswered = None, 0
        session.flush()
        done = _stopping(session, note)[0]
        session.commit()
    return done


def _stopping(session: Session, note: _Note) -> tuple[Stopping, UpkeepContact | None]:
    organization, row = session.get(Organization, note.organization_id), session.get(UpkeepContact, note.organization_id)
    if organization is None:
        raise NotFound(NOT_HERE)
    to = "" if row is None else row.address or (organization.email or "")
    is_stopped = row is None or row.stopped_at is not None or (note.kind is Kind.AT_ONCE and not row.tells_at_once)
    return Stopping(organization.id, organization.name, note.kind, bool(to) and _hash(to) == note.to, is_stopped), row


def _note(parts: Parts, token: str) -> _Note:
    """What the sealed note says. Raise `NotFound` for one that was not made here, or for something else."""
    try:
        told = json.loads(parts.database.keyring.unseal(token)) if 0 < len(token) <= LONGEST else None
    except (UnreadableSeal, ValueError):
        told = None
    if not isinstance(told, list) or told[:1] != [_PURPOSE]:
        raise NotFound(NOT_HERE)
    _purpose, kind, organization, to = told
    return _Note(Kind(kind), str(UUID(organization)), to)


def _hash(address: str) -> str:
    return sha256(address.strip().casefold().encode()).hexdigest()[:24]
