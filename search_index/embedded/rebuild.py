"""A new generation of the embedded index, filled beside the published one."""

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

from search_index.embedded import schema
from search_index.embedded.generations import Generations
from search_index.embedded.writing import BUILD_MEMORY, open_writer, write
from search_index.fields import stable_key
from search_index.port import Operation, Receipt
from search_index.synonyms import Synonyms


class TantivyRebuild:
    """Holds the lock of the folder until it is published or discarded: another process's changes wait, and are applied to the new
    generation afterwards. Changes that the same engine applies meanwhile reach both generations, and are not overwritten by older
    documents that the rebuild brings later."""

    def __init__(self, generations: Generations, synonyms: Synonyms, guard: threading.RLock, on_end: Callable[[], None]) -> None:
        self._generations = generations
        self._synonyms = synonyms
        self._guard = guard
        self._lock = ExitStack()
        self._lock.callback(on_end)
        self._lock.enter_context(generations.lock())
        self.generation = generations.make()
        self._open = ExitStack()
        index = schema.open_index(str(generations.path(self.generation)))
        self._writer = self._open.enter_context(open_writer(index, BUILD_MEMORY))
        self._seen: set[int] = set()
        self._overtaken: dict[str, int] = {}

    def add(self, operations: Iterable[Operation]) -> Receipt:
        """What was taken, and what was refused with the reason; nothing is findable before `publish`."""
        with self._guard:
            fresh = [operation for operation in operations if self._is_fresh(operation)]
            return write(self._writer, fresh, self._synonyms, self._replaces)

    def overtake(self, operations: Sequence[Operation]) -> None:
        """Take changes that are applied to the published generation now."""
        with self._guard:
            write(self._writer, operations, self._synonyms, self._replaces)
            self._overtaken.update((operation.service_id, operation.version) for operation in operations)

    def publish(self) -> None:
        with self._guard, self._lock:
            self._writer.commit()
            self._open.close()
            self._generations.publish(self.generation)

    def discard(self) -> None:
        with self._guard, self._lock:
            self._open.close()
            self._generations.discard(self.generation)

    def _replaces(self, service_id: str) -> bool:
        """Whether there may be documents of the service already: looking for what to delete is slow, and mostly there is nothing."""
        key = stable_key(service_id)
        known = key in self._seen
        self._seen.add(key)
        return known

    def _is_fresh(self, operation: Operation) -> bool:
        return operation.version >= self._overtaken.get(operation.service_id, operation.version)
