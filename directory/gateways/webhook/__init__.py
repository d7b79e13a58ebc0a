"""Posting a message to an address that somebody else chose: never to our own network, never further than that address."""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

SECONDS = 10
MOST_READ_BYTES = 4_096


class NotAllowed(Exception):
    """The address is none that messages may go to; the words say why."""


class NotDelivered(Exception):
    """Nobody answered; the words name the kind of fault, never what was sent."""


class Poster(Protocol):
    """Posts messages."""

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer. Raise `NotAllowed`, `NotDelivered`."""


class WebPoster:
    """`to_private`: addresses of the own network and plain http are allowed, for trying things out."""

    def __init__(self, *, to_private: bool = False) -> None:
        self._to_private = to_private

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The name is looked up once, and the very address that was checked is connected to. Redirects are not followed."""
        parts = check_address(address, to_private=self._to_private)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        connection = connection_to(parts.scheme, host, port, allowed_address(host, port, to_private=self._to_private))
        try:
            connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, dict(headers))
            answer = connection.getresponse()
            answer.read(MOST_READ_BYTES)
        except (OSError, HTTPException) as error:
            raise NotDelivered(type(error).__name__) from None
        finally:
            connection.close()
        return answer.status


def check_address(address: str, *, to_private: bool) -> SplitResult:
    """The parts of an address that messages may go to, as far as it says so itself. Raise `NotAllowed`."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotAllowed("It is no address of the web.") from None
    if parts.scheme != "https" and not (to_private and parts.scheme == "http"):
        raise NotAllowed("It must begin with https://.")
    if not parts.hostname or parts.username or parts.password or parts.fragment or port == 0 or not address.isascii() or " " in address:
        raise NotAllowed("It must be an address such as https://example.org/hook, without a name or password in it.")
    return parts


def allowed_address(host: str, port: int, *, to_private: bool) -> str:
    """The address of the network to connect to. Every one that the name stands for must be public. Raise `NotAllowed`, `NotDelivered`."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NotDelivered("unknown host") from None
    if not to_private and not all(is_public(one) for one in found):
        raise NotAllowed("It leads into a private network.")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address of the network is one that anybody can reach; one written in another (IPv4 in IPv6) counts as what it stands
    for."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def connection_to(scheme: str, host: str, port: int, address: str) -> HTTPConnection:
    """A connection to this very address, that speaks of the host by its name."""
    if scheme == "http":
        return _Plain(host, port, address)
    return _Sealed(host, port, address)


class _Plain(HTTPConnection):
    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _Sealed(HTTPSConnection):
    def __init__(self, host: str, port: int, address: str) -> None:
        self._told = ssl.create_default_context()
        super().__init__(host, port, timeout=SECONDS, context=self._told)
        self._address = address

    def connect(self) -> None:
        self.sock = self._told.wrap_socket(socket.create_connection((self._address, self.port), self.timeout), server_hostname=self.host)
