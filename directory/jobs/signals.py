"""Stop when asked to, between two pieces of work and never inside one."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Wait = Callable[[float], bool]
"""Wait so many seconds; True when it is time to stop, which cuts the waiting short."""


@contextmanager
def until_stopped() -> Iterator[Wait]:
    """A way of waiting that ends with SIGTERM or SIGINT."""
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask_to_stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop.wait
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
