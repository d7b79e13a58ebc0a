"""Sending a text message: what is asked of whoever does it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TextMessage:
    """`recipient` in E.164, as in +12155550101."""

    recipient: str
    body: str


class TextSender(Protocol):
    """Sends text messages."""

    def send(self, message: TextMessage) -> None:
        """Send it. Raise `NotSent`."""
