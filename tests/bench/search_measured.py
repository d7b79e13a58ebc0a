"""One engine, measured in a process of its own, so that its memory is its own: `measured` gives everything as plain values.

The index is built in yet another process, as it is in use: whoever serves has not built. A heap in which a hundred thousand listings were
put together makes the searches that look at thousands of places half as slow again, whatever the engine.
"""

import argparse
import gc
import math
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from directory.app import settle
from search_index.documents import ListingDocument
from search_index.query import ServiceQuery
from tests.bench.memory import memory_of
from tests.bench.search_added import added_to
from tests.bench.search_contenders import CONTENDERS, Contender, Meilisearch, Service
from tests.bench.search_corpus import Region, listings
from tests.bench.search_queries import known_items, queries

FIRST = 10
_BATCH = 1_000
_SAMPLE = 1_500
_CHANGES = {1: 9, 100: 3, 1_000: 1}
"""How many services change at once -> how often that is tried."""

_LONG_SECONDS = 12.0
"""A kind of search whose queries took so long together is not asked again."""

Figures = dict[str, Any]


def measured(name: str, folder: Path, options: argparse.Namespace) -> Figures:
    """Build, search, find known items again, change."""
    with CONTENDERS[name](folder, options.indexing_memory) as contender:
        building, sample = _apart(lambda: _built(contender, options))
        figures: Figures = {"version": contender.version(), **building}
        settle()  # as in a process that serves
        figures["kinds"] = {
            kind: _searched(contender, asked, options) for kind, asked in queries(Region(options.seed), options.each).items()
        }
        figures["known"] = _known_items(contender, sample, options.seed)
        figures["memory"] = {"process": asdict(memory_of(os.getpid(), alone=True))}
        if contender.server:
            figures["memory"]["server"] = asdict(memory_of(contender.server))
        figures["changes"] = _changed(contender, options)
        contender.close()
    return figures


def _apart(work: Callable[[], Any]) -> Any:
    """What the work gives, done in a process that ends with it."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sending.send(work()))
    process.start()
    sending.close()
    result = receiving.recv()
    process.join()
    return result


def _services(options: argparse.Namespace) -> Iterator[Service]:
    return listings(Region(options.seed), options.services)


def _built(contender: Contender, options: argparse.Namespace) -> tuple[Figures, list[ListingDocument]]:
    """With some of what was built, for looking it up again."""
    services, seconds, done = _services(options), 0.0, 0
    sample: list[ListingDocument] = []
    step = max(1, options.services // _SAMPLE)
    building = contender.building()
    put = next(building)
    while batch := list(islice(services, _BATCH)):
        seconds += seconds_of(put, batch)
        sample += [batch[place][0] for place in range(-done % step, len(batch), step)]
        done += len(batch)
        print(f"\r  {done} of {options.services} services", end="", file=sys.stderr, flush=True)
    seconds += seconds_of(next, building, None)
    print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
    return {"build": seconds, "most_memory": contender.most_memory(), "disk": contender.megabytes()}, sample


def _searched(contender: Contender, asked: Sequence[ServiceQuery], options: argparse.Namespace) -> Figures:
    """Every pass opens the engine anew, so that nothing is remembered of the pass before; of each query the fastest pass counts, which is
    the one that other work on the machine disturbed least."""
    fastest = [math.inf] * len(asked)
    for _ in range(options.passes):
        contender.open()
        contender.search(ServiceQuery("warm", per_page=1))
        gc.collect()
        times = []
        pages = []
        for query in asked:
            start = time.perf_counter()
            pages.append(contender.search(query))
            times.append((time.perf_counter() - start) * 1000)
        fastest = [min(pair) for pair in zip(fastest, times, strict=True)]
        if sum(times) > _LONG_SECONDS * 1000:
            break
    figures: Figures = {
        "ms": fastest,
        "first": [[hit.service_id for hit in page.hits[:FIRST]] for page in pages],
        "totals": [page.total if page.total_exact else None for page in pages],
    }
    if isinstance(contender, Meilisearch):
        figures["added"] = asdict(added_to(contender.engine, asked))
    return figures


def _known_items(contender: Contender, sample: Sequence[ListingDocument], seed: int) -> dict[str, list[int]]:
    """How the words were spelt -> for each item its rank among the first twenty, 0 when it is not there."""
    items = known_items(sample, seed)
    ranks: dict[str, list[int]] = {spelling: [] for spelling in items[0].asked}
    for item in items:
        for spelling, words in item.asked.items():
            found = [hit.service_id for hit in contender.search(ServiceQuery(words)).hits]
            ranks[spelling].append(found.index(item.service_id) + 1 if item.service_id in found else 0)
    return ranks


def _changed(contender: Contender, options: argparse.Namespace) -> dict[str, float]:
    """How many services change at once -> seconds until they are found, in the middle of some turns."""
    services = list(islice(_services(options), max(_CHANGES)))
    turns = {size: [seconds_of(contender.change, services[:size], 2 + turn) for turn in range(often)] for size, often in _CHANGES.items()}
    return {str(size): statistics.median(times) for size, times in turns.items()}


def seconds_of(work: Callable[..., object], *values: object) -> float:
    start = time.perf_counter()
    work(*values)
    return time.perf_counter() - start
