"""What a caller asks of an export, and what is told afterwards."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

FORMATS = ("hsds-json", "hsds-csv", "geojson", "csv")

Progress = Callable[[str, int, int], None]
"""Called with what is being written, how many are done, and out of how many."""


def no_progress(what: str, done: int, total: int) -> None:
    """For callers that want no word on the way."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """`path`: where it goes; a folder or a `.zip` for the HSDS forms, a file for the others. `stream` takes a file's text instead.
    `source`: only records of this feed; "" all. `address`: where the directory's pages are, for links ("https://example.org")."""

    format: str
    path: Path
    source: str = ""
    stream: IO[str] | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """`counts`: how many records of each kind were written."""

    format: str
    path: str
    counts: Mapping[str, int]
    seconds: float
    source: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "path": self.path,
            "source": self.source or None,
            "seconds": round(self.seconds, 3),
            "counts": dict(self.counts),
        }


def counted() -> Counter[str]:
    """A fresh count of what was written, by kind."""
    return Counter()
