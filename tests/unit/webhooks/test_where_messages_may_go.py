"""Messages go to public addresses over https and nowhere else, whatever a name says it stands for."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from directory.gateways.webhook import NotAllowed, NotDelivered, WebPoster, allowed_address, check_address, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_no_private_address_is_public_however_it_is_written(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_addresses_that_anybody_can_reach_are_public(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/", "ftp://example.org", "https://", "https://user:word@example.org/", "example.org", "", "https://a b",
        "https://example.org/#part", "https://[::1", "https://example.org:99999/",
    ],
)  # fmt: skip
def test_what_is_no_address_for_messages_is_refused_before_anything_is_looked_up(address: str):
    with pytest.raises(NotAllowed):
        check_address(address, to_private=False)


def test_a_name_that_stands_for_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(NotAllowed):
        WebPoster().post("https://127.0.0.1/", b"", {})

    def told(*found: str) -> None:
        monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (one, 443)) for one in found])

    told("93.184.216.34", "10.0.0.8")
    with pytest.raises(NotAllowed):
        allowed_address("hook.example", 443, to_private=False)
    told("93.184.216.34")
    assert allowed_address("hook.example", 443, to_private=False) == "93.184.216.34"


class Receiver(BaseHTTPRequestHandler):
    """Remembers what it was sent; /away sends elsewhere."""

    seen: list[tuple[str, dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, dict(self.headers), body))
        self.send_response(302 if self.path == "/away" else 204)
        if self.path == "/away":
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[str, dict[str, str], bytes]]]]:
    handler = type("OneReceiver", (Receiver,), {"seen": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler.seen  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_message_arrives_as_it_was_sent_and_redirects_lead_nowhere(receiver: tuple[str, list[tuple[str, dict[str, str], bytes]]]):
    site, seen = receiver
    poster = WebPoster(to_private=True)
    assert poster.post(f"{site}/hook?a=1", json.dumps({"a": "é"}).encode(), {"webhook-id": "msg_1"}) == 204
    assert poster.post(f"{site}/away", b"{}", {}) == 302
    assert [path for path, _headers, _body in seen] == ["/hook?a=1", "/away"]
    assert (seen[0][1]["webhook-id"], json.loads(seen[0][2])) == ("msg_1", {"a": "é"})


def test_nobody_there_is_told_by_the_kind_of_fault(receiver: tuple[str, list[tuple[str, dict[str, str], bytes]]]):
    with pytest.raises(NotDelivered, match="ConnectionRefusedError"):
        WebPoster(to_private=True).post("http://127.0.0.1:9/", b"{}", {})
