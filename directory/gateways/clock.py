"""The clock of the machine."""

from datetime import UTC, datetime


class SystemClock:
    """Gives the machine's own time, aware and in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)
