"""The kinds of danger that a search may speak of, the most urgent first."""

from enum import StrEnum


class DangerKind(StrEnum):
    """What may be happening to somebody now. The order of the members is the order in which they are shown."""

    OVERDOSE = "overdose"
    VIOLENCE_NOW = "violence_now"
    SUICIDE = "suicide"
    CHILD_AT_RISK = "child_at_risk"
    WITHDRAWAL = "withdrawal"
    TRAFFICKING = "trafficking"
