"""Measure two ways of Meilisearch to know places, on a throw-away server: the cells that are used, and its own geo points.

    python -m tests.bench.search_meilisearch --services 20000 --seed 7

Prints building, how long one changed document takes, and milliseconds (p50 and p99) of asking for what lies within a distance and for the
nearest. Engines are compared with each other by `python -m tests.bench.search_engines`.
"""

import argparse
import math
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from search_index.geo import circle_cover
from search_index.meili import contract
from search_index.meili.connection import Connection, Deadline
from search_index.meili.nearest import Nearest
from search_index.meili.radius import FINE
from search_index.meili.reading import Reading
from search_index.meili.tasks import Tasks
from search_index.meili.values import any_number
from search_index.meili.writing import prepare
from search_index.port import Put
from search_index.query import Near
from search_index.synonyms import shipped_synonyms
from tests.bench.search_corpus import Region, listings
from tests.bench.search_measured import seconds_of
from tests.bench.servers import MASTER_KEY, meilisearch

_BATCH = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--services", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--indexing-memory", default="256MiB", help="what the server may use for indexing, which it clears for each batch")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="search-bench-"))
    try:
        with meilisearch(folder, options.indexing_memory) as (server, _):
            print(f"{options.services} services, seed {options.seed}, Meilisearch {server.version()}")
            _measure_places(Connection(server.url, MASTER_KEY), options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _documents(options: argparse.Namespace) -> list[dict[str, Any]]:
    services = listings(Region(options.seed), options.services)
    documents: list[dict[str, Any]] = []
    while batch := [Put(each[0].service_id, 1, each) for each in islice(services, _BATCH)]:
        documents += [held for sending in prepare(batch, shipped_synonyms()).sendings for held in sending.documents]
    return documents


def _told(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):8.1f} {ordered[max(0, math.ceil(len(ordered) * 0.99) - 1)]:8.1f}"


def _measure_places(connection: Connection, options: argparse.Namespace) -> None:
    """The same documents with cells, and with Meilisearch's geo points instead."""
    documents = _documents(options)
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

    building, one = seconds_of(write, documents), statistics.median(seconds_of(write, documents[7:8]) for _ in range(5))
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
        print(f"{f'within {km} km':34}{_told([seconds_of(fetch, circle) * 1000 for circle in circles])}", flush=True)
    if index == "points":
        sorts = [f"_geoPoint({point.latitude},{point.longitude}):asc" for point in points]
        print(f"{'nearest 200 of all':34}{_told([seconds_of(fetch, 'flag = place', sort) * 1000 for sort in sorts])}", flush=True)
        return
    reading = Reading(connection, index, Deadline.after(600))
    times = [seconds_of(Nearest(reading, point, 1_000).rows, "flag = place", 200) * 1000 for point in points]
    print(f"{'nearest 200 of all, by rings':34}{_told(times)}", flush=True)


def _circle(index: str, point: Near, km: int) -> str:
    if index == "points":
        return f"_geoRadius({point.latitude},{point.longitude},{km * 1000})"
    cover = circle_cover(point.latitude, point.longitude, km, FINE)
    return any_number(contract.CELL, (*cover.inside, *cover.border))


if __name__ == "__main__":
    main()
