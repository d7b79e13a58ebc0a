"""What was made from certain objects, remembered for as long as the very same objects come again.

Listings and answers of the index are remembered themselves, each under its version, so that for a search made again they are not only
equal but the same; whatever is made from them need not be made anew.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

Made = TypeVar("Made")


class IdentityMemory(Generic[Made]):
    """The last `size` things made. Safe between threads. Objects are kept along, so that none that comes later has their identity."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, tuple[Sequence[object], Made]] = OrderedDict()
        self._lock = threading.Lock()

    def made(self, objects: Sequence[object], beside: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gave for these objects and `beside` them, or gives now."""
        key = (tuple(map(id, objects)), beside)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept[1]
        value = make()
        with self._lock:
            self._kept[key] = (objects, value)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return value
