"""How often an organization is asked to look at its listings: one mail a month at most, and none any more when nobody answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MONTH = timedelta(days=30)
"""At least so long between two mails to one organization."""

AHEAD = timedelta(days=30)
"""A mail tells of what is due by now, or will be before the next one."""

MOST_UNANSWERED = 3
"""After so many mails that nobody answered, no more are sent: a person calls instead."""

LINK_LASTS = timedelta(days=45)
"""A link works until well after the next mail has brought a new one."""


class Next(StrEnum):
    """What to do about an organization now."""

    WAIT = "wait"
    MAIL = "mail"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Asked:
    """How asking has gone so far. `unanswered`: mails since the last answer; `is_stopped`: it wants no mails."""

    last_sent_at: datetime | None = None
    unanswered: int = 0
    is_stopped: bool = False


def what_next(asked: Asked, first_due: datetime | None, now: datetime) -> Next:
    """Whether to send a mail now. `first_due`: when the first of its listings is due; None where it has none."""
    if first_due is None or first_due > now + AHEAD:
        return Next.WAIT
    if asked.is_stopped or asked.unanswered >= MOST_UNANSWERED:
        return Next.CALL
    if asked.last_sent_at is not None and now - asked.last_sent_at < MONTH:
        return Next.WAIT
    return Next.MAIL
