"""Calls that are waited for only so long, whatever keeps them: a server that is frozen, one that sends a byte a second, a name that is not
resolved. Limits of a socket are too weak for that: each read begins them anew."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Found = TypeVar("Found")

MOST_AT_ONCE = 32


class TooLate(Exception):
    """It has not come in time, or too many that were asked before have not come either."""


class _Call(Generic[Found]):
    def __init__(self, function: Callable[[], Found], on_end: Callable[[], None]) -> None:
        self._function = function
        self._on_end = on_end
        self._done = threading.Event()
        self._found: list[Found] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._found.append(self._function())
        except BaseException as error:  # told to whoever waits
            self._error = error
        finally:
            self._on_end()
            self._done.set()

    def result(self, seconds: float) -> Found:
        if not self._done.wait(seconds):
            raise TooLate
        if self._error is not None:
            raise self._error
        return self._found[0]


class Helpers:
    """Threads that wait in our place. What does not come in time is left to itself, and ends by its own limits; so many at once and no
    more."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._free = threading.BoundedSemaphore(most)

    def call(self, function: Callable[[], Found], seconds: float) -> Found:
        """What the function gives or raises. Raise `TooLate` when that takes longer than so many seconds; for none it is not begun."""
        if seconds <= 0:
            raise TooLate
        return self._begin(function).result(seconds)

    def leave(self, function: Callable[[], object]) -> None:
        """Have it done without waiting for it. Raise `TooLate`."""
        self._begin(function)

    def _begin(self, function: Callable[[], Found]) -> _Call[Found]:
        if not self._free.acquire(blocking=False):
            raise TooLate
        call = _Call(function, self._free.release)
        threading.Thread(target=call.run, name="asks-search-server", daemon=True).start()
        return call
