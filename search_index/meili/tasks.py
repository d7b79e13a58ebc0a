"""Writing as Meilisearch does it: a request is put in a queue, and only a task that has succeeded has changed anything.

A batch whose task fails is halved and sent again, and so on, until what is left is the one service that cannot be written; it is reported
with the server's reason, and everything else is written.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from search_index.meili.connection import NOT_THERE, NOTHING_PUBLISHED, Connection, Refusal
from search_index.meili.encoding import Held
from search_index.port import IndexNotReady, IndexUnavailable

LONGEST_TASK_SECONDS = 900.0
LARGEST_PAYLOAD = 20_000_000
"""Bytes of documents in one task."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.25

_PROOF = {"id": "_proof"}
"""A document of nothing, which no question meets."""

Failure = tuple[str, str]
"""Service id and reason."""


@dataclass(frozen=True, slots=True)
class Sending:
    """The documents of one service, ready to be sent."""

    service_id: str
    documents: Sequence[Held]


class Tasks:
    """The queue of one server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._client = connection.client()

    def begin(self, method: str, path: str, body: object = None) -> int:
        """Put something in the queue; the number of its task."""
        return int(self._connection.ask(method, path, body)["taskUid"])

    def done(self, task: int) -> None:
        """Wait until the task has succeeded. Raise `Refusal` when it has failed, `IndexUnavailable` when it takes too long."""
        self.wait_until(lambda: self._has_succeeded(task))

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Look, at first often. Raise `IndexUnavailable` when it takes too long."""
        end, pause = monotonic() + LONGEST_TASK_SECONDS, _FIRST_PAUSE
        while not happened():
            if monotonic() > end:
                raise IndexUnavailable("The search server takes too long to write; what was sent is sent again later.")
            sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def _has_succeeded(self, task: int) -> bool:
        found = self._client.get_task(task)
        if found.status == "canceled":
            raise IndexUnavailable("Somebody cancelled what the search server was to write; it is sent again.")
        if found.status == "failed":
            error: dict[str, Any] = found.error or {}
            if error.get("code") in NOT_THERE:
                raise IndexNotReady(NOTHING_PUBLISHED)
            raise Refusal(str(error.get("message", "")), str(error.get("code", "")), 400, str(error.get("type", "")))
        return bool(found.status == "succeeded")

    def run(self, method: str, path: str, body: object = None) -> None:
        """Put something in the queue and wait until it has succeeded."""
        self.done(self.begin(method, path, body))

    def begin_documents(self, index: str, documents: Sequence[Held]) -> int:
        return self.begin("POST", f"indexes/{index}/documents?primaryKey=id", documents)

    def begin_deletion(self, index: str, keys: Sequence[str]) -> int:
        """Documents by their primary key: deleting by a filter would end the server's own batch."""
        return self.begin("POST", f"indexes/{index}/documents/delete-batch", list(keys))

    def halved(self, index: str, sendings: Sequence[Sending], error: Refusal) -> list[Failure]:
        """Send a failed batch again in halves; the services that cannot be written, with the reasons. Where the server says that the fault
        is its own, it must write something else first: raise `Refusal` when it does not, for then no service is to blame."""
        if not error.is_of_what_was_sent:
            self.done(self.begin_documents(index, [_PROOF]))
        if len(sendings) == 1:
            return [(sendings[0].service_id, f"The search server refuses it: {error}")]
        middle = len(sendings) // 2
        return [failure for half in (sendings[:middle], sendings[middle:]) for failure in self.sent(index, half)]

    def sent(self, index: str, sendings: Sequence[Sending]) -> list[Failure]:
        """Write the documents of services; those that cannot be written, with the reasons."""
        documents = [document for sending in sendings for document in sending.documents]
        if not documents:
            return []
        try:
            self.done(self.begin_documents(index, documents))
        except Refusal as error:
            return self.halved(index, sendings, error)
        return []


def payloads(sendings: Iterable[Sending], largest: int = LARGEST_PAYLOAD) -> Iterator[list[Sending]]:
    """Cut into batches that are not too large for one task; a single service is never cut."""
    batch: list[Sending] = []
    size = 0
    for sending in sendings:
        weight = len(json.dumps(sending.documents))
        if batch and size + weight > largest:
            yield batch
            batch, size = [], 0
        batch.append(sending)
        size += weight
    if batch:
        yield batch
