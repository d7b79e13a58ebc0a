"""What is read back of candidates, by column: a search may have a thousand of them, so nothing is made for each."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.blend import Floats
from search_index.geo import Integers
from search_index.meili.contract import ROW, ROW_WORDS
from search_index.meili.encoding import SPOKEN_OF

_COLUMNS = 7


class Rows:
    """Documents as they were read, with their rows as `encoding` wrote them. `services` and `turns` are stable keys, of the service and of
    the document; `speaks_of` has a bit for each of `SPOKEN_OF`, and `SOMEWHERE`; a place that has no point is at not-a-number."""

    def __init__(self, held: Iterable[Mapping[str, Any]] = ()) -> None:
        self.held = list(held)
        columns: Iterable[tuple[Any, ...]] = zip(*(each[ROW] for each in self.held), strict=True) if self.held else [()] * _COLUMNS
        self.document_ids, self._services, self._turns, self._latitudes, self._longitudes, self._verified, self._speaks_of = columns

    def __len__(self) -> int:
        return len(self.held)

    def followed_by(self, others: "Rows") -> "Rows":
        return Rows((*self.held, *others.held)) if self.held and others.held else self if self.held else others

    def each_once(self) -> "Rows":
        return Rows(dict(zip(self.document_ids, self.held, strict=True)).values())

    def only(self, places: Iterable[int]) -> "Rows":
        return Rows(self.held[place] for place in places)

    @cached_property
    def services(self) -> NDArray[np.uint64]:
        return np.array(self._services, dtype=np.uint64)

    @cached_property
    def different_services(self) -> int:
        return len(set(self._services))

    def turns(self, places: Iterable[int]) -> NDArray[np.uint64]:
        return np.array([self._turns[place] for place in places], dtype=np.uint64)

    def verified(self, places: Iterable[int]) -> Integers:
        return np.array([self._verified[place] for place in places], dtype=np.int64)

    @property
    def latitudes(self) -> Floats:
        return np.array(self._latitudes, dtype=np.float64)  # None is not-a-number here

    @property
    def longitudes(self) -> Floats:
        return np.array(self._longitudes, dtype=np.float64)

    @cached_property
    def speaks_of(self) -> Integers:
        return np.array(self._speaks_of, dtype=np.int64)

    @property
    def words(self) -> Sequence[str]:
        """Where they were read: the tokens and phrases of each field of `contract.TELLING`, in order, with spaces between and around."""
        return [each[ROW_WORDS] for each in self.held]

    def silent(self, place: int) -> tuple[str, ...]:
        """The soft facets that one says nothing of."""
        return tuple(name for bit, name in enumerate(SPOKEN_OF) if not self._speaks_of[place] >> bit & 1)
