"""The moment at which tests take place."""

from datetime import UTC, datetime

MONDAY_MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""10 in the morning in Ottawa and Philadelphia, 15 in London."""
