"""The port every engine stands behind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from search_index.documents import ListingDocument
from search_index.query import SearchPage, ServiceQuery


@dataclass(frozen=True, slots=True)
class Put:
    """The documents of one service at one version; they replace all documents of that service."""

    service_id: str
    version: int
    documents: tuple[ListingDocument, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """The service is no longer to be found."""

    service_id: str
    version: int


Operation = Put | Drop


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch. `applied`: service ids that are durable and findable now. `failed`: (service id, reason) of those refused.
    `edition`: that of the published index with this batch in it."""

    applied: tuple[str, ...]
    failed: tuple[tuple[str, str], ...] = ()
    edition: str = ""


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """`generation` names the published index; `contract` is the hash of settings and code version it was built under. An index that is not
    `reachable` is another machine's that gave no answer: whether it is ready is not known."""

    engine: str
    ready: bool
    generation: str | None
    contract: str
    documents: int
    services: int
    detail: str = ""
    reachable: bool = True


class Rebuild(Protocol):
    """A new generation being filled beside the published one."""

    generation: str

    def add(self, operations: Iterable[Operation]) -> Receipt:
        """What was taken, and what was refused with the reason; nothing is findable before `publish`. An engine may go on working when this
        returns and tell of refusals later: without operations, everything before is waited for and told."""

    def publish(self) -> None:
        """Make everything added durable, then swap it in atomically. The generation before it stays on disk until the next publish."""

    def discard(self) -> None: ...


class Searching(Protocol):
    """What can be searched. Safe from many processes and threads."""

    def search(self, query: ServiceQuery) -> SearchPage:
        """Raise `IndexNotReady` when nothing has been published, `IndexUnavailable` when there is no answer."""


class SearchEngine(Searching, Protocol):
    """An index that is searched by many and written by one process at a time (`WriterBusy` otherwise)."""

    def apply(self, operations: Sequence[Operation]) -> Receipt:
        """Durable when it returns; idempotent; in order. Raise `WriterBusy`, `IndexNotReady`."""

    def versions(self) -> Iterator[tuple[str, int]]:
        """(service id, version) of every service in the published index, in id order."""

    def edition(self) -> str:
        """A word of the published index that is another after each write; it begins with the generation and a stroke. An index that was put
        back from an older copy has an older one. Raise `IndexNotReady`, `IndexUnavailable`."""

    def begin_rebuild(self) -> Rebuild: ...

    def health(self) -> IndexHealth: ...

    def close(self) -> None: ...


class CannotSearch(RuntimeError):
    """There is no answer to be had from the index just now."""


class IndexUnavailable(CannotSearch):
    """The index is another machine's, and that does not answer or does not let us in."""


class QuestionRefused(IndexUnavailable):
    """The index is another machine's, and that answers, but not to this question."""


class WritingRefused(IndexUnavailable):
    """The index is another machine's, and that writes nothing just now, whatever it is: no service is to blame."""


class KeyRefused(IndexUnavailable):
    """The index is another machine's, and that does not know the key."""


class KeptByAnother(IndexUnavailable):
    """Another version of the program has built the index in its own form since this process began."""


class IndexNotReady(CannotSearch):
    """Nothing published, or published under another contract: a rebuild is needed."""


class WriterBusy(RuntimeError):
    """Another process holds the writer."""
