"""What somebody sees of their own account: ways in, sessions and what was written down of their sign-ins, in words."""

from dataclasses import dataclass
from datetime import datetime

from directory.services.accounts.audit import Audited
from directory.services.accounts.own_sessions import OwnSession, Told
from directory.services.accounts.person_session import Way
from directory.services.accounts.ways_in import OwnPasskey
from directory.web.times import moment_words
from directory.web.wording import _


@dataclass(frozen=True, slots=True)
class SessionRow:
    """`device` and `way` in words."""

    id: str
    device: str
    way: str
    started: datetime
    started_words: str
    seen: datetime
    seen_words: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    id: str
    name: str
    made_words: str
    used_words: str


@dataclass(frozen=True, slots=True)
class ToldRow:
    at: datetime
    at_words: str
    words: str
    is_wrong: bool


def session_row(found: OwnSession) -> SessionRow:
    """A session, for its owner."""
    return SessionRow(
        found.id,
        found.device or _("A browser"),
        way_words(found.way),
        found.started_at,
        _moment(found.started_at),
        found.seen_at,
        _moment(found.seen_at),
        found.is_this,
    )


def passkey_row(key: OwnPasskey) -> PasskeyRow:
    """A passkey, for its owner."""
    return PasskeyRow(key.id, key.name or _("A passkey"), _moment(key.created_at), _moment(key.used_at) if key.used_at else "")


def told_row(told: Told) -> ToldRow:
    """What was written down, for whom it is about."""
    return ToldRow(told.at, _moment(told.at), _told_words(told), told.what == Audited.SIGN_IN_FAILED)


def way_words(way: str) -> str:
    """How somebody came in."""
    return {
        Way.LINK.value: _("by a link"),
        Way.PASSWORD.value: _("by password"),
        Way.PASSKEY.value: _("by a passkey"),
        Way.OIDC.value: _("by the account of another organization"),
    }.get(way, way)


def _told_words(told: Told) -> str:
    if told.what == Audited.SIGNED_IN:
        return _("You signed in %(way)s.", way=way_words(told.detail))
    if told.what == Audited.SIGN_IN_FAILED:
        return _("Somebody tried to sign in %(way)s and was not let in.", way=way_words(told.detail))
    if told.what == Audited.WAY_IN_CHANGED:
        return change_words(told.detail)
    return {
        Audited.SIGNED_OUT.value: _("You ended your session."),
        Audited.SESSION_ENDED.value: _("You ended another session."),
        Audited.LINK_GIVEN.value: _("A link to sign in was made for you."),
    }.get(told.what, told.what)


def change_words(what: str) -> str:
    """What was changed, as it stands in the audit, in the reader's words."""
    return {
        "password set": _("Your password was set."),
        "password removed": _("Your password was removed."),
        "app set": _("An app for codes was set up."),
        "app removed": _("The app for codes was removed, with all recovery codes."),
        "recovery codes made": _("New recovery codes were made; the old ones no longer work."),
        "passkey added": _("A passkey was added."),
        "passkey removed": _("A passkey was removed."),
    }.get(what, what)


def _moment(at: datetime) -> str:
    return moment_words(at)
