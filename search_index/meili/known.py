"""What a process knows of the published index: which generation it is, and all its words and openings.

Every search asks beside its own question what is new, so a process that has just started and one that has run for weeks know the same.
Words are only ever added; those that stand in no listing any more find nothing.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from search_index.meili import contract
from search_index.meili.connection import NOTHING_PUBLISHED, Connection, Deadline, Refusal
from search_index.meili.encoding import edition_of
from search_index.port import IndexNotReady
from search_index.vocabulary import Vocabulary

_AT_ONCE = 1_000
_MOST_NEWS = 20
_NO_SETTINGS = frozenset({"invalid_document_filter", "invalid_document_sort"})
"""What is answered of an index that was made and never got its settings: its builder was stopped in between."""

Held = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """One view of an index. `last` is the number of the newest part that has been read."""

    generation: str
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    openings: frozenset[str] = frozenset()
    last: int = 0

    def with_parts(self, parts: Iterable[Held]) -> "Known":
        words: set[str] = set()
        openings, last = set(self.openings), self.last
        for held in parts:
            if held[contract.PART] > 0:
                words.update(held[contract.WORDS].split())
                openings.update(held[contract.OPENINGS].split())
                last = max(last, held[contract.PART])
        return Known(self.generation, self.vocabulary.with_words(words), frozenset(openings), last)


class Knowledge:
    """Keeps the newest view of an index. Safe for many threads."""

    def __init__(self, connection: Connection, index: str, contract_hash: str) -> None:
        self._connection = connection
        self._index = index
        self._contract = contract_hash
        self._lock = threading.Lock()
        self._known: Known | None = None

    def current(self, deadline: Deadline | None = None) -> Known:
        """What is known, read from the index the first time. Raise `IndexNotReady` when it was built under another contract."""
        known = self._known
        if known is None:
            with self._lock:
                known = self._known = self._known or self._read(deadline)
        return known

    def news_query(self, known: Known) -> dict[str, Any]:
        """A search for what is newer, to be asked together with others."""
        return {
            "indexUid": self._index,
            "filter": f"{contract.PART} = 0 OR {contract.PART} > {known.last}",
            "limit": _MOST_NEWS,
            "attributesToRetrieve": [contract.PART, contract.WORDS, contract.OPENINGS, contract.GENERATION, contract.CONTRACT],
        }

    def is_news(self, known: Known, answer: Held) -> bool:
        """Whether the answer to `news_query` tells more than is known; then `current` gives a newer view."""
        parts = answer["hits"]
        generation = self._generation(parts)
        if generation == known.generation and len(parts) == 1:
            return False
        with self._lock:
            if generation != known.generation or len(parts) >= _MOST_NEWS:
                self._known = None
            elif self._known is known:
                self._known = known.with_parts(parts)
        return True

    def forget(self) -> None:
        with self._lock:
            self._known = None

    def _generation(self, parts: Iterable[Held]) -> str:
        return str(self._beginning(parts)[contract.GENERATION])

    def _beginning(self, parts: Iterable[Held]) -> Held:
        first = next((held for held in parts if held[contract.PART] == 0), None)
        if first is None:
            raise IndexNotReady(NOTHING_PUBLISHED)
        if first[contract.CONTRACT] != self._contract:
            raise IndexNotReady("The index was built by another version; build it again.")
        return first

    def edition(self, deadline: Deadline) -> str:
        """Read anew each time. Raise `IndexNotReady` as `current` does."""
        return edition_of(self._beginning(self._parts(f"{contract.PART} = 0", 0, deadline)))

    def _read(self, deadline: Deadline | None) -> Known:
        parts: list[Held] = []
        while True:
            some = self._parts(f"{contract.PART} >= 0", len(parts), deadline)
            parts.extend(some)
            if len(some) < _AT_ONCE:
                return Known(self._generation(parts)).with_parts(parts)

    def _parts(self, expression: str, offset: int, deadline: Deadline | None) -> list[Held]:
        asked = {"filter": expression, "limit": _AT_ONCE, "offset": offset, "sort": [f"{contract.PART}:asc"]}
        try:
            answer = self._connection.ask("POST", f"indexes/{self._index}/documents/fetch", asked, deadline=deadline, is_read=True)
        except Refusal as error:
            if error.code in _NO_SETTINGS:
                raise IndexNotReady(NOTHING_PUBLISHED) from None
            raise
        found: list[Held] = answer["results"]
        return found
