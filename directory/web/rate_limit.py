"""How often one sender may fail, counted in memory: enough against guessing at one door, and nothing is kept of anybody.

Senders stand as a keyed hash of their address, for one window of time, in each web process for itself.
"""

import secrets
import threading
from collections import Counter
from hashlib import blake2b

from directory.domain.clock import Clock

MOST_SENDERS = 10_000


class RateLimit:
    """At most `most` failures of one sender in each window of `seconds`. What succeeds is no guess, and counts for nothing."""

    def __init__(self, most: int, seconds: int) -> None:
        self._most = most
        self._seconds = seconds
        self._key = secrets.token_bytes(32)
        self._window = 0
        self._failures: Counter[bytes] = Counter()
        self._lock = threading.Lock()

    def allows(self, sender: str, clock: Clock) -> bool:
        """Whether a sender may try."""
        with self._lock:
            self._begin_window(clock)
            return self._failures[self._hash(sender)] < self._most

    def count_failure(self, sender: str, clock: Clock) -> None:
        with self._lock:
            self._begin_window(clock)
            self._failures[self._hash(sender)] += 1

    def _begin_window(self, clock: Clock) -> None:
        window = int(clock.now().timestamp()) // self._seconds
        if window != self._window or len(self._failures) > MOST_SENDERS:
            self._window = window
            self._failures.clear()

    def _hash(self, sender: str) -> bytes:
        return blake2b(sender.encode(), key=self._key, digest_size=16).digest()
