"""Of one search over the interface, how much the engine takes, how much reading the listings (hydration), and how much is all the rest.

    DATA_DIR=... [DATABASE_URL=... SEARCH_ENGINE=...] python -m tests.bench.find_parts [--searches 200]

One process, one search after the other, all different; then the same again, when listings that were shown are remembered. Milliseconds,
p50 and p99. The directory must be there; `python -m tests.bench.http_search` makes one and prints this too.
"""

import argparse
import math
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from directory.app import app_of, build_parts
from directory.gateways.logs import set_up_logs
from directory.settings import read_settings
from tests.bench.http_search import FACETS, different_queries

_PARTS = ("whole", "engine", "hydration")


class _Timed:
    """Something of the parts, of which one method is timed."""

    def __init__(self, timed: Any, method: str, name: str, spent: Counter[str]) -> None:
        self._timed, self._method, self._name, self._spent = timed, method, name, spent

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(self._timed, attribute)
        return self._watch(found) if attribute == self._method else found

    def _watch(self, work: Any) -> Any:
        def timed(*values: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return work(*values, **named)
            finally:
                self._spent[self._name] += time.perf_counter() - start

        return timed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--searches", type=int, default=200)
    options = parser.parse_args()
    spent: Counter[str] = Counter()
    settings = read_settings()
    set_up_logs(settings.log_level)
    parts = build_parts(settings, serving=True)
    search, listings = _Timed(parts.search, "search", "engine", spent), _Timed(parts.listings, "listed", "hydration", spent)
    client = app_of(replace(parts, search=search, listings=listings)).test_client()
    asked = [{**query, "facets": FACETS} for query in different_queries()[: options.searches]]
    client.get("/api/v1/search", query_string={"q": "warm"})
    print(f"{'one process, ms p50 | p99':31}" + "".join(f"{part:>18}" for part in _PARTS))
    for title in ("searches that are all different", "the same again"):
        figures, failed = {part: list[float]() for part in _PARTS}, 0
        for query in asked:
            spent.clear()
            start = time.perf_counter()
            answer = client.get("/api/v1/search", query_string=query)
            spent["whole"] = time.perf_counter() - start
            if answer.status_code != 200:
                failed += 1
                continue
            for part in _PARTS:
                figures[part].append(spent[part] * 1000)
        print(f"{title:31}" + "".join(f"{_told(figures[part]):>18}" for part in _PARTS) + f"   failed {failed}", flush=True)
    parts.search.close()
    parts.database.close()


def _told(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.1f} | {sorted(times)[math.ceil(len(times) * 0.99) - 1]:.1f}"


if __name__ == "__main__":
    main()
