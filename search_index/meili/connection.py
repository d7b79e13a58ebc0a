"""The way to a Meilisearch server: the official client, with a pooled session, time limits and plain errors under it.

The client as it ships makes a new connection for every request. Bodies are asked for uncompressed: Meilisearch sends compressed ones in two
small packets, and on a connection that is kept the second waits some forty milliseconds for an acknowledgement.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import msgspec
import requests
from meilisearch import Client
from meilisearch._httprequests import HttpRequests
from meilisearch.config import Config
from meilisearch.errors import MeilisearchApiError
from requests.adapters import HTTPAdapter

from search_index.meili.contract import OLDEST_SERVER
from search_index.port import IndexNotReady, IndexUnavailable, KeyRefused, QuestionRefused

NEEDED = f"Meilisearch {'.'.join(map(str, OLDEST_SERVER))}"
CONNECT_SECONDS = 0.4
PAGE_SECONDS = 0.9
"""How long all requests of one search may take together: a page does not wait longer for the index than a second."""

WRITE_SECONDS = 30.0
_ASKED_WRONGLY = "invalid_request"
_SHORTEST_SECONDS = 0.05
_POOL = 32


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when an answer is of use; `at` is a reading of the monotonic clock."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(monotonic() + seconds)

    def left(self) -> float:
        """Seconds that are left. Raise `IndexUnavailable` when none are."""
        left = self.at - monotonic()
        if left <= 0:
            raise IndexUnavailable("The search server did not answer in time.")
        return max(left, _SHORTEST_SECONDS)


class Connection:
    """Requests to one server with one key. Safe for many threads; after a fork each process has its own connections when it first asks."""

    def __init__(self, url: str, api_key: str) -> None:
        self._url = url.rstrip("/")
        self._api_key = api_key
        self._session = self._new_session()
        self._process = os.getpid()

    def ask(self, method: str, path: str, body: object = None, *, deadline: Deadline | None = None, is_read: bool = False) -> Any:
        """What the server answers, read from JSON. A read that could not connect is tried once more.

        Raise `IndexUnavailable` when there is no answer, `IndexNotReady` when there is no such index, `Refusal` for whatever else is wrong
        with something that is written."""
        data = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        for is_last in (False, True) if is_read else (True,):
            try:
                answer = self._send(method, path, data, deadline)
            except requests.exceptions.Timeout:
                raise IndexUnavailable("The search server did not answer in time.") from None
            except requests.exceptions.RequestException as error:
                if is_last:
                    raise IndexUnavailable(f"The search server cannot be reached ({type(error).__name__}).") from None
            else:
                return _read(answer, is_read=is_read)
        raise AssertionError

    def _send(self, method: str, path: str, data: bytes | None, deadline: Deadline | None) -> requests.Response:
        seconds = WRITE_SECONDS if deadline is None else deadline.left()
        headers = {} if data is None else {"Content-Type": "application/json"}
        limits = (min(CONNECT_SECONDS, seconds) if deadline else CONNECT_SECONDS * 5, seconds)
        if self._process != os.getpid():
            self._session, self._process = self._new_session(), os.getpid()
        return self._session.request(method, f"{self._url}/{path}", data=data, headers=headers, timeout=limits)

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # no proxy, no netrc: what is set is what is asked
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=_POOL))
        session.headers.update({"Accept-Encoding": "identity", "User-Agent": "shared-directory"})
        if self._api_key:
            session.headers["Authorization"] = f"Bearer {self._api_key}"
        return session

    def client(self) -> Client:
        """The official client over this session, for what is not asked by every search."""
        client = Client(self._url)
        client.http = _Pooled(client.config, self)
        client.task_handler.http = client.http
        return client

    def close(self) -> None:
        self._session.close()


class Refusal(QuestionRefused):
    """The server answered that it will not; `code` is its word for why, `kind` says whose fault it holds it to be."""

    def __init__(self, message: str, code: str, status: int, kind: str = _ASKED_WRONGLY) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.kind = kind

    @property
    def is_of_what_was_sent(self) -> bool:
        """A fault of the server itself, as a full disk is one, says nothing of what it was sent."""
        return self.kind == _ASKED_WRONGLY


class _Pooled(HttpRequests):
    """The client's requests, sent by a connection."""

    def __init__(self, config: Config, connection: Connection) -> None:
        super().__init__(config)
        self._connection = connection

    def send_request(
        self,
        http_method: Callable[..., Any],
        path: str,
        body: Mapping[str, Any] | Sequence[Any] | str | float | None = None,
        content_type: str | None = None,
        *,
        serializer: type[json.JSONEncoder] | None = None,
    ) -> Any:
        del content_type, serializer  # everything that is sent here is JSON of plain values
        return self._connection.ask(http_method.__name__.upper(), path, body)


NOTHING_PUBLISHED = "Nothing has been published; build the index first."
_WRONG_KEY = "The search server does not accept the key it was given (directory index keys makes keys from its master key)."
_AUTHORIZATION = frozenset({"invalid_api_key", "missing_authorization_header"})
NOT_THERE = frozenset({"index_not_found"})
_BUSY = frozenset({429, 502, 503, 504})


def _read(answer: requests.Response, *, is_read: bool) -> Any:
    if answer.ok:
        try:
            return msgspec.json.decode(answer.content) if answer.content else None
        except msgspec.DecodeError:
            raise IndexUnavailable("The search server answers with something that cannot be read.") from None
    error = MeilisearchApiError(answer.reason, answer)
    code = str(error.code or "")
    if code in NOT_THERE:
        raise IndexNotReady(NOTHING_PUBLISHED)
    if code in _AUTHORIZATION:
        raise KeyRefused(_WRONG_KEY)
    if answer.status_code in _BUSY:
        raise IndexUnavailable(f"The search server answers with status {answer.status_code}.")
    if is_read:  # the server's own words repeat the question, which belongs into no log
        why = f"The search server refuses the question ({code or answer.status_code}); {NEEDED} or newer is needed."
        raise Refusal(why, code, answer.status_code, str(error.type))
    raise Refusal(str(error.message), code, answer.status_code, str(error.type))
