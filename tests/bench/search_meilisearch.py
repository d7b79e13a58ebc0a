"""Measure the Meilisearch engine beside the embedded one: same listings, same questions, same run, on a throw-away server.

    python -m tests.bench.search_meilisearch --services 20000 --seed 7

Prints milliseconds (p50 and p99) of whole calls by kind of search, how many of the first ten results both have, and how often totals are
the same; building and size; how long a batch takes; how well known items are found again; and, for places, the cells that are used beside
Meilisearch's own geo points.
"""

import argparse
import math
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from search_index.documents import ListingDocument
from search_index.embedded import TantivyEngine
from search_index.geo import circle_cover
from search_index.meili import MeiliEngine, contract
from search_index.meili.connection import Connection, Deadline
from search_index.meili.nearest import Nearest
from search_index.meili.radius import FINE
from search_index.meili.reading import Reading
from search_index.meili.tasks import Tasks
from search_index.meili.values import any_number
from search_index.meili.writing import prepare
from search_index.port import Put, SearchEngine
from search_index.query import Near, SearchPage, ServiceQuery
from search_index.synonyms import shipped_synonyms
from tests.bench.search_corpus import Region, listings
from tests.bench.search_queries import known_items, queries
from tests.support.meilisearch import free_port, started

_BATCH = 1_000
_FIRST = 10
_MASTER_KEY = "a key for measuring only"

Service = tuple[ListingDocument, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--services", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=60, help="queries of each kind")
    parser.add_argument("--indexing-memory", default="256MiB", help="what the server may use for indexing, which it clears for each batch")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="search-bench-"))
    server, process = started(folder / "server", free_port(), _MASTER_KEY, "--max-indexing-memory", options.indexing_memory)
    try:
        print(
            f"{options.services} services, seed {options.seed}, Meilisearch {server.version()}, indexing memory {options.indexing_memory}"
        )
        embedded = TantivyEngine(folder / "tantivy")
        meili = MeiliEngine(server.url, search_key=_MASTER_KEY, write_key=_MASTER_KEY, index="bench", patience=30)
        with closing(embedded), closing(meili):
            for name, engine in (("tantivy", embedded), ("meilisearch", meili)):
                print(f"{name}: built in {_built(engine, options):.1f} s")
            print(f"meilisearch: {_megabytes(folder / 'server' / 'data'):.0f} MB on disk, {_resident(process.pid):.0f} MB resident")
            _measure_searches(embedded, meili, options)
            _measure_known_items(embedded, meili, options)
            _measure_batches(meili, options)
        _measure_places(Connection(server.url, _MASTER_KEY), options)
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _services(options: argparse.Namespace) -> Iterator[Service]:
    return listings(Region(options.seed), options.services)


def _batches(options: argparse.Namespace) -> Iterator[list[Put]]:
    services = _services(options)
    while batch := list(islice(services, _BATCH)):
        yield [Put(each[0].service_id, 1, each) for each in batch]


def _built(engine: SearchEngine, options: argparse.Namespace) -> float:
    rebuild = engine.begin_rebuild()
    seconds = sum(_seconds(rebuild.add, batch) for batch in _batches(options))
    return seconds + _seconds(rebuild.add, ()) + _seconds(rebuild.publish)


def _seconds(work: Callable[..., object], *values: object) -> float:
    start = time.perf_counter()
    work(*values)
    return time.perf_counter() - start


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 1e6


def _resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _asked(engine: SearchEngine, asked: Sequence[ServiceQuery]) -> tuple[list[float], list[SearchPage]]:
    engine.search(ServiceQuery("warm"))
    times, pages = [], []
    for query in asked:
        start = time.perf_counter()
        pages.append(engine.search(query))
        times.append((time.perf_counter() - start) * 1000)
    return times, pages


def _told(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):8.1f} {ordered[max(0, math.ceil(len(ordered) * 0.99) - 1)]:8.1f}"


def _measure_searches(embedded: SearchEngine, meili: SearchEngine, options: argparse.Namespace) -> None:
    print(f"\n{'p50 | p99 ms':34}{'tantivy':>17}{'meilisearch':>19}{'ten in both':>17}{'exact totals equal':>20}")
    for kind, asked in queries(Region(options.seed), options.each).items():
        (ours, our_pages), (theirs, their_pages) = _asked(embedded, asked), _asked(meili, asked)
        shared, equal, both = [], 0, 0
        for one, other in zip(our_pages, their_pages, strict=True):
            first, second = ({hit.service_id for hit in page.hits[:_FIRST]} for page in (one, other))
            shared.append(len(first & second) / len(first | second) if first or second else 1.0)
            if one.total_exact and other.total_exact:
                both += 1
                equal += one.total == other.total
        print(f"{kind:34}{_told(ours)}  {_told(theirs)}{statistics.mean(shared):>17.2f}{f'{equal} of {both}':>20}", flush=True)


