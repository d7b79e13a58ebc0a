"""The engines that are measured beside each other, each behind the same few doors."""

import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from search_index.documents import ListingDocument
from search_index.embedded import TantivyEngine
from search_index.meili import MeiliEngine
from search_index.port import Put, SearchEngine
from search_index.query import Hit, SearchPage, ServiceQuery
from tests.bench.memory import most_memory_of
from tests.bench.search_fts5 import Fts5
from tests.bench.search_postgresql import PostgresText
from tests.bench.servers import MASTER_KEY, meilisearch, postgresql

Service = tuple[ListingDocument, ...]


class Contender(ABC):
    """`server`: the process beside this one that searches, if there is one."""

    server: int | None = None

    @abstractmethod
    def version(self) -> str: ...

    @abstractmethod
    def building(self) -> Iterator[Callable[[Sequence[Service]], object]]:
        """Build everything: gives once what takes a batch; what is left to do is done when it is asked for another."""

    @abstractmethod
    def open(self) -> None:
        """Anew, with nothing remembered."""

    @abstractmethod
    def search(self, query: ServiceQuery) -> SearchPage: ...

    @abstractmethod
    def change(self, services: Sequence[Service], version: int) -> None:
        """Put services in place of what was there; they are found when this returns."""

    @abstractmethod
    def megabytes(self) -> float:
        """On disk."""

    def most_memory(self) -> float:
        """The most that the process which builds has had so far, in MB."""
        return most_memory_of(self.server or os.getpid())

    @abstractmethod
    def close(self) -> None: ...


class _Engine(Contender):
    """One of the product's engines."""

    engine: SearchEngine

    def building(self) -> Iterator[Callable[[Sequence[Service]], object]]:
        rebuild = self.engine.begin_rebuild()
        yield lambda batch: rebuild.add([Put(each[0].service_id, 1, each) for each in batch])
        rebuild.add(())
        rebuild.publish()

    def search(self, query: ServiceQuery) -> SearchPage:
        return self.engine.search(query)

    def change(self, services: Sequence[Service], version: int) -> None:
        self.engine.apply([Put(each[0].service_id, version, each) for each in services])
        self.engine.search(ServiceQuery(services[0][0].name, per_page=1))

    def close(self) -> None:
        self.engine.close()


class Tantivy(_Engine):
    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tantivy"
        self.engine = TantivyEngine(self._folder)

    def version(self) -> str:
        return version("tantivy")

    def open(self) -> None:
        self.engine.close()
        self.engine = TantivyEngine(self._folder)

    def megabytes(self) -> float:
        return _on_disk(self._folder)


class Meilisearch(_Engine):
    engine: MeiliEngine

    def __init__(self, url: str, says: str, server: int, folder: Path) -> None:
        self._url, self._says, self.server, self._folder = url, says, server, folder
        self.engine = self._new()

    def version(self) -> str:
        return self._says

    def open(self) -> None:
        self.engine.close()
        self.engine = self._new()

    def _new(self) -> MeiliEngine:
        return MeiliEngine(self._url, search_key=MASTER_KEY, write_key=MASTER_KEY, index="bench", patience=60)

    def megabytes(self) -> float:
        return _on_disk(self._folder)


class _Baseline(Contender):
    """A yardstick, which says nothing but which services and how many."""

    table: Fts5 | PostgresText

    def search(self, query: ServiceQuery) -> SearchPage:
        ids, total = self.table.search(query)
        return SearchPage(tuple(Hit(each, each, 0.0) for each in ids), total)

    def change(self, services: Sequence[Service], version: int) -> None:
        self.table.replace(services)


class SqliteText(_Baseline):
    table: Fts5

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts5.sqlite"
        self.table = Fts5(self._path)

    def version(self) -> str:
        return sqlite3.sqlite_version

    def building(self) -> Iterator[Callable[[Sequence[Service]], object]]:
        yield lambda batch: self.table.put(_places(batch))

    def open(self) -> None:
        self.table = Fts5(self._path)
        self.table.ready()

    def megabytes(self) -> float:
        return _on_disk(self._path.parent)

    def close(self) -> None:
        pass


class PostgresqlText(_Baseline):
    table: PostgresText

    def __init__(self, address: str, server: int) -> None:
        self._address, self.server = address.replace("+psycopg", ""), server
        self.table = PostgresText(self._address)

    def version(self) -> str:
        return self.table.version()

    def building(self) -> Iterator[Callable[[Sequence[Service]], object]]:
        self.table.make()
        yield lambda batch: self.table.load(list(_places(batch)))
        self.table.index()

    def open(self) -> None:
        self.table.close()
        self.table = PostgresText(self._address)
        self.table.ready()

    def megabytes(self) -> float:
        return self.table.size() / 1e6

    def close(self) -> None:
        self.table.close()


@contextmanager
def _tantivy(folder: Path, _memory: str) -> Iterator[Contender]:
    yield Tantivy(folder)


@contextmanager
def _fts5(folder: Path, _memory: str) -> Iterator[Contender]:
    (folder / "fts5").mkdir()
    yield SqliteText(folder / "fts5")


@contextmanager
def _meilisearch(folder: Path, memory: str) -> Iterator[Contender]:
    with meilisearch(folder / "meilisearch", memory) as (server, process):
        yield Meilisearch(server.url, server.version(), process, folder / "meilisearch" / "data")


@contextmanager
def _postgresql(_folder: Path, _memory: str) -> Iterator[Contender]:
    with postgresql() as (address, process):
        yield PostgresqlText(address, process)


CONTENDERS = {"tantivy": _tantivy, "meilisearch": _meilisearch, "postgresql": _postgresql, "fts5": _fts5}
"""Name -> what gives the engine, ready to be built, in a folder; the text says how much memory Meilisearch may use for indexing."""


def _places(batch: Iterable[Service]) -> Iterator[ListingDocument]:
    return (document for service in batch for document in service)


def _on_disk(folder: Path) -> float:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 1e6
