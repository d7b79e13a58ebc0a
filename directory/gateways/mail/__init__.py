"""Sending a mail: what is asked of whoever does it, and the one for nobody, who writes it into a folder."""

from dataclasses import dataclass
from typing import Protocol


class NotSent(Exception):
    """It could not be sent now. `is_final`: trying again would not help. The message names no recipient."""

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Mail:
    """`stop_address`: where whoever gets it stops such mails with one press (RFC 8058); "" for one that comes once."""

    recipient: str
    subject: str
    body: str
    stop_address: str = ""


def stop_headers(mail: Mail) -> dict[str, str]:
    """The lines of the head by which mail programs show a button that stops such mails."""
    if not mail.stop_address:
        return {}
    return {"List-Unsubscribe": f"<{mail.stop_address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


class Mailer(Protocol):
    """Sends mails."""

    def send(self, mail: Mail) -> None:
        """Send it. Raise `NotSent`."""
