"""The engine for a region: a Meilisearch server that many hosts search and one dispatcher at a time writes to."""

import threading
from collections.abc import Iterator, Sequence

from search_index import marks
from search_index.meili import contract
from search_index.meili.connection import PAGE_SECONDS, Connection, Deadline, Refusal
from search_index.meili.encoding import beginning, edition_of
from search_index.meili.filters import flag
from search_index.meili.known import Knowledge, Known
from search_index.meili.reading import Reading, count_of
from search_index.meili.rebuild import MeiliRebuild
from search_index.meili.search import Search
from search_index.meili.tasks import Tasks
from search_index.meili.values import all_of, identifier_of
from search_index.meili.writing import Writing, news_of, prepare
from search_index.port import CannotSearch, IndexHealth, IndexUnavailable, Operation, Receipt, WriterBusy, WritingRefused
from search_index.query import SearchPage, ServiceQuery
from search_index.synonyms import Synonyms, shipped_synonyms

MOST_CANDIDATES = 1_000
"""How many places are measured for one search; when more match, the latest, nearest or best ranked of them are."""

_STATES_AT_ONCE = 5_000
_LONG_SECONDS = 30.0
_CLOSES_WITHIN_SECONDS = 5.0
_NOBODY = "_nobody"
"""The key of no document."""


class MeiliEngine:
    """A `SearchEngine` on the server at `url`, in the index of that name and others that begin with it. `search_key` reads; without a
    `write_key` nothing can be written. `patience`: seconds that one search may take. One writer at a time is for the caller to see to: the
    server takes from everybody."""

    def __init__(
        self,
        url: str,
        *,
        search_key: str,
        write_key: str = "",
        index: str = "services",
        synonyms: Synonyms | None = None,
        most_candidates: int = MOST_CANDIDATES,
        patience: float = PAGE_SECONDS,
    ) -> None:
        self._synonyms = shipped_synonyms() if synonyms is None else synonyms
        self._index = index
        self._contract = contract.contract(self._synonyms)
        self._read = Connection(url, search_key)
        self._write = Connection(url, write_key) if write_key else None
        self._knowledge = Knowledge(self._read, index, self._contract)
        self._most_candidates = most_candidates
        self._patience = patience
        self._writing = threading.RLock()
        self._rebuild: MeiliRebuild | None = None
        self._is_quiet = False

    def search(self, query: ServiceQuery) -> SearchPage:
        reading = self._reading(self._patience)
        return Search(reading, self._knowledge, query, self._synonyms, self._most_candidates).page()

    def apply(self, operations: Sequence[Operation]) -> Receipt:
        with self._writing:
            tasks, prepared = Tasks(self._writer()), prepare(operations, self._synonyms)
            try:
                known = self._published(tasks)
                self._is_quiet = False
                first = beginning(known.generation, self._contract)
                receipt = Writing(self._writer(), tasks, self._index).write(prepared, [first, *news_of(known, prepared)])
                refused = dict((*receipt.failed, *(self._rebuild.overtake(operations) if self._rebuild else ())))
            except Refusal as error:
                raise WritingRefused(f"The search server refuses to write ({error.code or error.status}).") from None
            self._is_quiet = True
            applied = tuple(service_id for service_id in receipt.applied if service_id not in refused)
            return Receipt(applied, tuple(refused.items()), edition_of(first))

    def _published(self, tasks: Tasks) -> Known:
        """What is published. Where this process has not written before, or was cut off, what was asked for by then is waited for: a queue
        may hold a swap of somebody who was killed, and what is read before it must not be written after it."""
        self._knowledge.forget()
        known = self._knowledge.current()
        if not self._is_quiet:
            tasks.done(tasks.begin_deletion(self._index, [_NOBODY]))
            self._knowledge.forget()
            known = self._knowledge.current()
        return known

    def edition(self) -> str:
        return self._knowledge.edition(Deadline.after(_LONG_SECONDS))

    def versions(self) -> Iterator[tuple[str, int]]:
        self._knowledge.current()
        offset = 0
        while True:
            fields, sort = [contract.SERVICE, contract.VERSION], [f"{contract.SERVICE}:asc"]
            first = all_of(flag(contract.PLACE), flag(marks.FIRST))
            some = self._reading(_LONG_SECONDS).fetch(first, fields, _STATES_AT_ONCE, sort, offset)
            yield from ((identifier_of(held[contract.SERVICE]), int(held[contract.VERSION])) for held in some)
            offset += len(some)
            if len(some) < _STATES_AT_ONCE:
                return

    def begin_rebuild(self) -> MeiliRebuild:
        """Raise `WriterBusy` when this engine rebuilds already."""
        with self._writing:
            if self._rebuild is not None:
                raise WriterBusy("The search index is being rebuilt already.")
            self._rebuild = MeiliRebuild(self._writer(), self._index, self._synonyms, self._writing, self._rebuild_ended)
            return self._rebuild

    def health(self) -> IndexHealth:
        try:
            reading = self._reading(self._patience)
            known = self._knowledge.current(reading.deadline)
            asked = [{"filter": flag(contract.PLACE)}, {"filter": flag(marks.FIRST)}]
            news, *counted = reading.several([self._knowledge.news_query(known), *asked])
            if self._knowledge.is_news(known, news):
                known = self._knowledge.current(reading.deadline)
        except CannotSearch as error:
            is_reachable = not isinstance(error, IndexUnavailable)
            return IndexHealth("meilisearch", False, None, self._contract, 0, 0, str(error), is_reachable)
        documents, services = map(count_of, counted)
        return IndexHealth("meilisearch", True, known.generation, self._contract, documents, services)

    def close(self) -> None:
        """A batch that the server is still busy with is not waited for long: whoever comes next sends it again."""
        is_free = self._writing.acquire(timeout=_CLOSES_WITHIN_SECONDS)
        try:
            if is_free and self._rebuild is not None:
                self._rebuild.discard()
            for connection in filter(None, (self._read, self._write)):
                connection.close()
        finally:
            if is_free:
                self._writing.release()

    def _reading(self, seconds: float) -> Reading:
        return Reading(self._read, self._index, Deadline.after(seconds))

    def _writer(self) -> Connection:
        if self._write is None:
            raise IndexUnavailable("MEILI_WRITE_KEY is not set: this process may only search.")
        return self._write

    def _rebuild_ended(self) -> None:
        self._rebuild = None
        self._knowledge.forget()
