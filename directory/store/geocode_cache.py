"""Answers of online geocoders, kept in a table: nothing is asked twice, by any process, now or next year."""

from collections.abc import Mapping
from typing import Any

from directory.domain.clock import Clock
from directory.store.session import Database
from directory.store.tables import GeocodeCache


class TableCache:
    """The cache that `gateways.geocode.online` asks for, over `geocode_cache`. Each answer is kept in a transaction of its own."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, provider: str, query: str) -> tuple[bool, Mapping[str, Any] | None]:
        """Whether the query was asked before, and the answer (None: the service knew no such place)."""
        with self._database.reading() as session:
            row = session.get(GeocodeCache, (provider, query))
            return row is not None, row.answer if row is not None else None

    def put(self, provider: str, query: str, answer: Mapping[str, Any] | None) -> None:
        """Keep an answer; one that another process kept meanwhile is replaced."""
        with self._database.writing() as session:
            kept = dict(answer) if answer is not None else None
            session.merge(GeocodeCache(provider=provider, query=query, answer=kept, fetched_at=self._clock.now()))
            session.commit()
