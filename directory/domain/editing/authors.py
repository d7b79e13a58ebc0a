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
    DECISION = "decision"  # a source and the listing differed, and somebody chose
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Author:
    """`actor` is who did it, for those who may know. In public only the name of the `organization` and the `role` are told."""

    actor: str
    role: str = ""
    organization: str = ""
    how: How = How.EDIT
    why: str = ""
