"""How much memory processes have, from Linux's own books."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Memory:
    """In MB. `all`: with the files that are mapped, shared pages counted once; `own`: what the system cannot drop when memory is short."""

    all: float
    own: float


def memory_of(process: int, *, alone: bool = False) -> Memory:
    """Of a process and all those it started, or of it alone."""
    books = [_lines(Path(f"/proc/{each}/smaps_rollup")) for each in ([process] if alone else _family(process))]
    kept = (book.get("Pss_Anon", 0) + book.get("Pss_Shmem", 0) for book in books)
    return Memory(sum(book.get("Pss", 0) for book in books) / 1024, sum(kept) / 1024)


def most_memory_of(process: int) -> float:
    """The most that a process and those it started ever had, in MB, with the files that are mapped."""
    return sum(_lines(Path(f"/proc/{each}/status")).get("VmHWM", 0) for each in _family(process)) / 1024


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in _family(int(child)))]


def _lines(path: Path) -> dict[str, int]:
    """Kilobytes by name."""
    split = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {words[0].rstrip(":"): int(words[1]) for words in split if len(words) == 3 and words[2] == "kB"}
