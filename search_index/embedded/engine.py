"""The embedded engine: tantivy in process, one folder on a local disk, nothing to install or to run beside."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import tantivy

from search_index.embedded import schema
from search_index.embedded.generations import Generations
from search_index.embedded.rebuild import TantivyRebuild
from search_index.embedded.search import Search
from search_index.embedded.snapshot import NOT_TO_BE_OPENED, Reader
from search_index.embedded.states import states
from search_index.embedded.writing import APPLY_MEMORY, open_writer, write
from search_index.port import IndexHealth, IndexNotReady, Operation, Receipt, WriterBusy
from search_index.query import SearchPage, ServiceQuery
from search_index.synonyms import Synonyms, shipped_synonyms

MOST_CANDIDATES = 12_000
"""How many places are measured for one search; when more match, the nearest or latest of them are found in other ways."""


class TantivyEngine:
    """A `SearchEngine` in the folder `path`. Searching: any number of processes and threads. Writing: one at a time, by a lock on the
    folder that is held only while something is written, or from `begin_rebuild` until it is published or discarded."""

    def __init__(self, path: Path, *, synonyms: Synonyms | None = None, most_candidates: int = MOST_CANDIDATES) -> None:
        self._synonyms = shipped_synonyms() if synonyms is None else synonyms
        self._generations = Generations(Path(path), schema.contract(self._synonyms))
        self._reader = Reader(self._generations)
        self._most_candidates = most_candidates
        self._writing = threading.RLock()
        self._rebuild: TantivyRebuild | None = None

    def search(self, query: ServiceQuery) -> SearchPage:
        snapshot = self._reader.snapshot()
        return snapshot.answers.answer(query, Search(snapshot, query, self._synonyms, self._most_candidates).page)

    def apply(self, operations: Sequence[Operation]) -> Receipt:
        with self._writing, ExitStack() as stack:
            if self._rebuild is None:
                stack.enter_context(self._generations.lock())
            generation = self._generations.usable()
            writer = stack.enter_context(open_writer(self._opened(generation), APPLY_MEMORY))
            receipt = write(writer, operations, self._synonyms)
            committed = writer.commit()
            if self._rebuild is not None:
                self._rebuild.overtake(operations)
            return replace(receipt, edition=f"{generation}/{committed}")

    def edition(self) -> str:
        snapshot = self._reader.snapshot()
        return f"{snapshot.generation}/{snapshot.committed}"

    def versions(self) -> Iterator[tuple[str, int]]:
        return states(self._reader.snapshot())

    def begin_rebuild(self) -> TantivyRebuild:
        """Raise `WriterBusy` when anything else is writing, be it another rebuild of this engine."""
        with self._writing:
            if self._rebuild is not None:
                raise WriterBusy("The search index is being rebuilt already.")
            self._rebuild = TantivyRebuild(self._generations, self._synonyms, self._writing, self._rebuild_ended)
            return self._rebuild

    def health(self) -> IndexHealth:
        try:
            snapshot = self._reader.snapshot()
        except IndexNotReady as not_ready:
            generation = self._generations.current()
            return IndexHealth("tantivy", False, generation, self._generations.contract, 0, 0, str(not_ready))
        contract = self._generations.contract
        return IndexHealth("tantivy", True, snapshot.generation, contract, snapshot.documents, snapshot.services)

    def close(self) -> None:
        with self._writing:
            if self._rebuild is not None:
                self._rebuild.discard()
            self._reader.close()

    def _opened(self, generation: str) -> tantivy.Index:
        """Files that are lost or broken are no fault of what is to be written: the index must be built anew."""
        try:
            return schema.open_index(str(self._generations.path(generation)))
        except (OSError, ValueError):
            raise IndexNotReady(NOT_TO_BE_OPENED) from None

    def _rebuild_ended(self) -> None:
        self._rebuild = None
