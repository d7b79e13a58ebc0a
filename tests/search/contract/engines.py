"""The engines that the contract is held against, each made fresh in a folder of its own.

To add an engine, add a function that gives it and its name to `ENGINES`; a missing server skips it in one line, with the reason.
"""

import importlib.util
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from search_index.documents import ListingDocument
from search_index.embedded import TantivyEngine
from search_index.oracle import ScanEngine
from search_index.port import Put, SearchEngine

Maker = Callable[[Path], SearchEngine]


def _meilisearch(folder: Path) -> SearchEngine:
    if importlib.util.find_spec("search_index.meili") is None:
        pytest.skip("There is no Meilisearch engine yet.")
    pytest.skip("No Meilisearch server is set up for these tests.")


ENGINES: dict[str, Maker] = {
    "tantivy": TantivyEngine,
    "tantivy looking at few candidates": lambda folder: TantivyEngine(folder, most_candidates=2),
    "meilisearch": _meilisearch,
}


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
