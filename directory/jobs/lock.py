"""One worker for each data folder. The lock belongs to the process: the system frees it however the process ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from directory.domain.errors import Unavailable


@contextmanager
def only_worker(folder: Path) -> Iterator[None]:
    """Be the worker of a data folder. Raise `Unavailable` when there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "worker.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(f"A worker is running already for the data folder {folder}; one is enough.") from None
        yield
