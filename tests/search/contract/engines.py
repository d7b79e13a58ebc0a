"""The engines that the contract is held against, each made fresh in a folder of its own.

To add an engine, add a function that gives it and its name to `ENGINES`; a missing server skips its tests in one line, with the reason.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from search_index.documents import ListingDocument
from search_index.embedded import TantivyEngine
from search_index.oracle import ScanEngine
from search_index.port import Put, SearchEngine
from tests.support.meilisearch import server_of_this_run

Maker = Callable[[Path], SearchEngine]


ENGINES: dict[str, Maker] = {
    "tantivy": TantivyEngine,
    "tantivy looking at few candidates": lambda folder: TantivyEngine(folder, most_candidates=2),
    "meilisearch": lambda folder: server_of_this_run().engine(),
    "meilisearch looking at few candidates": lambda folder: server_of_this_run().engine(most_candidates=2),
}
SERVERS = frozenset(name for name in ENGINES if name.startswith("meilisearch"))
"""Engines that are another process, in which building even a small corpus takes long."""


def named(*names: str) -> list[ParameterSet]:
    """Parameters for tests of these engines, each with the marker of what it needs."""
    return [pytest.param(name, marks=[pytest.mark.meilisearch] if name in SERVERS else []) for name in names]


EVERY = named(*ENGINES)
IN_PROCESS = named(*(name for name in ENGINES if name not in SERVERS))
ON_SERVERS = named(*(name for name in ENGINES if name in SERVERS))


@contextmanager
def fresh(maker: Maker) -> Iterator[SearchEngine]:
    """An engine that has nothing published yet."""
    with tempfile.TemporaryDirectory() as folder:
        engine = maker(Path(folder))
        try:
            yield engine
        finally:
            engine.close()


def puts(documents: Sequence[ListingDocument], version: int = 1) -> list[Put]:
    """The documents put by service, in order."""
    services = dict.fromkeys(document.service_id for document in documents)
    return [Put(service, version, tuple(each for each in documents if each.service_id == service)) for service in services]


def fill(engine: SearchEngine, documents: Sequence[ListingDocument]) -> None:
    """Publish exactly these documents."""
    rebuild = engine.begin_rebuild()
    rebuild.add(puts(documents))
    rebuild.publish()


def oracle(documents: Sequence[ListingDocument]) -> ScanEngine:
    engine = ScanEngine()
    fill(engine, documents)
    return engine
