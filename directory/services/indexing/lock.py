"""One writer to an index at a time. The lock belongs to the process: the system frees it however the process ends.

An index in the data folder is one host's, and a file of that folder is its lock. An index on a server is written by one host of several
at a time: where they share a database server, that keeps the lock, for as long as the connection lives that took it.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import blake2b

from sqlalchemy import text

from directory.domain.errors import Unavailable
from directory.services.indexing.consumers import is_of_a_host
from directory.services.parts import Parts

_BUSY = "Another process is writing the search index just now; try again when it has finished."


@contextmanager
def index_writer_lock(parts: Parts) -> Iterator[None]:
    """Hold the right to write the index. Raise `Unavailable` when another process holds it."""
    with _lock_of_host(parts):
        if is_of_a_host(parts.consumer) or parts.database.engine.dialect.name != "postgresql":
            yield
            return
        with _lock_of_database(parts):
            yield


@contextmanager
def _lock_of_host(parts: Parts) -> Iterator[None]:
    parts.settings.index_dir.mkdir(parents=True, exist_ok=True)
    name = "dispatch.lock" if is_of_a_host(parts.consumer) else f"dispatch-{parts.consumer}.lock"
    with (parts.settings.index_dir / name).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(_BUSY) from None
        yield


@contextmanager
def _lock_of_database(parts: Parts) -> Iterator[None]:
    """An advisory lock of a connection of its own: a process that dies, or whose host does, loses the connection and with it the lock."""
    number = int.from_bytes(blake2b(f"index {parts.consumer}".encode(), digest_size=8).digest(), "big", signed=True)
    with parts.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}).scalar_one():
            raise Unavailable(_BUSY)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})


@contextmanager
def waiting_for_index(parts: Parts, seconds: float = 30.0) -> Iterator[None]:
    """Hold that right, waiting for a batch that is being written. Raise `Unavailable` when somebody holds it longer, as a rebuild does."""
    until = time.monotonic() + seconds
    while True:
        with ExitStack() as held:
            try:
                held.enter_context(index_writer_lock(parts))
            except Unavailable:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
                continue
            yield
            return
