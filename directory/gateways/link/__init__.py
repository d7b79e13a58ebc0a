"""Asking a website whether it is there: never one in our own network, never further than the address itself."""

from dataclasses import dataclass
from http.client import HTTPException
from typing import Protocol
from urllib.parse import urlsplit

from directory.gateways.webhook import NotAllowed, NotDelivered, allowed_address, connection_to

__all__ = ["Answer", "LinkAsker", "NotAllowed", "NotDelivered", "WebAsker"]

MOST_READ_BYTES = 4_096
MOST_ROBOTS_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """`location`: where it sends on to, "" where it does not. `text`: the beginning of what it says, where that was asked for."""

    status: int
    location: str = ""
    text: str = ""


class LinkAsker(Protocol):
    """Asks websites."""

    def ask(self, address: str, method: str, *, most_bytes: int = 0) -> Answer:
        """Raise `NotAllowed` where it lies in a private network, `NotDelivered` where nobody answers."""


class WebAsker:
    """`name`: what the program calls itself, with where whoever wonders can read about it."""

    def __init__(self, name: str, *, to_private: bool = False) -> None:
        self._name, self._to_private = name, to_private

    def ask(self, address: str, method: str, *, most_bytes: int = 0) -> Answer:
        """The name is looked up once, and the very address that was checked is connected to. Redirects are told, not followed."""
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        connection = connection_to(parts.scheme, host, port, allowed_address(host, port, to_private=self._to_private))
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, headers={"User-Agent": self._name, "Accept": "*/*", "Connection": "close"})
            answer = connection.getresponse()
            said = answer.read(most_bytes or MOST_READ_BYTES) if method != "HEAD" else b""
        except (OSError, HTTPException, ValueError) as error:
            raise NotDelivered(type(error).__name__) from None
        finally:
            connection.close()
        return Answer(answer.status, answer.getheader("Location") or "", said.decode("utf-8", "replace") if most_bytes else "")
