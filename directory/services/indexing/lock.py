"""One writer to a host's index at a time. The lock belongs to the process: the system frees it however the process ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from directory.domain.errors import Unavailable
from directory.services.parts import Parts


@contextmanager
def index_writer_lock(parts: Parts) -> Iterator[None]:
    """Hold the right to write this host's index. Raise `Unavailable` when another process holds it."""
    parts.settings.index_dir.mkdir(parents=True, exist_ok=True)
    with (parts.settings.index_dir / "dispatch.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable("Another process is writing the search index just now; try again when it has finished.") from None
        yield
