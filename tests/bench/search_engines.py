"""Measure the embedded engine beside SQLite FTS5: same listings, same questions, same run, one core.

    python -m tests.bench.search_engines --services 10000 --seed 7

Prints milliseconds (p50 and p99) of whole calls by kind of search for both engines with their ratio; building, size and memory; how long a
change takes to be found; and how well known items are found again. Ratios hold where absolute figures do not: compare those. `--alone`
measures the embedded engine alone, as a million services take FTS5 very long. Listings are made as they are needed, never kept.
"""

import argparse
import gc
import json
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from search_index.documents import ListingDocument
from search_index.embedded import TantivyEngine
from search_index.port import Put
from search_index.query import ServiceQuery
from tests.bench.search_corpus import Region, listings
from tests.bench.search_fts5 import Fts5
from tests.bench.search_queries import known_items, queries

_BATCH = 1_000
_UPSERTS = 30

Service = tuple[ListingDocument, ...]
Answer = tuple[list[str], int]
"""Service ids of the page, and the total."""

Ask = Callable[[ServiceQuery], Answer]


def main() -> None:
    options = _options()
    os.sched_setaffinity(0, {options.core})
    folder = Path(options.folder or tempfile.mkdtemp(prefix="search-bench-"))
    if options.build:
        print(json.dumps(_build(options.build, folder, options)))
        return
    print(f"{options.services} services, seed {options.seed}, core {options.core}, Python {sys.version.split()[0]}")
    built = [_built(engine, folder) for engine in _engines(options)]
    for figure in ("seconds to build", "megabytes on disk", "peak megabytes of the build"):
        _line(figure, *(each[figure] for each in built))
    _measure_searches(folder, options)
    _measure_known_items(folder, options)
    _measure_upserts(folder, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--services", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--passes", type=int, default=3, help="how often each query is asked; the fastest counts")
    parser.add_argument("--each", type=int, default=200, help="queries of each kind")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--folder", help="keep the indexes here, and use those that are there")
    parser.add_argument("--alone", action="store_true", help="measure the embedded engine without FTS5 beside it")
    parser.add_argument("--build", choices=("tantivy", "fts5"), help=argparse.SUPPRESS)
    return parser.parse_args()


def _engines(options: argparse.Namespace) -> tuple[str, ...]:
    return ("tantivy",) if options.alone else ("tantivy", "fts5")


def _batches(options: argparse.Namespace) -> Iterator[list[Service]]:
    services = listings(Region(options.seed), options.services)
    while batch := list(islice(services, _BATCH)):
        yield batch


