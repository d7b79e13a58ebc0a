"""Throw-away servers for measuring, set as in production: what is written is on the disk."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.meilisearch import Server, free_port, started
from tests.support.postgresql import SharedServer

MASTER_KEY = "a key for measuring only"
_POSTGRESQL = ("listen_addresses=", "max_connections=60", "shared_buffers=256MB", "work_mem=32MB", "maintenance_work_mem=256MB", "jit=off")


@contextmanager
def postgresql(name: str = "bench") -> Iterator[tuple[str, int]]:
    """The address of a new database with the product's tables, and the server's process."""
    server = SharedServer(Path(tempfile.mkdtemp(prefix="directory-bench-")), os.getpid(), _POSTGRESQL)
    try:
        with server.clone(name) as address:
            yield address, server.process()
    finally:
        server.stop()


@contextmanager
def meilisearch(folder: Path, indexing_memory: str) -> Iterator[tuple[Server, int]]:
    """A server with its data below the folder, and its process."""
    server, process = started(folder, free_port(), MASTER_KEY, "--max-indexing-memory", indexing_memory)
    try:
        yield server, process.pid
    finally:
        process.kill()
        process.wait()
