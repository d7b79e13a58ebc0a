"""The clock that everything reads; the core never asks the machine for the time itself."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the present moment, aware and in UTC."""

    def now(self) -> datetime: ...


class FixedClock:
    """A clock that stands still until it is set: for tests, previews and replays."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("The moment of a clock needs an offset.")
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment
