"""Measure search engines beside each other: same services, same questions, same run, on one processor (`--cores`: on others).

    python -m tests.bench.search_engines --services 100000 --seed 7

The embedded engine (tantivy), Meilisearch and PostgreSQL's own full text, each in a process of its own with a throw-away server where it
has one, one after the other; `--engines` chooses, also `fts5`, SQLite's. Prints building, size, memory and how long a change takes to be
found; milliseconds (p50 and p99) of whole calls by kind of search with their ratio to the first engine; how many of its first ten results
another has too, and how often exact totals are the same; how well known items are found again; and what our own code adds to the bare
requests to Meilisearch. Ratios hold where absolute figures do not: compare those. Services are made as they are needed, never kept.
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.circumstances import circumstances
from tests.bench.search_contenders import CONTENDERS
from tests.bench.search_measured import Figures, measured

USUAL = ("tantivy", "meilisearch", "postgresql")
_NAME = 34
_COLUMN = 26


def main() -> None:
    options = _options()
    os.sched_setaffinity(0, options.cores)
    if options.measure:
        print(json.dumps(measured(options.measure, Path(options.folder), options)))
        return
    print(f"{options.services} services, seed {options.seed}, {options.each} queries of each kind, processors {options.cores}, ", end="")
    print(f"{circumstances()}, Python {sys.version.split()[0]}, Meilisearch may use {options.indexing_memory} for indexing")
    figures = {}
    for engine in options.engines:
        figures[engine] = _measured_apart(engine, options)
        if options.json:
            Path(options.json).write_text(json.dumps(figures))
    tell(figures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--services", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--engines", nargs="+", choices=CONTENDERS, default=USUAL)
    parser.add_argument("--passes", type=int, default=2, help="how often each query is asked; the fastest counts")
    parser.add_argument("--each", type=int, default=60, help="queries of each kind")
    parser.add_argument("--cores", type=int, nargs="+", default=[max(os.sched_getaffinity(0))], help="processors to use, servers included")
    parser.add_argument("--indexing-memory", default="256MiB", help="what Meilisearch may use for indexing, which it clears for each batch")
    parser.add_argument("--json", help="file for everything that was measured")
    parser.add_argument("--measure", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured_apart(engine: str, options: argparse.Namespace) -> Figures:
    """Measure in a process of its own, in a folder that goes afterwards."""
    folder, start = tempfile.mkdtemp(prefix="search-bench-"), time.monotonic()
    try:
        command = [sys.executable, "-m", "tests.bench.search_engines", *sys.argv[1:], "--measure", engine, "--folder", folder]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{engine}: measured in {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    return json.loads(answer)


def tell(figures: dict[str, Figures]) -> None:
    _head("", [f"{name} {each['version']}" for name, each in figures.items()])
    for title, value in _OF_THE_WHOLE.items():
        _line(title, [f"{value(each):.1f}" for each in figures.values()])
    first = next(iter(figures))
    _head("p50 | p99 ms", [name if name == first else f"{name} (x {first})" for name in figures])
    for kind in figures[first]["kinds"]:
        _line(kind, _times([each["kinds"][kind]["ms"] for each in figures.values()]))
    if len(figures) > 1:
        others = {name: each for name, each in figures.items() if name != first}
        _head("first ten shared, equal totals", list(others))
        for kind, ours in figures[first]["kinds"].items():
            _line(kind, [_likeness(ours, each["kinds"][kind]) for each in others.values()])
    _head("known: among 20, reciprocal rank", list(figures))
    for spelling in figures[first]["known"]:
        _line(spelling, [_found_again(each["known"][spelling]) for each in figures.values()])
    _tell_added(figures)


_OF_THE_WHOLE: dict[str, Callable[[Figures], float]] = {
    "seconds to build": lambda each: each["build"],
    "MB on disk": lambda each: each["disk"],
    "MB at most while building": lambda each: each["most_memory"],
    "MB of the process that asks": lambda each: each["memory"]["process"]["all"],
    "  of the process not files": lambda each: each["memory"]["process"]["own"],
    "MB of the server": lambda each: each["memory"].get("server", {}).get("all", 0),
    "  of the server not files": lambda each: each["memory"].get("server", {}).get("own", 0),
    "ms until one change is found": lambda each: each["changes"]["1"] * 1000,
    "ms until 100 changes are": lambda each: each["changes"]["100"] * 1000,
    "ms until 1,000 changes are": lambda each: each["changes"]["1000"] * 1000,
}


def _head(title: str, columns: Sequence[str]) -> None:
    print(f"\n{title:{_NAME}}" + "".join(f"{column:>{_COLUMN}}" for column in columns))


def _line(title: str, columns: Sequence[str]) -> None:
    print(f"{title:{_NAME}}" + "".join(f"{column:>{_COLUMN}}" for column in columns), flush=True)


def _times(all_times: Sequence[Sequence[float]]) -> list[str]:
    """Of each engine p50 and p99; of all but the first how many times those of the first, p50."""
    cuts = [(statistics.median(times), sorted(times)[math.ceil(len(times) * 0.99) - 1]) for times in all_times]
    first = f"{cuts[0][0]:.1f} | {cuts[0][1]:.1f}"
    return [first, *(f"{p50:.1f} | {p99:.1f} ({p50 / cuts[0][0]:.1f}x)" for p50, p99 in cuts[1:])]


def _likeness(ours: Figures, theirs: Figures) -> str:
    shared = []
    for one, other in zip(ours["first"], theirs["first"], strict=True):
        both, either = set(one) & set(other), set(one) | set(other)
        shared.append(len(both) / len(either) if either else 1.0)
    exact = [pair for pair in zip(ours["totals"], theirs["totals"], strict=True) if None not in pair]
    return f"{statistics.mean(shared):.2f}, {sum(one == other for one, other in exact)} of {len(exact)}"


def _found_again(ranks: Sequence[int]) -> str:
    return f"{sum(rank > 0 for rank in ranks) / len(ranks):.3f}, {sum(1 / rank for rank in ranks if rank) / len(ranks):.3f}"


def _tell_added(figures: dict[str, Figures]) -> None:
    for name, each in figures.items():
        added = {kind: kinds["added"] for kind, kinds in each["kinds"].items() if "added" in kinds}
        if added:
            _head(f"{name}, ms p50", ["whole", "bare requests", "our code adds", "processor time of it", "requests"])
            for kind, found in added.items():
                _line(kind, [f"{found[column]:.1f}" for column in ("whole", "bare", "ours", "processor", "requests")])


if __name__ == "__main__":
    main()
