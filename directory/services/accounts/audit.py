"""Who came in, who was made what, and who read something personal: written in the transaction of the act itself."""

from enum import StrEnum

from sqlalchemy.orm import Session

from directory.domain.clock import Clock
from directory.store.tables import AuditEntry

SERVER = "server"
"""Whoever can run a command on the server, where they named nobody."""

VISITOR = "visitor"
"""Somebody who has not proved who they are."""


class Audited(StrEnum):
    """What is kept. The words stand in the table, so they never change."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGNED_OUT = "signed out"
    SESSION_ENDED = "session ended"
    LINK_GIVEN = "sign-in link given"
    PERSON_ADDED = "person added"
    PERSON_LEFT = "person left"
    ROLE_GRANTED = "role granted"
    ROLE_ENDED = "role ended"
    INVITED = "invited"
    WAY_IN_CHANGED = "way in changed"
    TOKEN_MADE = "token made"
    TOKEN_REVOKED = "token revoked"
    PERSONAL_READ = "personal data read"
    PERSON_ERASED = "helped person erased"
    HOLD_ASKED = "legal hold asked for"
    HOLD_CONFIRMED = "legal hold confirmed"
    HOLD_ENDED = "legal hold ended"
    RULES_ASKED = "rules asked for"
    RULES_ACTIVATED = "rules activated"
    RULES_WENT_BACK = "rules went back"


def audit(
    session: Session, what: Audited, *, actor: str, clock: Clock, person_id: str | None = None, organization_id: str = "", detail: str = ""
) -> None:
    """Keep it; the caller commits. `detail` is made of our own words and of ids, never of what somebody typed."""
    session.add(
        AuditEntry(
            at=clock.now(),
            what=what.value,
            actor=actor,
            person_id=person_id,
            organization_id=organization_id or None,
            detail=detail,
        )
    )
