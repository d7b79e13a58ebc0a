"""What our own code adds to the requests it sends to Meilisearch: each search, and then the same requests sent bare.

Bare means the very bytes that the search sent, one after the other over the same kept connections, with their answers read from JSON. What
a search takes longer is ours: making the question, reading rows, weighing and ordering them, putting hits together. It is asked as pages
ask: without snippets, which they cut from the listing itself.
"""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import requests

from search_index.meili import MeiliEngine
from search_index.query import ServiceQuery

_TURNS = 3


@dataclass(frozen=True, slots=True)
class Added:
    """Milliseconds, medians over the queries: the whole search, its requests sent bare, the difference, the difference in time of the
    processor, which others on the machine disturb less; and how many requests."""

    whole: float
    bare: float
    ours: float
    processor: float
    requests: float


class _Recording(requests.Session):
    """Remembers what is sent over it."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str, dict]] = []

    def request(self, method, url, **options):
        self.sent.append((method, url, options))
        return super().request(method, url, **options)


def added_to(engine: MeiliEngine, asked: Sequence[ServiceQuery]) -> Added:
    """Each query in turn whole and bare, several times; of each the fastest counts, which other work on the machine disturbed least."""
    session, rows = _watched(engine), []
    for query in (replace(each, snippets=False) for each in asked):
        wholes, bares = [], []
        for _ in range(_TURNS):
            session.sent.clear()
            wholes.append(_milliseconds(lambda query=query: engine.search(query)))
            sent = list(session.sent)
            bares.append(_milliseconds(lambda sent=sent: _send(session, sent)))
        (whole, busy), (bare, bare_busy) = (map(min, zip(*turns, strict=True)) for turns in (wholes, bares))
        rows.append((whole, bare, whole - bare, busy - bare_busy, len(sent)))
    return Added(*map(statistics.median, zip(*rows, strict=True)))


def _watched(engine: MeiliEngine) -> _Recording:
    """Puts a session that remembers under the engine, with the same connections and headers."""
    usual, session = engine._read._session, _Recording()
    session.adapters, session.headers, session.trust_env = usual.adapters, usual.headers, usual.trust_env
    engine._read._session = session
    return session


def _send(session: requests.Session, sent: Sequence[tuple[str, str, dict]]) -> None:
    for method, url, options in sent:
        requests.Session.request(session, method, url, **options).json()


def _milliseconds(work) -> tuple[float, float]:
    """By the clock, and of this thread on the processor."""
    start, busy = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - busy) * 1000
