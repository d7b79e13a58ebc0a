"""What was kept, in the reader's words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from directory.services.accounts.audit import SERVER, VISITOR, Audited
from directory.services.accounts.read_audit import AuditLine, AuditPage
from directory.web.times import moment_words
from directory.web.wording import _

WORDS: dict[Audited, Callable[[], str]] = {
    Audited.SIGNED_IN: lambda: _("Signed in"),
    Audited.SIGN_IN_FAILED: lambda: _("Sign-in failed"),
    Audited.SIGNED_OUT: lambda: _("Ended the session"),
    Audited.SESSION_ENDED: lambda: _("Another session ended"),
    Audited.LINK_GIVEN: lambda: _("Link to sign in given"),
    Audited.PERSON_ADDED: lambda: _("Account made"),
    Audited.PERSON_LEFT: lambda: _("Account ended"),
    Audited.ROLE_GRANTED: lambda: _("Role given"),
    Audited.ROLE_ENDED: lambda: _("Role ended"),
    Audited.INVITED: lambda: _("Invited"),
    Audited.WAY_IN_CHANGED: lambda: _("Way in changed"),
    Audited.TOKEN_MADE: lambda: _("Token made"),
    Audited.TOKEN_REVOKED: lambda: _("Token revoked"),
    Audited.PERSONAL_READ: lambda: _("Read something personal"),
    Audited.PERSON_ERASED: lambda: _("Erased who a need was for"),
    Audited.HOLD_ASKED: lambda: _("Asked for a legal hold"),
    Audited.HOLD_CONFIRMED: lambda: _("Confirmed a legal hold"),
    Audited.HOLD_ENDED: lambda: _("Ended a legal hold"),
    Audited.RULES_ASKED: lambda: _("Asked for rules to be active"),
    Audited.RULES_ACTIVATED: lambda: _("Made rules active"),
    Audited.RULES_WENT_BACK: lambda: _("Went back to earlier rules"),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    at: datetime
    moment: str
    what: str
    who: str
    about: str


@dataclass(frozen=True, slots=True)
class ShownAudit:
    lines: tuple[ShownLine, ...]
    kinds: tuple[tuple[str, str, bool], ...]
    what: str
    page: int
    has_more: bool


def audit_page(found: AuditPage, what: Audited | None) -> ShownAudit:
    kinds = tuple((kind.value, words(), kind is what) for kind, words in WORDS.items())
    return ShownAudit(tuple(map(_line, found.lines)), kinds, what.value if what else "", found.page, found.has_more)


def _line(line: AuditLine) -> ShownLine:
    about = " · ".join(filter(None, (line.person if line.person != line.actor else "", line.organization, line.detail)))
    who = {SERVER: _("whoever looks after the server"), VISITOR: _("a visitor")}.get(line.actor, line.actor)
    return ShownLine(line.at, moment_words(line.at), WORDS[line.what](), who, about)
