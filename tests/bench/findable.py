"""How soon a change is found, and what is withdrawn is gone, while the worker feeds the index.

    python -m tests.bench.findable --engine embedded|meilisearch [--services 100000] [--changes 60] [--data DIR]

Takes the data folder of the other benches (or makes it), starts a worker on it, and changes services one after the other at uneven
moments: each gets a word that nobody else has, and later is withdrawn. Prints milliseconds from the commit of a change to the end of the
first search that shows it, and to the moment when the index itself has it. With meilisearch a throw-away server is filled first.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select, update

from directory.app import build_parts
from directory.services.finding.find import find_services
from directory.services.finding.request import FindRequest
from directory.services.indexing.enqueue import enqueue
from directory.services.indexing.operations import listed_condition
from directory.services.indexing.rebuild import rebuild_index
from directory.services.parts import Parts
from directory.settings import read_settings
from directory.store.tables import IndexPending, Service
from tests.bench.circumstances import circumstances
from tests.bench.http_search import ROOT, furnish
from tests.support.meilisearch import free_port, started

LONGEST_SECONDS = 30.0
_MASTER_KEY = "a key for measuring only"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("embedded", "meilisearch"), default="embedded")
    parser.add_argument("--services", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=60)
    parser.add_argument("--data", type=Path, help="data folder to make or take; default: one named by the number of services")
    options = parser.parse_args()
    folder = options.data or Path(tempfile.gettempdir()) / f"directory-bench-{options.services}"
    print(circumstances(), flush=True)
    furnish(folder, options.services)
    os.environ |= {"DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    with searched_by(options.engine):
        parts = build_parts(read_settings())
        if not parts.search.health().ready:
            print("Building the index …", file=sys.stderr)
            rebuild_index(parts)
        with a_worker():
            tell(options, *measured(parts, options.changes))
        parts.search.close()
        parts.database.close()


@contextmanager
def searched_by(engine: str) -> Iterator[None]:
    """Settings for the engine, with a server for it where it is one."""
    if engine == "embedded":
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="findable-"))
    server, process = started(folder, free_port(), _MASTER_KEY)
    os.environ |= {"SEARCH_ENGINE": "meilisearch", "MEILI_URL": server.url}
    os.environ |= {"MEILI_SEARCH_KEY": _MASTER_KEY, "MEILI_WRITE_KEY": _MASTER_KEY}
    try:
        yield
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_worker() -> Iterator[None]:
    worker = subprocess.Popen([str(Path(sys.executable).with_name("directory")), "worker"], cwd=ROOT)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)


def measured(parts: Parts, changes: int) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds until changes are found, withdrawn services are gone, and the index has a change."""
    chance = random.Random(7)
    with parts.database.reading() as session:
        every = list(session.scalars(select(Service.id).where(*listed_condition()).order_by(Service.id)))
    find_services(parts, FindRequest(text="food"))
    found, gone, indexed = [], [], []
    for number, service_id in enumerate(chance.sample(every, changes)):
        word = f"quokka{chance.randrange(10**6)}x{number}"
        began = change(parts, service_id, alternate_name=word)
        found.append(since(began, lambda word=word: find_services(parts, FindRequest(text=word)).total == 1))  # type: ignore[misc]
        indexed.append(since(began, lambda: not is_waiting(parts)))
        time.sleep(chance.random())
        began = change(parts, service_id, withdrawn_at=parts.clock.now())
        gone.append(since(began, lambda word=word: find_services(parts, FindRequest(text=word)).total == 0))  # type: ignore[misc]
        time.sleep(chance.random())
        change(parts, service_id, withdrawn_at=None, alternate_name=None)
    return found, gone, indexed


def change(parts: Parts, service_id: str, **values: object) -> float:
    """Change a service; the moment of the commit."""
    with parts.database.writing() as session:
        session.execute(update(Service).where(Service.id == service_id).values(**values))
        enqueue(session, [service_id], parts.clock)
        session.commit()
    return time.perf_counter()


def is_waiting(parts: Parts) -> bool:
    with parts.database.reading() as session:
        return bool(session.scalar(select(func.count()).where(IndexPending.consumer == parts.consumer)))


def since(began: float, holds: Callable[[], bool]) -> float:
    while not holds():
        if time.perf_counter() - began > LONGEST_SECONDS:
            raise SystemExit(f"Not so after {LONGEST_SECONDS:.0f} seconds.")
        time.sleep(0.002)
    return 1000 * (time.perf_counter() - began)


def tell(options: argparse.Namespace, found: list[float], gone: list[float], indexed: list[float]) -> None:
    print(f"{options.services} services asked for, {options.engine}, {options.changes} changes; milliseconds")
    for name, times in (("a change is found", found), ("what is withdrawn is gone", gone), ("the index itself has it", indexed)):
        cuts = statistics.quantiles(times, n=20)
        print(f"{name:<28} p50 {statistics.median(times):>8.1f}   p95 {cuts[-1]:>8.1f}   most {max(times):>8.1f}")


if __name__ == "__main__":
    main()
