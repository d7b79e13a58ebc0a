"""What a search reads: one unchanging view of one generation, renewed when something was committed or published."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from search_index import marks
from search_index.embedded import schema
from search_index.embedded.answers import Answers
from search_index.embedded.generations import Generations
from search_index.port import IndexNotReady
from search_index.query import OpenAt

if TYPE_CHECKING:
    from search_index.embedded.opening import Opening

_META = "meta.json"
_TRIES = 5
NOT_TO_BE_OPENED = "The published index cannot be opened; build it again."

Stamp = tuple[str, int, int, int]
Hits = Sequence[tuple[float, tantivy.DocAddress]]


@dataclass(frozen=True)
class Snapshot:
    """A searcher with what it is asked again and again: `circles`, `reached`, `openings` and `answers` depend on nothing but this view.
    `committed`: the number of the last commit, which only grows within a generation."""

    generation: str
    committed: int
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    zones: tuple[str, ...]
    services: int
    circles: dict[tuple[float, float, float], tuple[tantivy.Query, ...]] = field(default_factory=dict)
    reached: dict[frozenset[str], frozenset[tuple[int, int]]] = field(default_factory=dict)
    openings: "dict[OpenAt, Opening]" = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)

    @property
    def documents(self) -> int:
        return self.searcher.num_docs

    def best(self, query: tantivy.Query, limit: int) -> tuple[Hits, int]:
        """The best matches, at most `limit`, and how many there are."""
        found = self.searcher.search(query, limit=limit)
        return found.hits, found.count  # type: ignore[attr-defined]  # the stub forgets it

    def count(self, query: tantivy.Query) -> int:
        return self.best(query, 1)[1]

    def everything(self, query: tantivy.Query) -> list[tantivy.DocAddress]:
        """All matches, however many: for queries known to be narrow."""
        return [address for _, address in self.best(query, max(self.count(query), 1))[0]]

    def numbers(self, name: str, addresses: Sequence[tantivy.DocAddress]) -> list[int | float | bool | None]:
        return self.searcher.fast_field_values(name, list(addresses))


class Reader:
    """Gives the newest snapshot. Safe for many threads and, as nothing runs in the background, across forks."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._snapshot: Snapshot | None = None
        self._index: tantivy.Index | None = None

    def snapshot(self) -> Snapshot:
        """Raise `IndexNotReady` when nothing usable is published."""
        for _ in range(_TRIES):
            generation = self._generations.usable()
            try:
                return self._renewed(generation, self._generations.path(generation))
            except (FileNotFoundError, ValueError, OSError):
                # A publish removed the generation between reading its name and opening it: read the name again.
                self._forget()
        raise IndexNotReady(NOT_TO_BE_OPENED)

    def close(self) -> None:
        self._forget()

    def _forget(self) -> None:
        with self._lock:
            self._stamp, self._snapshot, self._index = None, None, None

    def _renewed(self, generation: str, path: Path) -> Snapshot:
        meta = (path / _META).stat()
        stamp = (generation, meta.st_ino, meta.st_mtime_ns, meta.st_size)
        with self._lock:
            if self._snapshot is not None and stamp == self._stamp:
                return self._snapshot
            if self._index is None or self._stamp is None or self._stamp[0] != generation:
                self._index = schema.open_index(str(path))
            self._index.reload()
            self._snapshot = _snapshot(generation, int(json.loads((path / _META).read_text())["opstamp"]), self._index)
            self._stamp = stamp
            return self._snapshot


def _snapshot(generation: str, committed: int, index: tantivy.Index) -> Snapshot:
    searcher = index.searcher()
    zones = tuple(zone for zone, _ in searcher.terms_with_prefix(schema.ZONE, ""))
    first = tantivy.Query.term_query(index.schema, schema.FLAG, marks.FIRST, "basic")
    unfinished = Snapshot(generation, committed, index.schema, searcher, zones, 0)
    return replace(unfinished, services=unfinished.count(first))
