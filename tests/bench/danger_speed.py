"""What the look for danger adds to a search, in milliseconds: over the labelled queries of the tuning half, first look included and not.

Run `python -m tests.bench.danger_speed`. The promise is at most one millisecond.
"""

import csv
import statistics
import time
from pathlib import Path

from directory.domain.danger import LANGUAGES, dangers_in

QUERIES = Path(__file__).parent.parent / "meaning" / "queries" / "tuning.csv"
ROUNDS = 20


def timed(text: str) -> float:
    """Milliseconds of this thread for one text, so that other work on the machine does not count."""
    start = time.thread_time()
    dangers_in(text)
    return (time.thread_time() - start) * 1e3


def main() -> None:
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        texts = [row[language] for row in csv.DictReader(lines) for language in LANGUAGES]
    print(f"first look, lists read: {timed(texts[0]):8.1f} ms")
    print(f"each text for the first time: p50 {statistics.median(map(timed, texts)):.3f} ms")
    again = sorted(timed(text) for _ in range(ROUNDS) for text in texts)
    cuts = [again[int(len(again) * share)] for share in (0.5, 0.95, 0.99)]
    print(f"{len(again)} looks: p50 {cuts[0]:.3f}, p95 {cuts[1]:.3f}, p99 {cuts[2]:.3f} ms")
    print(f"the longest text, all of danger: {timed('he hits me and ' * 27):.3f} ms")


if __name__ == "__main__":
    main()
