"""Two indexes in one: a server's answers, and while it does not, or not in time, one of this host that is kept in step as well.

Nobody waits for a server that has failed: it is tried again in the background, by somebody's search, when a pause is over, and that search
is answered by the other index like those before. All questions of one page share one patience (`patience`). What the other index answers
says so (`degraded`); it holds the same listings by the same rules, at most some moments older.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import monotonic
from typing import TypeVar

from search_index.breaker import Breaker
from search_index.helpers import Helpers, TooLate
from search_index.patience import patience_of_page
from search_index.port import (
    CannotSearch,
    IndexHealth,
    IndexNotReady,
    IndexUnavailable,
    Operation,
    QuestionRefused,
    Rebuild,
    Receipt,
    SearchEngine,
)
from search_index.query import SearchPage, ServiceQuery

LEAST_SECONDS = 0.05
"""With less than this left a page does not ask the server any more."""

FAIR_SECONDS = 0.3
"""A server that was given less than this has not failed if it did not answer."""

WELL_SECONDS = 0.4
"""A server that was away is asked again once it answers within this."""

_PROBE = ServiceQuery(per_page=1, snippets=False)
_LATE = "The search server did not answer in time."

Found = TypeVar("Found")
Tell = Callable[[str, str], None]
"""Told what happened ("degraded", "recovered", "refused") and why; never what was asked."""


def tell_nobody(what: str, why: str) -> None:
    """For those who watch nothing."""


class WithFallback:
    """A `SearchEngine`: `main` as long as it answers, else `fallback`. It writes to `main`; whoever keeps both in step writes to each by
    itself. Answers tell by which of the two names they were given (`answered_by`). `has_caught_up`: whether `main`, after it was away, has
    heard what the fallback has; until then it does not answer again, lest people lose sight of what they found a moment ago."""

    def __init__(
        self,
        main: SearchEngine,
        fallback: SearchEngine,
        *,
        names: tuple[str, str] = ("main", "fallback"),
        breaker: Breaker | None = None,
        clock: Callable[[], float] = monotonic,
        tell: Tell = tell_nobody,
        has_caught_up: Callable[[], bool] = lambda: True,
    ) -> None:
        self.main = main
        self.fallback = fallback
        self._names = names
        self._breaker = breaker or Breaker(clock)
        self._clock = clock
        self._tell = tell
        self._has_caught_up = has_caught_up
        self._helpers = Helpers()
        self._why: CannotSearch = IndexUnavailable(_LATE)
        self._last_health: IndexHealth | None = None

    @property
    def is_degraded(self) -> bool:
        """Whether the fallback answers, as far as this process knows."""
        return self._breaker.is_open

    def answering(self) -> tuple[str, ...]:
        """The names of those that may answer what is asked now: one, or either while it is not known whether the first will."""
        return self._names[1:] if self._breaker.is_open else self._names

    def search(self, query: ServiceQuery) -> SearchPage:
        if not self._breaker.is_open:
            try:
                return self._from_main(query)
            except CannotSearch as error:
                return self._from_fallback(query, error)
        self._try_main()
        try:
            return self._from_fallback(query, self._why)
        except CannotSearch:  # a server that may have come back is better than nothing
            return self._from_main(query)

    def health(self) -> IndexHealth:
        """That of `main`. While it is away it is not asked, and is said to be as it was when it failed."""
        if self._breaker.is_open and self._last_health is not None:
            self._try_main()
            return self._last_health
        try:
            found = self._patiently(self.main.health)
        except CannotSearch as error:
            found = self._health_without(error)
        self._last_health = found
        if not found.ready:
            self._failed(IndexNotReady(found.detail) if found.reachable else IndexUnavailable(found.detail))
        return found

    def apply(self, operations: Sequence[Operation]) -> Receipt:
        return self.main.apply(operations)

    def versions(self) -> Iterator[tuple[str, int]]:
        return self.main.versions()

    def edition(self) -> str:
        return self.main.edition()

    def begin_rebuild(self) -> Rebuild:
        return self.main.begin_rebuild()

    def close(self) -> None:
        self.main.close()
        self.fallback.close()

    def _from_main(self, query: ServiceQuery) -> SearchPage:
        """Raise `CannotSearch`, whatever it was that went wrong."""
        try:
            page = self._patiently(lambda: self.main.search(query))
        except QuestionRefused as error:
            self._refused(error)
            raise
        except CannotSearch:
            raise
        except Exception as error:  # an answer of a kind that nobody thought of
            self._refused(IndexUnavailable(f"The answer of the search server cannot be read ({type(error).__name__})."))
            raise IndexUnavailable("The answer of the search server cannot be read.") from error
        self._breaker.succeeded()
        return replace(page, answered_by=self._names[0])

    def _from_fallback(self, query: ServiceQuery, why: CannotSearch) -> SearchPage:
        """Raise what kept `main` from answering when neither answers."""
        try:
            page = self.fallback.search(query)
        except CannotSearch:
            raise why from None
        return replace(page, degraded=True, answered_by=self._names[1])

    def _patiently(self, function: Callable[[], Found]) -> Found:
        """Ask the server for as long as the page has patience. Raise `IndexUnavailable` when that is not long enough."""
        patience, began = patience_of_page(), self._clock()
        given = FAIR_SECONDS if patience is None else patience.left
        try:
            return function() if patience is None else self._helpers.call(function, given if given >= LEAST_SECONDS else 0.0)
        except TooLate:
            error: CannotSearch = IndexUnavailable(_LATE)
            if given >= FAIR_SECONDS and self._breaker.was_late():
                self._given_up(error)
        except CannotSearch as raised:
            error = raised
            if not isinstance(raised, QuestionRefused):
                self._failed(raised)
        finally:
            if patience is not None:
                patience.spend(self._clock() - began)
        raise error

    def _failed(self, error: CannotSearch) -> None:
        if self._breaker.failed():
            self._given_up(error)

    def _refused(self, error: CannotSearch) -> None:
        self._tell("refused", str(error))
        if self._breaker.refused():
            self._given_up(error)

    def _given_up(self, error: CannotSearch) -> None:
        self._know(error)
        self._tell("degraded", str(error))

    def _try_main(self) -> None:
        """See in the background whether the server is back, if it is time to and nobody else does."""
        if not self._breaker.takes_turn():
            return
        try:
            self._helpers.leave(self._probe)
        except TooLate:
            self._breaker.tried(well=False)

    def _probe(self) -> None:
        """What was slow the first time, since it is cold, may be quick the second."""
        well = False
        try:
            well = (self._is_quick() or self._is_quick()) and self._has_caught_up()
        except CannotSearch as error:
            self._know(error)
        finally:
            self._breaker.tried(well=well)
        if well:
            self._tell("recovered", "")

    def _is_quick(self) -> bool:
        began = self._clock()
        self.main.search(_PROBE)
        return self._clock() - began <= WELL_SECONDS

    def _know(self, error: CannotSearch) -> None:
        self._why, self._last_health = error, self._health_without(error)

    def _health_without(self, error: CannotSearch) -> IndexHealth:
        before = self._last_health
        engine, contract = (before.engine, before.contract) if before else (self._names[0], "")
        return IndexHealth(engine, False, None, contract, 0, 0, str(error), reachable=not isinstance(error, IndexUnavailable))
