"""When the server does not answer, or not as it should: in time, once more where that can help, and said in a sentence."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from search_index.meili import MeiliEngine
from search_index.meili.connection import Connection, Deadline, Refusal
from search_index.meili.versions import version_remark
from search_index.port import IndexNotReady, IndexUnavailable
from search_index.query import ServiceQuery


class Answering(ThreadingHTTPServer):
    """Answers everything alike: after `seconds`, with `status` and `body`; the first `broken` connections are cut."""

    daemon_threads = True

    def __init__(self) -> None:
        self.seconds, self.status, self.body, self.broken = 0.0, 200, "{}", 0
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Answering

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.command, self.path, dict(self.headers)))
        if self.server.broken:
            self.server.broken -= 1
            self.close_connection = True
            self.connection.close()
            return
        time.sleep(self.server.seconds)
        body = self.server.body.encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # whoever asked has given up
            self.wfile.write(body)

    do_GET = do_POST = _answer

    def log_message(self, *_given: Any) -> None:
        """Tests are quiet."""


@pytest.fixture
def server() -> Iterator[Answering]:
    made = Answering()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def connection(server: Answering) -> Iterator[Connection]:
    made = Connection(server.url, "secret")
    yield made
    made.close()


def test_a_search_gives_up_when_its_time_is_over(server):
    server.seconds = 3.0
    engine = MeiliEngine(server.url, search_key="k", patience=0.3)
    began = time.monotonic()
    with pytest.raises(IndexUnavailable, match="in time"):
        engine.search(ServiceQuery("food"))
    assert time.monotonic() - began < 1.0
    engine.close()


def test_all_requests_of_a_search_share_one_deadline(connection):
    with pytest.raises(IndexUnavailable, match="in time"):
        connection.ask("GET", "health", deadline=Deadline(time.monotonic() - 1))


def test_a_read_that_was_cut_is_tried_once_more_and_a_write_is_not(server, connection):
    server.broken = 1
    assert connection.ask("GET", "health", is_read=True) == {}
    server.broken = 1
    with pytest.raises(IndexUnavailable, match="cannot be reached"):
        connection.ask("POST", "indexes/x/documents", [])
    server.broken = 2
    with pytest.raises(IndexUnavailable, match="cannot be reached"):
        connection.ask("GET", "health", is_read=True)


def test_an_answer_that_cannot_be_read_is_none(server, connection):
    server.body = "<html>the proxy's own words</html>"
    with pytest.raises(IndexUnavailable, match="cannot be read"):
        connection.ask("GET", "health", is_read=True)


def test_nobody_listening_is_unavailable_and_not_unbuilt(server):
    engine = MeiliEngine("http://127.0.0.1:9", search_key="k")
    with pytest.raises(IndexUnavailable):
        engine.search(ServiceQuery("food"))
    health = engine.health()
    assert (health.ready, health.reachable) == (False, False)
    engine.close()


def test_bodies_are_asked_for_uncompressed_on_one_kept_connection(server, connection):
    for _ in range(3):
        connection.ask("GET", "health", is_read=True)
    assert {headers["Accept-Encoding"] for _, _, headers in server.requests} == {"identity"}
    assert {headers["Connection"] for _, _, headers in server.requests} == {"keep-alive"}
    assert {headers["Authorization"] for _, _, headers in server.requests} == {"Bearer secret"}


@pytest.mark.parametrize(
    ("status", "body", "error", "said"),
    [
        (404, '{"message": "m", "code": "index_not_found"}', IndexNotReady, "build the index"),
        (403, '{"message": "m", "code": "invalid_api_key"}', IndexUnavailable, "does not accept the key"),
        (503, "", IndexUnavailable, "status 503"),
        (400, '{"message": "what was asked: shelter", "code": "invalid_search_filter"}', IndexUnavailable, "invalid_search_filter"),
    ],
)
def test_refusals_of_a_question_become_a_sentence_that_does_not_repeat_it(server, connection, status, body, error, said):
    server.status, server.body = status, body
    with pytest.raises(error, match=said) as told:
        connection.ask("POST", "multi-search", {}, is_read=True)
    assert "shelter" not in str(told.value)


def test_a_refusal_of_something_written_keeps_the_server_s_reason(server, connection):
    server.status, server.body = 400, '{"message": "Document identifier is invalid.", "code": "invalid_document_id"}'
    with pytest.raises(Refusal, match="identifier") as told:
        connection.ask("POST", "indexes/x/documents", [])
    assert told.value.code == "invalid_document_id"


@pytest.mark.parametrize(("found", "remark"), [("1.50.3", ""), ("1.56.0", "1.56.0"), ("2.0.0", "2.0.0")])
def test_a_server_newer_than_any_tried_is_remarked(server, connection, found, remark):
    server.body = f'{{"pkgVersion": "{found}"}}'
    assert remark in version_remark(connection, Deadline.after(5))


def test_a_server_too_old_is_refused_with_the_version_that_is_needed(server, connection):
    server.body = '{"pkgVersion": "1.12.4"}'
    with pytest.raises(IndexUnavailable, match=r"1\.12\.4, which is too old; Meilisearch 1\.50"):
        version_remark(connection, Deadline.after(5))
