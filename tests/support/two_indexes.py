"""An installation that searches a Meilisearch server of its own, with the host's own index in reserve; and the harm that can be done."""

import os
import secrets
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from directory.services.parts import KeptIndex, Parts
from search_index.breaker import Breaker
from search_index.embedded import TantivyEngine
from search_index.fallback import WithFallback
from search_index.meili import MeiliEngine
from search_index.meili.keys import make_keys
from search_index.port import IndexHealth
from search_index.query import SearchPage, ServiceQuery
from tests.support.meilisearch import NoServer, Server, free_port, started

OWN = "embedded"
SERVER = "meilisearch"
UNTIL_SECONDS = 30.0


class Leaps:
    """The clock of a breaker: it goes as clocks do, and leaps over pauses when it is told to."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return monotonic() + self.ahead


@dataclass
class OwnServer:
    """A server that may be stopped, frozen and emptied, since nobody else uses it."""

    folder: Path
    port: int = field(default_factory=free_port)
    master_key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    index: str = "services"
    server: Server | None = None
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.server, self.process = started(self.folder, self.port, self.master_key)

    def engine(self, **options: Any) -> MeiliEngine:
        keys = make_keys(self.url, self.master_key, self.index)
        return MeiliEngine(self.url, search_key=keys.search, write_key=keys.write, index=self.index, **options)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        assert self.server is not None
        return self.server.ask(method, path, body)

    def freeze(self) -> None:
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._send(signal.SIGCONT)

    def kill(self) -> None:
        if self.process is not None:
            self._send(signal.SIGCONT)
            self.process.kill()
            self.process.wait()
            self.process = None

    def _send(self, number: signal.Signals) -> None:
        assert self.process is not None
        os.kill(self.process.pid, number)


@contextmanager
def own_server(folder: Path) -> Iterator[OwnServer]:
    """Skips the test where there is no program."""
    made = OwnServer(folder)
    try:
        made.start()
    except NoServer as error:
        pytest.skip(str(error))
    try:
        yield made
    finally:
        made.kill()


class Timed(WithFallback):
    """Knows how long it was waited for."""

    waited = 0.0

    def search(self, query: ServiceQuery) -> SearchPage:
        began = monotonic()
        try:
            return super().search(query)
        finally:
            self.waited += monotonic() - began

    def health(self) -> IndexHealth:
        began = monotonic()
        try:
            return super().health()
        finally:
            self.waited += monotonic() - began


def with_both(parts: Parts, server: MeiliEngine, clock: Callable[[], float] = monotonic) -> Parts:
    """The parts of one index as parts of two: that of the server, and theirs in reserve."""
    own = TantivyEngine(parts.settings.index_dir)
    search = Timed(server, own, names=(SERVER, OWN), breaker=Breaker(clock))
    return replace(parts, search=search, consumer=SERVER, indexes=(KeptIndex(SERVER, server), KeptIndex(OWN, own)))


def until(happened: Callable[[], bool], seconds: float = UNTIL_SECONDS) -> None:
    """Look again and again. Fails when it takes too long."""
    end = monotonic() + seconds
    while not happened():
        assert monotonic() < end, "it has not happened"
        threading.Event().wait(0.02)
