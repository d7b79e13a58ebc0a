"""Where tests keep their files: in memory where there is plenty of it, since waiting for a disk was half of a run.

Thousands of tests make a database each, and a disk takes its time for every one. Whoever sets `TMPDIR` chooses the place instead.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
PLENTY_BYTES = 6 * 2**30
"""Databases, servers' files and indexes of a whole run hold a gigabyte at a time; the rest is for the tests themselves."""


def scratch(memory: Path = MEMORY, plenty: int = PLENTY_BYTES) -> Path | None:
    """A folder in memory with plenty of room, or None for the usual one on a disk."""
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK | os.X_OK):
        return None
    return memory if shutil.disk_usage(memory).free >= plenty else None


def keep_files_in_memory() -> None:
    """For this process and those it starts, before anybody has asked where temporary files belong."""
    folder = scratch()
    if folder is not None:
        os.environ["TMPDIR"] = str(folder)
        tempfile.tempdir = None


def keep_bytecode() -> None:
    """What Python compiled is kept beside the code, whoever starts the tests likes it or not: dozens of tests start processes of their own,
    and each would compile the whole project again, a second long."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