def _measure_known_items(embedded: SearchEngine, meili: SearchEngine, options: argparse.Namespace) -> None:
    sample = [each[0] for each in islice(_services(options), 0, None, max(1, options.services // 1_500))]
    items = known_items(sample, options.seed)
    print(f"\n{len(items)} known items: found among 20, mean reciprocal rank (tantivy, then meilisearch)")
    for spelling in items[0].asked:
        shown = []
        for engine in (embedded, meili):
            ranks = [_rank(engine.search(ServiceQuery(item.asked[spelling])), item.service_id) for item in items]
            shown.append(f"{sum(rank > 0 for rank in ranks) / len(ranks):.3f} {sum(1 / rank for rank in ranks if rank) / len(ranks):.3f}")
        print(f"{spelling:34}" + "".join(f"{figures:>18}" for figures in shown), flush=True)


def _rank(page: SearchPage, wanted: str) -> int:
    found = [hit.service_id for hit in page.hits]
    return found.index(wanted) + 1 if wanted in found else 0


def _measure_batches(meili: MeiliEngine, options: argparse.Namespace) -> None:
    services = list(islice(_services(options), _BATCH))
    for size in (1, 100, 1_000):
        times = [_seconds(meili.apply, [Put(each[0].service_id, 2 + turn, each) for each in services[:size]]) for turn in range(3)]
        print(f"batch of {size:5} until it is found: {statistics.median(times):.2f} s", flush=True)


def _measure_places(connection: Connection, options: argparse.Namespace) -> None:
    """The same documents with cells, and with Meilisearch's geo points instead."""
    prepared = [prepare(batch, shipped_synonyms()) for batch in _batches(options)]
    documents = [held for batch in prepared for sending in batch.sendings for held in sending.documents]
    settings = contract.index_settings(shipped_synonyms())
    with_points = {name: [*settings[name], "_geo"] for name in ("filterableAttributes", "sortableAttributes")}
    _measure_index(Tasks(connection), "cells", settings, documents)
    _ask_places(connection, "cells", Region(options.seed))
    _measure_index(Tasks(connection), "points", {**settings, **with_points}, [_with_point(held) for held in documents])
    _ask_places(connection, "points", Region(options.seed))


def _measure_index(tasks: Tasks, index: str, settings: dict[str, Any], documents: Sequence[dict[str, Any]]) -> None:
    tasks.run("POST", "indexes", {"uid": index, "primaryKey": "id"})
    tasks.run("PATCH", f"indexes/{index}/settings", settings)

    def write(some: Sequence[dict[str, Any]]) -> None:
        for task in [tasks.begin_documents(index, some[start : start + _BATCH]) for start in range(0, len(some), _BATCH)]:
            tasks.done(task)

    building, one = _seconds(write, documents), statistics.median(_seconds(write, documents[7:8]) for _ in range(5))
    print(f"\nplaces as {index}: built in {building:.1f} s, one document {one:.2f} s", flush=True)


def _with_point(held: dict[str, Any]) -> dict[str, Any]:
    point = {"_geo": {"lat": held["latitude"], "lng": held["longitude"]}} if "latitude" in held else {}
    return {**{name: value for name, value in held.items() if name != contract.CELL}, **point}


def _ask_places(connection: Connection, index: str, region: Region) -> None:
    points = [Near(*region.point(region.city())) for _ in range(60)]

    def fetch(expression: str, *sort: str) -> None:
        asked = {"filter": expression, "fields": [contract.ROW], "limit": 200 if sort else 1_000, "sort": sort}
        connection.ask("POST", f"indexes/{index}/documents/fetch", asked)

    for km in (5, 25):
        circles = [_circle(index, point, km) for point in points]
        print(f"{f'within {km} km':34}{_told([_seconds(fetch, circle) * 1000 for circle in circles])}", flush=True)
    if index == "points":
        sorts = [f"_geoPoint({point.latitude},{point.longitude}):asc" for point in points]
        print(f"{'nearest 200 of all':34}{_told([_seconds(fetch, 'flag = place', sort) * 1000 for sort in sorts])}", flush=True)
        return
    reading = Reading(connection, index, Deadline.after(600))
    times = [_seconds(Nearest(reading, point, 1_000).rows, "flag = place", 200) * 1000 for point in points]
    print(f"{'nearest 200 of all, by rings':34}{_told(times)}", flush=True)


def _circle(index: str, point: Near, km: int) -> str:
    if index == "points":
        return f"_geoRadius({point.latitude},{point.longitude},{km * 1000})"
    cover = circle_cover(point.latitude, point.longitude, km, FINE)
    return any_number(contract.CELL, (*cover.inside, *cover.border))


if __name__ == "__main__":
    main()
