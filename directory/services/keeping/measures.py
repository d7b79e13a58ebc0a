"""What is counted while people are served, in the form that Prometheus reads: how often and how long, never what, who or which address.

Several web processes count into one folder (`share_in`), and each of them answers for all. Without it, as in commands and tests, a process
counts for itself.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from directory.domain.errors import InvalidInput, Unavailable

if TYPE_CHECKING:  # read when the first thing is counted: commands count nothing
    from prometheus_client import CollectorRegistry, Counter, Histogram

SHARED = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Measures:
    """The counters of this process. `outcome` of a search: found, nothing, asked (which place?), wrong (could not be read), unavailable,
    failed."""

    @cached_property
    def registry(self) -> "CollectorRegistry":
        """Everything that was counted, by all processes that share a folder."""
        from prometheus_client import CollectorRegistry, multiprocess

        found = CollectorRegistry()
        if shared_folder() is not None:
            multiprocess.MultiProcessCollector(found)  # type: ignore[no-untyped-call]
        return found

    @cached_property
    def _own(self) -> "CollectorRegistry | None":
        """Where counters are registered: nowhere when the folder is what is read."""
        return None if shared_folder() is not None else self.registry

    @cached_property
    def _searches(self) -> "Counter":
        from prometheus_client import Counter

        return Counter("directory_searches", "Searches by outcome.", ("outcome", "degraded"), registry=self._own)

    @cached_property
    def _search_seconds(self) -> "Histogram":
        from prometheus_client import Histogram

        return Histogram("directory_search_seconds", "How long a search takes, hydrated.", registry=self._own, buckets=SECONDS)

    @cached_property
    def _answers(self) -> "Counter":
        from prometheus_client import Counter

        return Counter("directory_answers", "Answers by part of the site and kind of status.", ("part", "status"), registry=self._own)

    @cached_property
    def _answer_seconds(self) -> "Histogram":
        from prometheus_client import Histogram

        return Histogram("directory_answer_seconds", "How long an answer takes.", ("part",), registry=self._own, buckets=SECONDS)

    @contextmanager
    def search(self) -> Iterator["Search"]:
        """Count a search and how long it took. Whoever searches says what came of it."""
        found, began = Search(), time.perf_counter()
        try:
            yield found
        except InvalidInput:
            found.outcome = "wrong"
            raise
        except Unavailable:
            found.outcome = "unavailable"
            raise
        finally:
            self._searches.labels(found.outcome, str(found.degraded).lower()).inc()
            self._search_seconds.observe(time.perf_counter() - began)

    def answer(self, part: str, status: int, seconds: float) -> None:
        """Count an answer of a part of the site (a blueprint; "none" for an address that is none)."""
        self._answers.labels(part, f"{status // 100}xx").inc()
        self._answer_seconds.labels(part).observe(seconds)


class Search:
    """What came of one search."""

    def __init__(self) -> None:
        self.outcome, self.degraded = "failed", False

    def came_to(self, total: int, *, asked: bool, degraded: bool) -> None:
        self.outcome = "asked" if asked else "found" if total else "nothing"
        self.degraded = degraded


def shared_folder() -> Path | None:
    """The folder that processes count into together; None where each counts for itself."""
    found = os.environ.get(SHARED, "")
    return Path(found) if found else None


def share_in(folder: Path) -> None:
    """Count together with the other web processes, before anything is counted. What processes left that are all gone is begun anew: the
    sum must never shrink while one of them lives."""
    folder.mkdir(parents=True, exist_ok=True)
    left = list(folder.glob("*.db"))
    if not any(_lives(path) for path in left):
        for path in left:
            path.unlink(missing_ok=True)
    os.environ[SHARED] = str(folder)


def processes_in(folder: Path) -> list[int]:
    """The processes that count into a folder and live."""
    return sorted({int(path.stem.rpartition("_")[2]) for path in folder.glob("*.db") if _lives(path)})


def _lives(path: Path) -> bool:
    number = path.stem.rpartition("_")[2]
    return number.isdecimal() and Path(f"/proc/{number}").exists()
