"""Who changed a listing, in whose name, how and why: what stands beside every change in the history."""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """By which act a change came about."""

    EDIT = "edit"
    RESTORE = "restore"  # an earlier state was brought back
    SUGGESTION = "suggestion"  # somebody proposed it, and it was accepted
    VERIFICATION = "verification"  # told while the listing was verified
    REPORT = "report"  # a one-tap act: closed today, full today
    VERIFIED = "verified"  # somebody looked and found it right; nothing was changed
    UNVERIFIED = "verified by mistake"
    TAKEN_OUT = "taken out"  # closed for good, not to be listed, or impossible to verify
    LISTED_AGAIN = "listed again"
    CLOSED_TODAY = "closed today"
    FULL_TODAY = "full today"
    JUST_COME_TODAY = "just come today"
    NOT_TODAY = "not today"  # what was told for today was taken back
    MERGE = "merge"  # another record of the same thing became part of this one, or came apart from it again
    DECISION = "decision"  # a source and the listing differed, and somebody chose
    IMPORT = "import"


TELL_ALONE = frozenset(
    {
        How.VERIFIED, How.UNVERIFIED, How.TAKEN_OUT, How.LISTED_AGAIN, How.CLOSED_TODAY, How.FULL_TODAY, How.JUST_COME_TODAY,
        How.NOT_TODAY,
    }
)  # fmt: skip
"""Acts that say something although no field of the form changed by them."""


@dataclass(frozen=True, slots=True)
class Author:
    """`actor` is who did it, for those who may know. In public only the name of the `organization` and the `role` are told."""

    actor: str
    role: str = ""
    organization: str = ""
    how: How = How.EDIT
    why: str = ""