def _built(engine: str, folder: Path) -> dict[str, float]:
    """Build in a process of its own, so that its memory can be told."""
    kept = folder / f"{engine}.json"
    if not kept.exists():
        command = [sys.executable, "-m", "tests.bench.search_engines", *sys.argv[1:], "--folder", str(folder), "--build", engine]
        kept.write_text(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return json.loads(kept.read_text())


def _build(engine: str, folder: Path, options: argparse.Namespace) -> dict[str, float]:
    folder.mkdir(parents=True, exist_ok=True)
    seconds = (_fill_tantivy if engine == "tantivy" else _fill_fts5)(folder, options)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and engine in str(path.relative_to(folder)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds to build": seconds, "megabytes on disk": size / 1e6, "peak megabytes of the build": peak}


def _fill_tantivy(folder: Path, options: argparse.Namespace) -> float:
    rebuild = TantivyEngine(folder / "tantivy").begin_rebuild()
    operations = ([Put(each[0].service_id, 1, each) for each in batch] for batch in _batches(options))
    return sum(_seconds(rebuild.add, batch) for batch in operations) + _seconds(rebuild.publish)


def _fill_fts5(folder: Path, options: argparse.Namespace) -> float:
    fts5 = Fts5(folder / "fts5.sqlite")
    return sum(_seconds(fts5.put, [document for each in batch for document in each]) for batch in _batches(options))


def _open_tantivy(folder: Path) -> Ask:
    engine = TantivyEngine(folder / "tantivy")

    def ask(query: ServiceQuery) -> Answer:
        page = engine.search(query)
        return [hit.service_id for hit in page.hits], page.total

    return ask


def _open_fts5(folder: Path) -> Ask:
    fts5 = Fts5(folder / "fts5.sqlite")
    fts5.ready()
    return fts5.search


OPENERS: dict[str, Callable[[Path], Ask]] = {"tantivy": _open_tantivy, "fts5": _open_fts5}


def _seconds(work: Callable[..., object], *values: object) -> float:
    start = time.perf_counter()
    work(*values)
    return time.perf_counter() - start


def _measure_searches(folder: Path, options: argparse.Namespace) -> None:
    print(f"\n{'p50 | p99 ms':34}{'tantivy':>16}{'fts5':>20}{'fts5/tantivy':>18}{'median total':>22}")
    for kind, asked in queries(Region(options.seed), options.each).items():
        ours, our_total = _distribution("tantivy", folder, asked, options.passes)
        if options.alone:
            print(f"{kind:34}{ours[0]:8.2f} {ours[1]:7.2f}{our_total:>53.0f}", flush=True)
            continue
        theirs, their_total = _distribution("fts5", folder, asked[: max(20, options.each // 4)], 1)
        ratio = f"{theirs[0] / ours[0]:8.1f}x {theirs[1] / ours[1]:6.1f}x"
        figures = f"{ours[0]:8.2f} {ours[1]:7.2f}   {theirs[0]:8.2f} {theirs[1]:8.2f}"
        print(f"{kind:34}{figures}  {ratio:>18}{our_total:>12.0f} {their_total:>8.0f}", flush=True)


def _distribution(name: str, folder: Path, asked: list[ServiceQuery], passes: int) -> tuple[tuple[float, float], float]:
    """(p50, p99) in milliseconds and the median total. Every pass opens the engine anew, so that nothing is remembered of the pass
    before; of each query the fastest pass counts, which is the one that other work on the machine disturbed least."""
    fastest = [math.inf] * len(asked)
    for _ in range(passes):
        ask = OPENERS[name](folder)
        totals = [ask(query)[1] for query in asked[:20]]
        ask = OPENERS[name](folder)
        ask(ServiceQuery("warm", per_page=1))
        gc.collect()
        fastest = [min(before, _seconds(ask, query) * 1000) for before, query in zip(fastest, asked, strict=True)]
    ordered = sorted(fastest)
    return (statistics.median(ordered), ordered[max(0, math.ceil(len(ordered) * 0.99) - 1)]), statistics.median(totals)


def _measure_upserts(folder: Path, options: argparse.Namespace) -> None:
    tantivy = TantivyEngine(folder / "tantivy")
    services = list(islice(listings(Region(options.seed), options.services), _UPSERTS))

    def ours(each: Service) -> None:
        tantivy.apply([Put(each[0].service_id, 2, each)])
        tantivy.search(ServiceQuery(each[0].name, per_page=1))

    times = [[_seconds(ours, each) * 1000 for each in services]]
    if not options.alone:
        fts5 = Fts5(folder / "fts5.sqlite")
        times.append([_seconds(fts5.replace, each) * 1000 for each in services])
    print()
    _line("one change until it is found, p50 ms", *map(statistics.median, times))
    _line("one change until it is found, most ms", *map(max, times))


def _measure_known_items(folder: Path, options: argparse.Namespace) -> None:
    step = max(1, options.services // 1_500)
    sample = [each[0] for each in islice(listings(Region(options.seed), options.services), 0, None, step)]
    items = known_items(sample, options.seed)
    asks = [OPENERS[engine](folder) for engine in _engines(options)]
    print(f"\n{len(items)} known items: found among 20, mean reciprocal rank ({', then '.join(_engines(options))})")
    for spelling in items[0].asked:
        shown = []
        for ask in asks:
            ranks = [_rank(ask(ServiceQuery(item.asked[spelling]))[0], item.service_id) for item in items]
            shown.append(f"{sum(rank > 0 for rank in ranks) / len(ranks):.3f} {sum(1 / rank for rank in ranks if rank) / len(ranks):.3f}")
        print(f"{spelling:34}" + "".join(f"{figures:>18}" for figures in shown))


def _rank(found: list[str], wanted: str) -> int:
    return found.index(wanted) + 1 if wanted in found else 0


def _line(figure: str, ours: float, theirs: float | None = None) -> None:
    print(f"{figure:38}{ours:10.1f}" + ("" if theirs is None else f"{theirs:12.1f}   {theirs / ours:6.2f}x"), flush=True)


if __name__ == "__main__":
    main()
