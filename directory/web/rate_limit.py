"""How often one sender may try, counted in memory: enough against guessing at one door, and nothing is kept of anybody.

Senders stand as a keyed hash of their address, for one window of time, in each web process for itself.
"""

import secrets
import threading
from collections import Counter
from hashlib import blake2b

from directory.domain.clock import Clock

MOST_SENDERS = 10_000


class RateLimit:
    """At most `most` tries of one sender in each window of `seconds`."""

    def __init__(self, most: int, seconds: int) -> None:
        self._most = most
        self._seconds = seconds
        self._key = secrets.token_bytes(32)
        self._window = 0
        self._tries: Counter[bytes] = Counter()
        self._lock = threading.Lock()

    def allows(self, sender: str, clock: Clock) -> bool:
        """Count a try; whether it may go on."""
        window = int(clock.now().timestamp()) // self._seconds
        who = blake2b(sender.encode(), key=self._key, digest_size=16).digest()
        with self._lock:
            if window != self._window or len(self._tries) > MOST_SENDERS:
                self._window = window
                self._tries.clear()
            self._tries[who] += 1
            return self._tries[who] <= self._most
