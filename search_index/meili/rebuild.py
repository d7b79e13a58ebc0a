"""A new generation of an index in Meilisearch: an index of its own beside the published one, swapped with it in one step."""

import secrets
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from threading import RLock

from search_index.meili.connection import Connection, Refusal
from search_index.meili.contract import GENERATION, PART, contract, index_settings
from search_index.meili.encoding import beginning, part
from search_index.meili.tasks import Failure, Sending, Tasks, payloads
from search_index.meili.writing import Prepared, Writing, prepare
from search_index.port import Operation, Receipt
from search_index.synonyms import Synonyms

MOST_IN_FLIGHT = 2
"""Tasks that may wait in the queue: the next documents are made ready while the server works, and no more pile up."""

_WORDS_IN_PART = 5_000


class MeiliRebuild:
    """Filled by `add`, whose tasks may still be waiting when it returns. Changes that the same engine applies meanwhile reach both
    generations, and are not overwritten by older documents that the rebuild brings later."""

    def __init__(self, connection: Connection, index: str, synonyms: Synonyms, guard: RLock, on_end: Callable[[], None]) -> None:
        self.generation = f"{contract(synonyms)}-{secrets.token_hex(4)}"
        self._connection = connection
        self._index = index
        self._new = f"{index}_{self.generation}"
        self._synonyms = synonyms
        self._guard = guard
        self._on_end = on_end
        self._tasks = Tasks(connection)
        self._in_flight: deque[tuple[int, Sequence[Sending]]] = deque()
        self._words: set[str] = set()
        self._openings: set[str] = set()
        self._overtaken: dict[str, int] = {}
        self._untold: list[Failure] = []
        self._tasks.run("POST", "indexes", {"uid": self._new, "primaryKey": "id"})
        self._tasks.run("PATCH", f"indexes/{self._new}/settings", index_settings(synonyms))

    def add(self, operations: Iterable[Operation]) -> Receipt:
        """What was taken, and what was refused so far with the reason; without operations, everything before is waited for."""
        with self._guard:
            given = list(operations)
            prepared = prepare((operation for operation in given if self._is_fresh(operation)), self._synonyms)
            failures = [*self._untold, *(self._send(prepared) if given else self._settled(0))]
            self._untold.clear()
            return prepared.receipt(failures)

    def overtake(self, operations: Sequence[Operation]) -> tuple[Failure, ...]:
        """Take changes that are applied to the published generation now; those that are refused here."""
        with self._guard:
            self._untold += self._settled(0)
            prepared = prepare(operations, self._synonyms)
            self._learn(prepared)
            receipt = Writing(self._connection, self._tasks, self._new).write(prepared, ())
            self._overtaken.update((operation.service_id, operation.version) for operation in operations)
            return receipt.failed

    def publish(self) -> None:
        """Tell of all words, swap, then remove all generations but this and the one it replaces."""
        with self._guard:
            self._settled(0)
            self._tasks.done(self._tasks.begin_documents(self._new, [*self._parts(), beginning(self.generation, contract(self._synonyms))]))
            self._swap()
            self._on_end()

    def discard(self) -> None:
        with self._guard:
            self._in_flight.clear()
            self._on_end()
            self._tasks.run("DELETE", f"indexes/{self._new}")

    def _send(self, prepared: Prepared) -> list[Failure]:
        self._learn(prepared)
        failures: list[Failure] = []
        for batch in payloads(prepared.sendings):
            failures += self._settled(MOST_IN_FLIGHT - 1)
            documents = [document for sending in batch for document in sending.documents]
            if documents:
                self._in_flight.append((self._tasks.begin_documents(self._new, documents), batch))
        return failures

    def _settled(self, most: int) -> list[Failure]:
        """Wait until at most so many tasks are in flight; what turned out to be refused."""
        failures: list[Failure] = []
        while len(self._in_flight) > most:
            task, batch = self._in_flight.popleft()
            try:
                self._tasks.done(task)
            except Refusal as error:
                failures += self._tasks.halved(self._new, batch, error)
        return failures

    def _learn(self, prepared: Prepared) -> None:
        self._words |= prepared.words
        self._openings |= prepared.openings

    def _parts(self) -> list[dict[str, object]]:
        words = sorted(self._words)
        cut = [words[start : start + _WORDS_IN_PART] for start in range(0, len(words), _WORDS_IN_PART)] or [[]]
        return [part(number, some, self._openings if number == 1 else ()) for number, some in enumerate(cut, 1)]

    def _swap(self) -> None:
        names = index_names(self._connection, self._index)
        if self._index not in names:
            self._tasks.run("POST", "indexes", {"uid": self._index, "primaryKey": "id"})
        self._tasks.begin("POST", "swap-indexes", [{"indexes": [self._index, self._new]}])
        self._tasks.wait_until(self._is_published)
        for name in names - {self._index, self._new}:
            self._tasks.run("DELETE", f"indexes/{name}")

    def _is_published(self) -> bool:
        """A swap belongs to no index, and a key of some indexes does not see what becomes of it: so we look."""
        asked = {"filter": f"{PART} = 0", "fields": [GENERATION], "limit": 1}
        try:
            found = self._connection.ask("POST", f"indexes/{self._index}/documents/fetch", asked)["results"]
        except Refusal:  # what is there for the first time has no settings before the swap
            return False
        return [held[GENERATION] for held in found] == [self.generation]

    def _is_fresh(self, operation: Operation) -> bool:
        return operation.version >= self._overtaken.get(operation.service_id, operation.version)


def index_names(connection: Connection, index: str) -> set[str]:
    """The published index and its other generations, those that exist."""
    found = connection.ask("GET", "indexes?limit=10000")["results"]
    return {each["uid"] for each in found if each["uid"] == index or each["uid"].startswith(f"{index}_")}
