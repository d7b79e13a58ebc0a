"""Whether to ask a server that has failed: not at every search, only now and then.

Closed: it is asked. Open: it is not, until a pause is over; then one who comes by takes the turn to try it, and the others go on without.
Each try that fails doubles the pause.
"""

import threading
from collections.abc import Callable
from time import monotonic

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 5.0
MOST_REFUSALS = 3
"""So many questions refused in a row mean that it is not the question."""

MOST_LATE = 2
"""So many answers in a row that did not come in time mean that it is not chance."""


class Breaker:
    """Safe for many threads. `clock`: seconds that only go forward."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._is_open = False
        self._is_trying = False
        self._pause = FIRST_PAUSE_SECONDS
        self._try_at = 0.0
        self._refusals = 0
        self._late = 0

    @property
    def is_open(self) -> bool:
        return self._is_open

    def succeeded(self) -> None:
        """A question was answered. What was asked before the server failed and comes in late closes nothing."""
        self._refusals = self._late = 0

    def failed(self) -> bool:
        """There was no answer; whether this is news."""
        with self._lock:
            if self._is_open:
                return False
            self._is_open, self._pause = True, FIRST_PAUSE_SECONDS
            self._try_at = self._clock() + self._pause
            return True

    def refused(self) -> bool:
        """There was an answer, but not to this question; whether the server is given up now."""
        with self._lock:
            self._refusals += 1
            is_enough = self._refusals >= MOST_REFUSALS
        return is_enough and self.failed()

    def was_late(self) -> bool:
        """An answer did not come in time; whether the server is given up now."""
        with self._lock:
            self._late += 1
            is_enough = self._late >= MOST_LATE
        return is_enough and self.failed()

    def takes_turn(self) -> bool:
        """Whether whoever asks is the one to try the server now; then it must tell `tried`."""
        with self._lock:
            if not self._is_open or self._is_trying or self._clock() < self._try_at:
                return False
            self._is_trying = True
            return True

    def tried(self, *, well: bool) -> None:
        """How the try went."""
        with self._lock:
            self._is_trying = False
            if well:
                self._is_open, self._refusals, self._late = False, 0, 0
            else:
                self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
                self._try_at = self._clock() + self._pause
