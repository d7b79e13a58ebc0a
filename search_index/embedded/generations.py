"""Where the embedded index lies on disk.

A folder holds one folder per generation, named `<contract>-<random>`, and a file `current` with the name of the published one. Publishing
replaces that file in one step, so a reader sees the old generation or the new one, never a mixture. The generation before stays until the
next publish; whatever else lies about is left from builds that were not finished and goes too.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search_index.port import IndexNotReady, WriterBusy

_CURRENT = "current"
_LOCK = "writer.lock"


class Generations:
    """The folder of an index. Nothing is made on disk before something is written."""

    def __init__(self, folder: Path, contract: str) -> None:
        self.folder = folder
        self.contract = contract

    def current(self) -> str | None:
        """The published generation, whatever its contract; None when there is none."""
        try:
            name = (self.folder / _CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return name or None

    def usable(self) -> str:
        """The published generation, if this code can read it. Raise `IndexNotReady` otherwise."""
        name = self.current()
        if name is None:
            raise IndexNotReady("Nothing has been published; build the index first.")
        if not name.startswith(f"{self.contract}-"):
            raise IndexNotReady("The index was built by another version; build it again.")
        return name

    def path(self, generation: str) -> Path:
        return self.folder / generation

    def make(self) -> str:
        generation = f"{self.contract}-{secrets.token_hex(4)}"
        self.path(generation).mkdir(parents=True)
        return generation

    def publish(self, generation: str) -> None:
        """Swap the generation in, then remove all but it and the one it replaces."""
        before = self.current()
        self._sync(self.path(generation))
        beside = self.folder / f"{_CURRENT}.new"
        with beside.open("w", encoding="utf-8") as file:
            file.write(generation)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.folder / _CURRENT)
        self._sync(self.folder)
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name not in (generation, before):
                shutil.rmtree(folder, ignore_errors=True)

    def discard(self, generation: str) -> None:
        shutil.rmtree(self.path(generation), ignore_errors=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer; the system frees the lock when a process dies. Raise `WriterBusy` when another holds it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise WriterBusy("Another process is writing the search index; try again when it is done.") from None
            yield

    @staticmethod
    def _sync(folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
