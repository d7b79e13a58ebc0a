"""The clock of a demo, in which time can be let pass: the machine's own, so far ahead as a file in the data folder says. All processes read
the same file, so that sessions, links and deadlines agree. Where this is no demo, the file counts for nothing."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from directory.domain.clock import Clock

FILE = "demo-clock"
NONE = timedelta(0)


class DemoClock:
    """`is_demo` is asked whenever the file has changed."""

    def __init__(self, machine: Clock, folder: Path, is_demo: Callable[[], bool]) -> None:
        self._machine, self._path, self._is_demo = machine, folder / FILE, is_demo
        self._seen, self._ahead = 0, NONE

    def now(self) -> datetime:
        return self._machine.now() + self._read()

    def _read(self) -> timedelta:
        try:
            changed = self._path.stat().st_mtime_ns
        except OSError:
            self._seen, self._ahead = 0, NONE
            return NONE
        if changed != self._seen:
            self._ahead = read_ahead(self._path.parent) if self._is_demo() else NONE
            self._seen = changed
        return self._ahead


def read_ahead(folder: Path) -> timedelta:
    """How far ahead the demo in this folder is."""
    try:
        return timedelta(seconds=max(0, int((folder / FILE).read_text())))
    except (OSError, ValueError):
        return NONE


def write_ahead(folder: Path, ahead: timedelta) -> None:
    """Set it, in one step; nothing: back to the machine's own time."""
    path = folder / FILE
    if ahead <= NONE:
        path.unlink(missing_ok=True)
        return
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    beside.write_text(f"{int(ahead.total_seconds())}\n")
    beside.replace(path)
